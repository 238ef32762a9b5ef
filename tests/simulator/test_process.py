"""The simulator's process: refused in production, closed to everything but this machine."""
import pytest

from simulator import page
from simulator.__main__ import main, refusal, simulator
from tests.simulator.application import ACCOUNT, TOKEN

HERE = {"TWILIO_BASE_URL": "http://127.0.0.1:8001", "PUBLIC_BASE_URL": "http://127.0.0.1:8000", "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": f"{TOKEN}, an-older-one", "TWILIO_SENDER": "+12025550100"}


def test_it_runs_on_this_machine():
    assert refusal(HERE) == ""
    assert refusal(HERE | {"TWILIO_BASE_URL": "http://[::1]:8001", "PUBLIC_BASE_URL": "http://localhost:8000"}) == ""


@pytest.mark.parametrize(("change", "named"), [
    ({"PUBLIC_BASE_URL": "https://redress.example"}, "PUBLIC_BASE_URL"), ({"PUBLIC_BASE_URL": "http://192.168.1.7:8000"}, "PUBLIC_BASE_URL"),
    ({"TWILIO_BASE_URL": "http://0.0.0.0:8001"}, "TWILIO_BASE_URL"), ({"TWILIO_BASE_URL": "https://api.twilio.com"}, "TWILIO_BASE_URL"),
    ({"TWILIO_BASE_URL": "http://127.0.0.1.example:80"}, "TWILIO_BASE_URL"), ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN")])
def test_it_refuses_anything_else_and_says_why(change, named, capsys):
    assert main(HERE | change) == 1
    assert named in capsys.readouterr().err


@pytest.fixture
def client():
    made = simulator(HERE)
    app = made.web()
    page.register(app, made)
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/state", "/2010-04-01/Accounts/x.json"])
@pytest.mark.parametrize("how", [
    {"base_url": "http://redress.example"}, {"environ_base": {"REMOTE_ADDR": "192.168.1.7"}}, {"headers": {"X-Forwarded-For": "1.2.3.4"}},
    {"headers": {"Via": "1.1 proxy"}}])
def test_nobody_else_may_ask(client, path, how):
    assert client.get(path, **how).status_code == 403


def test_this_machine_may(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_another_page_cannot_press_the_buttons(client):
    assert client.post("/do/call").status_code == 403
    assert client.post("/do/nothing", headers={"X-Simulator": "page"}).status_code == 404


def test_several_secrets_the_first_signs():
    assert simulator(HERE).wire.token == TOKEN
