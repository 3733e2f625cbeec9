"""Feeds for tests, written out from what their entries say."""

from xml.sax.saxutils import escape

LONG = " ".join(
    f"The mediator said in sentence {number} that the talks would go on without a break." for number in range(12)
)
ARTICLE = (
    "<html><head><title>{title}</title></head><body><article><p>The two governments agreed on Monday to resume their "
    "talks about {title}, a mediator said, after three weeks apart.</p></article></body></html>"
)


def page(title: str) -> bytes:
    """A page with a short article about `title`."""
    return ARTICLE.format(title=title).encode()


def rss(*entries: dict[str, str], title: str = "Valley News") -> bytes:
    """An RSS feed; the keys of an entry are its elements, with `text` for the whole article."""
    items = ""
    for entry in entries:
        inside = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in entry.items() if key != "text")
        if "text" in entry:
            inside += f"<content:encoded><![CDATA[{entry['text']}]]></content:encoded>"
        items += f"<item>{inside}</item>"
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{escape(title)}</title>'
        f"{items}</channel></rss>"
    ).encode()


def opml(*addresses: str) -> bytes:
    """An OPML list of feeds."""
    outlines = "".join(f'<outline text="{n}" xmlUrl="{escape(each)}"/>' for n, each in enumerate(addresses))
    body = f'<body><outline text="News">{outlines}</outline></body>'
    return f'<?xml version="1.0"?><opml version="2.0"><head/>{body}</opml>'.encode()
