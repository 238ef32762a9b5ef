"""In which language a text is written (pure)."""
import re

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def of(text: str, usual: str = "zh") -> str:
    """zh or en: a Chinese character weighs as much as an English word, so a shop's name in the other language changes nothing.

    A text of digits and signs is in the language that its sender is `usual`ly spoken to in.
    """
    chinese, english = len(_HAN.findall(text)), len(_WORD.findall(text))
    if chinese == english == 0:
        return usual
    return "zh" if chinese >= english else "en"
