"""Words: the conventions of the UD English treebanks, and what holds for any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.annotate.words import split_words

# Words are written with a space between them in the right column.
CASES = [
    ("The talks failed, he said.", "The talks failed , he said ."),
    ("They don't, won't and can't.", "They do n't , wo n't and ca n't ."),
    ("Kerry’s envoys’ plan isn’t new", "Kerry ’s envoys ’ plan is n’t new"),
    ("We'll see; they'd cannot, I'm, you've", "We 'll see ; they 'd can not , I 'm , you 've"),
    ("It's gonna hold", "It 's gon na hold"),
    ("DON'T and IT'S", "DO N'T and IT 'S"),
    ("US-Russian talks on a Syrian-led plan", "US - Russian talks on a Syrian - led plan"),
    (
        "the re-election of a co-founder, pro-government and anti-war",
        "the re-election of a co-founder , pro-government and anti-war",
    ),
    ("non-aligned mid-2016 e-mail", "non-aligned mid-2016 e-mail"),
    ("a 10-day, 15-year-old truce", "a 10 - day , 15 - year - old truce"),
    ("al-Qaeda and Al-Shabaab", "al - Qaeda and Al - Shabaab"),
    ("Mr. Haddad of the U.S. met Gen. J. K. Obuya.", "Mr. Haddad of the U.S. met Gen. J. K. Obuya ."),
    ("They flew to the U.S.", "They flew to the U.S ."),
    ("“They flew to the U.S.”", "“ They flew to the U.S . ”"),
    ("U.S.-led forces", "U.S. - led forces"),
    ("on Dec. 5 at 5 p.m. Monday, No. 7", "on Dec. 5 at 5 p.m. Monday , No. 7"),
    ("10,000 men, 3.5 per cent, 5:30, $2.5bn, 40%", "10,000 men , 3.5 per cent , 5:30 , $ 2.5 bn , 40 %"),
    ("the 1990s, the 5th, 2016-12-05, 9/11", "the 1990s , the 5th , 2016-12-05 , 9/11"),
    ("2004-2005 and 12/05/2016", "2004 - 2005 and 12/05/2016"),
    ("10am in 30km", "10 am in 30 km"),
    ("wait... no … yes!! Why?!", "wait ... no … yes !! Why ?!"),
    ("“Yes,” ‘no’ «da»", "“ Yes , ” ‘ no ’ « da »"),
    ("peace—at last–said -- he", "peace — at last – said -- he"),
    (
        "see https://example.org/a-b?c=d. Or www.example.com/x, ok",
        "see https://example.org/a-b?c=d . Or www.example.com/x , ok",
    ),
    ("(http://example.org/a_(b))", "( http://example.org/a_(b) )"),
    ("write to press.desk@example.org.", "write to press.desk@example.org ."),
    ("@envoy on #truce", "@envoy on #truce"),
    ("S/RES/2254 and A/73/PV.6.", "S/RES/2254 and A/73/PV.6 ."),
    ("and/or", "and / or"),
    ("O'Connor's o'clock Sana'a Shi'ite", "O'Connor 's o'clock Sana'a Shi'ite"),
    ("AT&T and R&D", "AT&T and R&D"),
    ("US$5m", "US$ 5 m"),
    ("انتهت الحرب؟ نعم.", "انتهت الحرب ؟ نعم ."),
    ("谈判结束。", "谈 判 结 束 。"),
    ("युद्धविराम लागू", "युद्धविराम लागू"),
    ("nego\u00adtiation cafe\u0301s", "nego\u00adtiation cafe\u0301s"),
    ("one\u200btwo", "one\u200b two"),
    ("👩\u200d🚀 ok 👍🏽", "👩\u200d🚀 ok 👍🏽"),
    ("\ufeffThe end", "\ufeffThe end"),
    ("", ""),
    (" \n\t ", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_are_those_of_the_treebanks(text: str, expected: str) -> None:
    assert [text[start:end] for start, end in split_words(text)] == expected.split()


LATIN = "aAbst19 .!?,;:\"'()[]-@/$&#\n\t“”‘’…—n"
ALPHABET = st.sampled_from([*LATIN, *"\u0301\u200d\u200b\u00ad\ufeff\x00\x1f中かا\ud800😀🏽"])
TEXTS = st.one_of(st.text(ALPHABET, max_size=100), st.text(st.characters(exclude_categories=()), max_size=80))


@given(TEXTS)
def test_every_character_but_white_space_lies_in_one_word(text: str) -> None:
    words = split_words(text)
    assert all(start < end for start, end in words)
    assert all(before[1] <= after[0] for before, after in pairwise(words))
    assert not any(character.isspace() for start, end in words for character in text[start:end])
    assert sum(end - start for start, end in words) == sum(not character.isspace() for character in text)


@given(TEXTS, st.data())
def test_a_stretch_is_split_as_if_it_stood_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    alone = [(a + start, b + start) for a, b in split_words(text[start:end])]
    assert split_words(text, start, end) == alone


# Each in a run of its own; "·" parts them.
PIECES = "a·a.·a-·.·a@·@·1-·1,·a'·'·www.·(·\"·中·\u0301·\ud800·x@a.·U.S.·U.S.\"·A/·re-·n't·\u200d·a. ·1:·-·a.b·http://"


@pytest.mark.parametrize("piece", PIECES.split("·"))
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            split_words(text)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(80_000) < 12 * seconds(20_000) + 0.05  # sixteen times if it were quadratic


@pytest.mark.parametrize("piece", ["x", ".", "\u0301", "-", "!", "a.", "1,", "http://a"])
def test_no_word_is_without_bound(piece: str) -> None:
    assert max(end - start for start, end in split_words(piece * 20_000)) <= 2_100
