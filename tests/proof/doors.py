"""The three doors by which shops tell the same thing, each knocked at twice: the button, the provider and the agent may all press again."""
from dataclasses import dataclass

from bench.retailer import Retailer, hidden_fields
from bench.texter import Texter
from tests.pages import PageClient


@dataclass(frozen=True)
class Shop:
    """What a shop says of itself."""

    licence_no: str
    phone: str


class Doors:
    """`url` is the web server, `token` signs for the provider of texts, `agent` is somebody of the hotline who is signed in."""

    def __init__(self, url: str, token: str, agent: PageClient):
        self.url, self.token, self.agent = url, token, agent

    def form(self, shop: Shop, words: str) -> None:
        """The public form, over HTTP."""
        with Retailer(self.url) as visitor:
            fields = hidden_fields(visitor.read("/"))
            fields |= {"what": words, "kind": "complaint", "shop": shop.licence_no, "phone": shop.phone, "who": "open"}
            assert [visitor.send("/", fields)[0] for _twice in range(2)] == [302, 302]

    def text(self, shop: Shop, words: str) -> None:
        """A text, as its provider tells the web server of it."""
        with Texter(self.url, self.token) as texter:
            sid, _seconds = texter.text(shop.phone, words)
            texter.text(shop.phone, words, sid)

    def call(self, shop: Shop, words: str) -> None:
        """Somebody rings; the agent writes down what he says and chooses the category."""
        page = self.agent.submit(self.agent.get("/desk/calls"), "/calls/by-hand")
        for _twice in range(2):
            self.agent.submit(page, page.path, button="step=ticket", who=shop.phone, text=words, language="zh", leaf="DLV.LATE",
                              identity="y", sms="y")
