"""The board of what is due, left open: news come by themselves, whoever stands on a link goes on standing on it, nothing sticks out on a phone."""
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core import clock
from core.db import db
from tests import builders
from tests.browser import desk


def late(office) -> str:
    """A ticket that became late a minute ago, in the database of the running installation."""
    with office.stand.app():
        made = builders.ticket("in_progress", text="The van has not come since Monday.")
        made.due_at = clock.now() - timedelta(minutes=1)
        db.session.commit()
        return made.case_no


@pytest.mark.parametrize("width", [1440, 390])
def test_news_come_to_a_page_that_stays_open(office, screens, width):
    manager = desk.sign_in(screens(width, "en"), "jingli")
    manager.page.clock.install()
    manager.go("/desk/due")
    rows = manager.page.locator("[data-part=list] a.rd-row__main")
    case_no = late(office)
    expect(rows.locator(f"xpath=self::*[contains(@href, '{case_no}')]")).to_have_count(0)
    standing = manager.page.locator("[data-part=tabs] a").first
    standing.focus()
    manager.page.clock.run_for(21_000)
    expect(rows.locator(f"xpath=self::*[contains(@href, '{case_no}')]")).to_have_count(1)
    expect(manager.page.locator("[data-part=tabs] a").first).to_be_focused()
    expect(manager.page.locator("table.rd-due .rd-due__late")).not_to_have_count(0)
    assert manager.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    manager.shot(f"due-{width}")
