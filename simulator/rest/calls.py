"""Calls over HTTP: listed, read, ended or sent elsewhere."""
from collections import deque

from flask import Blueprint, jsonify, request

from simulator.account import Account
from simulator.rest import answers, paging, shapes
from simulator.voice.call import Call
from simulator.voice.markup import BadMarkup, read

ENDED = ("completed", "canceled")


def add(blueprint: Blueprint, root: str, account: Account, live: dict[str, Call]) -> None:
    """List, read and change calls."""

    @blueprint.get(f"{root}/Calls.json")
    def calls(account_sid: str):
        wanted = {"sender": request.args.get("From"), "to": request.args.get("To"), "status": request.args.get("Status"),
                  "parent_sid": request.args.get("ParentCallSid")}
        found = [record for record in account.listed("calls") if paging.within("StartTime", record.at)
                 and all(value in (None, getattr(record, name)) for name, value in wanted.items())]
        return paging.page("calls", found, lambda record: shapes.call(account, record))

    @blueprint.get(f"{root}/Calls/<sid>.json")
    def call(account_sid: str, sid: str):
        found = account.calls.get(sid)
        return jsonify(shapes.call(account, found)) if found else answers.error(404, 20404)

    @blueprint.post(f"{root}/Calls/<sid>.json")
    def change_call(account_sid: str, sid: str):
        found = account.calls.get(sid)
        if not found:
            return answers.error(404, 20404)
        if sid in live:
            try:
                _change(live[sid], request.form)
            except BadMarkup as reason:
                return answers.error(400, 21218, str(reason))
        return jsonify(shapes.call(account, found))


def _change(call: Call, form) -> None:
    if form.get("Status") in ENDED:
        call.do(call.end)
    elif form.get("Twiml"):
        verbs = read(form["Twiml"])
        call.do(lambda: call.follow(deque(verbs)))
    elif form.get("Url"):
        url, method = form["Url"], form.get("Method", "POST")
        call.do(lambda: call.move(url, method))
