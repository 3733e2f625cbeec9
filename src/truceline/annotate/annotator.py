"""The annotator: reports in, annotations out; one pass of the encoder over overlapping windows, in batches."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from truceline.annotate import chains
from truceline.annotate.annotation import Annotation, Attributions, Tagged, joined
from truceline.annotate.entities import agreeing, mended, with_second_opinion
from truceline.annotate.inputs import shapes, windows
from truceline.annotate.lemmas import lemma
from truceline.annotate.model_files import FOLDER, OUTPUTS, VECTORS, ModelFiles, load_model
from truceline.annotate.sentences import split_sentences
from truceline.annotate.syntax import parse
from truceline.annotate.words import split_words
from truceline.records import Report

WINDOW = 286  # word pieces, as in training, without the two marks at its ends
CONTEXT = 32  # word pieces shown again before and after a window's own sentences
LONGEST = 480  # word pieces of a sentence; the encoder knows 512 positions
BATCH = 2048  # word pieces in one run, padding included
AHEAD = 4 * BATCH  # word pieces gathered before windows are sorted by length
STRETCH = 4096  # words of one text that are decoded together; each takes 5 kB until then
REACH = 250  # words between a source or content and its cue

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Draft:
    """A report cut into words, before the encoder has seen it."""

    report: Report
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    forms: list[str]
    spaced: list[bool]
    breaks: list[bool]
    sentences: list[tuple[int, int]]
    pieces: list[tuple[int, ...]]
    outputs: dict[str, Floats] = field(default_factory=dict)
    goes_on: bool = False  # another stretch of the same text follows


class Annotator:
    """Reads reports with one loaded model; use `load_annotator`. Not to be shared between threads."""

    def __init__(self, model: ModelFiles) -> None:
        self.model = model

    def annotate(self, report: Report) -> Annotation:
        """The annotation of one report."""
        return next(self.annotate_many([report]))

    def annotate_many(self, reports: Iterable[Report]) -> Iterator[Annotation]:
        """The annotations of reports, in their order; the windows of several reports share batches."""
        return self._annotate(self._draft(report) for report in reports)

    def annotate_words(self, documents: Sequence[Sequence[Sequence[str]]]) -> Iterator[Annotation]:
        """The annotations of documents given as sentences of words; their text is the words joined by spaces."""
        return self._annotate(self._draft_words(document) for document in documents)

    def encode_only(self, report: Report) -> None:
        """Runs the bare encoder over the report's windows and throws the result away: the floor of any reading."""
        for stretch in _stretches(self._draft(report)):
            self._encode([stretch])

    def _annotate(self, drafts: Iterable[Draft]) -> Iterator[Annotation]:
        parts: list[Annotation] = []
        for group in _groups(stretch for draft in drafts for stretch in _stretches(draft)):
            self._encode(group)
            for stretch, annotation in zip(group, self._decode(group), strict=True):
                parts.append(annotation)
                if not stretch.goes_on:
                    yield joined(parts)
                    parts = []

    def _draft(self, report: Report) -> Draft:
        ranges: list[tuple[int, int]] = []
        sentences = []
        for start, end in split_sentences(report.text):
            words = split_words(report.text, start, end)
            if words:
                sentences.append((len(ranges), len(ranges) + len(words)))
                ranges += words
        return self._cut(report, ranges, sentences)

    def _draft_words(self, document: Sequence[Sequence[str]]) -> Draft:
        ranges: list[tuple[int, int]] = []
        sentences = []
        at = 0
        for sentence in filter(None, document):
            sentences.append((len(ranges), len(ranges) + len(sentence)))
            for form in sentence:
                ranges.append((at, at + len(form)))
                at += len(form) + 1
        text = " ".join(form for sentence in document for form in sentence)
        return self._cut(Report("", None, None, None, None, None, text), ranges, sentences)

    def _cut(self, report: Report, ranges: list[tuple[int, int]], sentences: list[tuple[int, int]]) -> Draft:
        text = report.text
        forms = [text[s:e] for s, e in ranges]
        gaps = [text[before[1] : after[0]] for before, after in zip([(0, 0), *ranges], ranges, strict=False)]
        pieces = [self.model.pieces.of(form) for form in forms]
        ends = np.array(ranges, np.int32).reshape(-1, 2)
        return Draft(
            report, ends[:, 0], ends[:, 1], forms,
            [bool(gap) or i == 0 for i, gap in enumerate(gaps)],
            ["\n" in gap or i == 0 for i, gap in enumerate(gaps)],
            list(_bounded(sentences, pieces)), pieces,
        )  # fmt: skip

    def _encode(self, drafts: list[Draft]) -> None:
        """Fills in every draft's outputs: one row for each word, from the window to which its sentence belongs."""
        jobs = []
        for draft in drafts:
            sizes = [sum(map(len, draft.pieces[first:end])) for first, end in draft.sentences]
            codes = shapes(draft.forms, draft.spaced, draft.breaks)
            for window in windows(sizes, limit=WINDOW, context=CONTEXT):
                jobs.append(_job(draft, codes, window))
        jobs.sort(key=lambda job: len(job.pieces))
        batch: list[_Job] = []
        for job in jobs:
            if batch and (len(batch) + 1) * (len(job.pieces) + 2) > BATCH:
                self._run(batch)
                batch = []
            batch.append(job)
        if batch:
            self._run(batch)

    def _run(self, batch: list["_Job"]) -> None:
        length = max(len(job.pieces) for job in batch) + 2
        words = max(len(job.firsts) for job in batch)
        pieces, codes, mask = (np.zeros((len(batch), length), np.int32) for _ in range(3))
        firsts = np.zeros((len(batch), words), np.int32)
        for i, job in enumerate(batch):
            n = len(job.pieces)
            pieces[i, : n + 2] = [self.model.pieces.first, *job.pieces, self.model.pieces.last]
            codes[i, 1 : n + 1] = job.codes
            mask[i, : n + 2] = 1
            firsts[i, : len(job.firsts)] = job.firsts
        given = {"pieces": pieces, "shapes": codes, "mask": mask, "firsts": firsts}
        for name, values in zip(OUTPUTS, self.model.session.run(OUTPUTS, given), strict=True):
            for i, job in enumerate(batch):
                rows = job.draft.outputs.get(name)
                if rows is None:
                    rows = job.draft.outputs[name] = np.empty((len(job.draft.forms), values.shape[2]), np.float32)
                rows[job.first : job.end] = values[i, job.skip : job.skip + job.end - job.first]

    def _decode(self, drafts: list[Draft]) -> Iterator[Annotation]:
        self._join_entities(drafts)
        by_sentence = {head: self._spans(drafts, head, True) for head in ("entity", "name", "actor", "time")}
        found = zip(by_sentence["entity"], drafts, strict=True)
        by_sentence["entity"] = [mended(entities, draft.forms) for entities, draft in found]
        by_report = {head: self._spans(drafts, head, False) for head in ("attribution", "statement")}
        for i, draft in enumerate(drafts):
            if not draft.forms:
                yield _empty(draft.report)
                continue
            upos, xpos = (self._best(draft, head) for head in ("upos", "xpos"))
            heads, relations = parse(draft.outputs, draft.sentences, self.model.arrays)
            attributions, statements = (
                Attributions(by_report[head][i], self._cues(draft, by_report[head][i]))
                for head in ("attribution", "statement")
            )
            yield Annotation(
                draft.report, draft.starts, draft.ends, draft.forms, draft.spaced, draft.breaks, draft.sentences,
                [(int(draft.starts[first]), int(draft.ends[end - 1])) for first, end in draft.sentences],
                upos, xpos, [lemma(form, tag) for form, tag in zip(draft.forms, upos, strict=True)],
                heads, [self.model.relations[r] for r in relations],
                by_sentence["entity"][i], by_sentence["name"][i], by_sentence["actor"][i], by_sentence["time"][i],
                attributions, statements, draft.outputs.pop(VECTORS).astype(np.float16),
            )  # fmt: skip

    def _join_entities(self, drafts: list[Draft]) -> None:
        """Replaces the scores of entities by what both heads for names, and the whole report, say."""
        labels = self.model.labels
        for draft in drafts:
            if draft.forms:
                rows = draft.outputs
                joined = with_second_opinion(rows["entity"], labels["entity"], rows["name"], labels["name"])
                rows["entity"] = agreeing(joined, draft.forms, labels["entity"])

    def _best(self, draft: Draft, head: str) -> list[str]:
        labels = self.model.labels[head]
        return [labels[i] for i in draft.outputs[head].argmax(axis=1)]

    def _spans(self, drafts: list[Draft], head: str, sentences: bool) -> list[list[Tagged]]:
        """The spans of one head in each draft; entities and times never cross a sentence, attributions may."""
        parts = [
            (i, first, end)
            for i, draft in enumerate(drafts)
            for first, end in (draft.sentences if sentences else [(0, len(draft.forms))])
            if first < end
        ]
        decoded = chains.decode(
            [drafts[i].outputs[head][first:end] for i, first, end in parts], self.model.arrays[f"transitions.{head}"]
        )
        found: list[list[Tagged]] = [[] for _ in drafts]
        for (i, first, _), (tags, probabilities) in zip(parts, decoded, strict=True):
            found[i] += chains.spans(tags, probabilities, self.model.labels[head], first)
        return found

    def _cues(self, draft: Draft, spans: list[Tagged]) -> list[int]:
        """For each span the index of the cue that its words choose together, -1 if they choose none."""
        cues = [i for i, span in enumerate(spans) if span.label == "cue"]
        firsts = np.array([spans[i].first for i in cues])
        arrays, outputs = self.model.arrays, draft.outputs
        found = []
        for i, span in enumerate(spans):
            low, high = np.searchsorted(firsts, [span.first - REACH, span.end + REACH]) if cues else (0, 0)
            if span.label == "cue" or low == high:
                found.append(i if span.label == "cue" else -1)
                continue
            dependent = outputs["link_dependent"][span.first : span.end].mean(axis=0) @ arrays["link"]
            heads = np.vstack([arrays["root.link"][None], outputs["link_head"][firsts[low:high]]])
            best = int((heads @ dependent).argmax())
            found.append(cues[low + best - 1] if best else -1)
        return found


