"""Where Chromium is on this machine, and how it is started without talking to anybody but us."""
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
MISSING = f"BROWSER TESTS SKIPPED: none of {', '.join(NAMES)} is on the PATH (REQUIRE_BROWSER=1 makes this a failure)"


def path() -> str | None:
    """The first Chromium on the PATH, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright):
    """A running Chromium. Needs `path()`."""
    return playwright.chromium.launch(executable_path=path(), args=QUIET)
