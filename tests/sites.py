"""A web server of our own for tests, on this machine only."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from truceline.settings import Settings

LOCAL = Settings(
    allow_private_addresses=True, fetch_timeout_seconds=20, fetch_limit_bytes=200_000, fetch_pause_seconds=0.001
)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A server whose pages a test sets; it keeps the requests it saw as (path, Host header), and all their headers."""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, self.headers["Host"]))
                site.headers.append(dict(self.headers))
                page = site.pages.get(self.path)
                if page is None:
                    self.send_error(404)
                else:
                    page(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.pages: dict[str, Answer] = {}
        self.seen: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def page(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Put a page up; its address comes back. Header names are written with `_` for `-`."""
        return self.answer(
            path,
            200,
            {"Content-Type": content_type, **{name.replace("_", "-"): headers[name] for name in headers}},
            body,
        )

    def answer(self, path: str, status: int, headers: dict[str, str], body: bytes = b"") -> str:
        def respond(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                handler.send_header(name, value)
            handler.end_headers()
            with suppress(OSError):  # the reader may have had enough
                handler.wfile.write(body)

        self.pages[path] = respond
        return self.url + path

    def versioned(self, path: str, body: bytes, etag: str, content_type: str = "application/rss+xml") -> str:
        """Put a page up that comes only to those who do not know this version of it."""

        def respond(handler: BaseHTTPRequestHandler) -> None:
            known = handler.headers["If-None-Match"] == etag
            handler.send_response(304 if known else 200)
            for name, value in {"ETag": etag, "Content-Type": content_type, "Content-Length": str(len(body))}.items():
                if not (known and name.startswith("Content")):
                    handler.send_header(name, value)
            handler.end_headers()
            if not known:
                with suppress(OSError):
                    handler.wfile.write(body)

        self.pages[path] = respond
        return self.url + path

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.seen]


@contextmanager
def running_site() -> Iterator[Site]:
    """A site that answers until the block ends."""
    site = Site()
    thread = threading.Thread(target=lambda: site.server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
