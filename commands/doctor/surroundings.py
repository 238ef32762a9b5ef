"""Our own side: settings, public address, clock, mail server, mapping file."""
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests
import yaml
from flask_babel import gettext as _

from commands.doctor.finding import Finding, ok, warning, wrong
from gateways.base import GatewayFailure
from gateways.smtp import SmtpGateway

REPORTS = "/hooks/twilio/message-status/{reference}"
TIMEOUT = 5
HERE = ("localhost", "127.0.0.1", "::1")
SKEW, MOST_SKEW = timedelta(seconds=30), timedelta(minutes=5)


def simulated(config: Mapping) -> bool:
    """True if the account is not at Twilio but at the simulator: no provider lives on this machine."""
    return urlsplit(config["TWILIO_BASE_URL"]).hostname in HERE


def of_simulator(config: Mapping) -> list[Finding]:
    """What it means that the account is simulated. Our address need not be known outside then; it must only lead to us."""
    told = warning(_("The account at Twilio is simulated (%(url)s): texts and calls reach only the handsets on that page, and what is said of the "
                     "account below is the simulator's. That is right for trying Redress out. For real texts and calls set TWILIO_ACCOUNT_SID and "
                     "the rest as README, \"A number at Twilio\" says, and ask again.", url=config["TWILIO_BASE_URL"]))
    return [told, _own_answer(config["PUBLIC_BASE_URL"])]


def public_address(base: str) -> list[Finding]:
    """Whether PUBLIC_BASE_URL can be an address for the outside world, and leads to us."""
    parts = urlsplit(base)
    if parts.hostname in (*HERE, None):
        return [wrong(_("PUBLIC_BASE_URL is %(url)s, which nobody outside can reach. Set the https address that the internet knows.", url=base))]
    scheme = [] if parts.scheme == "https" else [
        wrong(_("PUBLIC_BASE_URL does not begin with https: what retailers write would cross the internet in the open."))]
    return [*scheme, _own_answer(base)]


def _own_answer(base: str) -> Finding:
    try:
        answer = requests.get(f"{base.rstrip('/')}/health/live", timeout=TIMEOUT, allow_redirects=False)
        lives = answer.status_code == 200 and answer.json() == {"status": "ok"}
    except (requests.RequestException, ValueError) as error:
        return warning(_("%(url)s does not answer from here (%(why)s). Is the web server running? Some networks do not let a machine reach its own "
                         "public address; then try from outside.", url=base, why=type(error).__name__))
    if lives:
        return ok(_("%(url)s leads to this program.", url=base))
    return wrong(_("%(url)s leads to something else (status %(status)s). Look at the proxy before the web server.", url=base,
                   status=answer.status_code))


def gateway(config: Mapping) -> list[Finding]:
    """Whether texts go out, and their reports come back."""
    if config["SMS_GATEWAY"] == "console":
        return [warning(_("SMS_GATEWAY is console: texts are printed and reach nobody."))]
    theirs, ours = config["TWILIO_STATUS_CALLBACK"], config["PUBLIC_BASE_URL"].rstrip("/") + REPORTS
    if not theirs:
        return [warning(_("No delivery reports are asked for, so nobody learns of texts that do not arrive. Set TWILIO_STATUS_CALLBACK to "
                          "%(url)s.", url=ours))]
    if theirs != ours:
        return [wrong(_("Delivery reports go to %(theirs)s. Set TWILIO_STATUS_CALLBACK to %(ours)s.", theirs=theirs, ours=ours))]
    return [ok(_("Delivery reports come to %(url)s.", url=ours))]


def mainland(config: Mapping, country: str, number: str) -> list[Finding]:
    """Twilio takes no texts from numbers of mainland China (DOMAIN 3.15)."""
    concerned = country == "CN" or number.startswith("+86")
    elsewhere = any(route.partition("=")[0].strip() == "+86" and route.partition("=")[2].strip() != "twilio"
                    for route in (config.get("SMS_ROUTES") or "").split(","))
    if not concerned or elsewhere or config["SMS_GATEWAY"] != "twilio":
        return []
    return [warning(_("Retailers in mainland China (+86) cannot text a number of Twilio, and texts to them need registered templates. Connect a "
                      "local "
                      "SMS service: docs/sms-gateways.md, SMS_HTTP_MAPPING and SMS_ROUTES. Calls are not concerned."))]


def clock_skew(said: str, now: datetime) -> list[Finding]:
    """Our clock beside Twilio's; `said` is the Date of its answer."""
    try:
        theirs = parsedate_to_datetime(said)
    except ValueError:
        return []
    off = abs(now - theirs)
    if off <= SKEW:
        return [ok(_("The clock of this machine is right."))]
    level = wrong if off > MOST_SKEW else warning
    return [level(_("The clock of this machine is off by %(seconds)s seconds. Switch time synchronisation on (timedatectl set-ntp true): "
                    "deadlines and "
                    "signatures with a time depend on it.", seconds=round(off.total_seconds())))]


def mapping_file(path: str) -> list[Finding]:
    """The description of further SMS gateways, if one is named."""
    if not path:
        return []
    try:
        described = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return [wrong(_("SMS_HTTP_MAPPING: %(path)s cannot be read (%(why)s).", path=path, why=str(error).splitlines()[0]))]
    if not isinstance(described, dict):
        return [wrong(_("SMS_HTTP_MAPPING: %(path)s describes no gateway. docs/sms-gateways.md has an example.", path=path))]
    return [ok(_("SMS_HTTP_MAPPING: %(path)s can be read.", path=path))]


def mail(config: Mapping) -> list[Finding]:
    """Whether the mail server lets us in; nothing is sent."""
    if not config["MAIL_URL"]:
        return [warning(_("MAIL_URL is empty: e-mails are printed and reach nobody, letters to set a password among them."))]
    try:
        SmtpGateway(config["MAIL_URL"], config["MAIL_FROM"]).check()
    except (GatewayFailure, ValueError) as error:
        return [wrong(_("The mail server does not let us in (%(why)s). Compare MAIL_URL and MAIL_FROM with what your provider says.",
                        why=str(error)[:200]))]
    return [ok(_("The mail server lets us in."))]
