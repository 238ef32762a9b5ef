"""Whether a whole text asks for no more messages, or for messages again (pure).

At the provider only a single English word counts; whoever sends it is blocked there as well. We also take Chinese words and
short sentences that plainly ask for no more texts. Whatever names goods, a delivery or an order is a complaint.
"""
import re

from core.spelling import fold

# The provider blocks the number itself after these. The last three may have been meant for the complaint (DOMAIN 3.15).
PROVIDER_WORDS = ("stop", "stopall", "unsubscribe", "revoke", "optout", "cancel", "end", "quit")
PERHAPS_WITHDRAWN = ("cancel", "end", "quit")

_POLITE = re.compile(r"\b(?:please|pls|plz|kindly|thanks?|thank you|thx|hi|hello|hey|guys|right now|now|immediately|ok|just|sir|immediatly)\b")
_POLITE_ZH = re.compile(r"^(?:您好|你好|请问|麻烦(?:你们?|您)?|请(?:帮我)?|帮我|拜托|求(?:求)?(?:你们?|您)?|谢谢|烦死(?:人|我)?了|太烦了?|好烦|"
                        r"真烦|烦人|烦不烦|够了|我说|那就|那|就)+|"
                        r"(?:谢谢(?:你们?|您|了)?|多谢|麻烦了|拜托了?|好吗|好不好|行吗|行不行|可以吗|吧|啊|呀|啦|哦|嘛|哈|呢)+$")
