"""Training examples from the corpora: documents of words with the labels that each corpus knows.

Comes in: the folders described in the data set's own README, read by `quality.corpora`. Goes out: `Example`s. A head
that a corpus says nothing about is simply absent from its examples.
"""

import hashlib
import json
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quality.corpora.conllu import Word, read_conllu
from quality.corpora.iob2 import read_iob2
from quality.corpora.polnear import read_polnear
from quality.corpora.timeml import read_timeml
from quality.parts import kept_out
from truceline.annotate.sentences import split_sentences
from truceline.annotate.words import split_words

NONE = -1  # a head, or a cue, that is the root
UNKNOWN = -100  # no label here


@dataclass
class Example:
    """A document: its words, whether space or a line break stands before each, where sentences begin, its labels.

    `tags[head]` holds one label string for each word; `heads` the index of the head word (NONE for a root) and
    `relations` its label; `links` the index of the first word of the cue of each word in a source or content (NONE if
    it has no cue, UNKNOWN outside attributions).
    """

    corpus: str
    forms: list[str]
    spaced: list[bool]
    breaks: list[bool]
    sentences: list[int]
    tags: dict[str, list[str]] = field(default_factory=dict)
    heads: list[int] | None = None
    relations: list[str] | None = None
    links: list[int] | None = None


def from_text(corpus: str, text: str) -> tuple[Example, list[tuple[int, int]]]:
    """An example without labels from running text, and the character ranges of its words."""
    ranges: list[tuple[int, int]] = []
    sentences = []
    for start, end in split_sentences(text):
        words = split_words(text, start, end)
        if words:
            sentences.append(len(ranges))
            ranges += words
    gaps = [text[before[1] : after[0]] for before, after in zip([(0, 0), *ranges], ranges, strict=False)]
    return (
        Example(
            corpus,
            [text[s:e] for s, e in ranges],
            [bool(gap) or i == 0 for i, gap in enumerate(gaps)],
            ["\n" in gap or i == 0 for i, gap in enumerate(gaps)],
            sentences,
        ),
        ranges,
    )


