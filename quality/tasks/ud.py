"""Parts of speech, dependency trees and lemmas on Universal Dependencies, over the corpora's own words."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from quality.corpora.conllu import Document, read_conllu
from quality.parts import part_files
from quality.scoring import percent
from truceline.annotate import Annotation, Annotator

CORPORA = ("ewt", "gum", "pud")
_NEWS = ("news", "interview")
_FIGURES = {"upos": "words", "uas": "words", "las": "words", "las_universal": "words", "lemma": "lemmas"}


def part(data: Path, split: str) -> list[Path]:
    """The CoNLL-U files of this part of EWT, GUM and PUD, those that are there."""
    return [path for corpus in CORPORA for path in part_files(data / "ud" / corpus, split, ".conllu")]


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """`upos`, `uas`, `las`, `las_universal`, `lemma`, each also as `ewt.upos` and so on.

    `las` asks for the head and the full relation, subtype included; `las_universal` for the relation up to the colon,
    as the CoNLL 2018 shared task counts. Punctuation counts. Lemmas count where the corpus gives one.
    `gum_news_interview.*` is GUM's news and interviews alone. `limit` is sentences of each corpus, by whole documents.
    """
    groups: dict[str, Counter[str]] = {}
    for corpus in CORPORA:
        documents = _first(_documents(data, corpus, split), limit)
        forms = [[[word.form for word in sentence.words] for sentence in document.sentences] for document in documents]
        for document, annotation in zip(documents, annotator.annotate_words(forms), strict=True):
            counts = _compare(document, annotation)
            for group in _groups(corpus, document):
                groups.setdefault(group, Counter()).update(counts)
    total: Counter[str] = sum((groups[corpus] for corpus in CORPORA if corpus in groups), Counter())
    return {
        f"{prefix}{name}": percent(counts[name], counts[base])
        for prefix, counts in [("", total), *((f"{group}.", groups[group]) for group in groups)]
        for name, base in _FIGURES.items()
    }


def genre(document: Document) -> str:
    """The genre that a GUM document's name tells: `news` of `GUM_news_iodine`."""
    return document.name.split("_")[1] if document.name.count("_") >= 2 else ""


def _documents(data: Path, corpus: str, split: str) -> list[Document]:
    """A corpus's documents, GUM's news and interviews first, so that a limit leaves some of them."""
    files = part_files(data / "ud" / corpus, split, ".conllu")
    documents = [document for path in files for document in read_conllu(path)]
    return sorted(documents, key=lambda d: genre(d) not in _NEWS) if corpus == "gum" else documents


def _first(documents: Sequence[Document], limit: int | None) -> list[Document]:
    kept: list[Document] = []
    sentences = 0
    for document in documents:
        if limit is not None and sentences >= limit:
            break
        kept.append(document)
        sentences += len(document.sentences)
    return kept


def _groups(corpus: str, document: Document) -> list[str]:
    return [corpus, "gum_news_interview"] if corpus == "gum" and genre(document) in _NEWS else [corpus]


def _compare(document: Document, annotation: Annotation) -> Counter[str]:
    words = [word for sentence in document.sentences for word in sentence.words]
    if len(annotation.upos) != len(words):
        raise ValueError(f"{document.name}: {len(annotation.upos)} words annotated, {len(words)} given")
    heads: list[int] = []
    for sentence in document.sentences:
        first = len(heads)
        heads += [first + word.head - 1 if word.head else -1 for word in sentence.words]
    counts: Counter[str] = Counter(words=len(words))
    for i, word in enumerate(words):
        attached = int(annotation.heads[i]) == heads[i]
        counts["upos"] += annotation.upos[i] == word.upos
        counts["uas"] += attached
        counts["las"] += attached and annotation.deprels[i] == word.deprel
        counts["las_universal"] += attached and annotation.deprels[i].split(":")[0] == word.deprel.split(":")[0]
        if word.lemma != "_" or word.form == "_":
            counts["lemmas"] += 1
            counts["lemma"] += annotation.lemmas[i] == word.lemma
    return counts
