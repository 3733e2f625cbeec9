"""Reading in: files, folders, addresses, feeds, archives and tables come in, frozen `Report`s go out.

The text is kept as it was read, with newlines normalised and its SHA-256 taken; title, outlet, date and address come
from the source where it states them. This is the only room that touches the network, and only for an address that the
user names, or one that a feed or list lists which the user names.
"""

from truceline.read.courtesy import Courtesy
from truceline.read.freezing import report_from_text
from truceline.read.memory import Memory, Visited
from truceline.read.polling import Polling
from truceline.read.received import Arrival, Received, Remark, Unreadable
from truceline.read.sources import count_sources, feeds_among, read_sources

__all__ = [
    "Arrival",
    "Courtesy",
    "Memory",
    "Polling",
    "Received",
    "Remark",
    "Unreadable",
    "Visited",
    "count_sources",
    "feeds_among",
    "read_sources",
    "report_from_text",
]
