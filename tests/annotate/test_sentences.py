"""Sentences: where they end, that they tile the text, and that the time grows with the length only."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.annotate.sentences import LONGEST_SENTENCE, split_sentences
from truceline.annotate.words import split_words

# "¦" marks where one sentence ends and the next begins; the mark itself is taken out before splitting.
CASES = {
    "two plain sentences": "The talks ended. ¦No date was set.",
    "title before a name": "Mr. Haddad met Gen. Okello in Juba. ¦Dr. Lindqvist was absent.",
    "US before a noun": "The U.S. Embassy closed its doors. ¦It reopened in Jan. 2017.",
    "US at the end": "They flew to the U.S. ¦The delegation returned on Friday.",
    "UN between names": "U.N. Special Envoy Jan Kubis spoke to U.S. Secretary of State Rex Tillerson.",
    "initials": "A letter signed by J. K. Obuya and George W. Hale reached the council. ¦It was short.",
    "letter at the end": "The mediator moved to plan B. ¦The rebels had refused plan A.",
    "month with a day": "The truce began on Dec. 30 and held until Feb. 3. ¦Then it broke.",
    "month at the end": "The draft will be tabled in Sept. ¦Nobody expects a vote.",
    "morning hour": "Firing stopped at 6 a.m. on Sunday. ¦By 7 p.m. Monday it had resumed.",
    "hour at the end": "The convoy left at 9 a.m. ¦Snipers had withdrawn an hour before.",
    "hour with a zone": "The pause starts at 10 p.m. GMT and lasts a week.",
    "article number": "Art. 5 and No. 7 of the annex were struck out. ¦Para. 12 stayed.",
    "the answer no": "Asked whether he would sign, he said no. ¦Five others signed.",
    "for example": "Some terms, e.g. the corridor, i.e. the northern road, were agreed.",
    "company": "Orient Supplies Co. Ltd. runs the port. ¦Harbour Inc. runs the trucks.",
    "place in Saint": "Delegates met in St. Gallen. ¦They left for Ft. Lamy at dusk.",
    "decimals and times": "Turnout was 3.5 per cent by 5.30 p.m. in the north. ¦At 18.45 it was 4.1.",
    "ellipsis going on": "We will wait ... and we will see. ¦I do not know... maybe.",
    "ellipsis ending": "They promised us food... ¦We got nothing.",
    "ellipsis sign": "“We will talk … but not today,” he said. ¦Then silence… ¦The line went dead.",
    "quote closes after the stop": "“We shall never leave.” ¦The crowd cheered.",
    "straight quote": 'He said: "We accept the plan." ¦"They do not," his deputy said.',
    "sentences inside a quotation": "“We are ready. ¦We have always been ready,” the general said.",
    "question and lower case": '"Will they go?" he asked. ¦"Go!" shouted the guard. ¦Nobody moved.',
    "question and name": '"Where is the convoy?" Haddad asked on Monday. ¦Nobody knew.',
    "full stop then he": '"Go." he said, and they went.',
    "single quotes": "‘The road is open.’ ¦‘Not for us,’ she replied.",
    "guillemets": "« Nous acceptons. ¦The rest is detail. » ¦He smiled.",
    "quotation over paragraphs": "“The siege must end.\n\n¦“It has lasted a year,” the bishop said.\n¦He wept.",
    "brackets inside": "The front (see Fig. 2. Not to scale) has moved. ¦It may move again.",
    "brackets whole": "The vote failed. ¦(Two members abstained.) ¦A new text is due.",
    "bracketed note number": "Shelling resumed.[3] ¦The monitors left.[4][5] ¦They came back.",
    "dateline": "GENEVA (Reuters) - The parties met. ¦They will meet again.",
    "dateline with month": "BEIRUT, Dec. 5 (Xinhua) -- The army advanced. ¦Rebels denied it.",
    "dateline with state": "WASHINGTON, D.C. (AP) — Officials confirmed the offer. ¦They gave no date.",
    "headline": "Rebels reject truce offer\n\n¦A rebel group said on Friday that it would fight on.",
    "headline on the next line": "Envoy in last-ditch talks\n¦The envoy landed at dawn.\n¦He carries a new text.",
    "bullets": "The plan has two parts:\n¦- a truce of ten days\n¦- an exchange of prisoners\n¦Both sides agreed.",
    "numbered list": "1. The guns fall silent.\n¦2. Prisoners go home.\n¦3. Talks begin.",
    "letters as a list": "(a) withdrawal within 30 days;\n¦(b) release of all detainees;\n¦(c) free passage.",
    "missing space": "The truce has ended.¦The army said so. ¦Nobody was hurt.",
    "missing space after a quotation": "“It is over.”¦The general left.",
    "address": "Read www.example.org/a.b?c=D. ¦Write to press.desk@example.org. ¦Do not visit Example.Com today.",
    "question with exclamation": "They signed?! ¦Nobody believed it. ¦Really!! ¦Yes.",
    "exclamation in a name": "Staff of Yahoo! said they were safe.",
    "Arabic": "هل انتهت الحرب؟ ¦نعم انتهت. ¦عاد الناس.",
    "Chinese": "谈判结束了。¦双方同意停火！¦明天呢？",
    "Hindi": "वार्ता समाप्त हुई। ¦युद्धविराम लागू है।",
    "hard-wrapped lines": (
        "The government and the rebels agreed on Friday to stop\n"
        "fighting in the north for ten days, said a mediator who\n"
        "asked not to be named. ¦Both sides will send delegates to\n"
        "Muscat, where talks on prisoners and on the port begin\n"
        "next week. ¦No text was published.\n\n"
        "¦Earlier rounds had failed. ¦The envoy, who has been on the\n"
        "road since May, said that he was tired but hopeful."
    ),
    "line break before small letters": "The council will vote on the draft\nresolution on Monday. ¦Russia objects.",
    "military ranks": "Lt. Gen. Salva Mathok and Brig. Gen. A. Deng signed. ¦Maj. Lul did not.",
    "versus and around": "It was the state vs. the union, with approx. 300 on each side.",
    "junior": "Martin Oyelaran Jr. voted against. ¦So did Paul Reyes Sr.",
    "degree": "She holds a Ph.D. from Leiden. ¦He has none.",
    "sentence beginning with a digit": "The convoy was hit. ¦12 trucks burned. ¦5 drivers died.",
    "small name at the start": "The vote failed. ¦al-Nusra welcomed the news.",
    "semicolons and dashes": "He came; he spoke — briefly. ¦– Then he left.",
    "spaced stops": "He said . . . nothing at all. ¦That was it.",
    "liveblog times": "14:05 Shelling in the east.\n¦14:32 The ministry denies it.\n¦15:10 A truce is announced.",
    "stop and lower-case brand": "The group uses e-mail. ¦iPhones are banned.",
    "Roman number": "He read Chapter IV. ¦Nobody listened to King Faisal I. ¦The hall was cold.",
    "closing bracket and quote": "(“It is done.”) ¦She left.",
    "Windows line ends": "Talks resume in Doha\r\n\r\n¦The talks resume today. ¦Both sides came.\r\n",
}


def _marked(marked: str) -> tuple[str, list[str]]:
    pieces = marked.split("¦")
    return "".join(pieces), pieces


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    text, expected = _marked(marked)
    assert [text[start:end] for start, end in split_sentences(text)] == expected


# Letters, stops, quotation marks, brackets, line breaks and the characters that break careless code.
LATIN = "aAbZ19 .!?,;:\"'()[]-\n\r\t“”‘’«»…—"
ALPHABET = st.sampled_from([*LATIN, *"؟。।中ا\u0301\u200d\u200b\u00ad\ufeff\x00\x85\u2028\ud800😀"])
TEXTS = st.one_of(st.text(ALPHABET, max_size=120), st.text(st.characters(exclude_categories=()), max_size=80))


@given(TEXTS)
def test_sentences_tile_any_text(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join(text[start:end] for start, end in sentences) == text
    assert all(start < end for start, end in sentences)
    assert [start for start, _ in sentences[1:]] == [end for _, end in sentences[:-1]]
    assert sentences == [] if not text else sentences[0][0] == 0
    assert text.isspace() or all(not text[start:end].isspace() for start, end in sentences)


@given(TEXTS)
def test_words_of_the_sentences_cover_the_text(text: str) -> None:
    words = [word for start, end in split_sentences(text) for word in split_words(text, start, end)]
    covered = "".join(text[start:end] for start, end in words)
    assert covered == "".join(character for character in text if not character.isspace())


def test_white_space_belongs_to_the_sentence_before_it() -> None:
    assert split_sentences("  One. \n\n Two.  ") == [(0, 10), (10, 16)]
    assert split_sentences(" \n ") == [(0, 3)]


@pytest.mark.parametrize("piece", ["word ", "clause, ", "x", "中", "- ", '"', "("])
def test_no_sentence_is_longer_than_the_model_takes(piece: str) -> None:
    text = piece * 3000
    sentences = split_sentences(text)
    assert "".join(text[start:end] for start, end in sentences) == text
    assert max(len(split_words(text, start, end)) for start, end in sentences) <= LONGEST_SENTENCE


def test_a_long_sentence_is_cut_after_a_clause_mark() -> None:
    clause = "the envoy spoke of prisoners and of roads and of the port and of the long road home; "
    pieces = [text.rstrip() for text in _pieces(clause * 60)]
    assert len(pieces) > 2
    assert all(piece.endswith("home;") for piece in pieces)


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


# Each in a run of its own; "·" parts them.
PIECES = (
    'a ·a. ·a·. ·." ·(a. ·A. b ·\n· \n·a\n·Mr. ·... ·a.B·[1] · ·"·? ·a.b@·a. (·a (b. c) '
    '·\n\na·Mr. (b! c) ·U.S. \n·" a? ·(a.)'
)


@pytest.mark.parametrize("piece", PIECES.split("·"))
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            split_sentences(text)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(80_000) < 12 * seconds(20_000) + 0.05  # sixteen times if it were quadratic


def test_a_megabyte_without_a_stop_is_split_quickly() -> None:
    text = ("neither a stop nor an end to it " * 32_000)[:1_000_000]
    begun = time.process_time()
    assert len(split_sentences(text)) > 400
    assert time.process_time() - begun < 4  # about half a second on one idle core


def test_brackets_left_open_cost_no_more_than_others() -> None:
    begun = time.process_time()
    split_sentences("(" * 50_000 + "a.) " * 50_000)
    assert time.process_time() - begun < 4  # a second on one idle core; minutes if each stop looked back to its bracket
