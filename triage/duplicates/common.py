"""What stands in every other complaint and tells little (pure): pairs of syllables and English stems, the commonest of the examples in the packs."""
_SYLLABLES = (
    "li+men la+ge mei+you yi+ge wo+men bu+si de+si gei+wo dian+hua yi+xia jiu+si sen+me ze+ge xian+zai zen+me wo+de ge+yue yi+tiao si+wo wo+bu "
    "dian+li din+huo le+yi zi+ji bu+len si+bu ke+hu tong+zi wo+xian jin+li ke+yi you+ren wo+si zi+dao si+hou si+tiao song+huo wo+ze din+dan "
    "hai+si yi+ci len+bu wo+yi er+si wo+jiu mei+ren ran+wo lai+de de+la lian+tiao wo+dian xi+tong si+si gong+si wo+yao si+ji yi+jin jin+tian "
    "wan+san hu+jin dou+si ye+mei li+hao si+yi wo+zi si+wu ge+ren ban+wo san+ge yi+hou sou+ji dou+mei mai+de de+huo pin+zong lai+le wo+suo you+yi "
    "den+ji de+ren ge+dian de+dian yi+yan wo+mei you+mei yi+zi da+dian tong+yi ze+yan cu+lai lian+ge san+si yao+qiu huo+de le+lian fan+yin gu+ke "
    "bu+yao tou+su dan+zi ta+suo xian+wen ma+fan san+tiao xian+si si+er men+ze ren+jia mai+yan suo+wo you+ge zong+xin li+you yan+de lin+sou "
    "hui+lai qin+wen ba+wo ge+si li+suo suo+si jian+yi bie+de si+la ren+lai lao+ban jia+de ke+ren wu+tiao bu+zi ye+bu yi+qian san+ci jie+guo "
    "suo+yi si+li la+li le+si si+jian qu+le bu+dao mai+bu dian+de de+xiao cuo+le mei+ci bu+hui li+mian wo+da men+kou wo+jia si+de yi+dian xi+wan "
    "yi+si gen+wo jin+lian zi+san ji+de cu+li wo+zai de+yan wo+kan sen+qin san+wu dao+le zai+la gao+su xia+lai bu+dong "
)
_STEMS = (
    "shop order carton two want three sell time back pack come new about week good like year now last month his only told same day old five price "
    "call down look four never before every off noth put again take know him open then came name phone next nobody ten ask list each numb where "
    "stock after other asked still licence right driv over ones need count six send people "
)
COMMON = frozenset(pair.replace("+", " ") for pair in _SYLLABLES.split()) | frozenset(_STEMS.split())
