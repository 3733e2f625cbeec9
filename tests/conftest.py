"""What tests of several rooms need."""

from collections.abc import Iterator

import pytest

from tests.sites import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on this machine whose pages the test sets."""
    with running_site() as site:
        yield site
