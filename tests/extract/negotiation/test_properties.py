"""Whatever is learned and whatever is read: records hold together, and quote the report's own words."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.negotiation.by_lot import by_lot
from tests.extract.negotiation.staged import drawn_by_lot
from truceline.extract.negotiation.about import with_about
from truceline.extract.negotiation.commitments import commitments
from truceline.extract.negotiation.events import events
from truceline.extract.negotiation.on_the_table import OnTheTable
from truceline.extract.negotiation.positions import positions
from truceline.extract.negotiation.proposals import proposals
from truceline.extract.negotiation.scene import Scene
from truceline.extract.negotiation.scores import Scores
from truceline.records import Commitment, Event, Position, Proposal, Span


def read(found: Scene, seed: int, scale: float) -> tuple[list[Proposal], list[Position], list[Commitment], list[Event]]:
    """All records of a scene, with weights drawn by lot; checked as they are found."""
    scores = Scores(found, drawn_by_lot(seed, scale))
    table = OnTheTable(scores)
    records = proposals(table), positions(table), commitments(scores), events(scores)
    check(found, *records)
    about = {number for s in with_about(table, found.statements) for number in s.about}
    assert about <= {p.id for p in records[0]}
    return records


def check(
    found: Scene, offers: list[Proposal], stances: list[Position], bonds: list[Commitment], deeds: list[Event]
) -> None:
    actors = {a.id for a in found.actors}
    said = {s.id for s in found.statements}
    spans = [span for p in offers for span in p.mentions]
    spans += [t.text for p in offers for t in p.terms] + [s.text for p in offers for s in p.stages]
    spans += [p.evidence for p in stances] + [c.action for c in bonds] + [e.trigger for e in deeds]
    spans += [c.condition for c in bonds if c.condition is not None]
    check_spans(spans, found.clauses.annotation.report.text)
    assert [p.id for p in offers] == [f"p{n}" for n in range(1, len(offers) + 1)]
    check_proposals(offers, stances, actors)
    assert {p.actor for p in stances} <= set(found.sides.values())
    assert {c.actor for c in bonds} | {c.toward for c in bonds} <= {*actors, None}
    assert all(c.toward is None or c.toward != c.actor for c in bonds)
    assert {who for e in deeds for who in (*e.actors, *e.recipients)} <= actors
    tellers = {r.according_to for r in stances} | {r.according_to for r in bonds} | {r.according_to for r in deeds}
    tellers |= {s.according_to for p in offers for s in p.stages}
    assert tellers <= {*said, None}
    sure = [r.confidence for r in offers] + [r.confidence for r in stances]
    sure += [r.confidence for r in bonds] + [r.confidence for r in deeds]
    assert all(0 <= confidence <= 1.0001 for confidence in sure)


def check_spans(spans: list[Span], text: str) -> None:
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.quote


def check_proposals(offers: list[Proposal], stances: list[Position], actors: set[str]) -> None:
    assert {p.proposal for p in stances} <= {p.id for p in offers}
    assert all(count == 1 for count in Counter((p.actor, p.proposal) for p in stances).values())
    for offer in offers:
        sponsoring = [p.actor for p in stances if p.proposal == offer.id and p.stance == "sponsors"]
        assert offer.sponsors == sponsoring
        assert offer.label
        assert offer.mentions
        assert set(offer.recipients) <= actors - set(offer.sponsors)
        assert len(set(offer.recipients)) == len(offer.recipients)
        assert offer.status in (None, *(s.stage for s in offer.stages))
        assert len({s.stage for s in offer.stages}) == len(offer.stages)
        assert all(t.replaced_by is None or 0 <= t.replaced_by < len(offer.terms) for t in offer.terms)


@given(
    lengths=st.lists(st.integers(1, 25), max_size=6),
    seed=st.integers(0, 10_000),
    scale=st.sampled_from([0.1, 0.5, 1.0, 3.0]),
)
@settings(deadline=None, max_examples=60)
def test_any_scene_with_any_weights_gives_records_that_hold_together(
    lengths: list[int], seed: int, scale: float
) -> None:
    read(by_lot(np.random.default_rng(seed), lengths), seed, scale)


def test_such_scenes_give_records_of_every_kind() -> None:
    """What the property is tested on is not empty: terms, conditions, stages, statuses and every stance come up."""
    seen: Counter[str] = Counter()
    for seed in range(25):
        offers, stances, bonds, deeds = read(by_lot(np.random.default_rng(seed), [12, 20, 7, 15, 18]), seed, 0.7)
        seen.update(p.stance for p in stances)
        seen.update(f"status {bool(p.status)}" for p in offers)
        seen["terms"] += sum(len(p.terms) for p in offers)
        seen["recipients"] += sum(len(p.recipients) for p in offers)
        seen["conditions"] += sum(c.condition is not None for c in bonds)
        seen["bound"] += sum(c.actor is not None for c in bonds)
        seen["acting"] += sum(len(e.actors) for e in deeds)
        seen["told"] += sum(e.according_to is not None for e in deeds)
    wanted = {"sponsors", "supports", "conditional", "undecided", "opposes", "status True", "status False"}
    wanted |= {"terms", "recipients", "conditions", "bound", "acting", "told"}
    assert {name for name in wanted if seen[name] > 0} == wanted


def test_reports_longer_than_a_passage() -> None:
    found = by_lot(np.random.default_rng(8), [23] * 80)
    offers, stances, _, _ = read(found, 8, 0.4)
    assert len(offers) > 5
    assert stances
