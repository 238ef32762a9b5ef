"""How a contact stands to an earlier one, by its own words (pure): it goes on with it, points back to it, says that it is another matter."""
import re

CUES = {
    "goes_on": r"上次|上回|(?:上周|上个?月|上礼拜|前几天)(?:反映|投诉|说|举报|报|打)|查(?:了|过)(?:吗|没|没有)|之前(?:投诉|反映|说|报|打|提)|前面|刚才|刚刚|"
               r"(?:昨天|昨晚|前天|上午|早上)(?:投诉|反映|写|打|说|发|报|电话|网上|短信)过?|进度|进展|结果|怎么还|还是没|催|"
               r"处理(?:得|了没|没有|到)|解决没|什么时候(?:来|补|到|退|换|还|能)|哪一步|(?:说|留|打|登记|报|反映|投诉)过|我(?:投诉|反映|报)的|说好的|那个?事|那件事|的事|上面说|"
               r"\bany (?:news|update)|what(?:'s| is) happening|\bwhen (?:will|do|can) (?:i|you|the|my)|\bdid (?:you|anyone|anybody)|you said you|\bas i (?:wrote|said|told)|"
               r"already (?:called|texted|reported|complained|wrote)|chas(?:e|ing)|follow(?:ing|ed)?[ -]?up|\bupdate on|my (?:earlier|last|previous) |\bis my .* done|"
               r"\bi (?:just )?(?:wrote|texted|called|rang|phoned|complained|reported|told|asked|sent|e-?mailed|put it)\b|did you find|just texted|"
               r"from yesterday\b|promised|\babout (?:it|the|my)\b",
    "not_yet": r"还没|至今|到底|没人(?:回|管|理|联系|来)|没(?:回音|动静|下文|消息)|\bstill\b|nobody|no (?:reply|answer|word)|waiting",
    "again": r"又(?:没|送|少|来|扣|坏|迟|被|是|减|错|不|晚|给|把)|再次|第二次|(?<!再)再一次|老是|(?:short|late|missing|cut|wrong|broken|empty|happened|delivery|came|today|yesterday|week|yet) again|"
             r"again (?:today|this|yesterday|on|and|no|nothing)|another time|second time|once more|this time",
    "apart": r"另外|另一|另有|还有(?:一|个)?件?事|不是(?:上次|那|一回事|同一)|换个|别的事|不提了|上次那个|上回那|这次|这回|无关|没关系的|新的|跟上次|已经(?:补|解决|答复|处理|退|换|到)|补了|解决了|"
             r"different|another|separate|unrelated|nothing to do with|not (?:the|about)\b|other (?:thing|matter|issue|one)|its own|besides that|new (?:problem|issue|complaint|one|order)|"
             r"has been|was (?:solved|fixed|sorted|settled)|sorted|second time|this is (?:about|for)\b",
    "thanks": r"谢谢你们|感谢|表扬|多谢|辛苦了|收到了|解决了|已经(?:补|退|换|送)到|thank you|thanks|lovely|great job|sorted now|all good",
    "asks": r"请问|怎么算|什么时候(?:有|能订|到货)|多少(?:米|钱|条)|咨询|想问|问一下|怎么(?:改|弄|用|补办)|需要(?:什么|哪些)|是不是|how (?:do|can|to)|can i|do i need|what's the|what do |"
            r"how (?:are|is|many|much) |which |is it (?:legal|illegal)",
    "points_back": r"那(?:个|箱|条|张|批|单|车|次|家|位)|它|他|她|这个?事|此事|该(?:店|单|问题|事|批|员|人|订单|笔)|[上前]述|\b(?:it|that|they|them|he|she|those|the same|the one)\b",
    "today": r"今天|今早|今晚|刚才|刚刚|\btoday\b|this (?:morning|afternoon|evening)|just now",
}
_CUES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CUES.items()}


def said(text: str) -> frozenset[str]:
    """The names of the cues in a text."""
    return frozenset(name for name, pattern in _CUES.items() if pattern.search(text))
