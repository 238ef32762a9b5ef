"""flask doctor: asks everything, changes nothing, prints one line a finding."""
import sys
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from commands.doctor import account as of_account
from commands.doctor import surroundings
from commands.doctor.finding import Finding, unless_unreadable, warning
from commands.terminal import plainly
from core import clock, settings
from gateways.lines import own_number
from gateways.twilio_account import TwilioAccount


@click.command("doctor")
@with_appcontext
@plainly
def doctor() -> None:
    """Check the settings of this installation and of the account at Twilio, without changing anything."""
    findings = []
    for finding in examine():
        click.echo(finding.line())
        findings.append(finding)
    if any(finding.level == "wrong" for finding in findings):
        sys.exit(1)


def examine() -> Iterator[Finding]:
    """Every finding, as it is found."""
    config, country = current_app.config, settings.get("country")
    number = own_number(config)
    if surroundings.simulated(config):
        yield from surroundings.of_simulator(config)
        yield from surroundings.gateway(config)
    else:
        yield from surroundings.public_address(config["PUBLIC_BASE_URL"])
        yield from surroundings.gateway(config)
        yield from surroundings.mainland(config, country, number)
    yield from surroundings.mapping_file(config.get("SMS_HTTP_MAPPING") or "")
    yield from surroundings.mail(config)
    if config["TWILIO_ACCOUNT_SID"] and config["TWILIO_AUTH_TOKEN"]:
        yield from _account(config, country, number)
    else:
        yield warning(_("No account at Twilio is named (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN): nobody can text or call the hotline there."))


def _account(config, country: str, number: str) -> Iterator[Finding]:
    twilio = TwilioAccount(config["TWILIO_ACCOUNT_SID"], config["TWILIO_AUTH_TOKEN"], config["TWILIO_BASE_URL"])
    opened = of_account.reachable(twilio)
    yield from opened
    if opened[0].level == "wrong":
        return
    if not surroundings.simulated(config):  # the simulator has our own clock
        yield from surroundings.clock_skew(twilio.date, clock.now())
    base, sender = config["PUBLIC_BASE_URL"].rstrip("/"), config["TWILIO_SENDER"]
    yield from unless_unreadable(_("The number"), lambda: _number_and_service(twilio, number, sender, base))
    yield from unless_unreadable(_("The permission to text"), lambda: of_account.may_text(twilio.may_text(country), country))
    yield from unless_unreadable(_("The permission to call"), lambda: of_account.may_call(twilio.may_call(country), country))


def _number_and_service(twilio: TwilioAccount, number: str, sender: str, base: str) -> list[Finding]:
    if not sender.startswith("MG"):
        return of_account.of_number(twilio.number(number) if number else None, number, base)
    service = twilio.service(sender)
    owned = twilio.number(number) if number else None
    return [*of_account.of_number(owned, number, base, service), *of_account.of_service(service, sender, number, base)]
