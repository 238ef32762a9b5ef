"""What a page must say, in the reader's language: the catalogue's text, which in Chinese must be Chinese."""
import html
import re
from pathlib import Path

from babel.support import Translations

FOLDER = Path(__file__).resolve().parents[2] / "translations"
HAN = re.compile(r"[\u4e00-\u9fff]")


class Words:
    """words("We have it") is the text of the page in this language."""

    def __init__(self, language: str):
        self.language = language
        self.catalogue = Translations.load(FOLDER, [language])

    def __call__(self, english: str, **values) -> str:
        """The text for the English one. Fails on an untranslated one, so that no journey passes in half a language."""
        text = self.catalogue.gettext(english)
        assert self.language == "en" or HAN.search(text), f"not translated: {english}"
        return html.unescape(text % values if values else text)
