"""Statements inside statements."""

import pytest

from tests.extract.drawn import draft, drawn, quoted
from truceline.annotate import Annotation
from truceline.extract.clauses import Clauses
from truceline.extract.drafts import Draft
from truceline.extract.hearsay import enclose, nested_drafts, reported_words, stretch

# sentence, outer cue, outer content, the nested statements: speaker, cue, content, addressee
NESTED = [
    ("The envoy said that Hanoi had promised to free the pilots.", "said", "Hanoi had promised to free the pilots",
     [("Hanoi", "promised", ["to free the pilots"], None)]),
    ("According to the newspaper, the minister told officers the war was lost.", "According to",
     "the minister told officers the war was lost", [("the minister", "told", ["the war was lost"], "officers")]),
    ("The nun said she had met fighters who say they want peace.", "said",
     "she had met fighters who say they want peace",
     [("fighters", "say", ["they want peace"], None)]),
    ("The general said a group that Ankara says is illegal had fired first.", "said",
     "a group that Ankara says is illegal had fired first", [("Ankara", "says", ["a group", "is illegal"], None)]),
    ("The mediator said the rebels had accused the army of shelling the camp and demanded an inquiry.", "said",
     "the rebels had accused the army of shelling the camp and demanded an inquiry",
     [("the rebels", "accused", ["the army of shelling the camp"], None),
      ("the rebels", "demanded", ["an inquiry"], None)]),
    ("The teacher said the army was accused by villagers of looting.", "said",
     "the army was accused by villagers of looting", [("villagers", "accused", ["the army", "of looting"], None)]),
    ("The envoy said the deal, according to Cairo, was dead.", "said", "the deal, according to Cairo, was dead",
     [("Cairo", "according to", ["the deal", "was dead"], None)]),
    ("The council demanded sanctions on people it accuses of blocking peace.", "demanded",
     "sanctions on people it accuses of blocking peace", [("it", "accuses", ["people", "of blocking peace"], None)]),
    ("The president said the opposition had welcomed the plan.", "said", "the opposition had welcomed the plan",
     [("the opposition", "welcomed", ["the plan"], None)]),
    ("The reporter said the agency quoted the envoy as saying that the list was final.", "said",
     "the agency quoted the envoy as saying that the list was final",
     [("the envoy", "saying", ["the list was final"], None)]),
]  # fmt: skip

# sentence, outer cue, outer content: nothing is nested
PLAIN = [
    ("The teacher said the army was accused of looting.", "said", "the army was accused of looting"),
    ("The clerk said the vote, needless to say, was fair.", "said", "the vote, needless to say, was fair"),
    ("The minister said: I say to you that the war is over.", "said", "I say to you that the war is over"),
    ("The officials said they could not confirm that the bridge had fallen.", "said",
     "they could not confirm that the bridge had fallen"),
    ("The diplomat said that France may propose sanctions.", "said", "France may propose sanctions"),
    ("The doctor said the war had claimed many lives.", "said", "the war had claimed many lives"),
    ("The priest said the situation demanded patience.", "said", "the situation demanded patience"),
    ("The lawyer said it goes without saying that the truce will hold.", "said",
     "it goes without saying that the truce will hold"),
    ("The governor said nobody had threatened to resign.", "said", "nobody had threatened to resign"),
    ("The envoy said the guns would fall silent.", "said", "the guns would fall silent"),
]  # fmt: skip


def shown(annotation: Annotation, one: Draft) -> tuple[str | None, str | None, list[str], str | None]:
    text = annotation.report.text
    content = [text[start:end] for start, end in one.content]
    return quoted(annotation, one.source), quoted(annotation, one.cue), content, quoted(annotation, one.addressee)


@pytest.mark.parametrize(("sentence", "cue", "content", "expected"), NESTED)
def test_nested(sentence: str, cue: str, content: str, expected: list[object]) -> None:
    annotation = drawn(sentence)
    outer = draft(annotation, None, cue, content)
    found = nested_drafts(outer, Clauses(annotation))
    assert [shown(annotation, one) for one in found] == expected
    assert all(one.within is outer and one.confidence < outer.confidence for one in found)


@pytest.mark.parametrize(("sentence", "cue", "content"), PLAIN)
def test_nothing_nested(sentence: str, cue: str, content: str) -> None:
    annotation = drawn(sentence)
    assert nested_drafts(draft(annotation, None, cue, content), Clauses(annotation)) == []


def test_within_names_the_innermost_statement() -> None:
    annotation = drawn("The agency reported that the minister said the rebels had threatened to leave.")
    clauses = Clauses(annotation)
    outer = draft(annotation, "The agency", "reported", "the minister said the rebels had threatened to leave")
    inner, innermost = nested_drafts(outer, clauses)
    enclose([innermost, outer, inner], clauses)
    assert quoted(annotation, innermost.source) == "the rebels"
    assert (outer.within, inner.within, innermost.within) == (None, outer, inner)


def test_neighbours_are_not_within_each_other() -> None:
    annotation = drawn("“We stay,” the mayor said, “and we vote.”", "The envoy said that that offer is dead.")
    clauses = Clauses(annotation)
    drafts = [
        draft(annotation, "the mayor", "said", "“We stay,”", "“and we vote.”"),
        draft(annotation, "The envoy", "said@2", "that offer is dead"),
    ]
    enclose(drafts, clauses)
    assert [one.within for one in drafts] == [None, None]


def test_a_cue_that_the_encoder_tagged_is_not_found_again() -> None:
    annotation = drawn("The envoy said that Hanoi had promised to free the pilots.")
    outer = draft(annotation, "The envoy", "said", "Hanoi had promised to free the pilots")
    promised = annotation.forms.index("promised")
    assert nested_drafts(outer, Clauses(annotation), {promised}) == []


def test_an_outer_cue_takes_its_clause_where_the_tags_give_all_to_the_inner_one() -> None:
    annotation = drawn("The agency reported that the minister said the rebels had threatened to leave.")
    empty = draft(annotation, "The agency", "reported")
    [found] = reported_words(empty, Clauses(annotation))
    assert quoted(annotation, found) == "that the minister said the rebels had threatened to leave"


def test_a_cue_without_a_clause_reports_nothing() -> None:
    annotation = drawn(
        "The colonel is said to be in exile.", "The minister referred to the talks and said they were over."
    )
    clauses = Clauses(annotation)
    assert reported_words(draft(annotation, "The minister", "referred"), clauses) == []
    assert reported_words(draft(annotation, None, "said"), clauses) == []


def test_a_relative_clause_belongs_to_the_content_before_it() -> None:
    annotation = drawn("The nun said she had met fighters who say they want peace.")
    outer = draft(annotation, "The nun", "said", "she had met fighters")
    inner = draft(annotation, "who", "say", "they want peace")
    stretch([outer, inner], Clauses(annotation))
    assert shown(annotation, outer)[2] == ["she had met fighters who say they want peace"]
    assert shown(annotation, inner)[2] == ["they want peace"]