@dataclass(slots=True)
class _Job:
    """One window: its pieces with their shape codes, each word's first piece, and the words that it answers for."""

    draft: Draft
    pieces: list[int]
    codes: NDArray[np.int64]
    firsts: NDArray[np.int64]
    skip: int
    first: int
    end: int


def _job(draft: Draft, codes: NDArray[np.int64], window: tuple[int, int, int, int]) -> _Job:
    shown, shown_end, own, own_end = window
    first, end = draft.sentences[shown][0], draft.sentences[shown_end - 1][1]
    own_first, own_last = draft.sentences[own][0], draft.sentences[own_end - 1][1]
    sizes = np.array([len(p) for p in draft.pieces[first:end]])
    return _Job(
        draft,
        [piece for word in draft.pieces[first:end] for piece in word],
        np.repeat(codes[first:end], sizes),
        np.concatenate([[1], 1 + sizes.cumsum()[:-1]]),
        own_first - first,
        own_first,
        own_last,
    )


def _bounded(sentences: list[tuple[int, int]], pieces: list[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """The sentences, those of more than LONGEST word pieces cut: no window could show them."""
    for first, end in sentences:
        size = 0
        for i in range(first, end):
            if size + len(pieces[i]) > LONGEST:
                yield first, i
                first, size = i, 0
            size += len(pieces[i])
        yield first, end


def _stretches(draft: Draft) -> Iterator[Draft]:
    """The draft itself if it is no longer than a stretch, else in parts, cut at a paragraph where there is one."""
    starts = [start for start, _ in draft.sentences]
    first = 0
    while starts and len(draft.forms) - starts[first] > STRETCH:
        fitting = range(first + 1, bisect_right(starts, starts[first] + STRETCH))
        paragraphs = [i for i in fitting if draft.breaks[starts[i]] and starts[i] > starts[first] + STRETCH // 2]
        end = paragraphs[-1] if paragraphs else fitting[-1]
        yield _part(draft, first, end)
        first = end
    yield _part(draft, first, len(starts)) if first else draft


def _part(draft: Draft, first: int, end: int) -> Draft:
    """The draft's sentences `first` to `end` (half-open), their words numbered anew."""
    sentences = draft.sentences[first:end]
    start = sentences[0][0]
    words = slice(start, sentences[-1][1])
    return Draft(
        draft.report, draft.starts[words], draft.ends[words], draft.forms[words], draft.spaced[words],
        draft.breaks[words], [(a - start, b - start) for a, b in sentences], draft.pieces[words],
        goes_on=end < len(draft.sentences),
    )  # fmt: skip


def _groups(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Drafts in groups of about AHEAD word pieces: enough to fill batches, little enough to hold."""
    group: list[Draft] = []
    size = 0
    for draft in drafts:
        group.append(draft)
        size += sum(map(len, draft.pieces))
        if size >= AHEAD or len(group) >= 256:
            yield group
            group, size = [], 0
    if group:
        yield group


def _empty(report: Report) -> Annotation:
    nothing = np.zeros(0, np.int32)
    return Annotation(
        report, nothing, nothing, [], [], [], [], [], [], [], [], nothing, [], [], [], [], [],
        Attributions([], []), Attributions([], []), np.zeros((0, 0), np.float16),
    )  # fmt: skip


def load_annotator(threads: int = 0, folder: Path = FOLDER) -> Annotator:
    """An annotator with the packaged model; `threads` 0 means all cores. `ModelError` if the model cannot be used."""
    return Annotator(load_model(folder, threads))
