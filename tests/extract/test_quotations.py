"""Quotation marks of every make, balanced or not."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.extract.quotations import find_quotations

CASES = [
    ("curly", "“We stay,” the envoy said.", ["“We stay,”"]),
    ("straight", 'The envoy said: "We stay."', ['"We stay."']),
    ("two on a line", 'He said "no" and then "never".', ['"no"', '"never"']),
    ("guillemets", "Elle a dit « jamais » hier.", ["« jamais »"]),
    ("guillemets turned round", "Er sagte »nie« dazu.", ["»nie«"]),
    ("low opening mark", "Sie sagte „nie wieder“ dazu.", ["„nie wieder“"]),
    ("typewriter", "He said ``no'' twice.", ["``no''"]),
    ("single curly", "The ‘road map’ is dead.", ["‘road map’"]),
    ("single straight", "Calls it a 'red line' now.", ["'red line'"]),
    ("apostrophes are no quotation", "It's the rebels' fault, isn't it? Don't ask.", []),
    ("an apostrophe inside single marks", "‘We don’t know’, she said.", ["‘We don’t know’"]),
    ("years", "Since the '90s and the '80s, talks failed.", []),
    ("an inner quotation belongs to the outer one", "“He said ‘never’,” she said.", ["“He said ‘never’,”"]),
    ("inches are not opened inside a number", 'A 12" gun and a 10" gun.', []),
    ("a forgotten mark ends with its paragraph", "“We stay.\nHe left. “No,” she said.", ["“We stay.", "“No,”"]),
    ("a quotation over two paragraphs", "“First.\n\n“Second,” he said.", ["“First.", "“Second,”"]),
    ("two languages of marks", "«Да», he said, “yes”.", ["«Да»", "“yes”"]),
    ("a lone mark at the end", 'The end "', []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_quoted_ranges(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_quotations(text).ranges] == expected


@given(st.text(alphabet="ab \n“”\"'‘’«».,", max_size=60))
def test_ranges_are_in_order_apart_and_within_a_paragraph(text: str) -> None:
    ranges = find_quotations(text).ranges
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    assert not any("\n" in text[start:end] for start, end in ranges)


@given(st.text(alphabet='ab \n“”"', max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_covering_counts_quoted_characters(text: str, one: int, other: int) -> None:
    quotations = find_quotations(text)
    start, end = min(one, other, len(text)), min(max(one, other), len(text))
    assert quotations.covering(start, end) == sum(quotations.at(i) is not None for i in range(start, end))


@pytest.mark.parametrize("unit", ["'a ", "a' ", "“", '"', "''", "‘a’ ", "«", "\n“a"])
def test_the_time_grows_with_the_length(unit: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        find_quotations(unit * times)
        return process_time() - start

    assert seconds(160_000) < 13 * max(seconds(40_000), 0.02)
