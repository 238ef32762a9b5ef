"""SMS by any carrier that speaks HTTP, as its mapping describes it."""
import requests

from core import phone
from gateways import broken_line, http_fields
from gateways.base import Outgoing, PermanentFailure, Receipt, UnknownOutcome
from gateways.http_carrier import LONGEST_ID, Carrier

TIMEOUT = 10.0


class HttpSms:
    """One carrier. `receipt_url` is the address for its delivery reports, for carriers that want it with every message."""

    def __init__(self, carrier: Carrier, receipt_url: str = "", timeout: float = TIMEOUT):
        self.name, self.carrier, self.receipt_url, self.timeout = carrier.name, carrier, receipt_url, timeout
        self.demands_templates = carrier.send.templates == "required"

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the message to the carrier. Raises a GatewayFailure."""
        if self.demands_templates and not outgoing.template:
            raise PermanentFailure("no_template", "these words are not registered with the carrier", "no_template")
        try:
            response = self._ask(outgoing)
        except requests.RequestException as error:
            raise broken_line.failure(error) from error
        return self._judge(response, outgoing)

    def _ask(self, outgoing: Outgoing) -> requests.Response:
        send, values = self.carrier.send, self._values(outgoing)
        fields = http_fields.fill(send.fields, values, outgoing.variables)
        headers = http_fields.fill(dict(send.headers), values, {})
        body = {"json": fields} if send.format == "json" else {"data": http_fields.flat(fields)}
        if send.method == "GET":
            body = {"params": http_fields.flat(fields)}
        # A redirect would carry the words and our key to another host.
        return requests.request(send.method, send.url, headers=headers, timeout=self.timeout, allow_redirects=False, **body)

    def _values(self, outgoing: Outgoing) -> dict[str, str]:
        return {"to": outgoing.to, "digits": outgoing.to.lstrip("+"), "national": phone.national(outgoing.to), "body": outgoing.body,
                "reference": outgoing.reference, "template": outgoing.template, "variables": http_fields.flat({"": dict(outgoing.variables)})[""],
                "receipt_url": self.receipt_url}

    def _judge(self, response: requests.Response, outgoing: Outgoing) -> Receipt:
        send, answer = self.carrier.send, http_fields.read(response.text)
        code, words = http_fields.text_at(answer, send.code), http_fields.text_at(answer, send.words)[:300]
        if not response.ok or (code and send.taken and code not in send.taken):
            raise self.carrier.failure(code, words, response.status_code)
        if response.status_code >= 300:
            raise self.carrier.failure("", "redirected", response.status_code)
        if send.taken and not code:
            raise UnknownOutcome("unreadable", "the carrier's answer does not say whether it took the message")
        return Receipt(http_fields.text_at(answer, send.id)[:LONGEST_ID] or outgoing.reference, "queued" if self.carrier.receipt else "sent")
