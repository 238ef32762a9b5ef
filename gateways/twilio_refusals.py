"""Every way in which reading from Twilio fails, as a LineFailure with its number."""
import json
from collections.abc import Callable

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.response import Response

from gateways.line import LineFailure
from gateways.twilio_files import GONE


def told(ask: Callable):
    """Ask the account, and turn every way of failing into a LineFailure."""
    try:
        return ask()
    except TwilioException as error:
        raise _refused(error) from error
    except requests.RequestException as error:
        raise LineFailure("connection", type(error).__name__) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # no JSON, or not what was asked for
        raise LineFailure("answer", type(error).__name__) from error


def _refused(error: TwilioException) -> LineFailure:
    """The client tells of a refused list in another way than of a refused single thing."""
    answer = next((one for one in error.args if isinstance(one, Response)), None)
    status = answer.status_code if answer is not None else getattr(error, "status", 0)
    said = _said(answer.text) if answer is not None else {}
    code, words = said.get("code") or getattr(error, "code", None), said.get("message") or getattr(error, "msg", None) or "it refuses"
    return LineFailure(code or status or "answer", str(words)[:200], gone=status in GONE)


def _said(text: str) -> dict:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
