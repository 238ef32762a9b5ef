"""How the hotline speaks and listens: settings for each language, so that a market or a provider's new voice needs no programmer."""
from dataclasses import dataclass

from catalog import roster
from core import clock, settings
from core.settings import Setting

ON_DUTY = "duty"  # stands for the telephones of whoever is on call at that moment

settings.define(
    Setting("hotline_greeting_zh", "text", "您好，这里是零售户服务热线。", "hotline", "First words on the telephone (Chinese)"),
    Setting("hotline_greeting_en", "text", "Hello, this is the service line for shop owners.", "hotline", "First words on the telephone (English)"),
    Setting("hotline_say_zh", "text", "zh-CN", "hotline", "Chinese: language code for speaking"),
    Setting("hotline_voice_zh", "text", "Polly.Zhiyu-Neural", "hotline", "Chinese: voice"),
    Setting("hotline_hear_zh", "text", "cmn-Hans-CN", "hotline", "Chinese: language code for listening"),
    Setting("hotline_hints_zh", "text", "投诉,送货,订货,扣款,配额,人工,留言", "hotline", "Chinese: words to expect, with commas between them"),
    Setting("hotline_say_en", "text", "en-US", "hotline", "English: language code for speaking"),
    Setting("hotline_voice_en", "text", "Polly.Joanna-Neural", "hotline", "English: voice"),
    Setting("hotline_hear_en", "text", "en-US", "hotline", "English: language code for listening"),
    Setting("hotline_hints_en", "text", "complaint,delivery,order,payment,quota,staff,message", "hotline",
            "English: words to expect, with commas between them"),
    Setting("hotline_speech_model", "text", "", "hotline", "Speech model of the provider (empty: its own choice)"),
    Setting("hotline_listens", "bool", True, "hotline", "Callers may speak where they can press a key"),
    Setting("hotline_transcribes", "bool", False, "hotline", "The provider writes down messages while they are spoken"),
    Setting("hotline_message_seconds", "int", 120, "hotline", "Longest message on the telephone, in seconds"),
    Setting("hotline_rings", "text", "desk", "hotline",
            "Who is rung: numbers, desk, or duty (who is on call). One after the other with commas, at the same time with & between them"),
    Setting("hotline_ring_seconds", "int", 20, "hotline", "Seconds for which each of them is rung"),
)


@dataclass(frozen=True)
class Voice:
    """How one language is spoken and heard; an empty model leaves the choice to the provider."""

    say: str
    name: str
    hear: str
    hints: str = ""
    model: str = ""


# What is used while the settings cannot be read.
PLAIN = {"zh": Voice("zh-CN", "Polly.Zhiyu-Neural", "cmn-Hans-CN"), "en": Voice("en-US", "Polly.Joanna-Neural", "en-US")}


def of(lang: str) -> Voice:
    """The voice of a language as set."""
    say, name, hear, hints = (settings.get(f"hotline_{what}_{lang}") for what in ("say", "voice", "hear", "hints"))
    return Voice(say, name, hear, hints, settings.get("hotline_speech_model"))


def greeting(lang: str) -> str:
    """The first words of a call."""
    return settings.get(f"hotline_greeting_{lang}")


def rings() -> list[list[str]]:
    """Who is rung, one group after the other; those of a group at the same time."""
    groups = settings.get("hotline_rings").replace("，", ",").replace("\n", ",").split(",")
    found = [[number for one in group.split("&") for number in _numbers(one.strip())] for group in groups]
    return [group for group in found if group]


def _numbers(one: str) -> list[str]:
    if one == ON_DUTY:
        return roster.phones_on_call(clock.now())
    return [one] if one else []
