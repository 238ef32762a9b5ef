"""Which words close a matter until compliance or the liaison has looked."""
from core import settings
from core.settings import Setting
from tickets import suspicion

settings.define(Setting("seal_words", "text", suspicion.DEFAULT_WORDS, "triage", "Words that seal a complaint at once"))


def suspicious(*texts: str | None) -> bool:
    """True if one of the organisation's words stands in one of `texts`."""
    words = suspicion.words_of(settings.get("seal_words"))
    return any(suspicion.hits(text, words) for text in texts if text)
