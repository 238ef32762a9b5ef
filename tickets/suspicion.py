"""Words that close a matter at once until compliance or the liaison has looked (pure)."""
from collections.abc import Iterable

DEFAULT_WORDS = ("索要, 好处费, 红包, 回扣, 吃拿卡要, 受贿, 打击报复, 报复, 假烟, 走私, 私烟, 非法经营, 串货, 未成年, 卖给学生, 卖给小孩, "
                 "bribe, kickback, backhander, retaliat, smuggl, counterfeit, fake cigarettes, under age, underage, to minors, to children")


def words_of(text: str) -> list[str]:
    """The single words of a comma-separated list, Chinese commas too, in lower case."""
    return [word.strip().lower() for word in text.replace("，", ",").replace("\n", ",").split(",") if word.strip()]


def hits(text: str, words: Iterable[str]) -> list[str]:
    """Which of `words` stand in `text`. It errs on the safe side: a part of a word is enough."""
    folded = text.lower()
    return [word for word in words if word in folded]
