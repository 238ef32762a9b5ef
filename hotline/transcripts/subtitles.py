"""Transcripts as subtitles (pure): WebVTT and SRT, blocks of a time line and what was said then."""
import html
import re
from collections.abc import Iterator
from dataclasses import replace

from hotline.transcripts.plain import labelled
from hotline.transcripts.speakers import role, seconds
from hotline.transcripts.turns import Turn, Unreadable

_CLOCK = r"(\d{1,4}:\d{2}(?::\d{2})?[.,]\d{1,3}|\d{1,4}:\d{2}:\d{2})"
_TIMES = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>\n]+)>", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^<>\n]*)?>|<\d+:\d\d[:\d.]*>|\{\\an?\d+\}", re.IGNORECASE)
ASIDE = ("NOTE", "STYLE", "REGION")


def read_vtt(text: str) -> list[Turn]:
    """The turns of a WebVTT file: voices by <v Name>; notes, styles, regions and settings are not speech."""
    lines = text.splitlines()
    if not lines or not lines[0].startswith("WEBVTT"):
        raise Unreadable("no_header", "1")
    blocks = [block for block in _blocks(lines, 1) if block[0][1].split()[0] not in ASIDE]
    # What stands under the header before the first empty line describes the file.
    if blocks and blocks[0][0][0] == 2 and not any("-->" in line for _number, line in blocks[0]):
        blocks = blocks[1:]
    return [turn for block in blocks for turn in _cue(block)]


def read_srt(text: str) -> list[Turn]:
    """The turns of an SRT file."""
    return [turn for block in _blocks(text.splitlines(), 0) for turn in _cue(block)]


def _blocks(lines: list[str], first: int) -> Iterator[list[tuple[int, str]]]:
    """Neighbouring lines with their numbers as a person counts them; a time line begins a block even without an empty line before it."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines[first:], first + 1):
        if not line.strip():
            if block:
                yield block
            block = []
        elif _TIMES.match(line) and any(_TIMES.match(known) for _number, known in block):
            counter = [block.pop()] if block[-1][1].strip().isdigit() else []
            yield block
            block = [*counter, (number, line)]
        else:
            block.append((number, line))
    if block:
        yield block


def _cue(block: list[tuple[int, str]]) -> list[Turn]:
    at = next((place for place, (_number, line) in enumerate(block) if "-->" in line), None)
    if at is None or at > 1:
        raise Unreadable("no_time", str(block[0][0]))
    times = _TIMES.match(block[at][1])
    if times is None:
        raise Unreadable("bad_time", str(block[at][0]))
    return _said("\n".join(line for _number, line in block[at + 1:]), seconds(times[1]), seconds(times[2]))


def _said(payload: str, start: float, end: float) -> list[Turn]:
    before, *voices = _VOICE.split(payload)
    turns = labelled(_bare(before), start, end)
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        label = html.unescape(name).strip()
        turns += [replace(turn, label=label, speaker=role(label)) for turn in [Turn(_line(words), start=start, end=end)] if turn.text]
    return turns


def _bare(payload: str) -> str:
    return html.unescape(_TAGS.sub("", payload))


def _line(payload: str) -> str:
    return " ".join(_bare(payload).split())
