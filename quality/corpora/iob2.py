"""IOB2, the format of named-entity corpora: a word and a tag a line, blank line between sentences.

Two layouts are read: an index, the word, the tag and more (Universal NER), or the word first and the tag last
(CrossNER, the Groningen Meaning Bank, CoNLL-2003).
"""

from pathlib import Path

Tagging = list[tuple[str, str]]


def read_iob2(path: Path) -> list[Tagging]:
    """The sentences of one file, each a list of (word, tag); tags are `O`, `B-TYPE`, `I-TYPE`.

    `ValueError` names the file, and the first line of the sentence that is no IOB2.
    """
    return [sentence for document in read_iob2_documents(path) for sentence in document]


def read_iob2_documents(path: Path) -> list[list[Tagging]]:
    """The same sentences grouped by `# newdoc` lines; a file without them is one document."""
    documents: list[list[Tagging]] = [[]]
    rows: list[list[str]] = []
    first = 1
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        line = line.rstrip("\r")
        if line.startswith("# newdoc"):
            documents.append([])
        elif line.startswith("# ") and "=" in line and "\t" not in line:
            continue
        elif line.strip():
            first = first if rows else number
            rows.append(line.split("\t") if "\t" in line else line.split())
        elif rows:
            documents[-1].append(_tagging(rows, f"{path}, line {first}"))
            rows = []
    return [document for document in documents if document]


def entities(tags: list[str]) -> list[tuple[int, int, str]]:
    """The spans (first word, end word, type) that the tags spell; an `I-` that continues nothing begins a span.

    Source: the CoNLL-2000 chunk rules, as the conlleval script applies them.
    """
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, label = tag.partition("-")
        if kind and (prefix != "I" or label != kind):
            spans.append((start, i, kind))
            kind = ""
        if prefix in ("B", "I") and not kind:
            start, kind = i, label
    return spans


def _tagging(rows: list[list[str]], where: str) -> Tagging:
    indexed = [row[0] for row in rows] == [str(i) for i in range(1, len(rows) + 1)] and len(rows) > 1
    word, tag = (1, 2) if indexed or all(len(row) >= 4 for row in rows) else (0, -1)
    pairs = []
    for row in rows:
        if len(row) < 2 or (word == 1 and len(row) < 3):
            raise ValueError(f"{where}: the row {' '.join(row)!r} holds no word and tag")
        if word == 1 and not row[0].isdigit():
            continue  # a multi-word token's range: its words follow
        if row[tag] != "O" and row[tag][:2] not in ("B-", "I-"):
            raise ValueError(f"{where}: {row[tag]!r} is no IOB2 tag")
        # One release tags the last word of every document `B-O`: outside, begun.
        pairs.append((row[word], "O" if row[tag][1:] == "-O" else row[tag]))
    return pairs
