"""Whom a definite description means: learned preferences over drawn reports, their features, their limits."""

from typing import Any

import pytest

from tests.extract.drawn import drawn, repeated
from truceline.annotate import Annotation
from truceline.extract import Clauses, Mention, mentions, statements
from truceline.lexicon.registry import load_registry
from truceline.resolve import identified
from truceline.resolve.descriptions import leans
from truceline.resolve.identities import Known
from truceline.resolve.likeness import Likeness
from truceline.resolve.preferences import scores, weights

MET = "Kenyan Foreign Minister Jan Okello met the rebels in Geneva."
LRA = "The Lord's Resistance Army (LRA) released six hostages."
GROUP, SOLDIERS = "Uganda's main rebel group rejected the accord.", "Two soldiers fled."
THANKED, FORMER = "President Okello thanked Queen Adela.", "Former President Okello praised the accord."
WARNED, PRESIDENT = "The foreign minister warned that time was short.", "The president said talks would go on."
MINISTER = "The minister said on Monday in a statement that the road was open."
MILITANTS, LEADERS = "The militants fled.", "The leaders left."
ACTORS = (
    ("Kenyan Foreign Minister Jan Okello", "person"), ("the rebels", "armed group"),
    ("The Lord's Resistance Army (LRA)", "armed group"), ("Uganda's main rebel group", "armed group"),
    ("Two soldiers", "military"), ("President Okello", "person"), ("Queen Adela", "person"),
    ("Former President Okello", "person"), ("The foreign minister", "person"), ("The president", "person"),
    ("The minister", "person"), ("The militants", "armed group"), ("The leaders", "people"),
)  # fmt: skip
PERSONS = ("Jan Okello", "Okello", "Adela")


def report(*sentences: str) -> Annotation:
    """A drawn report with all of the actors and persons above that stand in it."""
    text = " ".join(sentences)
    layers: Any = {
        "actors": tuple(actor for actor in ACTORS if actor[0] in text),
        "persons": tuple(name for name in PERSONS if name in text and not (name == "Okello" and "Jan Okello" in text)),
    }
    return drawn(*sentences, **layers)


def found_in(annotation: Annotation) -> list[Mention]:
    return mentions(Clauses(annotation), statements(annotation), load_registry())


def meant(*sentences: str) -> str:
    """The name of the actor who is the subject of the last sentence."""
    annotation = report(*sentences)
    who = identified(annotation, found_in(annotation))
    last = annotation.sentences[-1][0]
    names = {actor.id: actor.name for actor in who.actors}
    return next(names[key] for m, key in zip(who.mentions, who.ids, strict=True) if m.first == last)


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        ((MET, WARNED), "Jan Okello"),
        ((MET, MINISTER), "Jan Okello"),
        ((MET, LEADERS, MINISTER), "Jan Okello"),
        ((THANKED, PRESIDENT), "Okello"),
        ((LRA, MILITANTS), "Lord's Resistance Army"),
        ((LRA, SOLDIERS, MILITANTS), "Lord's Resistance Army"),
        ((GROUP, MILITANTS), "Uganda's main rebel group"),
        # Nobody known, or nobody who suits.
        ((MET, PRESIDENT), "president"),
        ((FORMER, PRESIDENT), "president"),
        ((LRA, MINISTER), "minister"),
        ((SOLDIERS, PRESIDENT), "president"),
        ((SOLDIERS, MINISTER), "minister"),
        ((MILITANTS,), "militants"),
    ],
)
def test_whom_a_definite_description_means(sentences: tuple[str, ...], name: str) -> None:
    assert meant(*sentences) == name


def likeness(*sentences: str) -> tuple[Likeness, Known, Mention]:
    """The last description of a drawn report, with whom the report has spoken of before it."""
    annotation = report(*sentences)
    known, found = Known(annotation), found_in(annotation)
    last = next(mention for mention in found if mention.first == annotation.sentences[-1][0])
    for mention in found:
        if mention.first < last.first:
            known.resolve(mention)
    return Likeness(annotation, last, None, known._sentence, None), known, last


def test_features_tell_noun_kind_distance_and_the_rules() -> None:
    compared, known, mention = likeness(MET, WARNED)
    candidates = known.comparable(mention, None)
    assert [identity.kind for identity in candidates] == ["person"], "no rebels for a minister"
    okello, new = compared.rows(candidates)
    assert {"same kind", "named", "same noun", "same words before", "sentences 1"} <= set(okello)
    assert {"no side, has one", "only one of its kind", "rank 0", "mentions 2"} <= set(okello)
    assert "rule" not in okello
    assert {"new", "new, the", "new, noun heard 1", "new, nsubj", "new by rule"} <= set(new)
    compared.rule = candidates[0]
    okello, new = compared.rows(candidates)
    assert "rule" in okello
    assert "new by rule" not in new


def test_with_nobody_known_there_is_only_somebody_new() -> None:
    compared, known, mention = likeness(MILITANTS)
    assert known.comparable(mention, None) == []
    (new,) = compared.rows([])
    assert {"new", "new, fighters", "new, plural 1", "new, in the first sentence 1", "new, noun heard 0"} <= set(new)


def test_only_descriptions_with_an_article_that_points_back_are_left_to_preferences() -> None:
    annotation = report(MET, SOLDIERS, WARNED)
    text = annotation.report.text
    leaning = {
        text[slice(*annotation.characters(m.first, m.end))] for m in found_in(annotation) if leans(annotation, m)
    }  # fmt: skip
    assert leaning == {"the rebels", "The foreign minister"}


def test_of_many_actors_only_those_spoken_of_last_are_compared() -> None:
    annotation = repeated(report(SOLDIERS, WARNED), 60)
    known = Known(annotation)
    found = found_in(annotation)
    for mention in found:
        known.resolve(mention)
    soldiers = [mention for mention in found if mention.kind == "military"]
    compared = known.comparable(soldiers[0], None)
    assert 0 < len(compared) <= 40
    assert compared[-1] is known.found[soldiers[-1]]
    rule = known.found[soldiers[0]]
    assert known.comparable(soldiers[0], rule)[-1] is rule, "whom the rules take is always among them"


def test_weights_are_numbers_by_feature_and_unknown_features_count_nothing() -> None:
    weight = weights("descriptions")
    assert len(weight) > 50
    assert all(isinstance(value, float) for value in weight.values())
    assert weight["rule"] > 0
    assert weight["same noun"] > 0 > weight["other kind"]
    assert scores({"near": 1.5, "far": -1.0}, [["near", "odd"], ["far", "near"], []]) == [1.5, 0.5, 0]
    with pytest.raises(KeyError):
        weights("gestures")
