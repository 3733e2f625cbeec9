"""CoNLL-U, the format of Universal Dependencies: one word a line, ten columns, blank line between sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` counts the sentence's words from 1, 0 is the root; `misc` is the tenth column."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    misc: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence and its text as the file gives it, or the forms joined by spaces."""

    words: list[Word]
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document's name (`# newdoc id`, or the file's stem) and its sentences in order."""

    name: str
    sentences: list[Sentence]


def read_conllu(path: Path) -> list[Document]:
    """The documents of one file, in order; multi-word token ranges and empty nodes are left out.

    A file without `# newdoc` lines is one document. `ValueError` names the line that is no CoNLL-U.
    """
    documents: list[Document] = []
    for comments, words in _blocks(path):
        newdoc = next((line for line in comments if line.startswith("# newdoc")), None)
        if newdoc is not None or not documents:
            documents.append(Document(_value(newdoc or "") or path.stem, []))
        if words:
            text = next((_value(line) for line in comments if line.startswith("# text =")), "")
            documents[-1].sentences.append(Sentence(words, text or " ".join(word.form for word in words)))
    return [document for document in documents if document.sentences]


def _value(comment: str) -> str:
    return comment.partition("=")[2].strip()


def _blocks(path: Path) -> Iterator[tuple[list[str], list[Word]]]:
    """Comments and words of each sentence; only the line feed ends a line, for forms may hold other breaks."""
    comments: list[str] = []
    words: list[Word] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        line = line.rstrip("\r")
        if line.startswith("#") and "\t" not in line:
            comments.append(line)
        elif line.strip():
            word = _word(line, f"{path}, line {number}")
            if word is not None:
                words.append(word)
        elif comments or words:
            _check_heads(words, f"{path}, sentence before line {number}")
            yield comments, words
            comments, words = [], []


def _word(line: str, where: str) -> Word | None:
    columns = line.split("\t")
    if len(columns) != 10:
        raise ValueError(f"{where}: {len(columns)} columns where CoNLL-U has 10")
    if "-" in columns[0] or "." in columns[0]:
        return None
    try:
        head = int(columns[6])
    except ValueError:
        raise ValueError(f"{where}: the head {columns[6]!r} is no number") from None
    return Word(columns[1], columns[2], columns[3], columns[4], head, columns[7], columns[9])


def _check_heads(words: list[Word], where: str) -> None:
    for word in words:
        if not 0 <= word.head <= len(words):
            raise ValueError(f"{where}: the head {word.head} of {word.form!r} lies outside the sentence")
