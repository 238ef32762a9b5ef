"""Messages and their pictures over HTTP."""
import time

from flask import Blueprint, Response, jsonify, request

from simulator.account import Account
from simulator.models import Text
from simulator.outgoing import Outgoing, Refused
from simulator.rest import answers, paging, shapes


def add(blueprint: Blueprint, root: str, account: Account, outgoing: Outgoing) -> None:
    """Create, list and read messages; list and read their pictures."""

    def told(text: Text) -> dict:
        """A text as the application reads it; one that never reached it has been found with that."""
        if text.marks[-1:] == ["lost"]:
            text.marks.append("found")
        return shapes.message(account, text)

    @blueprint.post(f"{root}/Messages.json")
    def send(account_sid: str):
        form = request.form
        try:
            text = outgoing.send(form.get("To", ""), form.get("Body", ""), form.get("From", ""), form.get("MessagingServiceSid", ""),
                                 form.get("StatusCallback", ""))
        except Refused as refused:
            return answers.error(400, refused.args[0])
        shape = shapes.message(account, text)
        time.sleep(account.delay)
        return jsonify(shape), 201

    @blueprint.get(f"{root}/Messages.json")
    def messages(account_sid: str):
        wanted = {"sender": request.args.get("From"), "to": request.args.get("To")}
        found = [text for text in account.listed("messages") if paging.within("DateSent", text.at)
                 and all(value in (None, getattr(text, name)) for name, value in wanted.items())]
        return paging.page("messages", found, told)

    @blueprint.get(f"{root}/Messages/<sid>.json")
    def message(account_sid: str, sid: str):
        found = account.messages.get(sid)
        return jsonify(told(found)) if found else answers.error(404, 20404)

    @blueprint.get(f"{root}/Messages/<sid>/Media.json")
    def pictures(account_sid: str, sid: str):
        found = account.messages.get(sid)
        return paging.page("media_list", shapes.media(account, found), dict) if found else answers.error(404, 20404)

    @blueprint.get(f"{root}/Messages/<sid>/Media/<media_sid>")
    def picture(account_sid: str, sid: str, media_sid: str):
        text = account.messages.get(sid)
        found = next((one for one in text.media if one.sid == media_sid), None) if text else None
        return Response(found.data, content_type=found.content_type) if found else answers.error(404, 20404)
