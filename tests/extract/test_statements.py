"""From the encoder's tags to the statements of a report."""

from dataclasses import replace
from time import process_time

import pytest

from tests.extract.drawn import drawn, repeated, said
from truceline.annotate import Annotation, Attributions
from truceline.extract import statements
from truceline.records import Statement


def shown(one: Statement) -> tuple[str | None, str | None, list[str]]:
    speaker = one.speaker_text.quote if one.speaker_text else None
    return speaker, one.cue.quote if one.cue else None, [piece.quote for piece in one.content]


def linked(annotation: Annotation, *cues: int) -> Annotation:
    """The same annotation with other links."""
    return replace(annotation, statements=Attributions(annotation.statements.spans, list(cues)))


def test_a_statement_with_everything() -> None:
    one = said("Okello", "told", "reporters in Geneva that the corridor was closed.")
    [found] = statements(drawn("Okello told reporters in Geneva that the corridor was closed.", said=(one,)))
    assert shown(found) == ("Okello", "told", ["the corridor was closed"])
    assert found.addressee_text is not None
    assert found.addressee_text.quote == "reporters"
    assert (found.id, found.mode, found.within, found.confidence) == ("s1", "indirect", None, 0.9)
    assert (found.speaker, found.addressee, found.date, found.about) == (None, None, None, [])


def test_an_interrupted_quotation_is_one_statement() -> None:
    one = said("the mayor", "said", "“We stay,”", "“and we vote.”")
    [found] = statements(drawn("“We stay,” the mayor said, “and we vote.”", said=(one,)))
    assert shown(found) == ("the mayor", "said", ["“We stay,”", "“and we vote.”"])
    assert found.mode == "direct"


def test_nested_statements_follow_their_outer_ones_and_name_them() -> None:
    sentence = "The agency reported that the minister said the rebels had threatened to leave."
    one = said("The agency", "reported", "the minister said the rebels had threatened to leave")
    found = statements(drawn(sentence, said=(one,)))
    assert [(s.id, s.within) for s in found] == [("s1", None), ("s2", "s1"), ("s3", "s2")]
    assert [shown(s)[:2] for s in found] == [
        ("The agency", "reported"),
        ("the minister", "said"),
        ("the rebels", "threatened"),
    ]


def test_an_outer_cue_whose_words_were_given_to_the_inner_one() -> None:
    sentence = "The agency reported that the minister said the rebels had threatened to leave."
    tagged = (said("The agency", "reported"), said("the minister", "said", "the rebels had threatened to leave"))
    found = statements(drawn(sentence, said=tagged))
    assert [(shown(s)[1], s.within) for s in found] == [("reported", None), ("said", "s1"), ("threatened", "s2")]
    assert shown(found[0])[2] == ["the minister said the rebels had threatened to leave"]


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "speaker"),
    [
        ("The envoy said that Hanoi had promised to free the pilots.", "said", "Hanoi had promised to free the pilots",
         "The envoy"),
        ("According to the newspaper, the minister told officers the war was lost.", "According to",
         "the minister told officers the war was lost", "the newspaper"),
        ("The delegates were urged by the chairman to sign.", "urged", "to sign", "the chairman"),
        ("The minister referred to the talks and said they were over.", "said", "they were over", "The minister"),
        ("Reporters were told that the talks had failed.", "told", "the talks had failed", None),
    ],
)  # fmt: skip
def test_a_speaker_that_the_tags_leave_out_is_the_one_of_the_clause(
    sentence: str, cue: str, content: str, speaker: str | None
) -> None:
    found = statements(drawn(sentence, said=(said(None, cue, content),)))[0]
    assert shown(found) == (speaker, cue, [content])


def test_who_stands_for_the_noun_before_it() -> None:
    sentence = "The nun said she had met fighters who say they want peace."
    tagged = (said("The nun", "said", "she had met fighters"), said("who", "say", "they want peace"))
    found = statements(drawn(sentence, said=tagged))
    assert [(shown(s)[0], s.within) for s in found] == [("The nun", None), ("fighters", "s1")]
    assert shown(found[0])[2] == ["she had met fighters who say they want peace"]


