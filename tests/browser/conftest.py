"""A real Chromium in front of a whole Redress: servers, web, workers and scheduler as `make run` starts them."""
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from bench.stand import ALL, standing
from tests.browser import chromium
from tests.browser import office as offices
from tests.browser.screen import Screen

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser, and comes last: once started, Chromium and a whole Redress stay until the end."""
    driven = [item for item in items if HERE in item.path.parents]
    for item in driven:
        item.add_marker(pytest.mark.browser)
    items.sort(key=set(driven).__contains__)


def pytest_terminal_summary(terminalreporter):
    """A skipped browser is said aloud, not only with -rs."""
    if any(chromium.MISSING in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(chromium.MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once."""
    if chromium.path() is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(chromium.MISSING)
    with sync_playwright() as playwright:
        running = chromium.launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def office(browser):
    """The whole of Redress with a small staff; torn down at the end of the run."""
    with standing(RATE_LIMITS="off") as stand:
        with stand.app():  # not for the whole run: a command of another test would find this application in force
            office = offices.fill(stand)
        with stand.running(*ALL):
            yield office


@pytest.fixture
def screens(browser, office):
    """screens(390, "zh") opens a window of its own. When the test is over, none may have had anything to complain of."""
    with ExitStack() as stack:
        opened = []

        def new(width: int, language: str, **more) -> Screen:
            opened.append(stack.enter_context(Screen(browser, office.stand.url, width, language, **more)))
            return opened[-1]
        yield new
        assert [fault for screen in opened for fault in screen.faults] == []
