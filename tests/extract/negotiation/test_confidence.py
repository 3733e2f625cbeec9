"""Confidence grows with probability, stays between nought and one, and is fitted for every kind of record."""

import pytest

from truceline.extract.negotiation import confidence as module
from truceline.extract.negotiation.confidence import Kind, confidence, curves

KINDS: tuple[Kind, ...] = ("proposals", "positions", "commitments", "events")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_more_probable_is_surer(kind: Kind) -> None:
    found = [confidence(kind, p) for p in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)]
    assert found == sorted(found)
    assert 0 <= found[0] < found[-1] <= 1


def test_every_kind_has_its_curve() -> None:
    assert set(curves()) == set(KINDS)
    assert all(slope > 0 for slope, _ in curves().values())


def test_without_a_curve_a_probability_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "curves", dict)
    assert confidence("events", 0.25) == 0.25


def test_a_curve_is_a_logistic_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "curves", lambda: {"events": (0.0, 0.0)})
    assert confidence("events", 0.9) == 0.5
