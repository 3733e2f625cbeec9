"""In whose statement a word stands."""

from tests.extract.told import statement, told, word_of
from truceline.extract import Clauses
from truceline.extract.told_by import Told

SHELLED = "The envoy said on Saturday that the army had shelled the town on Thursday."
REFUSED = "The group said on Saturday that it would not sign the accord."


def test_what_the_report_itself_tells() -> None:
    annotation = told(SHELLED)
    by = Told(Clauses(annotation), [statement(annotation, 1, "the army had shelled the town")]).by
    assert by(word_of(annotation, "said")) is None
    assert by(word_of(annotation, "Thursday")) is None, "behind the content"
    assert by(word_of(annotation, "shelled")) == "s1"


def test_the_innermost_statement() -> None:
    annotation = told(SHELLED)
    outer = statement(annotation, 1, "the army had shelled the town on Thursday")
    inner = statement(annotation, 2, "the town", within="s1")
    for statements in ([outer, inner], [inner, outer]):
        by = Told(Clauses(annotation), statements).by
        assert by(word_of(annotation, "town")) == "s2"
        assert by(word_of(annotation, "shelled")) == "s1"


def test_an_inner_statement_may_be_as_long_as_the_outer() -> None:
    annotation = told(SHELLED)
    content = "the army had shelled the town"
    statements = [statement(annotation, 1, content, within="s2"), statement(annotation, 2, content)]
    assert Told(Clauses(annotation), statements).by(word_of(annotation, "army")) == "s1"


def test_contents_in_pieces_and_other_sentences() -> None:
    annotation = told(SHELLED, REFUSED)
    statements = [
        statement(annotation, 1, "the army", "shelled the town"),
        statement(annotation, 2, "it would not sign the accord"),
    ]
    by = Told(Clauses(annotation), statements).by
    assert [by(word_of(annotation, w)) for w in ("army", "had", "shelled", "sign")] == ["s1", None, "s1", "s2"]


def test_statements_that_report_each_other_do_no_harm() -> None:
    annotation = told(SHELLED)
    statements = [
        statement(annotation, 1, "the army had shelled the town", within="s2"),
        statement(annotation, 2, "the town", within="s1"),
    ]
    assert Told(Clauses(annotation), statements).by(word_of(annotation, "army")) == "s1"


def test_no_statements() -> None:
    annotation = told(SHELLED)
    assert Told(Clauses(annotation), []).by(0) is None
