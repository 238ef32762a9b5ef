"""A score said in words (pure): 非常满意 5, 满意 4, 一般 3, 不满意 2, 很不满意 1, and what they are in plain variants and in English.

Only these words count: 还行, 不错 or "good" praise something, but nobody can tell which score they are. 基本满意 is the middle
grade of the five that public services in China ask for, and so it is 3 here.
"""
import re

from satisfaction.numbers_said import Said

_VERY = r"(?:非常之?|很|十分|特别|超级?|极其?|极为|相当|太|完全|绝对|万分|无比|最|百分之?百|100%)"
_NOT = r"不(?:太|怎么|咋|是?很|是太|是?非常|是?特别|大|够|那么|甚|算)?(?:的|是)?"
_LEVELS_ZH = (
    (1, rf"(?:{_VERY}|根本|彻底|强烈|极度){{1,3}}(?:的|地|就?是)?不满意|一?(?:点儿?|丝毫)(?:都|也)?不满意|丝毫(?:都|也)?不满意|不满意(?:极了|"
        rf"得很|透顶|至极)"),
    (2, rf"(?:有点儿?|有些|比较|并|还是)?{_NOT}满意|(?:谈|说|算|称)不上(?:很|多|太)?满意|并不(?:是)?(?:很|太|怎么)?满意|唔(?:系几|系好|太)?满意|"
        rf"欠满意"),
    (5, rf"满分|(?:{_VERY}|好){{1,3}}(?:的|地)?满意(?:极了)?|满意(?:极了|得很|至极|得不得了)"),
    (3, r"(?:基本上?|勉强)满意|(?:很|挺|比较|还算|就|只能说|算|感觉)?一般(?:般)*"),
    (4, r"(?:比较|较|挺|还是|还算|还|蛮|颇|算是|都)?满意"),
)
_PLEASED = r"sat+isf(?:ied|yed|y|ed|iy?ed)"
_MUCH = r"(?:(?:very|verry|extremely|highly|totally|completely|fully|really|super|so|absolutely|most|100%)\s+)+"
_LEVELS_EN = (
    (1, rf"{_MUCH}(?:dis|un|dissa?|diss?a?)-?{_PLEASED}|(?:really )?not (?:at all|(?:even )?a bit|one bit|in the least) {_PLEASED}|"
        rf"(?:really )?not {_PLEASED} at all"),
    (2, rf"(?:a (?:little |bit )?|quite |rather |somewhat |slightly )?(?:dis|un|diss?)-?{_PLEASED}|(?:really |still )?not (?:(?:very|really|so|"
        rf"quite|fully|completely|totally|entirely|too|that|particularly) )*{_PLEASED}"),
    (5, rf"{_MUCH}{_PLEASED}"),
    (4, rf"(?:(?:quite|fairly|pretty|reasonably|mostly|generally) )?{_PLEASED}"),
    (3, r"neutral|average|so[\s-]*so"),
)
_I_ZH = (r"(?:[\s,.!;:。]*+(?:您好|你好|谢谢(?:你们|您)?|好的?(?!满意)|嗯|说实话|老实说|坦白说|已经?解决了?|给|"
         r"打))*+[\s,.!;:。]*+(?:(?:我们?(?:店|家)?|本人|俺们?|咱们?|本店|个人|老板)(?:觉得|"
         r"感觉|认为|表示|是|还|都)*)?"
         r"(?:对[^,。!?;\d不没未无非难谁哪怎如若要才别]{1,14}?)?(?:这次|这回|此次|本次|整体|总体|总的|结果|服务|态度|处理|回复|答复|解决|办|做|"
         r"送货|满意度)*[得的:是]?(?:都|还|感到|表示|真的|确实|实在|真心)*")
_I_EN = (r"(?:(?:hi|hello|ok|okay|thanks|thank you)[\s,.!]+)*+(?:(?:i|we|im|i'm|i am|we're|we are|am|are|was|were|it's|it is|it was|that was|"
         r"feel|just|only|overall|customer|the service(?: is| was)?|"
         r"service(?: is| was)?|your service(?: is| was)?),?\s+)*+")
_AFTER_ZH = (r"(?:的|了|啦|吧|啊|呀|哦|噢|哈|滴|哒|嘛|喔|咯|呐)*(?=$|[\s,.!;:~。、…\-—()\[\]【】「」\"']|⭐|谢|感谢|多谢|辛苦|"
             r"[1-5一二三四五]\s*[分星颗]|给|打\d|(?<=满意)(?:你们|您|这次|这个|"
             r"这种|此次|本次|他们|处理|答复|服务|结果|(?:很|非常|十分)?满意(?!度|吗|不)))"
             r"(?![\s,.!;:~。、…\-—]*(?:才怪|个屁|个鬼|个头|[吗么](?![一-鿿])|就?怪了|[?]))")
_AFTER_EN = (r"(?!\w)(?=\s*(?:$|[,.!;:~()\-\"'。]|⭐|[1-5]\b|thank|thx|with\b|by\b|about\b|that\b|because\b|but\b|and\b|as\b|now\b|so far|until\b|"
             r"since\b|of\b|service\b|answer\b|at all|overall\b|here\b|yet\b|this\b|guys\b))"
             r"(?!\s*[.,!]*\s*(?:[?]|no way|not\b|yeah right|my ass))")
# 一般 also means "usually", which goes on with what usually happens.
_USUALLY = re.compile(r"一般(?:,\s*(?:来说|来讲|情况)|\s*(?:都|是|情况|来说|来讲|周|星期|早上|上午|下午|中午|晚上|几|什么|怎么|会|要|不|在|我|"
                      r"多久|多少|送|到|[\d一二三四五六七八九十]+[^\d分星颗\s,.!;。]))")


def _table(lead: str, levels: tuple, after: str) -> tuple[tuple[int, re.Pattern], ...]:
    return tuple((score, re.compile(rf"\s*{lead}(?:{words}){after}")) for score, words in levels)


_TABLE = (*_table(_I_ZH, _LEVELS_ZH, _AFTER_ZH), *_table(_I_EN, _LEVELS_EN, _AFTER_EN))


def first(text: str, at: int = 0) -> Said | None:
    """The grade with which the folded text begins at `at`, behind "I am" or 对你们的服务; None if there is none."""
    begin = at + re.match(r"[\s,.!;:~。、…()\[\]【】「」\"']*", text[at:]).end()
    if _USUALLY.match(text, begin):
        return None
    return next((Said(score, found.end(), whole=True) for score, words in _TABLE if (found := words.match(text, begin))), None)
