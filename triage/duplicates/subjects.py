"""What retailers speak of, as a table (pure): each subject with its words, Chinese ones matched as they sound, English ones by their beginning.

The subjects are finer than the categories and do not follow them: two complaints may share a category and no subject.
"""
import re
from functools import cache

from triage.duplicates.sounds import spelled, spoken, stems, syllables

_TABLE = {
    "late": ("没到 没来 没送 未到 未送 还没见 迟到 晚到 延误 没见到车 不见车 送晚 晚了 来晚 没收到货 没等到 等了一天 一直没 不来 没影 迟送 漏送 到不了 拖 超时 误点 下午才 晚上才 一直不到 还不到 没给我送 跳过 不见人 没看见车 没有到 没有来 没有送 "
              "没有收到 仍未 至今未 还没下来 人影 忘了我 没人送 货呢 没动静 没补来 没见到货 等到 等了半天 还没给我送 没货到 说好 该到 该送 没露面 拖了 没消息 送达时间 推迟 改期",
              "late overdue delay not_arrived never_came not_come no_delivery nothing_came no_van not_here has_not_turned didnt_turn no_show "
              "didn't_come hasn't_arrived hasn't_come still_waiting never_arrived not_turned never_turned haven't_received haven't_got didn't_arrive "
              "not_delivered not_been_delivered hasn't_been_delivered skipped came_at turned_up_at nothing_arrived no_sign where_is where's "
              "didn't_show missed_delivery expecting nobody_has_turned nobody_turned due_this due_today due_yesterday where_are forgot forgotten "
              "missed_us waited_all waiting_for_the running_late came_late arrived_late after_closing hours_late not_yet"),
    "short": ("少了 少一 少两 少三 少送 少发 缺一 缺了 短少 差一 差两 差了 不够数 数量不对 对不上 短了 漏了 漏发 实收 实际只 只有 只收到 没给够 少拿 少给 短两 短一 不够 没有全 欠我 缺两 缺三 缺少 缺货一 缺了一 不齐 点下来 少掉 对数 短一条 短了一 "
              "少了两 少了三 缺货 只来了 只到 只有四 差一条 差两条 欠一条 漏装",
              "short missing less_than fewer only_got only_received not_all instead_of_the light gap lack was_missing were_missing minus one_less "
              "two_less not_enough only_came only_arrived came_with didn't_get_all not_in_the_box wasn't_in not_there count_was came_up"),
    "extra": ("多收 多送 多了一 多出 混进 没订过 不是我的 别人家的 多给 多给我 多了一条 不是我家的",
              "extra never_ordered not_mine didn't_order somebody_else someone_else not_ordered too_many one_too_many isn't_mine"),
    "wrong_goods": ("送错 错送 发错 错货 不是我订的 订的软 送来硬 送来的不是 当成 拿错 品种不对 规格不对 装错 错成", "wrong_item wrong_carton wrong_brand wrong_product wrong_goods wrong_kind mixed_up mix_up"),
    "damaged": ("压坏 压扁 破损 破了 摔坏 烂了 压痕 变形 撕 开口 封口 开了 挤扁 压了 坏了一 湿 进水 淋 碎 破的 皱 坏的 凹 瘪 散了 裂 扯 泡水 水渍 湿了 淋湿 磨损 变形了 挤坏 摔",
              "damag crush torn broken_box squash wet soak dent ripp bent rain water split flatten burst broke smash scratch stain leak dirty "
              "footprint wrapper open_when crumpl"),
    "quality": ("发霉 霉 受潮 异味 味道不对 怪味 质量 虫 漏气 断支 空头 变质 掉烟丝 抽起来 潮 呛人 呛 发黄 不着火 受了潮 发粘 霉点 霉斑 杂味 辣 过滤嘴 烟丝 松 掉渣 掉灰",
              "mould mold damp smell taste stale quality defect faulty insect dry_out awful funny_taste tastes_off smells_off rotten moist filter "
              "loose yellow harsh beetle bits mouthful crumbl tobacco_falls"),
    "exchange": ("换货 换 退换 退货 退回来 退给 取走 来拿 来取 退掉", "exchange replace return swap collect take_back pick_up"),
    "money": ("多扣 扣款 欠款 对账 收据 账户 到账 交的现金 记账 扣多 扣了 货款 扣钱 重复扣 扣错 余额 退款 多收了 退我 钱 付了两次 多付 重复付款 银行短信 划扣 打过来 退一笔 少退 算错钱 账不对 多收 支付 未支付 到卡里 冻结 转账 结算单 台账 账单 核账 "
              "多出来",
              "charg debit deduct refund overcharg payment paid money bill account took_too_much double_charg billed paid_twice went_out_of took_out "
              "out_of_the_bank collected_twice overpaid unpaid pay_back owe balance invoice_total sum statement transaction my_books invoiced books"),
    "twice": ("两次 重复 两遍 双倍 两笔 扣了两 付了两 扣两遍 又扣",
              "twice double duplicate two_times second_time_charged both_times two_payments"),
    "rebate": ("返还 返利 返点 返款 奖励款 返钱 返现 奖励 补贴",
              "rebate bonus cashback reward subsidy"),
    "login": ("登录 登不上 验证码 密码 进不去 进不了 打不开 登不进 登陆 账号 登不上去 账户锁 锁了 忘记密码 短信码 收不到验证码",
              "login log_in log_on password locked_out sign_in can't_get_in verification code_never account_lock won't_let_me_in let_me_in "
              "forgot_my_password sms_code code_does"),
    "submit": ("提交 交不上 交单 下不了单 下单失败 失败 购物车 卡住 转圈 死机 闪退 白屏 崩 报错 系统 软件 平台 网页 点不动 空白 打不开 退出来 订货网 手机软件 APP app 加载 卡死 没反应 刷不出来 转不出来 一直转 提示失败",
              "submit basket crash froze freez error spinning portal app system website site screen check_out checkout place_order blank white page "
              "shut itself load hang hung stuck button doesn't_respond won't_open error_message press_submit confirm_button"),
    "how": ("怎么改 怎么用 怎么操作 不会 教 请教 操作 怎么弄 怎么点 学", "how_do how_can how_to teach show_me help_me_with don't_know_how explain_how walk_me"),
    "order_wrong": ("下错 录错 录成 下成 订单错 记错 单子错 改单 订错 品规录入 写成 输错 多下 少下 订多了 订少了 加到 改成 点错 弄错 打错 数量错 登记错",
              "order_taker wrong_order put_me_down entered keyed typed_wrong took_my_order noted change_order change_my_order want_ten_not "
              "ordered_by_mistake clicked_the_wrong wrong_quantity mis_typed typo instead_of_hard instead_of_soft hard_not_soft must_be_hard"),
    "window": ("截止 截单 订货日 三点 两点 订货时间 15点 关单 来不及", "window deadline cut_off cutoff close_at before_three order_day closing_time"),
    "scarce": ("紧俏 订不到 没货 缺货 断货 断供 库存不足 点不了 没有货 无货 好烟 抢不到 订不着 畅销 抢光 货源 紧俏烟 抢手 热销 好卖 没得卖 到不了货 配不上货 缺得厉害 补货",
              "out_of_stock popular sold_out unavailable no_stock can't_order can't_be_ordered impossible can't_get shortage never_available "
              "back_in_stock best_seller popular_line never_in_stock run_out none_left no_popular hot_item unobtainable"),
    "quota": ("限量 投放 限购 打发 往下缩 配额 减到 只给 分配 只让订 额度 少给我 不公 策略 调减 减量 定量 每周只 投放量 给几条 才给 对面 隔壁店 少给 多给 能订 只能订 上限 名额 公平 不公平 一样大",
              "quota allocat cut_from cut_to only_allowed limit cut_my reduc fewer_than fair unfair opposite across_the_road next_shop gets_twenty "
              "gets_more how_many_can_i allowance per_week maximum same_size cut_back halved"),
    "tied": ("搭售 搭配 必须订 必须进 强制 捆绑 搭两条 搭 不进就 非要我 硬塞 强推 必须买 一定要 整箱 礼盒 新品 任务 逼我 不买就 不订就 才给 才放 才能订 摊派",
              "tied tie_in forced force_me must_take must_buy have_to_buy have_to_take made_to_buy bundle push_on unless_i slow_stock whole_gift "
              "gift_box only_if only_get if_we_take if_i_take or_i_get_nothing or_lose demand require push"),
    "tier": ("档位 降档 升档 调档 几档 掉档", "tier band grade_level bracket"),
    "rating": ("星级 评级 颗星 降类 降级 分类 标签 打分 评为 四星 三星 五星 信用 降星 评分 等级 评定 复核 类别 二星 一星 掉星 掉到 评的 评分标准 降为 调整为",
              "star rating downgrad review_my reassess grading credit_rating score_drop class five_stars four_stars three_stars stars_to marked_down "
              "score classif categor"),
    "manner": ("态度 骂 凶 吼 怼 训 甩脸 说脏 不耐烦 扔 粗鲁 挂电话 恶劣 说话很冲 语气 爱理不理 没礼貌 脏话 瞪 丢在地上 骂人 凶我 吵 摔 冷言冷语 阴阳怪气 推我 说难听 爱搭不理 说话难听 嚷",
              "rude swear snap sarcastic swore shout attitude hung_up abus insult threw_the dumped impolite yell disrespect threw stared "
              "gave_me_a_look dropped_the_goods shouted cursed dismissive laughed_at bad_mannered unfriendly slammed"),
    "visit": ("走访 没来过店 两个月没来 不来店里 上门 拜访 不管 没人来过 半年没来 来店 没见过人 三个月没 没上门 不露面 不来看 问政策 指导",
              "visit hasn't_been never_comes no_visit stopped_by come_round call_in drop_in not_seen haven't_seen never_seen is_our_rep_gone "
              "comes_round questions_unanswered turn_up_at_my_shop no_guidance invited"),
    "rep": ("客户经理 经理", "rep account_manager manager representative"),
    "driver": ("送货员 司机 师傅 送货的 开车的 小哥 车", "driver delivery_man van_man deliveryman courier van truck lorry"),
    "taker": ("订货员 电话订货 接线 订货的姑娘 漏报 报单 接电话 订货的小姑娘 客服 电话订",
              "order_taker telephone_order operator girl_on_the_phone lady_on_the_phone order_clerk telephone_girl by_phone ring_him phone_order "
              "on_hold held_for picked_up"),
    "licence": ("许可证 烟证 专卖证 办证 证件 执照", "licence license permit"),
    "renewal": ("延续 到期 续证 换证 续期 续办 快过期 过期 新证 换新证 旧的",
              "renew expir run_out runs_out old_one_is_nearly expired expires nearly_out"),
    "moving": ("变更 搬 迁 新地址 改地址 换地方 换到 搬店 搬到 换位置 挪 地址变 新店面",
              "mov new_address change_of_address relocat another_address moved moving across_the_street change_the_address new_premises"),
    "applying": ("新办 申请 办一个 办个证 间距 距离 材料 补办 挂失 手续 再开一个 第二家店 加开 五十米 隔五十米 太近 又开一家 新开一家 小学 学校 驳回 不给批 测量 复测 不予",
              "apply application new_licence distance lost_my replacement_licence which_papers documents second_shop another_shop get_a_licence "
              "what_do_i_bring paperwork form_for too_near fifty_metres another_one_opened too_close school measur refused turned_down rejected"),
    "closing": ("歇业 注销 不做了 关店 停业 转让 关了不 装修 歇一个月 关一个月 重新开张 关门",
              "close_down closing_shop cancel_my_licence give_up_the_shop clos_my stop_trading wind_up sell_the_shop redecorat renovat shut_for "
              "closing shut_down reopen"),
    "seized": ("扣走 拿走 暂扣 没收 扣押 收走 扣烟 抱走 封走 登记保存 拿走两 带走 没给单子 归还 要求返还",
              "seiz confiscat took_a_carton took_away took_my taken_away impound took_two_cartons took_cartons took_one carried_off kept_my return_of"),
    "inspection": ("稽查 检查 执法 穿制服 专卖局 罚款 处罚 亮证 查我 罚 来检查 喷码 查店 码不对 码不符 登记 专卖 处罚决定",
              "inspect officer fine raid enforcement penalt uniform checked_me code_was_wrong codes inspected fined penalty law_enforcement"),
    "unlicensed": ("无证 没有证 没证 没有许可证", "unlicensed no_licence without_a_licence without_licence"),
    "fake": ("假烟 假货 假的 走私 水货 冒牌 高仿 仿的",
              "fake counterfeit smuggl contraband copies knock_off imitation"),
    "minor": ("未成年 学生 小孩 孩子 校服 中学生", "kid child minor underage school_uniform pupil teenager"),
    "online": ("网上卖 抖音 微信卖 朋友圈 快递 直播 群里 邮寄 微信 寄快递 网店",
              "online facebook tiktok chat_group by_courier instagram posting whatsapp mails_them posts_them by_post"),
    "diverted": ("串货 外地 非本地 别的市 外省 别的县 外县 外地码 码不对 县的",
              "divert another_province other_region not_local another_county other_county wrong_region another_town"),
    "bribe": ("好处费 红包 保证金 转账给 私下 送礼 请吃饭 意思意思 收钱", "bribe cash_from deposit under_the_table dinner_and gift_for kickback pay_him"),
    "scam": ("冒充 诈骗 骗子 是不是真的 骗 冒牌电话 是你们吗 假冒 先打钱 加我微信 自称",
              "scam fraud pretend is_it_you is_it_real someone_rang impersonat claims_to_be up_front says_he_is_from saying_he_is"),
    "price": ("批零 差价 批发价 零售价 毛利 涨价 调价 利润 指导价 价格 赚十几块 不赚钱 利太薄 标价 明码标价",
              "margin price wholesale retail_price profit markup earn per_carton_profit cheaper expensive cost_went"),
    "schedule": ("几点到 大概几点 送货时间 提前通知 提前发 提前讲 太早 七点 改到周 改时间 换时间 换到周 早上六点 到晚上 延长 延到 几点送 早点送 晚点送 路线 线路 最后一个送 天黑",
              "what_time time_slot too_early advance before_i_open delivery_time change_my_delivery at_six come_later day_before later_in_the_day "
              "earlier extend_the longer_hours until_eight route last_stop after_dark too_late_in"),
    "door": ("门口 路口 巷子 巷口 搬 卸 不进来 自己去拿 上楼", "doorstep corner_of carry at_the_door kerb curb pavement outside upstairs unload"),
    "signed": ("签收 代签 签名 签字 签走 被人签 替我签 谁签的 冒签 签 空白单 送货单上",
              "signed_for signature sign who_signed somebody_signed barber blank_sheet empty_delivery_note sign_a made_me_sign"),
    "wrong_place": ("送到隔壁 送错店 送错地方 放在别家 别的店 邻居 隔壁签收 理发店 邻居家 送错门 放隔壁 扔隔壁 送到别",
              "wrong_shop wrong_address neighbour neighbor next_door left_with left_at number_twelve left_it_with another_shop wrong_door"),
    "scanner": ("扫码枪 扫码 条码 扫不出 收银 电子秤 机器 打印机 扫码抢 枪 不亮 电池 开不了机 死机 收银机 电脑",
              "scanner barcode till scan terminal printer machine scanning_gun light_up batteries beeps cash_register device"),
    "display": ("陈列 柜台 展柜 海报 灯箱 招牌 牌子", "display poster sign shelf cabinet sticker"),
    "handling": ("投诉处理 没人回 摆样子 办结 上月反映 没人管 不了了之 回电话 没回音 答应给我 承诺 三次电话 打了好几次 主管 一直拖 没下文 说话不算数",
              "my_complaint complained no_reply nobody_call case_was no_answer was_closed ignored promised called_three called_several several_calls "
              "manager no_answer_yet you_said_you_would"),
    "praise": ("表扬 谢谢 感谢 辛苦 真好 不错", "thank lovely great praise well_done kind excellent"),
    "suggest": ("建议 希望能 能不能提前 最好", "suggest it_would_help would_be_nice idea could_you_consider"),
    "card": ("银行卡 绑定 代扣 刷卡 换卡 改卡", "bank_card card_declin changed_bank bank_account direct_debit"),
    "reports_place": ("举报 那家 有个店 隔壁卖 有人卖", "report kiosk i_want_to_report is_selling are_selling"),
    "helpdesk": ("热线 打不通 没人接 占线 电话打 等了四十分钟 排队等",
              "hotline nobody_picks engaged can't_get_through hold_for on_hold held_for picked_up waited_on_the_line"),
    "waitlist": ("缺货登记 到货通知 给我留 留着 到货了 挂个号 登记一下 来货了", "wait_list waitlist when_it_arrives when_it_lands when_new put_me_on put_us_down list_for let_me_know_when notify_me"),
    "delisted": ("停产 退市 置换 改版 下架 停售 不做了吗 顶掉 替代 老款", "discontinu delist withdrawn merged old_recipe bring_back no_longer_made deleted keep_both old_one"),
    "law": ("合法 违法 规定 法规 合规 允许 犯法", "legal illegal law regulation allowed_to is_it_ok_to may_i"),
    "favour": ("关系户 亲戚 小舅子 以权 报复 索要 要烟 挂账 人情 打招呼 黄牛", "favour favor revenge punish reseller kickback cousin his_cut old_arrangement loan blackmail threat"),
    "old_person": ("老人 老父亲 老母亲 我爸 我妈 年纪大 眼睛不好 腿脚 八十 七十多", "elderly my_father my_mother my_dad my_mum eighty seventy too_old bad_eyes"),
    "invoice": ("发票 抬头 税号 开票", "invoice_name tax_number invoices receipt_for"),
    "training": ("培训 学习班 讲课", "training course lesson"),
    "credit": ("信用分 征信 信用不够", "credit_score credit_rating"),
    "display_pay": ("陈列补贴 陈列协议 陈列费", "display_agreement display_contract display_allowance"),
    "route": ("改线 线路 路线", "route"),
    "stopped": ("停电 断网 宽带 没网", "power_cut no_internet broadband outage"),
}


