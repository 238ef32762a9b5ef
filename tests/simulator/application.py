"""A small application behind the provider: it checks signatures with Twilio's library, keeps what came, and answers as it is told."""
from flask import Flask, Response, request
from twilio.request_validator import SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm

from simulator.wire import Reply

ACCOUNT = "AC" + "5" * 32
TOKEN = "a-token-of-these-tests"
PUBLIC = "https://redress.example"
HANDSET = "+12025550142"


class Application:
    """`answers` maps the end of a path to a document, a list of documents for one request after the other, or an HTTP status."""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.seen: list[tuple[str, dict]] = []
        self.tokens: list[str] = []
        self.app = Flask("application")
        self.app.add_url_rule("/hooks/<path:path>", view_func=self._take, methods=["GET", "POST"])

    def post(self, method, url, fields, headers) -> Reply:
        """The poster of a simulator: the request goes into the application without a network."""
        path = url.removeprefix(PUBLIC)
        answer = self.app.test_client().open(path, base_url=PUBLIC, method=method, data=dict(fields), headers=dict(headers))
        return Reply(answer.status_code, answer.text, answer.content_type)

    def about(self, path: str) -> list[dict]:
        """The fields of every request whose path ends like this."""
        return [fields for seen, fields in self.seen if seen.endswith(path)]

    def _take(self, path: str):
        algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER, ""))
        url = PUBLIC + request.environ["REQUEST_URI"]  # as it was written; Flask's own reading of it is not what was signed
        if not RequestValidator(TOKEN).validate(url, request.form, request.headers.get(SIGNATURE_HEADER, ""), algorithm):
            return Response(status=403)
        self.seen.append((path, dict(request.values)))
        self.tokens.append(request.headers["I-Twilio-Idempotency-Token"])
        answer = next((answer for end, answer in self.answers.items() if path.endswith(end)), 204)
        answer = (answer.pop(0) if len(answer) > 1 else answer[0]) if isinstance(answer, list) else answer
        return Response(status=answer) if isinstance(answer, int) else Response(f"<Response>{answer}</Response>", content_type="text/xml")
