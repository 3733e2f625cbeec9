"""What goes wrong with a database, in words: driver errors come in, `StoreError` with one sentence goes out."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# Patterns in what SQLite and PostgreSQL say, and what it means to the user. The first that fits counts.
_MEANINGS = (
    (
        r"is locked|lock timeout|deadlock detected",
        "The database {where} is busy: another program has been writing to it all the while; nothing of this was "
        "written, so try again when that program is done.",
    ),
    (
        r"is full|no space left|disk quota|could not extend file|file too large",
        "There is no room left for the database {where}: make room and try again; what was written before is whole.",
    ),
    (
        r"readonly database|read-only transaction|permission denied",
        "The database {where} may not be written: ask for permission to write it, or name another with --db.",
    ),
    (
        r"not a database|malformed|disk image|file is encrypted",
        "The database {where} is damaged, or is no database: restore it from a copy, or name another with --db.",
    ),
    (
        r"unable to open database",
        "The database {where} cannot be opened: check that its folder exists and may be read and written.",
    ),
    (
        r"authentication failed|no password supplied|role \"[^\"]*\" (does not exist|is not permitted)|pg_hba",
        "The database {where} does not let this user in: check the user and the password in its URL.",
    ),
    (
        r"database \"[^\"]*\" does not exist",
        "There is no database {where}: create it on the server with createdb, or check its URL.",
    ),
    (
        r"disk i/o error",
        "The disk does not let the database {where} be read or written: check the disk; what was written before is "
        "whole.",
    ),
)
_GONE = (
    "The server of the database {where} cannot be reached, or has gone away: start it or check the URL, and try again; "
    "what was written before is whole."
)


class StoreError(Exception):
    """Something about the database that the user must know; `str()` is one sentence: what, where, what to do."""


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turns every error of a driver that comes up inside into a `StoreError` about the database `where`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as fault:
        raise StoreError(_sentence(fault, where)) from fault


def _sentence(fault: Exception, where: str) -> str:
    said = str(getattr(fault, "orig", None) or fault).strip().splitlines()
    words = " ".join(said).lower()
    for pattern, sentence in _MEANINGS:
        if re.search(pattern, words):
            return sentence.format(where=where)
    if _is_connection(fault, words):
        return _GONE.format(where=where)
    first = said[0].rstrip(".") if said else type(fault).__name__
    return f"The database {where} refused ({first}): nothing of this was written; check it with truceline verify."


def _is_connection(fault: Exception, words: str) -> bool:
    lost = isinstance(fault, DBAPIError) and fault.connection_invalidated
    signs = ("connection", "server closed", "terminating", "could not translate host", "shutting down", "starting up")
    return lost or any(sign in words for sign in signs)
