"""The negotiation in one reading, ready to be shown: in comes a `Reading`, out go plain lines for any page.

What is on the table, who stands where, what parties bound themselves to, and what happened; `due` adds what is due
when. A line says everything in words; every line carries the spans that it rests on. What a record names by an id is
shown by name, and by the bare id where the reading holds no such record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.page.days import day_words, in_order, length_words
from truceline.page.lines import DOUBTFUL_BELOW, printable, shortened
from truceline.page.statements import NO_SPEAKER
from truceline.records import Commitment, Event, Position, Proposal, Reading, Span, Stage, Term

NOBODY_NAMED = "(nobody named)"
BY_OWN_ACCOUNT = "by own account"
NOTHING_FOUND = "Nothing on the table: no proposals, positions, commitments or events found."
DOUBT = "Doubtful: the confidence in it is under one half."
MARKS = {"sponsors": "++", "supports": "+", "conditional": "~", "undecided": "?", "opposes": "−"}
"""A sign for each stance, from most to least in favour; the word stands beside it."""
MOST_OF_A_LABEL, MOST_OF_WORDS, MOST_OF_A_NAME, MOST_NAMES = 160, 240, 60, 8

_OPENS_A_CONDITION = (
    "if", "unless", "once", "until", "when", "as long as", "so long as", "provided", "on condition", "only if",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One record, or one part of a proposal, as a line of a page.

    `when` is a date or length of time in words or "", `what` the codebook's word for it, `words` who and what,
    `remarks` what else is known (modality, according to whom, doubt), `spans` what it rests on. `replaced` says that
    the words no longer hold.
    """

    when: str
    what: str
    words: str
    remarks: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A proposal: its label, `facts` (kind, status with its date, doubt), from whom to whom and about which place."""

    id: str
    label: str
    facts: tuple[str, ...]
    parties: str
    terms: tuple[Line, ...]
    stages: tuple[Line, ...]
    mentions: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands on a proposal (both by id, the actor by name too), according to whom, and why we say so."""

    actor: str
    name: str
    proposal: str
    mark: str
    stance: str
    remarks: tuple[str, ...]
    span: Span
    confidence: float


class Names:
    """What the ids of a reading are called on a page."""

    def __init__(self, reading: Reading) -> None:
        self._actors = {actor.id: shortened(actor.name, MOST_OF_A_NAME) for actor in reading.actors}
        self._places = {place.id: shortened(place.name, MOST_OF_A_NAME) for place in reading.places}
        self._statements = {statement.id: statement for statement in reading.statements}

    def actor(self, id: str | None) -> str:
        """The actor's name, or `NOBODY_NAMED`."""
        return NOBODY_NAMED if id is None else self._actors.get(id) or printable(id)

    def actors(self, ids: Sequence[str]) -> str:
        """The actors' names in a row, the first `MOST_NAMES` of them."""
        shown = ", ".join(self.actor(id) for id in ids[:MOST_NAMES])
        return f"{shown} and {len(ids) - MOST_NAMES} more" if len(ids) > MOST_NAMES else shown

    def parties(self, actors: Sequence[str], toward: Sequence[str]) -> str:
        """`A, B → C`; `by A` or `to C` is left to the caller where one side is empty, which gives the other's names."""
        return " → ".join(names for names in (self.actors(actors), self.actors(toward)) if names)

    def place(self, id: str | None) -> str | None:
        """The place's name; None where the record has none."""
        return None if id is None else self._places.get(id) or printable(id)

    def according_to(self, id: str | None, of: Sequence[str | None] = ()) -> str | None:
        """`according to` the statement's speaker, by name or else in the words of the report.

        Where the speaker is one of those `of` whom the record tells, `by own account`.
        """
        if id is None:
            return None
        statement = self._statements.get(id)
        if statement is None:
            return f"according to {printable(id)}"
        if statement.speaker is not None and statement.speaker in of:
            return BY_OWN_ACCOUNT
        if statement.speaker is not None:
            return f"according to {self.actor(statement.speaker)}"
        words = shortened(statement.speaker_text.quote, MOST_OF_A_NAME) if statement.speaker_text else ""
        return f"according to {words or NO_SPEAKER}"


def on_the_table(reading: Reading) -> list[OnTheTable]:
    """The proposals, in the order of the reading."""
    names = Names(reading)
    return [_on_the_table(proposal, names) for proposal in reading.proposals]


def stands(reading: Reading) -> list[Stand]:
    """The positions by proposal; within one by stance, from most to least in favour, the surest first."""
    names = Names(reading)
    order = {proposal.id: n for n, proposal in enumerate(reading.proposals)}
    ranks = {stance: n for n, stance in enumerate(MARKS)}
    found = sorted(
        reading.positions,
        key=lambda one: (order.get(one.proposal, len(order)), one.proposal, ranks[one.stance], -one.confidence),
    )
    return [_stand(position, names) for position in found]


def commitment_lines(reading: Reading) -> list[Line]:
    """`threat  A → B: action`, with condition, deadline and according to whom, in the order of the reading."""
    names = Names(reading)
    return [_commitment_line(commitment, names) for commitment in reading.commitments]


def event_lines(reading: Reading) -> list[Line]:
    """`date  TYPE  A → B`, with place, modality and according to whom, by date; those without a date at the end."""
    names = Names(reading)
    found = sorted(reading.events, key=lambda event: (*in_order(event.date), event.trigger.start))
    return [_event_line(event, names) for event in found]


def is_empty(reading: Reading) -> bool:
    """Whether the reading holds nothing of a negotiation."""
    return not (reading.proposals or reading.positions or reading.commitments or reading.events)


