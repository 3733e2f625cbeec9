"""Times: dates, hours, lengths of time and recurring times, with their TIMEX3 values. GUIDE §8 and §10."""

from bisect import bisect_right
from datetime import date

from truceline.annotate import Annotation
from truceline.extract.clauses import Clauses
from truceline.extract.quotations import find_quotations
from truceline.extract.timex.directions import Direction, direction, head_of
from truceline.extract.timex.frames import Frame, Resolved, naming
from truceline.extract.timex.periods import Period, day_of
from truceline.extract.timex.phrases import Phrase, read_phrase
from truceline.extract.timex.spans import Range, time_spans
from truceline.extract.timex.values import resolve
from truceline.lexicon import entries
from truceline.records import Time
from truceline.records.reading import TimeType

_JOINTS = frozenset({"and", "or", "to", "through", "-", "–", ","})
_BESIDE = {"before": -1, "after": 1}
_NEAR = 4  # words


def times(annotation: Annotation) -> list[Time]:
    """The time expressions of a report in the order of the text, each with its value; none where no value is true."""
    spans = time_spans(annotation)
    return [
        Time(annotation.report.span(*annotation.characters(*span)), _type_of(time, phrase), time.value)
        for span, (phrase, time) in zip(spans, resolved(annotation, spans), strict=True)
    ]


def resolved(annotation: Annotation, spans: list[Range]) -> list[tuple[Phrase, Resolved]]:
    """The parts and the meaning of each span of words (half-open, in the order of the text).

    An expression may look back to the one before it in its paragraph or the paragraph before ("the next day"); inside
    quotation marks "tomorrow" is seen from the day on which the report says that the words were spoken.
    """
    reader = _Reader(annotation)
    read = list(zip(reader.listen(spans), spans, strict=True))
    return [reader.read(*one, after) for one, after in zip(read, [*read[1:], None][: len(read)], strict=True)]


class _Reader:
    """Goes through the expressions of one report and remembers what was named last, and when who spoke."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.clauses = Clauses(annotation)
        self.quotations = find_quotations(annotation.report.text)
        self.today = day_of(annotation.report.published)
        self.paragraphs = [word for word, broken in enumerate(annotation.breaks) if broken]
        self.firsts = [first for first, _ in annotation.sentences]
        self.last: tuple[int, Period] | None = None  # the paragraph and the period
        self.before: tuple[int, Direction] | None = None  # the last expression's end and direction
        self.spoken: list[tuple[int, date]] = []  # words that date speech, and the day

    def listen(self, spans: list[Range]) -> list[Phrase]:
        """The parts of each expression; keeps the days on which the report says that somebody spoke."""
        text = self.annotation.report.text
        phrases = [read_phrase(text[slice(*self.annotation.characters(*span))]) for span in spans]
        for phrase, (first, end) in zip(phrases, spans, strict=True):
            if (phrase.weekday or phrase.day or phrase.days) and self._dates_speech(first, end):
                period = resolve(phrase, Frame(self.today, direction=-1)).period
                if period is not None and period.unit == "D":
                    self.spoken.append((first, period.first))
        return phrases

    def read(self, phrase: Phrase, span: Range, after: tuple[Phrase, Range] | None) -> tuple[Phrase, Resolved]:
        """What the expression means; it becomes the one named last. `after` is the one that comes next."""
        first, end = span
        pointing = self._direction(first, end)
        if phrase.forms[-1:] == ["day"] and not phrase.amounts and self._word(end) in _BESIDE:
            found = self._day_beside(end, after)
        else:
            found = resolve(phrase, self._frame(phrase, first, end, pointing))
        self.before = end, pointing
        # "up from a year earlier" compares; what follows is not seen from there.
        if found.period is not None and not (phrase.shift in ("ago", "earlier") and phrase.has("year")):
            self.last = self._paragraph(first), found.period
        return phrase, found

    def _day_beside(self, end: int, after: tuple[Phrase, Range] | None) -> Resolved:
        """ "the day before the 8 February summit": seen from the day that follows, if it follows at once."""
        if after is None or after[1][0] - end > _NEAR:
            return Resolved(None)
        phrase, (first, stop) = after
        day = resolve(phrase, self._frame(phrase, first, stop, self._direction(first, stop))).period
        if day is None or day.unit != "D":
            return Resolved(None)
        return naming(day.moved(_BESIDE[self._word(end)]))

    def _word(self, at: int) -> str:
        return self.annotation.forms[at].lower() if at < len(self.annotation.forms) else ""

    def _frame(self, phrase: Phrase, first: int, end: int, pointing: Direction) -> Frame:
        anchor = None
        if self.last and (self._paragraph(first) - self.last[0] <= 1 or self.last[1].unit == "Q"):
            anchor = self.last[1]
        ended = self._word(end) in ("ended", "ending")
        alone = not self.clauses.case(head_of(self.clauses, first, end))
        adverb = alone and self._word(end) not in _BESIDE
        points = phrase.day is not None or phrase.which == "this"
        today = self._day_of_speech(first) if points and self._quoted(first) else None
        return Frame(today or self.today, anchor, pointing, adverb, ended)

    def _paragraph(self, word: int) -> int:
        return bisect_right(self.paragraphs, word)

    def _direction(self, first: int, end: int) -> Direction:
        if self.before is not None and 0 < first - self.before[0] <= 2:
            between = self.annotation.forms[self.before[0] : first]
            if all(word.lower() in _JOINTS for word in between):
                return self.before[1]  # "Saturday and Sunday"
        return direction(self.clauses, first, end)

    def _quoted(self, word: int) -> bool:
        return self.quotations.at(int(self.annotation.starts[word])) is not None

    def _day_of_speech(self, word: int) -> date | None:
        """The day on which the words were spoken: told in the same sentence, or before one that is all quotation."""
        sentence = bisect_right(self.firsts, word)
        days = [day for at, day in self.spoken if bisect_right(self.firsts, at) == sentence]
        start, end = self.annotation.sentence_spans[sentence - 1]
        if not days and self.quotations.covering(start, end) == end - start:
            paragraph = self._paragraph(word)
            days = [day for at, day in reversed(self.spoken) if at < word and self._paragraph(at) == paragraph]
        return days[0] if days else None

    def _dates_speech(self, first: int, end: int) -> bool:
        """Whether the expression hangs on a verb of saying, outside quotation marks."""
        if self._quoted(first):
            return False
        governor = int(self.annotation.heads[head_of(self.clauses, first, end)])
        cues = entries("cues")
        return governor >= 0 and self.annotation.lemmas[governor].lower() in cues["clause"] | cues["addressed"]


def _type_of(time: Resolved, phrase: Phrase) -> TimeType:
    """The TIMEX3 type, told by the value; without one, by what the words count."""
    if time.recurs:
        return "SET"
    if time.value is None:
        return "DURATION" if phrase.amounts else "DATE"
    if time.value.startswith("P") and not time.value.endswith("_REF"):
        return "DURATION"
    return "TIME" if "T" in time.value[4:] and not time.value.endswith("_REF") else "DATE"
