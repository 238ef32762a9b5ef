"""What a retailer does on the telephone: file, look, accept, reject, rate."""
import io

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, expect

from tests.browser.screen import Screen


def photo(name: str = "delivery.jpg") -> dict:
    """A JPEG of a delivery note, as a file input takes it."""
    picture = Image.new("RGB", (640, 480), "#d8d2c4")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((80, 50, 560, 430), fill="white", outline="#888888")
    for line in range(8):
        draw.line((120, 100 + 38 * line, 520 - 50 * (line % 3), 100 + 38 * line), fill="#555555", width=6)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def fill(screen: Screen, **fields: str) -> None:
    """Write into a form; `fields` by their names."""
    for name, text in fields.items():
        screen.page.locator(f"[name={name}]:not([type=radio])").fill(text)


def choose(screen: Screen, name: str, value: str) -> None:
    """Tap a tile or an option of a list of choices."""
    screen.page.locator(f"label:has(> input[name={name}][value='{value}'])").click()


def send_button(screen: Screen) -> Locator:
    """The visible Send of the form (a hidden one stands before it for the Enter key)."""
    return screen.page.locator("#complaint").get_by_role("button", name=screen.say("Send"), exact=True).last


def send(screen: Screen) -> None:
    """Send the form."""
    send_button(screen).click()


def receipt(screen: Screen) -> str:
    """The number on the receipt."""
    screen.heading("We have it")
    return screen.page.locator("[data-copy]").get_attribute("data-copy")


def until_title(screen: Screen, english: str, **values) -> None:
    """Reload the tracking page until a job has brought it so far."""
    title = screen.say(english, **values)
    for _ in range(40):
        if screen.page.locator("h1").inner_text() == title:
            return
        screen.page.wait_for_timeout(250)
        screen.page.reload()
    expect(screen.page.locator("h1")).to_have_text(title)