_TEXTS_ZH = r"(?:短信息?|短讯|信息|消息|简讯|短消息|通知|提醒|推送|广告|垃圾短信|垃圾信息|调查|问卷|评价短信|打分短信|这些东西|这种东西|这些|此类)"
_ALL_ZH = r"(?:任何|一切|所有|全部|这种|这类|这些|此类|你们的?|你的|什么|那些|垃圾|营销|的|类)"
_TO_ME = r"(?:给(?:我们?|俺|本店|我店|我手机|这个号码?|本机)?|向我|往我手机上?|跟我|到我手机上?)"
_NO = r"(?:别|不要|不用|不必|无需|不需要|勿|请勿|甭|停止|禁止|莫|麦|唔好|少)"
_ON = r"(?:再|继续|老是?|总是?|一直|天天|整天|每天|乱|随便|胡乱|频繁)"
_SEND = r"(?:群发|乱发|发送|推送|发|传|寄|轰炸|骚扰|打扰|烦)"
_I = r"(?:我们?|本人|俺|咱|你们?|您|以后|今后|从现在起|从今天起|现在|能不能|能否|可不可以|可以|希望|要求|都|也|真的|还是|千万|这个号|本号)"
_SENTENCES_ZH = tuple(re.compile(pattern) for pattern in (
    r"(?:我?(?:们)?(?:要|想|申请|需要|选择)?)?(?:退[订定]|推订|取消订阅|取消关注|拒收|拒绝接收|拒绝接受|停止接收|停止发送|停止推送|停发|"
    r"停止订阅|关闭推送)(?:了|掉)?(?:回?(?:t|td))?",
    r"(?:回复?|发送?|打)?(?:t|td|qx|退[订定](?:t|td)?|tdtd|stop|unsubscribe)(?:退[订定])?",
    r"再发我?(?:们)?就(?:要)?(?:投诉|举报|报警|拉黑)(?:你们?)?了?",
    rf"{_I}*+(?:退[订定]|取消|拒收|拒绝|拒绝接收|停止|停了?|停掉|关闭|关掉|屏蔽|停止接收|停止发送|取消订阅)(?:了|"
    rf"掉)?{_ALL_ZH}*+{_TEXTS_ZH}(?:服务|功能|订阅|提醒|通知|推送|调查)*了?",
    rf"{_I}*+{_TEXTS_ZH}?{_I}*+{_NO}{_ON}*(?:{_TO_ME})?{_ON}*{_SEND}(?:了|过来|来)?(?:我们?|俺)?(?:了|"
    rf"的?手机)?{_ALL_ZH}*+(?:{_TEXTS_ZH}{{0,2}})(?:{_TO_ME}|"
    rf"来|过来)?了?(?:,?(?:有事|直接)?打?(?:来)?电话(?:就行|就好|联系|给我|即可)*)?",
    rf"{_I}*+(?:不想|不愿意?|不希望|不要|不用|不再|不|无需|不需要|不想要)(?:再|继续)*(?:接收|收到|接到|收|看到|要)(?:到)?{_ALL_ZH}*+{_TEXTS_ZH}了?",
    rf"{_I}*+(?:不要|不需要|不想要|不用){_ALL_ZH}*+(?:短信|短消息|简讯|信息通知|短信通知|短信提醒)(?:通知|提醒)?了?",
    rf"{_I}*+(?:把|将)?(?:我们?的?|这个|本机)?(?:手机)?(?:号码?|电话号码|电话)(?:从(?:你们的?)?(?:名单|列表|系统|通讯录)(?:里|中|"
    rf"上)?)?(?:删[掉除了]+|移除|去掉|拉黑|移出)(?:了|吧)?",
    r"(?:把我|将我)?从?(?:你们的?)?(?:名单|列表|群发|系统)?(?:里|中|上)?(?:删[掉除了]+|移除|去掉|移出|拉黑)我?(?:名单|列表)?",
    r"(?:删除|移除)我?的?(?:手机)?(?:号码?|电话)",
))
_TEXTS = r"(?:(?:text|sms|txt)(?: messages?| msgs?)?s?|messages?|msgs?|texts?|txts?|spam|surveys?|reminders?|notifications?|alerts?|promos?)"
_MORE = r"(?:(?:any|more|anymore|all|these|those|this|your|stupid|annoying|such|the|further|so many|spam|survey) )*+"
_ME = r"(?:me|us|this number|my (?:phone|number|mobile|cell)|this phone)"
_AGAIN = r"(?: (?:again|any ?more|ever|ever again|from now on|at all|to me|to us|to my (?:phone|number)|to this number|from you))*"
_DO_NOT = r"(?:do not|don'?t|dont|never|no longer|stop|quit|cease)"
_SENTENCES_EN = tuple(re.compile(pattern) for pattern in (
    r"(?:reply |send |text |word )?(?:stop|stop ?all|unsubscribe|unsub|revoke|opt(?: me)?[ -]?out)(?: (?:me|it|all|everything|stop|this number|"
    r"from all|from this list))*",
    r"(?:stop ?)+(?:退订)?",
    rf"(?:you )?{_DO_NOT} (?:text|texting|sms|smsing|txt|txting|message|messaging|msg|msging|spam|spamming|contact|contacting|bother|"
    rf"bothering)(?: {_ME})?{_AGAIN}",
    rf"(?:you )?{_DO_NOT} (?:send|sending)(?: {_ME})? {_MORE}{_TEXTS}{_AGAIN}",
    rf"stop (?:all )?(?:the |these |those |your |this )*{_TEXTS}{_AGAIN}",
    rf"(?:i |we )?(?:do not|don'?t|dont|no longer) (?:want|wish|need)(?: to (?:receive|get|have|see))? {_MORE}{_TEXTS}{_AGAIN}",
    rf"(?:i |we )?(?:do not|don'?t|dont|no longer) (?:want|wish) to be (?:texted|messaged|contacted){_AGAIN}",
    rf"(?:no|no more|enough)(?: of)?(?: these| this| your)? (?:{_TEXTS}|texting|messaging|spamming){_AGAIN}",
    rf"(?:can|could|would|will) you (?:stop|not) (?:text|texting|message|messaging|send|sending)(?: {_ME})?(?: {_MORE}{_TEXTS})?{_AGAIN}",
    r"(?:take|get|remove|delete) (?:me|us|my number|this number|my phone|my mobile)(?: (?:off|from|out of)(?: (?:this|your|the|ur|all|"
    r"any))*(?: (?:sms|text|texting|mailing|contact|message|messaging))? ?(?:lists?|database|system|records|texts|messages)?)?",
    r"(?:i |we )?(?:want to |would like to |wish to |wanna |need to )?(?:opt[ -]?out|unsubscribe|be removed)(?: of| from)?(?: (?:this|these|"
    r"your|all|the))*(?: (?:list|texts?|messages?|sms|service|mailing list|text messages))?",
    rf"(?:cancel|end|quit)(?: my| the| these| all| this| your)* (?:subscription|{_TEXTS})(?: service| subscription)?",
    r"leave (?:me|us) alone",
))
_NEEDS_OBJECT = re.compile(r"(?:you )?(?:do not|don'?t|dont|no longer) (?:text|sms|message|msg|bother|contact|spam)$")

