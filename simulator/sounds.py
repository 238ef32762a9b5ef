"""Recordings as real small files: a tone for every word, silence where nothing was said (pure)."""
import io
import math
import struct
import wave

RATE = 8000
TONE = 440.0
# 32 kbit/s, 44.1 kHz, one channel; a frame without content is silence. There is no encoder here, so an MP3 is always silent.
MP3_FRAME = b"\xff\xfb\x10\xc0" + bytes(100)
MP3_FRAMES = 38.28125


def seconds_of(words: str) -> int:
    """How long saying this takes: about four Chinese characters or fifteen Latin letters a second, at least one second."""
    wide = sum(ord(char) > 0x2E7F for char in words)
    return max(1, round(wide / 4 + (len(words) - wide) / 15))


def wav(pieces: list[tuple[str, int]]) -> bytes:
    """A WAV file of pieces after each other: ("tone" or "silence", seconds)."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        for kind, seconds in pieces:
            sound.writeframes(_second(kind) * seconds)
    return file.getvalue()


def mp3(pieces: list[tuple[str, int]]) -> bytes:
    """An MP3 file of the same length, silent."""
    return MP3_FRAME * math.ceil(sum(seconds for _, seconds in pieces) * MP3_FRAMES)


def _second(kind: str) -> bytes:
    if kind == "silence":
        return bytes(2 * RATE)
    return b"".join(struct.pack("<h", int(4000 * math.sin(2 * math.pi * TONE * n / RATE))) for n in range(RATE))
