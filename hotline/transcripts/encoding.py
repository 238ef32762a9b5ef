"""Bytes of an uploaded transcript as text (pure): UTF-8, UTF-16 and GB 18030, with or without a byte order mark."""
import codecs

from hotline.transcripts.turns import MOST_BYTES, Unreadable

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROLS = {chr(code) for code in range(32)} - set("\t\n\r\f\v")


def decode(data: bytes) -> str:
    """The text of a file. Raises Unreadable `too_big`, `empty`, `encoding` or `not_text`."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    if not data.strip():
        raise Unreadable("empty")
    text = _decoded(data)
    if any(char in CONTROLS for char in text):
        raise Unreadable("not_text")
    return text


def _decoded(data: bytes) -> str:
    for encoding in _likely(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _likely(data: bytes) -> tuple[str, ...]:
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    if marked:
        return (marked,)
    # Without a mark UTF-16 shows itself by the zeros of its spaces, digits and line ends, which stand in every second place.
    if b"\0" in data[:2000]:
        return ("utf-16-le",) if data[1:2000:2].count(0) >= data[:2000:2].count(0) else ("utf-16-be",)
    return "utf-8", "gb18030"
