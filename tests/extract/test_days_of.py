"""The day of what a word tells: the time that modifies it, its object or its occasion, and nobody else's."""

import pytest

from tests.extract.told import told, word_of
from truceline.extract import Clauses, times
from truceline.extract.days_of import day_of, is_over

# The report is of Monday, 5 December 2016. Sentence, and the day of some of its words.
DAYS = [
    ("The sides held talks in Geneva on Friday.", {"held": "2016-12-02", "talks": "2016-12-02"}),
    (
        "The envoy said on Saturday that the army had shelled the town on Thursday.",
        {"said": "2016-12-03", "shelled": "2016-12-01"},
    ),
    # Saying it is doing it; what is told in the past tense is of another day. In the first of these trees the day of
    # speaking hangs on what was said.
    ("The group said on Saturday that it would not sign the accord.", {"said": "2016-12-03", "sign": "2016-12-03"}),
    ("The army said on Saturday that rebels had attacked a convoy.", {"said": "2016-12-03", "attacked": None}),
    ("The ministers agreed on Thursday to withdraw their forces.", {"agreed": "2016-12-01", "withdraw": None}),
    ("The delegations are due to meet in Rome on Wednesday.", {"meet": "2016-12-07"}),
    ("The truce has held since March.", {"held": None, "truce": None}),
    ("A round of talks scheduled for Tuesday was postponed.", {"talks": "2016-12-06", "postponed": None}),
    ("The 2014 accord ended a long war.", {"accord": "2014", "ended": None}),
    (
        "On Friday, troops entered the port of Massawa and freed the captives.",
        {"entered": "2016-12-02", "freed": "2016-12-02", "captives": None},
    ),
    ("The council rejected Monday's draft.", {"draft": "2016-12-05", "rejected": None}),
    ("Rebels raided the camp on Sunday, killing three guards.", {"raided": "2016-12-04", "killing": "2016-12-04"}),
    ("Fighters withdrew from Daraa last week.", {"withdrew": "2016-W48"}),
    ("In May, the parties signed a truce brokered by Qatar.", {"signed": "2016-05"}),
    ("The proposal was handed over on Saturday after the envoys met.", {"handed": "2016-12-03", "met": "2016-12-03"}),
    # The tree hangs both days on the talks; the second is the day of speaking.
    (
        "Talks will begin on Thursday, the envoy said on Sunday.",
        {"begin": "2016-12-08", "Talks": "2016-12-08", "said": "2016-12-04"},
    ),
    ("The talks lasted ten days.", {"lasted": None, "talks": None}),
    ("The two sides are talking now.", {"talking": None}),
]


@pytest.mark.parametrize(("sentence", "days"), DAYS, ids=[sentence for sentence, _ in DAYS])
def test_a_day_belongs_to_what_it_modifies(sentence: str, days: dict[str, str | None]) -> None:
    annotation = told(sentence)
    clauses, when = Clauses(annotation), times(annotation)
    assert {word: day_of(clauses, when, word_of(annotation, word)) for word in days} == days


def test_a_day_of_another_sentence_is_none() -> None:
    annotation = told("The talks lasted ten days.", "The council rejected Monday's draft.")
    assert day_of(Clauses(annotation), times(annotation), word_of(annotation, "talks")) is None


def test_without_times_there_are_no_days() -> None:
    annotation = told("The sides held talks in Geneva on Friday.")
    assert day_of(Clauses(annotation), [], word_of(annotation, "talks")) is None


@pytest.mark.parametrize(
    ("day", "over"),
    [("2016-12-04", True), ("2016-12-05", False), ("2016-12", False), ("2016-11", True), ("2015", True),
     ("2016-W48", True), ("2016-W49", False), ("2017-W01", False)],
)  # fmt: skip
def test_what_is_over(day: str, over: bool) -> None:
    assert is_over(day, "2016-12-05") == over
    assert not is_over(day, None)