def test_a_content_goes_to_the_cue_of_its_own_sentence() -> None:
    tagged = (
        said("The envoy", "said", "the guns would fall silent"),
        said("The minister", "said@2", "nothing had changed"),
    )
    right = drawn("The envoy said the guns would fall silent.", "The minister said nothing had changed.", said=tagged)
    # The encoder has linked the second content and its source to the first cue.
    wrong = linked(right, 1, 1, 1, 1, 4, 1)
    assert [shown(s) for s in statements(wrong)] == [shown(s) for s in statements(right)]
    assert [shown(s)[0] for s in statements(right)] == ["The envoy", "The minister"]


def test_a_content_that_no_cue_of_its_sentence_holds_goes_to_its_verb_of_speech() -> None:
    tagged = (said("The envoy", "said", "the guns would fall silent", "nothing had changed"),)
    found = statements(
        drawn("The envoy said the guns would fall silent.", "The minister said nothing had changed.", said=tagged)
    )
    assert [shown(s) for s in found] == [
        ("The envoy", "said", ["the guns would fall silent"]),
        ("The minister", "said", ["nothing had changed"]),
    ]


def test_a_quotation_that_goes_on_belongs_to_the_running_speaker() -> None:
    report = (
        "“The road is open,” the mayor said.",
        "“The bridge is open too.”",
        "\n\n“The school will open on Monday.”",
    )
    found = statements(drawn(*report, said=(said("the mayor", "said", "“The road is open,”"),)))
    assert [shown(s) for s in found] == [
        ("the mayor", "said", ["“The road is open,”", "“The bridge is open too.”"]),
        ("the mayor", None, ["“The school will open on Monday.”"]),
    ]
    assert [s.within for s in found] == [None, None]


def test_a_quotation_behind_other_words_has_no_running_speaker() -> None:
    report = ("“The road is open,” the mayor said.", "He left for Tunis.", "“The bridge is open too.”")
    found = statements(drawn(*report, said=(said("the mayor", "said", "“The road is open,”"),)))
    assert [shown(s)[2] for s in found] == [["“The road is open,”"]]


def test_a_block_behind_a_colon_is_direct_without_marks() -> None:
    report = ("The statement read: The parties will meet in Tunis.", "They will bring maps.")
    content = "The parties will meet in Tunis. They will bring maps."
    [found] = statements(drawn(*report, said=(said("The statement", "read", content),)))
    assert (found.mode, shown(found)[2]) == ("direct", [content.removesuffix(".")])


def test_a_tagged_headline_is_a_statement_without_a_cue() -> None:
    one = said("The envoy", "said", "the guns would fall silent")
    found = statements(
        drawn("Truce to begin at dawn – envoy", "\nThe envoy said the guns would fall silent.", said=(one,))
    )
    assert shown(found[0]) == ("envoy", None, ["Truce to begin at dawn"])
    assert len(found) == 2


def test_a_report_without_words_has_no_statements() -> None:
    empty = drawn("He left for Tunis.")
    assert statements(empty) == []


@pytest.mark.parametrize(
    "annotation",
    [
        drawn(
            "The agency reported that the minister said the rebels had threatened to leave.",
            "The admiral told a news conference on Monday that the ships had left.",
            said=(
                said("The agency", "reported", "the minister said the rebels had threatened to leave"),
                said("The admiral", "told", "the ships had left"),
            ),
            times=("Monday",),
        ),
        drawn("“The road is open,” the mayor said.", *["“The bridge is open too.”"] * 50,
              said=(said("the mayor", "said", "“The road is open,”"),)),
    ],
    ids=["cues", "quotations"],
)  # fmt: skip
def test_the_time_grows_with_the_length(annotation: Annotation) -> None:
    def seconds(times: int) -> float:
        long = repeated(annotation, times)
        start = process_time()
        assert len(statements(long)) >= times
        return process_time() - start

    seconds(10)
    assert seconds(1600) < 13 * max(seconds(400), 0.05)
