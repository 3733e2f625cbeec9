"""Copies: which reports are the same text again, syndicated, shortened, corrected or updated.

The same text, character for character, has the same id anyway. Here it is runs of three words that are compared, so
that headlines, punctuation and a changed paragraph do not hide a copy. Nothing is merged: a copy is only pointed out.
"""

import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from truceline.records import Report

# Among 1,984 reports of five corpora of news (PolNeAR, TimeBank, AQUAINT, LGL, GeoVirus) there were 13 pairs that share
# at least 0.7 of the shorter one's runs, all of them copies or updates; below lay nothing else above 0.53.
LEAST_CONTAINED = 0.7
LEAST_LIKENESS = 0.25
_RUN = 3
_WORD = re.compile(r"\w+")
_HASHES = 128
_HEAD = struct.Struct(">BBI")
_FORMAT = 1
# The estimate's standard error is at most 0.045; what is this far below a bar is not looked at more closely.
_DOUBT = 0.12


@dataclass(frozen=True, slots=True)
class Copy:
    """A report is a copy of the report `of`.

    `likeness` is the number of word runs that both have, as a share of all that either has (Jaccard): 1 for the same
    words. An `update` comes from the same address, or from the same outlet under the same title; the rest are copies.
    """

    of: str
    likeness: float
    kind: Literal["copy", "update"]


class Copies:
    """Knows the originals among the reports seen so far, and tells of which of them a new report is a copy.

    By MinHash (Broder 1997), kept to the lowest byte of each hash (Li and König 2010), 134 bytes for a report, all
    compared with one another: about 6 ms for a report among 100,000. What looks alike is then compared word for word.
    """

    def __init__(self, kept: Iterable[tuple[str, bytes]], report: Callable[[str], Report | None]) -> None:
        """`kept` are ids and signatures from earlier runs; `report` gives the report of an id."""
        self._report = report
        self._ids: list[str] = []
        self._known: set[str] = set()
        self._runs = np.zeros(1024, np.int64)
        self._hashes = np.zeros((1024, _HASHES), np.uint8)
        for id, signature in kept:
            if not signature:
                self._known.add(id)
            elif signature[:2] == _marks() and len(signature) == _HEAD.size + _HASHES:
                self._append(id, signature)

    def __contains__(self, report_id: str) -> bool:
        """Whether this report has been compared already."""
        return report_id in self._known

    def add(self, report: Report) -> tuple[Copy | None, bytes]:
        """Of which original the report is a copy, if of any, and the signature to keep for it.

        The signature of a copy is empty, because later copies are compared with the original.
        """
        runs = _runs(report.text)
        signature = _signature(runs)
        copy = self._original(report, runs, signature)
        if copy is None:
            self._append(report.id, signature)
            return None, signature
        self._known.add(report.id)
        return copy, b""

    def _append(self, id: str, signature: bytes) -> None:
        at = len(self._ids)
        if at == len(self._runs):
            self._runs = np.concatenate([self._runs, np.zeros_like(self._runs)])
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
        self._runs[at] = _HEAD.unpack_from(signature)[2]
        self._hashes[at] = np.frombuffer(signature, np.uint8, offset=_HEAD.size)
        self._ids.append(id)
        self._known.add(id)

    def _original(self, report: Report, runs: frozenset[str], signature: bytes) -> Copy | None:
        """The most alike original, by the words themselves; the first of several."""
        best: Copy | None = None
        for at in self._candidates(len(runs), np.frombuffer(signature, np.uint8, offset=_HEAD.size)):
            other = self._report(self._ids[at]) if self._ids[at] != report.id else None
            if other is None:
                continue
            theirs = _runs(other.text)
            both = len(runs & theirs)
            likeness = both / len(runs | theirs)
            alike = likeness >= LEAST_LIKENESS and both >= LEAST_CONTAINED * min(len(runs), len(theirs))
            if alike and (best is None or likeness > best.likeness):
                best = Copy(other.id, likeness, "update" if _is_update(report, other) else "copy")
        return best

    def _candidates(self, runs: int, hashes: NDArray[np.uint8]) -> NDArray[np.intp]:
        """The places of the originals that may be alike, the likeliest first; no more than twenty."""
        count = len(self._ids)
        same = (self._hashes[:count] == hashes).view(np.uint8).sum(axis=1, dtype=np.uint16) / _HASHES
        likeness = np.maximum(0.0, (same - 1 / 256) / (1 - 1 / 256))  # one byte in 256 is the same by chance
        shorter = np.minimum(self._runs[:count], runs)
        contained = likeness / (1 + likeness) * (self._runs[:count] + runs) / np.maximum(shorter, 1)
        found = np.flatnonzero((likeness >= LEAST_LIKENESS - _DOUBT) & (contained >= LEAST_CONTAINED - 2 * _DOUBT))
        return found[np.argsort(-likeness[found], kind="stable")][:20]


def _is_update(report: Report, other: Report) -> bool:
    if report.url is not None and report.url == other.url:
        return True
    return None not in (report.outlet, report.title) and (report.outlet, report.title) == (other.outlet, other.title)


def _runs(text: str) -> frozenset[str]:
    """The runs of three words in the text, in small letters and without punctuation; of a shorter text, itself."""
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        return frozenset([" ".join(words)])
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def _signature(runs: frozenset[str]) -> bytes:
    """The number of runs and the lowest byte of each least hash, behind two bytes that say how they were made."""
    from rensa import RMinHash  # type: ignore[import-untyped]

    hashes = RMinHash(num_perm=_HASHES, seed=1)
    hashes.update(list(runs))
    lowest = np.array(hashes.digest(), np.uint64).astype(np.uint8)
    return _marks() + _HEAD.pack(_FORMAT, 0, len(runs))[2:] + lowest.tobytes()


def _marks() -> bytes:
    from rensa import RMinHash

    return bytes((_FORMAT, RMinHash.ALGORITHM_VERSION % 256))
