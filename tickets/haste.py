"""Do words to an open matter ask for haste (pure)? Plain signs in Chinese and English; a question of what happened is none."""
import re

_ASKING = re.compile(
    r"催|(?:快|抓紧|尽快|赶紧|赶快|早)(?:点|些|一点|一些)?(?:给(?:我|个))?(?:办|处理|解决|答复|回复|弄|安排)|快点|抓紧时间|加急"
    r"|(?:怎么|为什么|咋|到现在|现在|还是?)(?:还)?(?:没有?|不)(?:人)?(?:办|处理|解决|答复|回复|回音|消息|动静|结果|管|理|联系)"
    r"|(?:什么时候|啥时候|何时|几时|多久)(?:才)?(?:能|可以|会)?(?:办好|处理|解决|答复|回复|有结果|给个?(?:答复|说法))|等了?(?:好久|很久|这么久|多少天)"
    r"|\bhurry\b|\b(?:still|been) (?:waiting|no (?:answer|reply|news))\b|\bhow much longer\b|\bspeed (?:it|this|things) up\b"
    r"|\b(?:no|not a) (?:answer|reply|word) yet\b|\bas soon as possible\b|\basap\b|\bwhen (?:will|do) i (?:get|have|hear)\b|\bany news yet\b",
    re.IGNORECASE)


def asks_for_haste(text: str) -> bool:
    """True if the words press for an answer or for the work to go faster."""
    return _ASKING.search(text) is not None