LONGEST = 90  # characters: whoever writes more has something to tell

PROVIDER_STARTS = ("start", "unstop")  # the provider lifts its block; YES does so too, but means many things
START_WORDS = ("start", "yes", "unstop", "startall", "start all", "subscribe", "resubscribe", "resume", "optin", "opt in", "opt-in", "恢复", "订阅", "恢复订阅", "重新订阅",
               "恢复短信", "恢复接收", "恢复发送", "恢复短信通知", "继续接收", "继续发送", "重新开通", "开通短信", "开启短信", "接收短信", "恢复推送", "取消退订", "不退订")
_START = re.compile(
    r"(?:我)?(?:要|想|可以|请|希望)*(?:恢复|重新|继续|开通|打开|开启)+(?:接收|订阅|发送?|开通)*(?:给我)?(?:你们的?)?(?:短信|消息|信息|通知)*了?"
    r"|(?:可以|请|麻烦|还是|又可以|重新)+(?:给我)?(?:再|继续)*发(?:短信|消息|信息)(?:给我)?了?"
    r"|(?:you (?:can|may) )?(?:start )?(?:text|texting|message|messaging|send|sending)(?: me)?(?: (?:texts|messages|sms))? again"
    r"|(?:i )?(?:want|would like) (?:to (?:get|receive) )?(?:your |the )?(?:texts|messages|sms) again")


def _bare(text: str) -> str:
    """The folded words with single spaces and without punctuation, numbers of exclamation marks and quotation marks."""
    return " ".join(re.sub(r"[^\w,']+|_+", " ", fold(text).text).split()).strip(" ,'")


def provider_word(text: str) -> str | None:
    """The word of the provider's own list that is the whole text, in any case and with any punctuation; None for anything else."""
    word = re.sub(r"[\W_]+", "", fold(text).text) if len(_bare(text).split()) == 1 else ""
    return word if word in PROVIDER_WORDS else None


def stops(text: str) -> bool:
    """True if the whole text plainly asks for no more messages."""
    bare = _bare(text[:LONGEST + 1])
    if len(text.strip()) > LONGEST:
        return False
    if provider_word(text):
        return True
    return _english(bare) if bare.isascii() and bare not in ("t", "td") else _chinese(bare)


def _english(bare: str) -> bool:
    words = " ".join(_POLITE.sub(" ", bare.replace(",", " ")).split())
    if words in PERHAPS_WITHDRAWN:  # "please cancel" is no word of the provider's, and may mean the complaint or an order
        return False
    return any(pattern.fullmatch(words) for pattern in _SENTENCES_EN) and not _NEEDS_OBJECT.fullmatch(words)


def _chinese(bare: str) -> bool:
    words = re.sub(r"\s+", "", bare).strip(",")
    core = _POLITE_ZH.sub("", words).strip(",")
    parts = [_POLITE_ZH.sub("", part) for part in core.split(",")]
    return any(_plain_zh(form) for form in (core, core.replace(",", ""))) or (len(parts) > 1 and all(_plain_zh(part) for part in parts if part))


def _plain_zh(words: str) -> bool:
    return any(pattern.fullmatch(words) for pattern in _SENTENCES_ZH)


def provider_start(text: str) -> bool:
    """True if the whole text is a word by which the provider lifts its block, and which means nothing else."""
    return _bare(text) in PROVIDER_STARTS


def starts(text: str) -> bool:
    """True if the whole text asks for messages again. YES alone means that only from somebody who had opted out."""
    bare = _bare(text)
    words = " ".join(_POLITE.sub(" ", bare.replace(",", " ")).split())
    return words in START_WORDS or bool(_START.fullmatch(words) or _START.fullmatch(_POLITE_ZH.sub("", words.replace(" ", ""))))