def kept(remarks: Iterable[str | None]) -> tuple[str, ...]:
    """The remarks that there are."""
    return tuple(remark for remark in remarks if remark)


def unless_actual(modality: str) -> str | None:
    """The modality's word where it is worth one."""
    return None if modality == "actual" else modality


def doubt(confidence: float) -> str | None:
    """The word "doubtful" where it is due."""
    return "doubtful" if confidence < DOUBTFUL_BELOW else None


def proposal_name(proposal: Proposal) -> str:
    """`p1 label`, by which other sections speak of a proposal."""
    return f"{printable(proposal.id)} {shortened(proposal.label, MOST_OF_A_NAME)}".rstrip()


def agreed_words(commitment: Commitment, names: Names) -> str:
    """`A → B: action`."""
    toward = [commitment.toward] if commitment.toward is not None else []
    who = f"{names.actor(commitment.actor)} → {names.actors(toward)}" if toward else names.actor(commitment.actor)
    return f"{who}: {shortened(commitment.action.quote, MOST_OF_WORDS)}"


def event_parties(event: Event, names: Names) -> str:
    """`A, B → C`; the event's own words where nobody is named."""
    if event.recipients and not event.actors:
        return f"{NOBODY_NAMED} → {names.actors(event.recipients)}"
    return names.parties(event.actors, event.recipients) or f"“{shortened(event.trigger.quote, MOST_OF_A_NAME)}”"


def _on_the_table(proposal: Proposal, names: Names) -> OnTheTable:
    stages = sorted(proposal.stages, key=_in_turn)
    return OnTheTable(
        printable(proposal.id),
        shortened(proposal.label, MOST_OF_A_LABEL) or "(no label)",
        kept((proposal.kind, _status(proposal), doubt(proposal.confidence))),
        _parties(proposal, names),
        tuple(_term_line(term, proposal.terms) for term in proposal.terms),
        tuple(_stage_line(stage, names) for stage in stages),
        tuple(proposal.mentions),
        proposal.confidence,
    )


def _in_turn(stage: Stage) -> tuple[object, ...]:
    """What is still to come stands last, even where what has happened has no date."""
    return stage.modality in ("planned", "possible"), *in_order(stage.date), stage.text.start


def _status(proposal: Proposal) -> str:
    if proposal.status is None:
        return "no stage reached"
    dates = [
        stage.date
        for stage in proposal.stages
        if stage.stage == proposal.status and stage.modality == "actual" and stage.date
    ]
    if not dates:
        return proposal.status
    joined = " for" if proposal.status == "scheduled" else ","
    return f"{proposal.status}{joined} {day_words(max(dates, key=in_order))}"


def _parties(proposal: Proposal, names: Names) -> str:
    who = names.parties(proposal.sponsors, proposal.recipients)
    if who and not (proposal.sponsors and proposal.recipients):
        who = f"by {who}" if proposal.sponsors else f"to {who}"
    return " · ".join(kept((who, names.place(proposal.place))))


def _term_line(term: Term, terms: Sequence[Term]) -> Line:
    words = shortened(term.text.quote, MOST_OF_WORDS)
    if term.value and term.value != words:
        words += f" = {printable(term.value)}"
    remark = None
    if term.replaced_by is not None:
        later = terms[term.replaced_by] if 0 <= term.replaced_by < len(terms) else term
        remark = "replaced" if later is term else f"replaced by: {shortened(later.text.quote, MOST_OF_WORDS)}"
    return Line("", term.kind, words, kept((remark,)), (term.text,), replaced=remark is not None)


def _stage_line(stage: Stage, names: Names) -> Line:
    remarks = kept((unless_actual(stage.modality), names.according_to(stage.according_to)))
    return Line(day_words(stage.date) if stage.date else "", stage.stage, "", remarks, (stage.text,))


def _stand(position: Position, names: Names) -> Stand:
    return Stand(
        position.actor,
        names.actor(position.actor),
        position.proposal,
        MARKS[position.stance],
        position.stance,
        kept((names.according_to(position.according_to, [position.actor]), doubt(position.confidence))),
        position.evidence,
        position.confidence,
    )


def _commitment_line(commitment: Commitment, names: Names) -> Line:
    remarks = (
        _condition(commitment.condition),
        deadline_words(commitment.deadline),
        names.according_to(commitment.according_to, [commitment.actor]),
        doubt(commitment.confidence),
    )
    spans = kept_spans(commitment.action, commitment.condition)
    return Line("", commitment.kind, agreed_words(commitment, names), kept(remarks), spans, commitment.confidence)


def deadline_words(deadline: str | None) -> str | None:
    """`by 2016-12-10`, or `within 21 days`; None where there is no deadline."""
    if not deadline:
        return None
    length = length_words(deadline)
    return f"within {length}" if length else f"by {day_words(deadline)}"


def kept_spans(*spans: Span | None) -> tuple[Span, ...]:
    """The spans that there are."""
    return tuple(span for span in spans if span is not None)


def _condition(condition: Span | None) -> str | None:
    if condition is None:
        return None
    words = shortened(condition.quote, MOST_OF_WORDS)
    opens = any(words.casefold().startswith(f"{word} ") for word in _OPENS_A_CONDITION)
    return words if opens else f"if: {words}"


def _event_line(event: Event, names: Names) -> Line:
    remarks = (
        names.place(event.place),
        unless_actual(event.modality),
        names.according_to(event.according_to, event.actors),
        doubt(event.confidence),
    )
    when = day_words(event.date) if event.date else "no date"
    return Line(when, event.type, event_parties(event, names), kept(remarks), (event.trigger,), event.confidence)
