"""Every main page, narrow and wide, in both languages: nothing sticks out sideways, nothing is refused, nothing comes from elsewhere."""
import pytest
from playwright.sync_api import expect

from tests.browser import desk

WIDTHS = (390, 1440)
TICKET = "SELECT case_no FROM ticket WHERE state = %s AND NOT sealed ORDER BY id LIMIT 1"
TOKENS = "SELECT token FROM ticket WHERE state = %s AND NOT sealed ORDER BY id LIMIT 1"
STATES = ("received", "needs_info", "in_progress", "answered", "closed")

PORTAL = ("/", "/track", "/desk/sign-in", "/desk/forgot", "/no-such-page", *(f"/t/{{{state}}}" for state in STATES),
          "/r/{received}", "/t/{answered}/reject", "/t/{in_progress}/withdraw")
DESK = {
    "rexian": ("calls", "calls/log", "triage", "new", "transcripts/new", "tasks", "search", "retailers", "retailers/330106112233", "retailers/330106112233/edit", "notices",
               "tickets/{received}", "tickets/{needs_info}"),
    "chuli1": ("mine", "team", "review", "me", "answers", "answers/A-DLV-001", "tickets/{dispatched}", "tickets/{in_progress}",
               "tickets/{in_progress}?write=ask", "tickets/{in_progress}/routing", "me/away"),
    "jingli": ("team", "review", "due", "closing", "roster", "people", "catalog", "tickets/{in_review}", "tickets/{answered}", "tickets/{closed}/raw",
               "improvement?tab=all", "improvement/1", "improvement/1/tickets?of=after&round=1"),
    "zhijian": ("quality", "quality/{closed}", "search?q=orders", "reports", "reports/table?figure=rate&by=area", "reports/tickets?figure=received",
                "reports/definitions"),
    "guanli": ("people", "people/2", "people/2/leaver", "people/invite", "catalog", "catalog/leaves/DLV.LATE", "catalog/leaves/DLV.LATE/edit",
               "catalog/leaves/DLV.LATE/checklist", "catalog/new", "catalog/sla", "catalog/sla/edit", "catalog/codes", "catalog/teams", "catalog/dictionary",
               "catalog/dictionary/new", "catalog/texts", "catalog/texts/progress", "calendar",
               "settings", "audit", "operations", "hotline", "styleguide", "answers/A-DLV-001/edit", "answers/new"),
}


def sticking_out(screen, paths) -> list[tuple[str, int, int]]:
    """The pages that are wider than the window: path, window, by how many pixels."""
    found = []
    for path in paths:
        status = screen.go(path)
        assert status == (404 if path == "/no-such-page" else 200), path
        found += [(path, width, screen.overflow()) for width in WIDTHS if screen.resize(width).overflow() > 0]
    return found


def filled(office, paths, query: str) -> list[str]:
    """The paths with the number or token of a ticket in the state that they name."""
    known = {state: office.row(query, state)[0] for state in (*STATES, "dispatched", "in_review")}
    return [path.format(**known) for path in paths]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_retailers_pages(office, screens, language):
    """Form, receipt, tracking in each state, sign-in."""
    assert sticking_out(screens(390, language), filled(office, PORTAL, TOKENS)) == []


@pytest.mark.parametrize("login", DESK)
def test_the_staffs_pages(office, screens, login):
    """Lists, the ticket page, and everything an administrator sets. Chinese for one half of the people, English for the other."""
    language = "zh" if login in ("rexian", "jingli") else "en"
    paths = [f"/desk/{path}" for path in filled(office, DESK[login], TICKET)]
    assert sticking_out(desk.sign_in(screens(390, language), login), paths) == []


def test_an_anchor_does_not_push_the_frame_away(office, screens):
    """The ticket page scrolls inside its panes: a link to the composer must not move the head out of sight."""
    handler = desk.sign_in(screens(1440, "zh"), "chuli1")
    handler.go(*filled(office, ["/desk/tickets/{in_progress}"], TICKET))
    handler.follow("Ask the retailer")
    handler.page.wait_for_url("**#write")
    assert handler.page.locator(".rd-head").evaluate("head => head.getBoundingClientRect().top") == 0
    expect(handler.page.locator(".rd-compose [type=submit]").last).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/desk/catalog/cues", "/desk/catalog/learning"])
def test_a_narrow_strip_of_tabs_shows_the_one_in_force(screens, path):
    """The strip scrolls sideways on a phone: where the reader is must not lie outside of it."""
    administrator = desk.sign_in(screens(390, "en"), "guanli")
    administrator.go(path)
    expect(administrator.page.locator(".rd-tabs > nav a[aria-current]")).to_be_in_viewport(ratio=1)
