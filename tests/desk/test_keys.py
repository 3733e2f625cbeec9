"""Single keys of a real terminal: when it is ready for them, and what becomes of keys pressed ahead."""

import os
import pty
import termios
from collections.abc import Iterator
from contextlib import suppress

import pytest

from truceline.desk.keys import END, TerminalKeys


class Terminal:
    """Both ends of a terminal: what a person types at one is standard input at the other."""

    def __init__(self) -> None:
        self.person, self.machine = pty.openpty()

    def fileno(self) -> int:
        return self.machine

    def type(self, keys: str) -> None:
        os.write(self.person, keys.encode())

    def takes_lines(self) -> bool:
        """Whether it waits for Enter, and answers every key by showing it."""
        modes: int = termios.tcgetattr(self.machine)[3]
        return bool(modes & termios.ICANON and modes & termios.ECHO)

    def close(self) -> None:
        for end in (self.person, self.machine):
            with suppress(OSError):
                os.close(end)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    made = Terminal()
    monkeypatch.setattr("sys.stdin", made)
    yield made
    made.close()


def nothing() -> None:
    """A question that is not shown."""


@pytest.mark.parametrize(("typed", "key"), [("a", "a"), ("\x04", END), ("é", "é"), ("\x1b[A", "\x1b"), ("\n", "\n")])
def test_a_key_pressed_as_soon_as_it_is_asked_for(terminal: Terminal, typed: str, key: str) -> None:
    """Whoever sees the question may press at once: the terminal must take single keys by then."""
    asked = []

    def ask() -> None:
        asked.append(terminal.takes_lines())
        terminal.type(typed)

    assert terminal.takes_lines()
    assert TerminalKeys().key(ask) == key
    assert asked == [False]
    assert terminal.takes_lines()


@pytest.mark.parametrize(("typed", "keys"), [("a", ["a"]), ("\x04", [END]), ("ra\x04", ["r", "a", END])])
def test_keys_pressed_before_they_are_asked_for(terminal: Terminal, typed: str, keys: list[str]) -> None:
    terminal.type(typed)
    assert [TerminalKeys().key(nothing) for _ in keys] == keys
