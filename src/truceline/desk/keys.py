"""Where keys come from: single keys without Enter, and whole lines, of a terminal or of anything that gives them."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

END = ""
"""What `key` gives when there are no more keys."""
# Nothing, Ctrl-D, and what Linux leaves of a Ctrl-D pressed ahead of the question, while it still took whole lines.
_NOBODY = (b"", b"\x04", b"\x00")


class Keys(Protocol):
    """A person at a keyboard."""

    def key(self, ask: Callable[[], None]) -> str:
        """The next key, one character; `END` when there is nobody any more. `ask` shows the question, once."""
        ...

    def line(self, prompt: str) -> str:
        """The line that the person writes after the prompt; empty when there is nobody any more."""
        ...


class TerminalKeys:
    """The keyboard of the terminal that standard input is. Ctrl-C is `KeyboardInterrupt`, as anywhere."""

    def key(self, ask: Callable[[], None]) -> str:
        """The next key; of a key that sends several characters, such as an arrow, the escape character alone."""
        return _windows_key(ask) if sys.platform == "win32" else _posix_key(ask)

    def line(self, prompt: str) -> str:
        """The line, which the person can edit while writing it where the system has readline."""
        with suppress(ImportError):
            import readline  # noqa: F401  # input() edits lines once this is there
        try:
            return input(prompt)
        except EOFError:
            return ""


def _posix_key(ask: Callable[[], None]) -> str:
    import termios
    import tty

    stream = sys.stdin.fileno()
    before = termios.tcgetattr(stream)
    try:
        tty.setcbreak(stream, termios.TCSADRAIN)  # its default would throw away keys pressed ahead
        # Only now the question: a terminal that still takes whole lines makes something else of Ctrl-D.
        ask()
        # Read past Python's buffer, so that a line asked for later finds what was typed after this key.
        found = os.read(stream, 1)
        while found and len(found) < 4 and _unfinished(found):
            found += os.read(stream, 1)
        if found == b"\x1b":
            termios.tcflush(stream, termios.TCIFLUSH)
    finally:
        termios.tcsetattr(stream, termios.TCSADRAIN, before)
    return END if found in _NOBODY else found.decode("utf-8", errors="replace")


def _unfinished(found: bytes) -> bool:
    try:
        found.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.reason == "unexpected end of data"
    return False


def _windows_key(ask: Callable[[], None]) -> str:
    import msvcrt

    ask()
    found: str = msvcrt.getwch()  # type: ignore[attr-defined]  # only there
    if found in ("\x00", "\xe0"):  # a function key: its second half follows
        msvcrt.getwch()  # type: ignore[attr-defined]
        return "\x1b"
    if found == "\x03":
        raise KeyboardInterrupt
    return END if found == "\x1a" else found
