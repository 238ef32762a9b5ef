"""When the simulator stands in for a provider, and what it is told: only where nobody named anything real."""
import socket

import pytest

from core.machine import stand_in
from core.machine.installation import Installation
from core.machine.web_address import Address
from tests.launch.scratch import ROOT, free_port

HERE = Address("127.0.0.1", 8000)


@pytest.mark.parametrize(("given", "wanted"), [
    ({}, True), ({"DATA_DIR": "/x", "PORT": "8000", "SECRET_KEY": "s"}, True), ({"DATABASE_URL": "x"}, False), ({"REDIS_URL": "x"}, False),
    ({"PUBLIC_BASE_URL": "x"}, False), ({"SMS_GATEWAY": "console"}, False), ({"TWILIO_AUTH_TOKEN": "x"}, False), ({"TWILIO_BASE_URL": "x"}, False)])
def test_it_is_wanted_where_nobody_named_anything_real(given, wanted):
    assert stand_in.is_wanted(given, HERE) is wanted


@pytest.mark.parametrize(("host", "wanted"), [("127.0.0.1", True), ("0.0.0.0", True), ("localhost", True), ("192.168.1.7", False)])
def test_it_is_wanted_only_for_this_machine(host, wanted):
    assert stand_in.is_wanted({}, Address(host, 8000)) is wanted


def test_the_settings_lead_to_it_and_bear_this_installations_own_secret():
    port = free_port()
    settings = stand_in.environment(Address("127.0.0.1", port), "a-token")
    assert settings["TWILIO_ACCOUNT_SID"] != stand_in.environment(Address("127.0.0.1", port), "another")["TWILIO_ACCOUNT_SID"]
    assert settings["TWILIO_STATUS_CALLBACK"] == f"http://127.0.0.1:{port}/hooks/twilio/message-status/{{reference}}"
    assert settings["HOTLINE_NUMBER"] == settings["TWILIO_NUMBER"]  # retailers are told the number that the simulator answers
    assert stand_in.address(settings | {"SIMULATOR_TOKEN": "a-token"}) == settings["TWILIO_BASE_URL"]
    assert stand_in.address(settings | {"SIMULATOR_TOKEN": "another"}) == ""
    assert stand_in.address({"SIMULATOR_TOKEN": "a-token"}) == ""


def test_it_takes_the_next_port_that_is_free():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = stand_in.environment(Address("127.0.0.1", port - 1), "a-token")
    assert int(settings["TWILIO_BASE_URL"].rpartition(":")[2]) > port


def test_what_a_person_sets_wins(tmp_path):
    settings = {"DATA_DIR": str(tmp_path), "PORT": str(free_port()), "TWILIO_ACCOUNT_SID": "AC1", "DATABASE_URL": "x", "REDIS_URL": "y"}
    with_all = Installation.read(ROOT, settings)
    (tmp_path / "run").mkdir()
    with with_all.services() as environment:
        assert environment["TWILIO_ACCOUNT_SID"] == "AC1"
        assert "SMS_GATEWAY" not in environment
        assert stand_in.address(environment) == ""
