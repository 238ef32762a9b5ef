"""A transcript as plain text (pure): a turn for every labelled or timed line; what follows without a label goes on with it."""
from dataclasses import replace

from hotline.transcripts.speakers import role, split
from hotline.transcripts.turns import Turn


def read(text: str) -> list[Turn]:
    """The turns of a text; without any label each line is one."""
    turns: list[Turn] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        label, start, end, words = split(line)
        if label or start is not None:
            turns.append(Turn(words, role(label) if label else "unknown", label, start, end))
        elif turns and turns[-1].label:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n{words}".strip())
        else:
            turns.append(Turn(words))
    return [turn for turn in turns if turn.text]


def labelled(payload: str, start: float | None, end: float | None) -> list[Turn]:
    """The turns of a subtitle's words, which may carry labels of their own."""
    turns = read(payload)
    if not any(turn.label for turn in turns):
        words = " ".join(line.strip() for line in payload.splitlines() if line.strip())
        return [Turn(words, start=start, end=end)] if words else []
    return [replace(turn, start=start, end=end) for turn in turns]
