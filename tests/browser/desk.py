"""What staff do at their screens: sign in, decide, wait for the worker, answer, review, close."""
from playwright.sync_api import expect

from tests import builders
from tests.browser.screen import Screen
from tickets import case_number


def sign_in(screen: Screen, login: str) -> Screen:
    """Sign in as one of the office's staff; the same screen."""
    screen.go("/desk/sign-in")
    screen.page.locator("[name=login]").fill(login)
    screen.page.locator("[name=password]").fill(builders.PASSWORD)
    screen.press("Sign in")
    expect(screen.page.locator("#rail")).to_be_attached()
    return screen


def until_waiting(screen: Screen, number: int) -> list:
    """Open triage again until so many matters or more stand there; their links."""
    rows = screen.page.locator("a.rd-row__main")
    for _ in range(40):
        screen.go("/desk/triage")
        if rows.count() >= number:
            break
        screen.page.wait_for_timeout(250)
    return rows.all()


def triage_by_keys(screen: Screen, case_no: str, leaf: str, severity_key: str, team: str) -> None:
    """Open the matter, set category, severity and the first of the outcomes by keys, and dispatch; hands never leave the keyboard."""
    screen.page.locator(f".rd-row a[href*='{case_no}']").first.focus()
    screen.keys("Enter")
    screen.page.wait_for_url(f"**case={case_no}**")
    screen.page.locator("body").press("l")
    screen.page.keyboard.type(leaf)
    screen.keys("Escape", severity_key, "o", "ArrowDown", "Escape")
    expect(screen.page.locator("[name=leaf]")).to_have_value(leaf)
    screen.keys("Enter")
    screen.sees("%(case)s was dispatched to %(team)s.", case=case_number.show(case_no), team=team)


def until_routed(screen: Screen, case_no: str) -> None:
    """Reload the ticket's page until a worker has given it to somebody."""
    reason = screen.page.get_by_role("heading", name=screen.say("Why this handler"))
    screen.go(f"/desk/tickets/{case_no}")
    for _ in range(60):
        if reason.count():
            break
        screen.page.wait_for_timeout(250)
        screen.page.reload()
    expect(reason).to_be_visible()


def sign(screen: Screen, case_no: str) -> None:
    """Open the ticket from one's own list, sign for it, and tick the whole checklist."""
    screen.go("/desk/mine")
    screen.page.locator(f"a.rd-row__main[href*='{case_no}']").click()
    screen.press("Sign for it")
    screen.sees("Signed for.")
    _check_everything(screen)


def _check_everything(screen: Screen) -> None:
    for box in screen.page.locator("[name=item]").all():
        box.check()
    screen.press("Keep the checklist")


def write_answer(screen: Screen, code: str, **blanks: str) -> None:
    """On the ticket's page: choose a standard answer by its code, fill its blanks, propose an outcome, hand it in for review."""
    wanted = screen.page.locator("#w-version option", has_text=code).get_attribute("value")
    screen.page.locator("#w-version").select_option(wanted)
    screen.press("Use this answer")
    for name, text in blanks.items():
        screen.page.locator(f"#v-{name}").fill(text)
    for name, code in {"outcome": "upheld", "root_cause": "process.no_rule", "remedy": "explained"}.items():
        screen.page.locator(f"#p-{name}").select_option(code)
    for box in screen.page.locator("[name=item]").all():  # every round is checked anew
        box.check()
    screen.press("Submit for review")
    screen.sees("Submitted for review.")


def approve(screen: Screen, case_no: str) -> None:
    """Open the answer from the review desk and let it go out."""
    screen.go("/desk/review")
    screen.page.locator(f"a.rd-row__main[href*='{case_no}']").click()
    screen.sees("The answer as it will go out")
    screen.press("Approve and send")
    screen.sees("Answered")  # whether the words have gone out already depends on the hour


def close(screen: Screen, case_no: str) -> None:
    """Close it on its own page, with the reasons that the handler proposed."""
    screen.go("/desk/closing")
    screen.page.locator(f"a.rd-row__main[href*='{case_no}']").click()
    screen.press("Close")
    screen.sees("Closed.")
