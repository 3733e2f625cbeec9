"""Reading in: a file, an address, JSONL or standard input comes in, frozen `Report`s go out.

The text is kept as it was read, with newlines normalised and its SHA-256 taken; title, outlet, date and address come
from the source where it states them. This is the only room that touches the network, and only for an address that the
user names.
"""

from truceline.read.freezing import report_from_text
from truceline.read.received import Received, Unreadable
from truceline.read.sources import count_sources, read_sources

__all__ = ["Received", "Unreadable", "count_sources", "read_sources", "report_from_text"]
