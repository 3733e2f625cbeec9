"""Searches find the same in both databases, with the words where they stand."""

import pytest

from tests.readings import read_quotations, short_report
from tests.store.kept import full_reading, numbered
from truceline.records import Reading
from truceline.store import Hit, Store, StoreError, search
from truceline.store.words import as_tsvector, folded_words, matches, phrases, snippet

TALKS = [
    ("Talks in Erdoğan's palace", "“We will sign the draft,” said the envoy. A cease-fire is near, he said."),
    ("Harbour", "The draft was not signed. Café owners stayed open; nobody talks about the talks."),
    (None, "“No ceasefire before Friday,” the general said. The ceasefires of the past had failed."),
]


def quoted(title: str | None, text: str) -> Reading:
    return read_quotations(short_report(text, title=title))


@pytest.fixture
def talks(store: Store) -> Store:
    store.add([quoted(*talk) for talk in TALKS])
    return store


@pytest.mark.parametrize(
    ("words", "reports", "statements"),
    [
        ("draft", {0, 1}, {0}),
        ("DRAFT envoy", {0}, set()),
        ("ceasefire", {2}, {2}),
        ("cease*", {0, 2}, {2}),
        ("ceasefire*", {2}, {2}),
        ("cease-fire", {0}, set()),
        ("fire cease", {0}, set()),
        ('"fire cease"', set(), set()),
        ('"the draft"', {0, 1}, {0}),
        ('"draft the"', set(), set()),
        ('"sign the dra*"', {0}, {0}),
        ("“no ceasefire”", {2}, {2}),
        ("erdogan", {0}, set()),
        ("ERDOĞAN'S", {0}, set()),
        ("cafe", {1}, set()),
        ("cafe\u0301", {1}, set()),
        ("talks", {0, 1}, set()),
        ("nothing", set(), set()),
        ("OR", set(), set()),
        ("sign*", {0, 1}, {0}),
        ("'; DROP TABLE reports", set(), set()),
    ],
)
def test_words_phrases_and_beginnings_are_found(
    talks: Store, words: str, reports: set[int], statements: set[int]
) -> None:
    ids = [quoted(*talk).report.id for talk in TALKS]
    found = {(hit.kind, ids.index(hit.report_id)) for hit in talks.search(words)}
    assert found == {("report", n) for n in reports} | {("statement", n) for n in statements}


def test_a_hit_says_where_the_words_stand(talks: Store) -> None:
    statement, report = talks.search("ceasefire")
    text = TALKS[2][1]
    assert (statement.kind, statement.record_id, statement.snippet) == (
        "statement",
        "s1",
        "“No ceasefire before Friday,”",
    )
    assert [statement.snippet[start:end] for start, end in statement.marks] == ["ceasefire"]
    assert report.kind == "report"
    assert report.span is not None
    assert text[report.span.start : report.span.end] == report.span.quote == "ceasefire"
    assert report.snippet == text
    assert statement.rank > report.rank > 0
    (title,) = talks.search("palace")
    assert (title.span, title.marks, title.published) == (None, (), "2016-12-05")


def test_a_statement_is_found_by_its_speaker(store: Store) -> None:
    store.add([full_reading()])
    (statement,) = [hit for hit in store.search("norland truce") if hit.kind == "statement"]
    assert statement.snippet == "Envoy of Norland: the truce would hold … ten days"
    assert [statement.snippet[start:end] for start, end in statement.marks] == ["Norland", "truce"]
    assert statement.span == full_reading().statements[0].content[0]


def test_the_newest_are_weighed_and_the_best_of_them_come_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WEIGHED", 3)
    readings = [quoted(None, f"{'talks ' * count} number {count}") for count in (9, 1, 3, 2)]
    store.add(readings)
    assert [hit.report_id for hit in store.search("talks", limit=2)] == [readings[2].report.id, readings[3].report.id]
    assert len(store.search("talks", limit=4)) == 4


@pytest.mark.parametrize("words", ["", "…", '""', " * ", "- . !"])
def test_a_search_without_a_word_is_refused(talks: Store, words: str) -> None:
    with pytest.raises(StoreError, match="There is no word to search for"):
        talks.search(words)


def test_a_very_long_report_can_be_added_and_found(store: Store) -> None:
    words = " ".join(f"word{number}" for number in range(150_000))
    store.add([quoted(None, f"harbour {words} {'x' * 5000} " + "again " * 20_000)])
    assert [hit.kind for hit in store.search("harbour word7")] == ["report"]
    assert list(store.verify()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia's U.N. envoy", ["russia", "s", "u", "n", "envoy"]),
        ("ISTANBUL İstanbul ıstanbul", ["istanbul", "istanbul", "ıstanbul"]),
        ("Straße, ＦＵＬＬ, ﬁre, ½, ⑴", ["strasse", "full", "fire", "12", "1"]),
        ("Zürich Zu\u0308rich", ["zurich", "zurich"]),
        ("snake_case 300-strong", ["snake", "case", "300", "strong"]),
        ("мир العالم 和平", ["мир", "العالم", "和平"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


def test_a_snippet_shows_the_place_with_most_of_the_words() -> None:
    text = "The truce. " + "Nothing was said. " * 30 + "The truce in the harbour holds.\n" + "Nothing more. " * 30
    piece, marks = snippet(text, matches(text, phrases("truce harbour")))
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert [piece[start:end] for start, end in marks] == ["truce", "harbour"]
    assert len(piece) <= 165
    assert "\n" not in piece
    short, marks = snippet("No truce.", matches("No truce.", phrases("truce")))
    assert (short, marks) == ("No truce.", ((3, 8),))


def test_a_word_longer_than_a_snippet_is_shown_whole() -> None:
    text = f"{'a' * 300} truce {'b' * 300}"
    piece, marks = snippet(text, matches(text, phrases("b*")))
    ((start, end),) = marks
    assert piece[start:end] == "b" * 300


def test_a_vector_stays_within_what_postgresql_holds() -> None:
    assert as_tsvector(["a", "b", "a"]) == "'a':1,3 'b':2"
    assert as_tsvector(["a"] * 1000).count(",") == 254
    assert len(as_tsvector([f"word{number}" for number in range(500_000)]).encode()) < 1_048_575
    assert "16383" in as_tsvector([f"w{number}" for number in range(20_000)])


def test_hits_are_the_same_on_every_run(store: Store) -> None:
    store.add([numbered(number) for number in range(30)])
    first: list[Hit] = store.search("truce")
    assert store.search("truce") == first
    assert len({(hit.report_id, hit.kind) for hit in first}) == 20