def span_tags(ranges: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """BIO tags of words from labelled character spans; where spans overlap, the earlier in the list wins."""
    tags = ["O"] * len(ranges)
    for start, end, label in spans:
        inside = [i for i, (s, e) in enumerate(ranges) if s < end and e > start]
        if inside and all(tags[i] == "O" for i in inside):
            tags[inside[0]] = f"B-{label}"
            for i in inside[1:]:
                tags[i] = f"I-{label}"
    return tags


def treebank(folder: Path, split: str) -> Iterator[Example]:
    """EWT and GUM; EWT carries the entities of Universal NER too, being the same sentences, GUM the names that its own
    entities hold."""
    ewt = folder / "ud/ewt" / f"en_ewt-ud-{split}.conllu"
    # The two annotations differ by a few sentences: matched by their words.
    named = read_iob2(folder / "ner/uner" / f"en_ewt-ud-{split}.iob2")
    entities = {tuple(form for form, _ in sentence): [tag for _, tag in sentence] for sentence in named}
    documents = [("ewt", d) for d in read_conllu(ewt)]
    documents += [("gum", d) for p in sorted((folder / "ud/gum" / split).glob("*.conllu")) for d in read_conllu(p)]
    for corpus, document in documents:
        e = Example(corpus, [], [], [], [], {"upos": [], "xpos": []}, [], [])
        names: list[str] = []
        for sentence in document.sentences:
            base = len(e.forms)
            e.sentences.append(base)
            if corpus == "ewt":
                tags = entities.get(tuple(w.form for w in sentence.words), ["?"] * len(sentence.words))
                names += [tag if tag == "?" or tag[2:] in ("PER", "LOC", "ORG") else "O" for tag in tags]
            else:
                names += names_in(sentence.words)
            space = True
            for w in sentence.words:
                e.forms.append(w.form)
                e.spaced.append(space)
                e.breaks.append(not e.breaks)
                space = "SpaceAfter=No" not in w.misc
                e.tags["upos"].append(w.upos)
                e.tags["xpos"].append(w.xpos)
                e.heads.append(NONE if w.head == 0 else base + w.head - 1)  # type: ignore[union-attr]
                e.relations.append(w.deprel)  # type: ignore[union-attr]
        e.tags["entity"] = names
        yield e


GUM = {"person": "PER", "place": "LOC", "organization": "ORG"}


def names_in(words: Sequence[Word]) -> list[str]:
    """BIO tags of the names in one sentence of GUM, whose entities are whole noun phrases with their descriptions.

    A phrase names its entity when its head is a proper noun; the name is the run of proper nouns around the head, over
    `of`, `for`, `and` too for organisations and places. A title before a person ("President") is none of his name.
    """
    tags = ["O"] * len(words)
    for start, end, kind in sorted(_phrases(words), key=lambda phrase: phrase[0] - phrase[1]):
        head = next((i for i in range(start, end) if not start < words[i].head <= end), None)
        if kind not in GUM or head is None or not _proper(words[head]):
            continue
        if kind == "person" and (words[head].xpos == "NNPS" or words[start].upos == "DET"):
            continue  # "Americans", "the Secretary-General"
        joining = {"-"} if kind == "person" else {"-", "of", "for", "and", "&"}
        first = last = head  # of a person the head is the first name, and titles stand before it
        while kind != "person" and first > start and (step := _reach(words, first, -1, joining, start, end)):
            first += step
        while step := _reach(words, last, 1, joining, start, end):
            last += step
        if all(tag == "O" for tag in tags[first : last + 1]):
            tags[first : last + 1] = ["B-" + GUM[kind], *["I-" + GUM[kind]] * (last - first)]
    return tags


def _proper(word: Word) -> bool:
    return word.xpos in ("NNP", "NNPS")


def _reach(words: Sequence[Word], at: int, way: int, joining: set[str], start: int, end: int) -> int:
    """How far from `at` the next proper noun of a name lies that way: 1, 2 over a joining word, else 0."""
    for step in (way, 2 * way):
        if not start <= at + step < end:
            return 0
        if _proper(words[at + step]):
            return step
        if words[at + step].form not in joining:
            return 0
    return 0


def _phrases(words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """The entities that begin and end in this sentence: first word, end, type."""
    found, opened = [], []
    for i, word in enumerate(words):
        column = next((part for part in word.misc.split("|") if part.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]+\)?|[^()=]+\)", column):
            if piece.startswith("("):
                name, kind = piece.strip("()").split("-")[:2]
                opened.append((name, i, kind))
            if piece.endswith(")"):
                name = piece.strip("()").split("-")[0]
                match = next((o for o in reversed(opened) if o[0] == name), None)
                if match:
                    opened.remove(match)
                    found.append((match[1], i + 1, match[2]))
    return found


GMB = {"per": "PER", "org": "ORG", "geo": "LOC", "gpe": "NORP", "tim": "TIM", "eve": "EVE", "art": "ART", "nat": "NAT"}


def gmb(folder: Path, part: int, parts: int = 4) -> Iterator[Example]:
    """One part of the silver entities over VOA briefs, in runs of twelve sentences."""
    sentences = read_iob2(folder / "ner/gmb/voa.iob")
    for first in range(12 * part, len(sentences), 12 * parts):
        e = Example("gmb", [], [], [], [], {"name": []})
        for sentence in sentences[first : first + 12]:
            e.sentences.append(len(e.forms))
            for form, tag in sentence:
                e.forms.append(form)
                e.spaced.append(form not in {".", ",", ":", ";", "'s", ")", "?", "!", "%"})
                e.breaks.append(not e.breaks)
                e.tags["name"].append(tag if tag == "O" else tag[:2] + GMB[tag[2:]])
        yield e


def polnear(folder: Path, split: str) -> Iterator[Example]:
    """Attributions with the links of sources and contents to their cues."""
    for document in read_polnear(folder / "attribution/polnear" / split):
        e, ranges = from_text("polnear", document.text)
        attributions = [(a.source, a.cue, a.content) for a in document.attributions]
        _attributions(e, ranges, attributions, "attribution")
        yield e


TITLES = frozenset(
    "Mr. Mrs. Ms. Dr. President Prime Minister Foreign Defense Vice King Queen Prince Pope General Secretary Senator"
    " Chancellor Premier Ambassador Judge Colonel Admiral Sheikh Ayatollah".split()
)
Pools = dict[tuple[str, int], list[list[str]]]  # names by type and number of words


def named(forms: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names in BIO tags: first word, end, type."""
    for first, tag in enumerate(tags):
        if tag.startswith("B-"):
            end = next((i for i in range(first + 1, len(tags)) if tags[i] != f"I-{tag[2:]}"), len(tags))
            yield first, end, tag[2:]


def pools(examples: Iterable[Example], least: int = 3) -> Pools:
    """Persons, places and organisations that the silver `name` layer gives one type at least `least` times.

    A name that it gives another type in more than one case of five is left out, and so are titles.
    """
    seen: dict[tuple[str, ...], Counter[str]] = {}
    for e in examples:
        for first, end, kind in named(e.forms, e.tags["name"]):
            words = tuple(e.forms[first:end])
            if words[0] not in TITLES and all(word[:1].isupper() for word in words):
                seen.setdefault(words, Counter())[kind] += 1
    found: Pools = {}
    for words, kinds in seen.items():
        kind, count = kinds.most_common(1)[0]
        if kind in ("PER", "LOC", "ORG") and count >= least and count >= 0.8 * kinds.total():
            found.setdefault((kind, len(words)), []).append(list(words))
    return found


def renamed(e: Example, names: Pools, rng: random.Random, share: float = 0.5) -> Example:
    """The same sentences with other names: half of them give way to a name of the same type and as many words.

    So the trees stay what they are, and what makes a name an organisation is learned from more than a few thousand.
    """
    forms = list(e.forms)
    for first, end, kind in named(e.forms, e.tags["entity"]):
        others = names.get((kind, end - first))
        if others and rng.random() < share:
            forms[first:end] = rng.choice(others)
    return replace(e, forms=forms)


Ranges = list[tuple[int, int]]


def _attributions(e: Example, ranges: Ranges, attributions: Sequence[tuple[Ranges, Ranges, Ranges]], head: str) -> None:
    roles = ("cue", "source", "content")
    spans = [
        (start, end, role)
        for source, cue, content in attributions
        for role, pieces in zip(roles, (cue, source, content), strict=True)
        for start, end in pieces
    ]
    spans.sort(key=lambda span: roles.index(span[2]))
    e.tags[head] = span_tags(ranges, spans)
    e.links = [UNKNOWN] * len(e.forms)
    for source, cue, content in attributions:
        first = min((s for s, _ in cue), default=None)
        anchor = next((i for i, (_, end) in enumerate(ranges) if first is not None and end > first), NONE)
        for start, end in source + content:
            for i, (s, t) in enumerate(ranges):
                if s < end and t > start and e.tags[head][i][2:] in ("source", "content"):
                    e.links[i] = anchor


def times(folder: Path) -> Iterator[Example]:
    """TIMEX3 spans of TimeBank and AQUAINT (four fifths) and MEANTIME."""
    for document in read_timeml(folder / "time/tbaq"):
        if not kept_out(document.name):
            e, ranges = from_text("tbaq", document.text)
            e.tags["time"] = span_tags(ranges, [(t.start, t.end, t.type) for t in document.times])
            yield e
    for path in sorted((folder / "time/meantime/intra-doc_annotation").rglob("*.xml")):
        yield _meantime(path)


def _meantime(path: Path) -> Example:
    root = ET.parse(path).getroot()
    # People annotated the headline and the first five sentences of each article.
    tokens = [t for t in root.iter("token") if int(t.get("sentence", "0")) <= 5]
    index = {t.get("t_id"): i for i, t in enumerate(tokens)}
    e = Example("meantime", [t.text or "" for t in tokens], [], [], [])
    last = None
    for i, t in enumerate(tokens):
        if t.get("sentence") != last:
            e.sentences.append(i)
            last = t.get("sentence")
        e.spaced.append(e.forms[i] not in {".", ",", ":", ";", "'s", ")", "?", "!", "%"})
        e.breaks.append(i == 0)
    e.tags["time"] = ["O"] * len(tokens)
    for timex in root.iter("TIMEX3"):
        inside = sorted(index[a.get("t_id")] for a in timex.iter("token_anchor"))
        for n, i in enumerate(inside):
            e.tags["time"][i] = ("I-" if n else "B-") + str(timex.get("type"))
    return e


def gold(folder: Path) -> Iterator[Example]:
    """The reports coded by the codebook: statements with their links, times, and the words of every other record."""
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        text = report["text"]
        e, ranges = from_text("gold", text)
        coded = []
        for s in report["statements"]:
            content = [found for c in s["content"] for found in coded_places(c, text)[:1]]
            anchor = content[0] if content else (0, 0)
            cue = _nearest(s.get("cue"), text, anchor)
            source = _nearest(s.get("speaker_text"), text, cue[0] if cue else anchor)
            coded.append((source, cue, content))
        # Nested statements lie inside others; the flat tags keep the outer one, whose content is longer.
        coded.sort(key=lambda a: -sum(e - s for s, e in a[2]))
        _attributions(e, ranges, coded, "statement")
        for head, spans in _records(report, text).items():
            # Of records whose words overlap the flat tags keep the longest.
            e.tags[head] = span_tags(ranges, sorted(spans, key=lambda k: (k[0] - k[1], k[0])))
        yield e


def _records(report: dict, text: str) -> dict[str, list[tuple[int, int, str]]]:
    """For each head the labelled characters: mentions wherever they stand, other records where they stand first."""
    mentions = {
        "actor": [(m, a["kind"]) for a in report["actors"] for m in a["mentions"]],
        "proposal": [(m, p["kind"]) for p in report["proposals"] for m in p["mentions"]],
        "time": [(x["text"], _timex_type(x["value"])) for x in report["times"]],
    }
    once = {
        "term": [(t["text"], t["kind"]) for p in report["proposals"] for t in p["terms"]],
        "stage": [(t["text"], t["stage"]) for p in report["proposals"] for t in p["stages"]],
        "stance": [(q["evidence"], q["stance"]) for q in report["positions"]],
        "commitment": [(c["action"], c["kind"]) for c in report["commitments"]],
        "condition": [(c["condition"], "condition") for c in report["commitments"] if c["condition"]],
        "event": [(v["trigger"], v["type"]) for v in report["events"]],
        "modality": [(v["trigger"], v["modality"]) for v in report["events"]],
    }
    return {
        head: [
            (start, end, label)
            for words, label in found
            for start, end in coded_places(words, text)[: None if head in mentions else 1]
        ]
        for head, found in {**mentions, **once}.items()
    }


def _timex_type(value: str | None) -> str:
    if value is None:
        return "DATE"
    return "DURATION" if re.match(r"PT?[\dX]", value) else "TIME" if "T" in value[4:] else "DATE"


def coded_places(quote: str, text: str) -> list[tuple[int, int]]:
    """Where a string of a coding stands in the text, as a whole word if it can; `text@2` is its second place."""
    m = re.fullmatch(r"(.*)@(\d+)", quote, re.S)
    wanted, nth = (m[1], int(m[2])) if m and quote not in text else (quote, None)
    whole = rf"(?<!\w){re.escape(wanted)}(?!\w)"
    found = [at.span() for at in re.finditer(whole, text)] or [at.span() for at in re.finditer(re.escape(wanted), text)]
    return found[nth - 1 : nth] if nth else found


def _nearest(quote: str | None, text: str, anchor: tuple[int, int]) -> list[tuple[int, int]]:
    found = coded_places(quote, text) if quote else []
    return [min(found, key=lambda s: max(s[0] - anchor[1], anchor[0] - s[1], 0))] if found else []


def digest(examples: Sequence[Example]) -> str:
    """A fingerprint of the examples, kept with checkpoints so that none is resumed on other data."""
    h = hashlib.sha256()
    for e in examples:
        h.update(" ".join(e.forms).encode("utf-8", "replace"))
    return h.hexdigest()[:16]


Corpus = Callable[[Path], Iterable[Example]]


def shuffled(examples: Sequence[Example], seed: int) -> list[Example]:
    """The examples in an order that depends on the seed alone."""
    order = list(examples)
    random.Random(seed).shuffle(order)
    return order
