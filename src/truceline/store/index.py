"""What reports and statements are found by, in either database: FTS5 in SQLite, tsvector in PostgreSQL.

A report is found by the words of its title and text; a statement by its speaker's name, the report's words for the
speaker, and what was said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, select, text

from truceline.records import Reading, Report, Statement
from truceline.store.loading import load
from truceline.store.tables import records, reports
from truceline.store.words import Phrase, as_tsvector, folded_words, for_fts5, for_tsquery

REPORTS, STATEMENTS = "report_words", "record_words"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Indexed:
    """A reading, the number of its report, and the numbers of its statements' records in their order."""

    report: int
    reading: Reading
    statements: Sequence[int]


def enter(connection: Connection, found_by: Sequence[Indexed]) -> None:
    """Puts the words of these readings into the index."""
    for table, entries in _entries(found_by):
        if not entries:
            continue
        if connection.dialect.name == "sqlite":
            rows = [{"number": number, "words": " ".join(words)} for number, words in entries]
            connection.execute(text(f"INSERT INTO {table} (rowid, words) VALUES (:number, :words)"), rows)
        else:
            rows = [{"number": number, "words": as_tsvector(words)} for number, words in entries]
            connection.execute(text(f"INSERT INTO {table} VALUES (:number, CAST(:words AS tsvector))"), rows)


def remove(connection: Connection, found_by: Sequence[Indexed]) -> None:
    """Takes them out again; the readings must be those that were put in, for FTS5 keeps no copy of their words."""
    for table, entries in _entries(found_by):
        if not entries:
            continue
        if connection.dialect.name == "sqlite":
            rows = [{"number": number, "words": " ".join(words)} for number, words in entries]
            statement = f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', :number, :words)"
            connection.execute(text(statement), rows)
        else:
            gone = [{"number": number} for number, _ in entries]
            connection.execute(text(f"DELETE FROM {table} WHERE number = :number"), gone)


def rebuild(connection: Connection) -> None:
    """Makes the index anew from what the tables hold; readings too damaged to be read are left out."""
    for table in (REPORTS, STATEMENTS):
        lite = connection.dialect.name == "sqlite"
        empty = f"INSERT INTO {table} ({table}) VALUES ('delete-all')" if lite else f"DELETE FROM {table}"
        connection.execute(text(empty))
    numbers = connection.execute(select(reports.c.number).order_by(reports.c.number)).scalars().all()
    for first in range(0, len(numbers), _PAGE):
        found = []
        for item in load(connection, numbers[first : first + _PAGE]):
            try:
                found.append(Indexed(item.report, item.reading(), statement_numbers(connection, item.number)))
            except ValueError:
                continue
        enter(connection, found)


def statement_numbers(connection: Connection, reading: int) -> Sequence[int]:
    """The numbers of the records that are the statements of this reading, in their order."""
    c = records.c
    stood = select(c.number).where(c.reading == reading, c.kind == "statement").order_by(c.position)
    return connection.execute(stood).scalars().all()


def matching(connection: Connection, table: str, query: Sequence[Phrase], limit: int) -> list[int]:
    """The numbers of the newest reports or records that have all the phrases, newest first."""
    if connection.dialect.name == "sqlite":
        statement = f"SELECT rowid FROM {table} WHERE {table} MATCH :query ORDER BY rowid DESC LIMIT :limit"
        words = for_fts5(query)
    else:
        statement = (
            f"SELECT number FROM {table} WHERE words @@ CAST(:query AS tsquery) ORDER BY number DESC LIMIT :limit"
        )
        words = for_tsquery(query)
    return list(connection.execute(text(statement), {"query": words, "limit": limit}).scalars())


def entered(connection: Connection, table: str) -> int:
    """How many entries the index has."""
    counted = f"{table}_docsize" if connection.dialect.name == "sqlite" else table
    return int(connection.execute(text(f"SELECT count(*) FROM {counted}")).scalar_one())


def _entries(found_by: Sequence[Indexed]) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    yield REPORTS, [(one.report, _report_words(one.reading.report)) for one in found_by]
    yield STATEMENTS, list(chain.from_iterable(_statement_entries(one) for one in found_by))


def _statement_entries(one: Indexed) -> Iterator[tuple[int, list[str]]]:
    names = {actor.id: actor.name for actor in one.reading.actors}
    for number, statement in zip(one.statements, one.reading.statements, strict=True):
        yield number, _statement_words(statement, names)


def _report_words(report: Report) -> list[str]:
    return folded_words(f"{report.title or ''}\n{report.text}")


def _statement_words(statement: Statement, names: dict[str, str]) -> list[str]:
    spans = [statement.speaker_text, *statement.content]
    return folded_words("\n".join([names.get(statement.speaker or "", ""), *(span.quote for span in spans if span)]))
