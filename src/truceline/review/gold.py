"""Readings as gold files: in comes a reviewed reading, out goes the dictionary of a gold file in the codebook's format.

Gold files name words, not offsets: exactly as they stand in the report, and `words@2` where they stand there more than
once and it matters which ones are meant. What is named by an id in a reading is named by a key or by words there.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from truceline.records import Actor, Commitment, Event, Position, Proposal, Reading, Report, Span, Statement
from truceline.review.decisions import ReviewError


def gold_name(report: Report) -> str:
    """The name of the report's gold file, without `.json`: its day and the head of its digest."""
    return f"{report.published or 'undated'}-{report.id.removeprefix('sha256:')[:12]}"


def gold_report(reading: Reading) -> dict[str, Any]:
    """The gold file of this reading, ready for JSON; `ReviewError` if the report's day of publication is not known.

    Keys, names and order are those of the codebook. Confidences, coordinates, `about`, `within` and `according_to` have
    no place there. An actor's key is made of its name, a proposal's is `p1`, `p2` …
    """
    report = reading.report
    if report.published is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", report.published):
        raise ReviewError(
            f"The report {report.id} has no day of publication, which a gold file needs: read it with --published."
        )
    writer = _Writer(reading)
    return {
        "id": gold_name(report),
        "source": report.url or report.outlet or report.title or "",
        "published": report.published,
        "text": report.text,
        "actors": [writer.actor(actor) for actor in reading.actors],
        "statements": [writer.statement(statement) for statement in reading.statements],
        "proposals": [writer.proposal(proposal) for proposal in reading.proposals],
        "positions": [writer.position(position) for position in reading.positions],
        "commitments": [writer.commitment(commitment) for commitment in reading.commitments],
        "events": [writer.event(event) for event in reading.events],
        "times": [{"text": writer.words(time.text), "value": time.value} for time in reading.times],
        "places": [{"text": writer.words(place.text), "country": place.country} for place in reading.places],
    }


class _Writer:
    """Writes the records of one reading; knows its keys, and which words stand where."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.keys = _keys(reading.actors)
        self.proposals = {proposal.id: f"p{n}" for n, proposal in enumerate(reading.proposals, 1)}
        self.places = {place.id: place.text.quote for place in reading.places}
        self.named = _named_by(actor.mentions for actor in reading.actors)
        self.proposed = _named_by(proposal.mentions for proposal in reading.proposals)

    def actor(self, actor: Actor) -> dict[str, Any]:
        return {
            "key": self.keys[actor.id],
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "of": self.key(actor.of),
            "role": actor.role,
            "mentions": self.mentions(actor.mentions, self.named),
        }

    def statement(self, statement: Statement) -> dict[str, Any]:
        addressee = self.key(statement.addressee)
        if addressee is None and statement.addressee_text is not None:
            addressee = statement.addressee_text.quote
        return {
            "speaker": self.key(statement.speaker),
            "speaker_text": self.words(statement.speaker_text),
            "cue": self.words(statement.cue),
            "content": [self.words(piece) for piece in statement.content],
            "mode": statement.mode,
            "addressee": addressee,
            "date": statement.date,
        }

    def proposal(self, proposal: Proposal) -> dict[str, Any]:
        terms = [
            {
                "kind": term.kind,
                "text": self.words(term.text),
                "value": term.value,
                "replaced_by": None if term.replaced_by is None else self.words(proposal.terms[term.replaced_by].text),
            }
            for term in proposal.terms
        ]
        stages = [
            {"stage": stage.stage, "text": self.words(stage.text), "date": stage.date, "modality": stage.modality}
            for stage in proposal.stages
        ]
        return {
            "key": self.proposals[proposal.id],
            "kind": proposal.kind,
            "label": proposal.label,
            "mentions": self.mentions(proposal.mentions, self.proposed),
            "sponsors": self.keys_of(proposal.sponsors),
            "recipients": self.keys_of(proposal.recipients),
            "place": self.places.get(proposal.place or ""),
            "terms": terms,
            "stages": stages,
            "status": proposal.status,
        }

    def position(self, position: Position) -> dict[str, Any]:
        return {
            "actor": self.key(position.actor),
            "proposal": self.proposals.get(position.proposal),
            "stance": position.stance,
            "evidence": self.words(position.evidence),
        }

    def commitment(self, commitment: Commitment) -> dict[str, Any]:
        return {
            "kind": commitment.kind,
            "actor": self.key(commitment.actor),
            "toward": self.key(commitment.toward),
            "action": self.words(commitment.action),
            "condition": self.words(commitment.condition),
            "deadline": commitment.deadline,
        }

    def event(self, event: Event) -> dict[str, Any]:
        return {
            "type": event.type,
            "trigger": self.words(event.trigger),
            "actors": self.keys_of(event.actors),
            "recipients": self.keys_of(event.recipients),
            "date": event.date,
            "place": self.places.get(event.place or ""),
            "modality": event.modality,
        }

    def key(self, id: str | None) -> str | None:
        return self.keys.get(id or "")

    def keys_of(self, ids: Iterable[str]) -> list[str]:
        return [self.keys[id] for id in ids if id in self.keys]

    def words(self, span: Span | None) -> str | None:
        return None if span is None else exact_words(span, self.text)

    def mentions(self, spans: list[Span], named: Counter[str]) -> list[str]:
        """Every distinct string, plain where the words mean nobody else; one after the other by `@` where they do."""
        plain = {span.quote: span for span in reversed(spans)}
        written = [
            self.words(span) if named[span.quote] > 1 else exact_words(span, self.text, plain=True)
            for span in spans
            if named[span.quote] > 1 or plain[span.quote] is span
        ]
        return [words for words in written if words is not None]


def exact_words(span: Span, text: str, *, plain: bool = False) -> str:
    """The words of the span as a gold file writes them: plain, or with `@n` where they stand there n-th of several.

    Occurrences are counted as they begin, overlapping ones too. Where the text itself holds `words@2`, the number gets
    zeros in front until the whole is not in the text, so that it cannot be taken for words.
    """
    words = span.quote
    number, at = 0, text.find(words)
    while 0 <= at <= span.start:
        number += 1
        at = text.find(words, at + 1)
    if plain or (number == 1 and at < 0):
        return words
    written = str(number)
    while f"{words}@{written}" in text:
        written = f"0{written}"
    return f"{words}@{written}"


def _named_by(lists: Iterable[list[Span]]) -> Counter[str]:
    """For each mention's words, how many records have them."""
    return Counter(words for mentions in lists for words in {span.quote for span in mentions})


def _keys(actors: list[Actor]) -> dict[str, str]:
    """A key for each actor: the last word of a person's name, the whole of another's, a number behind where taken."""
    keys: dict[str, str] = {}
    for actor in actors:
        name = actor.name.split()[-1] if actor.kind == "person" and actor.name.split() else actor.name
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        key = "-".join(re.findall(r"[a-z0-9]+", plain)) or "actor"
        number = 2
        taken, free = set(keys.values()), key
        while free in taken:
            free, number = f"{key}-{number}", number + 1
        keys[actor.id] = free
    return keys
