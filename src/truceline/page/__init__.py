"""One reading as a page: in comes a `Reading`, out goes text for the terminal or an HTML document.

`whole` is the page in the terminal from head to foot. `negotiation` and `due` say what there is to show, as plain lines
with their spans; `terminal` and `hypertext` only lay them out. The words of a report are not trusted: control
characters never reach the terminal, markup never the document.
"""

from truceline.page.heading import title
from truceline.page.hypertext import html_article, html_closing, html_opening, html_page
from truceline.page.lines import page_width, printable
from truceline.page.negotiation import NOTHING_FOUND
from truceline.page.statements import Voice, voices
from truceline.page.terminal import print_negotiation
from truceline.page.whole import print_page

__all__ = [
    "NOTHING_FOUND",
    "Voice",
    "html_article",
    "html_closing",
    "html_opening",
    "html_page",
    "page_width",
    "print_negotiation",
    "print_page",
    "printable",
    "title",
    "voices",
]
