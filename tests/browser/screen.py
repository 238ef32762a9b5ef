"""A window of a given width and language that notes everything a page should not do."""
import os
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from tests.browser.words import Words

HEIGHTS = {390: 844, 1200: 800, 1440: 900}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
LOCAL_SCHEMES = ("data", "blob")
PATIENCE = 15_000  # milliseconds; two cores are shared with workers
expect.set_options(timeout=PATIENCE)


class Screen:
    """One browser context with one page. `faults` lists console errors (Content-Security-Policy among them), requests to other hosts
    and files that did not come; pages themselves may answer with an error that a test wants.
    """

    def __init__(self, browser, url: str, width: int, language: str, script: bool = True, state: dict | None = None):
        self.url, self.width, self.language, self.say = url, width, language, Words(language)
        self.context = browser.new_context(
            base_url=url, viewport={"width": width, "height": HEIGHTS[width]}, locale=LOCALES[language], java_script_enabled=script,
            storage_state=state, reduced_motion="reduce")
        self.context.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # that is judged by its response
            self.faults.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme not in LOCAL_SCHEMES and there.netloc != urlsplit(self.url).netloc:
            self.faults.append(f"{self.page.url} asks {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{self.page.url}: {response.status} for {response.url}")

    def go(self, path: str) -> int:
        """Open a page in this window's language; its status."""
        return self.page.goto(f"{path}{'&' if '?' in path else '?'}lang={self.language}").status

    def sees(self, english: str, **values) -> None:
        """The words stand on the page, in this window's language."""
        self.sees_text(self.say(english, **values))

    def sees_text(self, text: str) -> None:
        """The text can be read on the page as it is."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def heading(self, english: str) -> None:
        """The page's h1 says this."""
        expect(self.page.locator("h1")).to_have_text(self.say(english))

    def press(self, english: str) -> None:
        """Click the button with these words."""
        self.page.get_by_role("button", name=self.say(english)).filter(visible=True).first.click()

    def follow(self, english: str) -> None:
        """Click the link with these words."""
        self.page.get_by_role("link", name=self.say(english)).filter(visible=True).first.click()

    def keys(self, *names: str) -> None:
        """Press keys one after the other, once the page's scripts hear them: the words of a page can be read before that."""
        self.page.wait_for_load_state()
        for name in names:
            self.page.keyboard.press(name)

    def resize(self, width: int) -> "Screen":
        """Make the window another width; the same screen."""
        self.width = width
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        return self

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth") - self.width

    def shot(self, name: str) -> None:
        """A picture of the page when REDRESS_SHOTS names a folder."""
        folder = os.environ.get("REDRESS_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}-{self.width}-{self.language}.png", full_page=True)