GENERAL = frozenset({"driver", "rep", "taker", "submit", "display", "exchange", "how", "door", "licence", "money", "praise", "scarce", "window", "suggest", "law"})
SHORT = 4  # letters below which an English word must be that word, not only begin like it


def spoken_of(text: str) -> frozenset[str]:
    """The subjects of a text."""
    sound, words = spelled(text), f" {' '.join(stems(text))} "
    return frozenset(name for name, (written, heard, english) in _compiled().items()
                     if any(char in text for char in written) or any(word in sound for word in heard) or english.search(words))


@cache
def _compiled() -> dict:
    # A single character sounds like too many others: it must stand there as it is written.
    return {name: ([word for word in chinese.split() if not _is_heard(word)], [spoken(word) for word in chinese.split() if _is_heard(word)],
                   _beginnings(english)) for name, (chinese, english) in _TABLE.items()}


def _is_heard(word: str) -> bool:
    return len(syllables(word)) == len(word) > 1


def _beginnings(english: str) -> re.Pattern:
    """Each entry is words joined by underscores; the last one stands for all that begin like it."""
    return re.compile(rf" (?:{'|'.join(map(_beginning, english.split()))})")


def _beginning(entry: str) -> str:
    words = [" ".join(stems(word)) or word for word in entry.split("_")]
    return " ".join(words) + ("s? " if len(words[-1]) < SHORT else "")
