"""Finds texts that are missing or suspicious in the Chinese catalogue. `python -m tests.translations` prints them."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CHINESE = ROOT / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
# “Sender Pool” and the like: the names on a foreign console, which has no Chinese.
COMMANDS_AND_CODES = re.compile(r"“flask[^”]*”|\b[A-Z]{3}\.[A-Z]+|“[A-Z][A-Za-z' -]+”|\b[A-Z]+(?:_[A-Z]+)+\b")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORDS = re.compile(r"[A-Za-z]{4,}")
# What stays Latin in Chinese: names, keys and codes.
KEPT = {"Redress", "English", "Enter", "Ctrl", "JPG", "WebP", "PNG", "SMS", "Twilio", "CSV", "JSON", "Redis", "Valkey", "SMTP", "HEIC", "URL",
        "free", "locked", "HTTP", "POST", "WebVTT", "WEBVTT", "Whisper", "START", "twilio", "other", "desk", "duty", "README"}


def extracted() -> dict:
    """Every text of the source: {msgid: message}."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as pot:
        subprocess.run([Path(sys.executable).parent / "pybabel", "--quiet", "extract", "--mapping-file", "babel.cfg", "--keywords", "_l",
                        "--keywords", "lazy_gettext", "--keywords", "Setting:5", "--output", pot.name, "."], cwd=ROOT, check=True, capture_output=True)
        return {_key(message): message for message in read_po(pot) if message.id}


def translated() -> dict:
    """The Chinese catalogue: {msgid: message}."""
    with CHINESE.open("rb") as file:
        return {_key(message): message for message in read_po(file) if message.id}


def _key(message):
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _strings(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


def missing() -> list[str]:
    """Texts of the source that the Chinese catalogue does not have, or has marked as uncertain."""
    known = translated()
    return sorted(key for key in extracted() if key not in known or not all(_strings(known[key])) or known[key].fuzzy)


def wrong_placeholders() -> list[str]:
    """Texts whose translation names other values than the source."""
    return sorted(key for key, message in translated().items() for text in _strings(message)
                  if text and not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(" ".join(_ids(message)))) or
                  text and len(set(PLACEHOLDER.findall(text))) < len(set(PLACEHOLDER.findall(_ids(message)[-1])) - {"num"}))


def _ids(message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple) else [message.id]


def english_in_chinese() -> list[str]:
    """Chinese texts with English words, or without a single Chinese character where the source has words."""
    found = []
    for key, message in translated().items():
        for text in filter(None, _strings(message)):
            bare = COMMANDS_AND_CODES.sub("", PLACEHOLDER.sub("", text))
            words = set(LATIN_WORDS.findall(bare)) - KEPT
            source_has_words = bool(set(LATIN_WORDS.findall(PLACEHOLDER.sub("", key))) - KEPT)
            if words and not re.search(r"[a-z]+[._:/@]|\{\{", bare) or source_has_words and not HAN.search(bare):
                found.append(f"{key!r} -> {text!r}")
    return sorted(found)


def main() -> None:
    """Print what is to do."""
    for title, texts in (("missing", missing()), ("placeholders differ", wrong_placeholders()), ("English in Chinese", english_in_chinese())):
        print(f"{title}: {len(texts)}")
        for text in texts[:40]:
            print("   ", text)


if __name__ == "__main__":
    main()
