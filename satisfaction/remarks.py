"""What may follow a score, and what it means (pure): a remark, but never a quantity; a grievance, or that nothing was solved."""
import re

# Measures and counted things. What stands in brackets behind one makes another word of it: 点赞 is no hour, 天天 are no days.
_MEASURES = (
    "条(?!件|理)", "点(?!赞|评|头)", "时(?!间|候|常|不时|效)", "号(?!码)", "日(?!子|常)", "月", "天(?!天|哪|啊)", "年(?!年)", "周(?![一二三四五六日末到])",
    "星期", "礼拜", "小时", "钟头", "分钟", "秒", "刻", "半", "个(?!个|别|人(?:觉得|认为|感觉|意见))", "箱", "件(?!件)", "包(?!装|括|赔|换)", "块", "元", "毛",
    "角(?!度)", "万", "千(?!万)", "百(?!分)", "十(?!分)", "亿", "多", "几", "来[个天条]", "次(?!次|品)", "回(?!复|访|答|应|来|头)", "瓶", "盒", "家(?!家|里|人)", "位(?!置)",
    "人(?!家|都|员|工|太|很|没|呢)", "名", "楼", "路(?!上|过)", "店(?!里)", "折", "成(?!天)", "倍", "公里", "里(?!面)", "斤", "公斤", "吨", "车(?=货)", "辆", "趟", "批(?!评|准)",
    "单(?!子)", "笔", "支(?!付|持)", "根(?!本|据)", "提(?!货|前|示|醒|供|交|到)", "袋", "份(?!量)", "张(?!师|姐|经|哥|总|三|先|主)", "户", "岁", "级", "档", "类(?!似)", "层",
    "台", "套(?!路)", "种", "样", "项", "排", "桶", "听(?!不|说|了|得)", "板", "捆", "扎", "双", "把(?!货|我)", "期", "班(?!长)", "线", "度", "页", "字", "句", "枚", "册",
)
MEASURE = re.compile(rf"(?:大|小|整|满|个半)?(?:{'|'.join(_MEASURES)})")

# A remark that stands right behind the digit, without so much as a space.
REMARK_ZH = re.compile(
    r"(?:谢|感谢|多谢|辛苦|很|非常|太|真|挺|特别|超|好(?![几多些])|不(?!到|足|止|过[五六七八九十\d])|没(?!到|来|收|送|货|有(?!人|用|解决|处理|"
    r"问题|意见|得到))|未解决|还(?![有差剩少欠])|到(?:现在|今天|目前|如今|这会)"
    r"|根本|完全|一直|态度|服务|满意|一般|解决|处理|垃圾|差(?!\d)|慢|快|赞|棒|就是|但|可是|因为|希望|师傅|客户经理|送货员|你们|您|我|货(?:还|没|"
    r"到|怎|一直|少|坏|破|不)"
    r"|什么态度|骗|无语|吧|啊|呀|哦|噢|哈|呗|嘛|啦|哒|满分|点赞|给力|天天|都嫌)")
_NOUNS_AFTER = r"(?:missing|broken|damaged|short|left|wet|torn|gone|more|other|extra|late|open|days?|weeks?|hours?|boxes|cartons?|packs?|times)\b"
_PRAISE_AND_BLAME = (r"good|great|excellent|nice|perfect|fine|bad|poor|terrible|awful|horrible|slow|rude|unfair|happy|unhappy|disappointed|"
                     r"disappointing|wrong|late|"
                     r"satisfied|dissatisfied|unsatisfied|okay|ok|fast|quick|helpful|useless|average|so[ -]so|neutral|wonderful|amazing|brilliant")
_GOES_ON = (r"(?=\s*(?:$|[^\w\s])|\s+(?:service|job|work|attitude|answer|reply|response|and|but|as|for|because|cos|to|with|now|again|thank|"
            r"thanks|guys|experience|very|one|overall|so|i|you|your)\b)")
REMARK_EN = re.compile(
    rf"(?!(?:still |more |now |only |just |all )*{_NOUNS_AFTER})(?:thank|thanks|thankyou|thx|tks|ty|cheers|the|your|you|ur|my|i|i'm|i've|we|he|"
    rf"she|they|it|it's|this|that|there|no|not|none|nobody|nothing|"
    r"never|nope|still|but|because|cos|cuz|so|very|really|too|quite|all|well|worst|best|waste|please|pls|plz|sorry|from|for|just|only|could|"
    r"would|can't|cannot|don't|didn't|"
    r"doesn't|wasn't|isn't|haven't|hasn't|won't|everything|problem|service|staff|driver|everyone|overall|always|same|again|keep|solved|resolved|"
    r"unsolved|yes|and|if|why|what|how|who|when|as"
    rf"|(?:{_PRAISE_AND_BLAME}){_GOES_ON})(?![\w'])")
THANKS = re.compile(r"(?:谢谢|感谢|多谢|谢了|谢啦|辛苦|thanks|thank|thx|tks|ty\b|cheers)")

_GRIEVANCE_ZH = (r"没(?!问题|事|关系|毛病|什么|意见|得说|的说|想到)|未|还[差欠缺]|少(?!有)|破|坏|烂|(?<![不没])错(?!过)|(?<!不)慢|拖|骂|骗|扣|"
                 r"催|投诉|(?<!不)差(?!不多|点)|推来推去|推脱|推诿|"
                 r"不(?:管|理|接|给|来|送|到|回|办|对|行|见|公|认|能|让|退|补|换)|丢|漏|欠|乱收|态度恶劣|垃圾|敷衍|白跑|无人")
_GRIEVANCE_EN = (r"\b(?:not(?! bad)|no(?! problem| worries| issue| complaint)|never|nobody|still|missing|broken|damaged|wrong|late|rude|waiting|"
                 r"worse|ignored|lost|short|refused|"
                 r"useless|unsolved|unresolved|terrible|liar|cheated)\b|n't\b")
_GRIEVANCE = re.compile(f"{_GRIEVANCE_ZH}|{_GRIEVANCE_EN}")
_UNSOLVED = re.compile(
    r"没有?(?:人(?:来|管|联系|理|接|处理|打|回|送)|解决|处理|到|来|送|动静|消息|办|退|补|收到|用|回音|结果|下文|落实|变|改)|(?:没|"
    r"未)(?:有)?得到|未(?:解决|处理|到|收到)|还(?:是|在)?(?:没|老样子|这样|等|不行|不对)"
    r"|等于没|说了等于|不解决|解决不了|白[跑说]|又(?:少|破|坏|错|没)|依旧|依然|照样|照旧"
    r"|\bnot (?:been |yet |really )?(?:solved|fixed|resolved|done|arrived|come|delivered|received|here|refunded)|\bun(?:solved|resolved)|"
    r"\bstill (?:no|not|nothing|waiting|missing|broken|wrong|the same|have|has|haven't|hasn't)\b"
    r"|\bnobody\b|\bno ?-?one\b|\bnothing (?:has |was )?(?:changed|happened|done|came|solved|fixed)|\bnever (?:came|called|arrived|solved|fixed|"
    r"got|received|showed)"
    r"|\b(?:has|have|did|does|was|is)n't (?:been )?(?:come|arrived?|solved?|fixed|help|called?|work|happened|received?|resolved)")


def is_grievance(folded: str) -> bool:
    """True if the words tell of something that is wrong; `folded` as core.spelling.fold writes it."""
    return bool(_GRIEVANCE.search(folded) or _UNSOLVED.search(folded))


def says_unsolved(folded: str) -> bool:
    """True if the words say that the matter is not solved."""
    return bool(_UNSOLVED.search(folded))
