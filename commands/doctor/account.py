"""The account, its number and its messaging service, compared with what our doors need."""
from flask_babel import gettext as _

from commands.doctor.finding import Finding, ok, warning, wrong
from gateways.line import LineFailure
from gateways.twilio_account import Account, Hook, Number, Service, TwilioAccount

TEXTS, CALLS, CALL_STATUS = "/hooks/twilio/sms", "/hooks/twilio/voice", "/hooks/twilio/call-status"


def reachable(account: TwilioAccount) -> list[Finding]:
    """Whether the credentials open the account; the first is wrong if nothing else can be asked."""
    try:
        return of_account(account.account())
    except LineFailure as failure:
        return [refused(failure)]


def refused(failure: LineFailure) -> Finding:
    """Why the account does not open."""
    if failure.code == "connection":
        return wrong(_("Twilio cannot be reached (%(why)s). Does this machine reach the internet? A proxy is named in HTTPS_PROXY.",
                       why=failure.message))
    return wrong(_("Twilio refuses the credentials (%(code)s %(why)s). Console, Account Dashboard, Account Info: copy Account SID and Auth Token "
                   "to TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.", code=failure.code, why=failure.message))


def of_account(account: Account) -> list[Finding]:
    """Its state."""
    if account.status != "active":
        return [wrong(_("The account %(name)s is %(status)s. Console, Account Dashboard: it says there what has to be paid or proved.",
                        name=account.name, status=account.status))]
    found = [ok(_("The account %(name)s opens and is active.", name=account.name))]
    if account.trial:
        found.append(warning(_("It is a trial account: texts and calls reach only numbers that were verified in the console. Upgrade it before "
                               "you begin.")))
    return found


def of_number(number: Number | None, wanted: str, base: str, service: Service | None = None) -> list[Finding]:
    """The hotline's number: owned, able, and telling us of texts and calls."""
    if not wanted:
        return [wrong(_("No number of the hotline is named: set TWILIO_NUMBER, in the form +12025550123."))]
    if number is None:
        return [wrong(_("The account does not own %(number)s. Console, Phone Numbers, Active numbers: compare, or buy one.", number=wanted))]
    found = [ok(_("The account owns %(number)s.", number=wanted)), *_abilities(number)]
    if number.application or number.trunk:
        found.append(wrong(_("%(number)s is answered by an application or a trunk (%(sid)s), so its own addresses do not count. "
                             "Console, Active numbers, %(number)s, Configure: choose Webhook.",
                             number=wanted, sid=number.application or number.trunk)))
    if service is None or service.asks_number:
        found.append(_hook(_("A message comes in"), number.texts, base + TEXTS))
    found.append(_hook(_("A call comes in"), number.calls, base + CALLS))
    found.append(_hook(_("Call status changes"), number.call_status, base + CALL_STATUS, _("Missed calls are then noticed only by the comparison, "
                                                                                          "every five minutes.")))
    return found


def _abilities(number: Number) -> list[Finding]:
    needed = {"sms": wrong(_("%(number)s cannot take texts. Buy one whose capabilities include SMS.", number=number.number)),
              "voice": wrong(_("%(number)s cannot take calls. Buy one whose capabilities include Voice.", number=number.number)),
              "mms": warning(_("%(number)s takes no pictures by text (MMS); in most countries none does.", number=number.number))}
    return [finding for name, finding in needed.items() if name not in number.can]


def _hook(label: str, hook: Hook, ours: str, harmless: str = "") -> Finding:
    """One address of the console, by the name that it has there. With `harmless` a missing one only costs what it says."""
    where = _("Console, Phone Numbers, Active numbers, the number, Configure, \"%(label)s\": Webhook, %(url)s, HTTP POST.", label=label, url=ours)
    if not hook.url:
        nothing = _("Nothing is told of: %(label)s.", label=label)
        return warning(" ".join((nothing, harmless, where))) if harmless else wrong(f"{nothing} {where}")
    if hook.url != ours:
        other = _("%(label)s: Twilio asks %(theirs)s, which is not ours.", label=label, theirs=hook.url)
        return wrong(f"{other} {where}")
    if hook.method != "POST":
        other = _("%(label)s: Twilio asks by %(method)s.", label=label, method=hook.method)
        return wrong(f"{other} {where}")
    return ok(_("%(label)s: %(url)s.", label=label, url=ours))


def of_service(service: Service | None, sid: str, number: str, base: str) -> list[Finding]:
    """The messaging service that sends for us: its senders, and where it tells of texts."""
    if service is None:
        return [wrong(_("There is no messaging service %(sid)s. Console, Messaging, Services: copy its SID to TWILIO_SENDER.", sid=sid))]
    found = [_sender(service, number), _inbound(service, base + TEXTS)]
    return [*found, warning(_("Opt-out words cannot be read by a program. Console, Messaging, Services, %(name)s, Opt-Out Management: if "
                              "Advanced Opt-Out "
                              "is on, add 退订 and TD to its opt-out words; Redress understands them in any case.", name=service.name))]


def _sender(service: Service, number: str) -> Finding:
    if not service.senders:
        return wrong(_("The messaging service %(name)s has no sender. Console, Messaging, Services, Sender Pool: add the number.", name=service.name))
    if number and number not in service.senders:
        return warning(_("%(number)s is not among the senders of %(name)s: retailers get texts from one number and call another. Console, Messaging, "
                         "Services, Sender Pool: add it.", number=number, name=service.name))
    return ok(_("The messaging service %(name)s sends from %(senders)s.", name=service.name, senders=", ".join(service.senders)))


def _inbound(service: Service, ours: str) -> Finding:
    if service.asks_number:
        return ok(_("The messaging service leaves incoming texts to the number's own address."))
    if (service.texts.url, service.texts.method) == (ours, "POST"):
        return ok(_("The messaging service tells of incoming texts at %(url)s.", url=ours))
    return wrong(_("The messaging service tells of incoming texts at %(theirs)s. Console, Messaging, Services, Integration: \"Defer to sender's "
                   "webhook\", "
                   "or \"Send a webhook\" to %(ours)s by HTTP POST.", theirs=service.texts.url or _("no address"), ours=ours))


def may_text(allowed: bool, country: str) -> list[Finding]:
    """Permission to send texts to the organisation's country."""
    if allowed:
        return [ok(_("Texts to %(country)s are permitted.", country=country))]
    return [wrong(_("Texts to %(country)s are not permitted. Console, Messaging, Settings, Geo permissions: tick the country.", country=country))]


def may_call(allowed: bool, country: str) -> list[Finding]:
    """Permission to call the organisation's country: staff are rung, retailers called back."""
    if allowed:
        return [ok(_("Calls to %(country)s are permitted.", country=country))]
    return [warning(_("Calls to %(country)s are not permitted, so staff there cannot be rung. Console, Voice, Settings, Geo permissions: tick "
                      "the country.",
                      country=country))]
