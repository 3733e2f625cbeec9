"""Times of whole reports: spans mended, directions told by trees, days that the text itself names. GUIDE §8 and §10."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.timed import dated, plain
from truceline.extract.clauses import Clauses
from truceline.extract.times import times
from truceline.extract.timex.directions import direction

# The report is of Monday, 5 December 2016. Sentence, tagged expressions, values.
DATED = [
    ("Talks resumed in Geneva on Tuesday.", {"Tuesday": "2016-11-29"}),
    ("Talks will resume in Geneva on Tuesday.", {"Tuesday": "2016-12-06"}),
    ("Negotiations are expected to begin on Tuesday morning.", {"Tuesday morning": "2016-12-06TMO"}),
    ("The envoy said on Monday that talks would resume on Tuesday.", {"Monday": "2016-12-05", "Tuesday": "2016-12-06"}),
    ("A round of talks is due on Friday.", {"Friday": "2016-12-09"}),
    ("The truce had been due to expire on Friday.", {"Friday": "2016-12-02"}),
    ("Surveyors are due to walk the line on Friday.", {"Friday": "2016-12-09"}),
    ("The draft is on the table for Tuesday.", {"Tuesday": "2016-12-06"}),
    ("The council meets on Thursday.", {"Thursday": "2016-12-08"}),
    ("The sides agreed to meet on Wednesday.", {"Wednesday": "2016-12-07"}),
    ("Rebels began to leave the town on Saturday.", {"Saturday": "2016-12-03"}),
    ("Monday's vote ends a long debate.", {"Monday": "2016-12-05"}),
    ("Envoys gathered ahead of Saturday's summit.", {"Saturday": "2016-12-10"}),
    ("The deadline was extended until Thursday.", {"Thursday": "2016-12-08"}),
    ("Fighting has continued since Sunday.", {"Sunday": "2016-12-04"}),
    ("Talks held on Friday failed.", {"Friday": "2016-12-02"}),
    ("The sides would have met on Monday.", {"Monday": "2016-12-05"}),
    ("The summit takes place Saturday and Sunday.", {"Saturday": "2016-12-10", "Sunday": "2016-12-11"}),
    ("The minister is to visit Juba on Wednesday.", {"Wednesday": "2016-12-07"}),
    ("The plan will be discussed at Thursday's scheduled meeting.", {"Thursday": "2016-12-08"}),
    ("The army promised an answer by Friday.", {"Friday": "2016-12-09"}),
    ("One day they will return.", {"One day": "FUTURE_REF"}),
    ("The draft could be voted on later on Monday.", {"Monday": "2016-12-05"}),
    ("The proposal was handed over on Saturday, after they met in Rome.", {"Saturday": "2016-12-03"}),
    ("The plan is being voted on this week.", {"this week": "2016-W49"}),
    # What a condition sets as its deadline lies ahead, whatever the tense.
    ("The army would return only if the rebels left by Wednesday.", {"Wednesday": "2016-12-07"}),
    ("Talks would end unless prisoners were freed by Friday.", {"Friday": "2016-12-09"}),
    ("The envoy said aid would flow once the road was clear by Sunday.", {"Sunday": "2016-12-11"}),
    ("The rebels left the town by Wednesday.", {"Wednesday": "2016-11-30"}),
    ("Trade had stopped by Friday.", {"Friday": "2016-12-02"}),
    ("If they had left by Thursday, the truce would have held.", {"Thursday": "2016-12-01"}),
    ("The truce held if they met on Tuesday.", {"Tuesday": "2016-11-29"}),
    # Inside quotation marks "tomorrow" is the speaker's.
    ("“We will answer tomorrow,” the general said on Saturday.", {"tomorrow": "2016-12-04", "Saturday": "2016-12-03"}),
]


@pytest.mark.parametrize(("sentence", "values"), DATED, ids=[sentence for sentence, _ in DATED])
def test_the_governing_verb_tells_the_day(sentence: str, values: dict[str, str]) -> None:
    found = times(dated(sentence, times=tuple(values)))
    assert {time.text.quote: time.value for time in found} == values


def test_directions_where_the_verb_tells_nothing_or_all() -> None:
    sentences = {"Monday's vote ends a long debate.": 0, "The sides would have met on Monday.": -1}
    for sentence, expected in sentences.items():
        annotation = dated(sentence, times=("Monday",))
        (span,) = annotation.times
        assert direction(Clauses(annotation), span.first, span.end) == expected


# Text, what the tagger found, what the records say.
MENDED = [
    ("They meet on Tuesday morning.", ["Tuesday"], [("Tuesday morning", "2016-11-29TMO")]),
    ("It began the past two weeks.", ["weeks"], [("the past two weeks", "P2W")]),
    ("It lasted a week or so.", ["week"], [("a week", "P1W")]),
    ("It ended two years ago.", ["two years"], [("two years ago", "2014")]),
    ("Since March 2015 they wait.", ["March"], [("March 2015", "2015-03")]),
    ("On March 6, 2015 they met.", ["March 6"], [("March 6, 2015", "2015-03-06")]),
    ("It began in February this year.", ["February"], [("February this year", "2016-02")]),
    ("On Friday, Nov. 25 they met.", ["Friday", "Nov. 25"], [("Friday, Nov. 25", "2016-11-25")]),
    ("A third-quarter loss.", ["quarter"], [("third-quarter", "2016-Q3")]),
    ("Last Friday they met.", ["Friday"], [("Last Friday", "2016-12-02")]),
    # Left out by the tagger, and not to be missed.
    ("They left Aden on Sunday.", [], [("Sunday", "2016-12-04")]),
    ("He arrived on 3 December 2016.", [], [("3 December 2016", "2016-12-03")]),
    ("It ended after decades of war.", [], [("decades", "PXDE")]),
    ("They are now in Doha, and currently talk.", [], [("now", "PRESENT_REF"), ("currently", "PRESENT_REF")]),
    ("The 1990s were worse.", [], [("1990s", "199")]),
    ("Signed 2016-11-30 and 11/29/2016.", [], [("2016-11-30", "2016-11-30"), ("11/29/2016", "2016-11-29")]),
    # Tagged, and left out by the codebook.
    ("In recent fighting many died.", ["recent"], []),
    ("They left immediately.", ["immediately"], []),
    ("He had spoken earlier, and left later.", ["earlier", "later"], []),
    ("Meanwhile the army advanced.", ["Meanwhile"], []),
    ("An 11th hour deal.", ["11th hour"], []),
    ("It failed at the last minute.", ["the last minute"], []),
    ("It was the 25th anniversary.", ["the 25th anniversary"], []),
    ("A quarter of the seats is theirs.", ["A quarter"], []),
    ("Nearly three quarters of the seats are theirs.", [], []),
    ("See section 2.10.16 of the accord.", [], []),
    ("They sat at the table.", ["the table"], []),
    # Words of time that are something else.
    ("They may march in Sun City.", [], []),
    ("Friday", [], [("Friday", "2016-12-02")]),
]


@pytest.mark.parametrize(("text", "tagged", "expected"), MENDED, ids=[text for text, *_ in MENDED])
def test_spans_are_mended(text: str, tagged: list[str], expected: list[tuple[str, str]]) -> None:
    found = times(plain(text, *tagged))
    assert [(time.text.quote, time.value) for time in found] == expected


def test_a_verb_is_no_modifier() -> None:
    annotation = plain("The truce should last 10 days.", "10 days")
    annotation.upos[annotation.forms.index("last")] = "VERB"
    assert [time.text.quote for time in times(annotation)] == ["10 days"]


def test_the_day_named_last_counts_within_two_paragraphs() -> None:
    text = "He was freed on 20 November.\nThe next day he spoke.\nNobody came.\nNobody left.\nThe next day he fled."
    found = times(plain(text, "20 November", "The next day", "The next day@2"))
    assert [time.value for time in found] == ["2016-11-20", "2016-11-21", None]


def test_the_day_before_a_date_is_seen_from_it() -> None:
    found = times(
        plain(
            "They spoke on 20 November and the day before the 8 January summit.", "20 November", "the day", "8 January"
        )
    )
    assert [time.value for time in found] == ["2016-11-20", "2017-01-07", "2017-01-08"]
    found = times(plain("They spoke on 20 November and the day after the raid.", "20 November", "the day"))
    assert [time.value for time in found] == ["2016-11-20", None]


def test_a_quotation_said_on_another_day_has_its_own_today() -> None:
    sentences = ("“We will answer tomorrow,” the general said on Saturday.", "Talks resumed in Geneva on Tuesday.")
    found = times(dated(*sentences, times=("tomorrow", "Saturday", "Tuesday")))
    assert [time.value for time in found] == ["2016-12-04", "2016-12-03", "2016-11-29"]


def test_types() -> None:
    text = "On 3 December, at noon, every Monday, for ten days, or Tuesday morning."
    found = times(plain(text, "3 December", "noon", "every Monday", "ten days", "Tuesday"))
    assert [(time.type, time.value) for time in found] == [
        ("DATE", "2016-12-03"), ("TIME", "2016-12-03T12:00"), ("SET", "XXXX-WXX-1"), ("DURATION", "P10D"),
        ("TIME", "2016-11-29TMO"),
    ]  # fmt: skip


def test_without_a_publication_date() -> None:
    found = times(
        plain("On Tuesday, after yesterday, since 3 May 2016.", "Tuesday", "yesterday", "3 May 2016", published=None)
    )
    assert [time.value for time in found] == ["XXXX-WXX-2", "PAST_REF", "2016-05-03"]


def test_a_report_without_words_has_no_times() -> None:
    assert times(plain("")) == []


@given(st.text(st.sampled_from("Monday 5theMarch2016-,.\n“”🕊éTuesdaymorning19 "), max_size=60))
def test_every_span_quotes_the_text(text: str) -> None:
    annotation = plain(text)
    for time in times(annotation):
        assert annotation.report.text[time.text.start : time.text.end] == time.text.quote
