"""HTML: the article and what the page states about it, or the sentence that there is none."""

import pytest

from truceline.read.articles import article
from truceline.read.received import Refused

PARAGRAPHS = (
    "The two governments agreed on Monday to resume their talks in Geneva, a mediator said, after weeks of silence.",
    "“We will be there,” the foreign minister told reporters. She did not say if a ceasefire would be discussed.",
    "The envoy is to meet both delegations on Thursday – apart.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MENU = "<nav><a href=/>Home</a> <a href=/w>World</a></nav>"
PAGE = f"""<!doctype html><html lang=en><head><meta charset="utf-8"><title>Talks to resume | The Paper</title>
<link rel=canonical href="https://paper.example/a/talks"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2019-03-04T10:00:00Z"></head>
<body>{MENU}<article><h1>Talks to resume</h1>{BODY}</article><footer>Copyright 2024</footer></body></html>"""


def test_an_article_with_what_the_page_states() -> None:
    found = article(PAGE.encode())
    assert found.title == "Talks to resume"
    assert found.outlet == "The Paper"
    assert found.published == "2019-03-04"
    assert found.url == "https://paper.example/a/talks"
    assert all(paragraph in found.text.split("\n") for paragraph in PARAGRAPHS)
    assert "World" not in found.text
    assert "Copyright" not in found.text


def test_a_date_in_the_running_text_is_not_the_publication_date() -> None:
    page = f"<html><body><article><p>On 3 May 2011 the parties met in Oslo for a day.</p>{BODY}</article></body></html>"
    assert article(page.encode()).published is None


def test_without_a_canonical_address_the_one_fetched_is_kept() -> None:
    page = f"<html><body><article>{BODY}</article></body></html>".encode()
    assert article(page, url="https://paper.example/x").url == "https://paper.example/x"
    assert article(page).url is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_comes_from_mark_server_or_page(encoding: str) -> None:
    page = PAGE.replace('"utf-8"', f'"{encoding}"').encode(encoding)
    assert PARAGRAPHS[1] in article(page).text
    assert PARAGRAPHS[1] in article(PAGE.encode(encoding), charset=encoding).text


@pytest.mark.parametrize(
    "page",
    [
        f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><body>{BODY}</body></html>",
        f"<html><body><table><tr><td>{BODY}</td></tr></table></body></html>",
        f"<html><body><article><p>An odd \0 \x01 \ufffe character.</p>{BODY}</article>",
        BODY,
    ],
)
def test_odd_pages_are_read(page: str) -> None:
    assert PARAGRAPHS[0] in article(page.encode()).text


LINKS = "".join(f"<li><a href=/{number}>Story number {number} about something</a></li>" for number in range(30))


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html>",
        f"<html><head><title>Home</title></head><body>{MENU}<ul>{LINKS}</ul></body></html>",
        "<html><head><title>Sign in</title></head><body><form><label>Name</label><input></form></body></html>",
        "<html><body>" + "<div>" * 20_000 + "</body>",
    ],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(Refused, match="no article"):
        article(page.encode())
