"""A browser for all tests of the page; they are skipped where there is none and nobody may install it."""

from collections.abc import Iterator

import pytest

from deploy.browser import COMMANDS, Browser
from deploy.local.tools import ServerError, require


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One window of headless Chromium, 1400 by 900 pixels."""
    try:
        require(COMMANDS)
    except ServerError as error:
        pytest.skip(str(error))
    with Browser() as browser:
        yield browser
