"""The words of transcripts: speakers, doubts, forms of files, and why one cannot be read."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from hotline.transcripts.turns import MOST_TURNS, Unreadable

SPEAKERS = {"caller": _l("Caller"), "staff": _l("Agent"), "unknown": _l("Speaker")}
WHYS = {"unsure": _l("heard unsurely"), "amount": _l("an amount"), "negation": _l("a denial"), "name": _l("a name"), "dictionary": _l("perhaps misheard")}
SOURCES = {"upload": _l("uploaded"), "paste": _l("pasted"), "call": _l("written down during the call")}
FORMATS = {"plain": _l("plain text"), "vtt": _l("WebVTT subtitles"), "srt": _l("SRT subtitles"), "twilio": _l("JSON of Twilio"), "aws": _l("JSON of AWS Transcribe"),
           "google": _l("JSON of Google Speech-to-Text"), "whisper": _l("JSON of Whisper"), "json": _l("JSON")}
UNREADABLE = {
    "too_big": _l("This transcript is larger than 1 MB. Cut it into the parts that belong to this matter."),
    "empty": _l("There is nothing in it yet. Paste the transcript, or choose its file."),
    "no_words": _l("There are times and names in it, but nobody says a word."),
    "too_many_turns": _l("It has more than %(most)s turns. Cut out the part that belongs to this matter."),
    "encoding": _l("The letters of this file cannot be read. Save it as UTF-8 and choose it again; nothing was stored."),
    "not_text": _l("This is not a text file. Export the transcript as text, subtitles or JSON; nothing was stored."),
    "no_header": _l("Line %(place)s: a WebVTT file begins with the word WEBVTT."),
    "no_time": _l("Line %(place)s: these subtitles have no time, such as 00:00:01.000 --> 00:00:04.000."),
    "bad_time": _l("Line %(place)s: this time cannot be read. It should look like 00:00:01.000 --> 00:00:04.000."),
    "bad_json": _l("Line %(place)s: from here on it is not JSON. Perhaps the end was cut off."),
    "bad_key": _l("“%(place)s” is missing or is not what it should be."),
    "no_shape": _l("It is JSON, but of no form that is known here: sentences, turns, segments or results are looked for."),
}


def unreadable(error: Unreadable) -> str:
    """Why a text is no transcript, and where."""
    return str(UNREADABLE[error.code]) % {"place": error.place, "most": MOST_TURNS}


def clock(seconds: float | None) -> str:
    """How far into the call: 0:41, or 1:02:03."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def why(codes) -> str:
    """Why a place is marked."""
    return _(", ").join(str(WHYS[code]) for code in codes)
