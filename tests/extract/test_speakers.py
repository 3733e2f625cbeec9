"""Who speaks at a cue, by the tree."""

import pytest

from tests.extract.drawn import draft, drawn, quoted
from truceline.extract.clauses import Clauses
from truceline.extract.speakers import speaker_of, speaker_words

# sentence, cue, speaker
SPEAKERS = [
    ("The bishops called on the rebels to free the hostages.", "called on", "The bishops"),
    ("The raid added to the pressure, the trader said.", "said", "the trader"),
    ("According to the newspaper, the minister told officers the war was lost.", "According to", "the newspaper"),
    ("The envoy said the deal, according to Cairo, was dead.", "according to", "Cairo"),
    ("The delegates were urged by the chairman to sign.", "urged", "the chairman"),
    ("The mediator said the rebels had accused the army of shelling the camp and demanded an inquiry.", "demanded",
     "the rebels"),
    ("The reporter said the agency quoted the envoy as saying that the list was final.", "saying", "the envoy"),
    ("The nun said she had met fighters who say they want peace.", "say", "fighters"),
    ("The general said a group that Ankara says is illegal had fired first.", "says", "Ankara"),
    ("GENEVA - The ferryman said the river was closed.", "said", "The ferryman"),
    ("Herders trapped in the valley said the pass was mined.", "said", "Herders"),
]  # fmt: skip

# sentence, cue: the sentence does not name the speaker
NOBODY = [
    ("Reporters were told that the talks had failed.", "told"),
    ("The colonel is said to be in exile.", "said"),
    ("The teacher said the army was accused of looting.", "accused"),
    ("The pass was mined, it is said.", "said"),
]


@pytest.mark.parametrize(("sentence", "cue", "expected"), SPEAKERS)
def test_speaker(sentence: str, cue: str, expected: str) -> None:
    annotation = drawn(sentence)
    assert quoted(annotation, speaker_of(draft(annotation, None, cue), Clauses(annotation))) == expected


@pytest.mark.parametrize(("sentence", "cue"), NOBODY)
def test_no_speaker(sentence: str, cue: str) -> None:
    annotation = drawn(sentence)
    assert speaker_of(draft(annotation, None, cue), Clauses(annotation)) is None


def test_a_tagged_source_stays() -> None:
    annotation = drawn("The raid added to the pressure, the trader said.")
    assert quoted(annotation, speaker_of(draft(annotation, "The raid", "said"), Clauses(annotation))) == "The raid"


def test_a_noun_for_what_was_said_has_no_subject() -> None:
    annotation = drawn("The guerrillas made one demand: the road must reopen.")
    assert speaker_words(annotation.forms.index("demand"), Clauses(annotation)) is None
