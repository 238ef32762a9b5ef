"""Recordings over HTTP: listed, read, heard and deleted."""
from flask import Blueprint, Response, jsonify, request

from simulator import sounds
from simulator.account import Account
from simulator.rest import answers, paging, shapes

SOUNDS = {"wav": (sounds.wav, "audio/x-wav"), "mp3": (sounds.mp3, "audio/mpeg")}


def add(blueprint: Blueprint, root: str, account: Account) -> None:
    """List, read, hear and delete recordings."""

    @blueprint.get(f"{root}/Recordings.json")
    @blueprint.get(f"{root}/Calls/<call_sid>/Recordings.json")
    def recordings(account_sid: str, call_sid: str | None = None):
        wanted = call_sid or request.args.get("CallSid")
        found = [file for file in account.listed("recordings") if paging.within("DateCreated", file.at) and wanted in (None, file.call_sid)]
        return paging.page("recordings", found, lambda file: shapes.recording(account, file))

    @blueprint.get(f"{root}/Recordings/<sid>.json")
    def recording(account_sid: str, sid: str):
        found = account.recordings.get(sid)
        return jsonify(shapes.recording(account, found)) if found else answers.error(404, 20404)

    @blueprint.get(f"{root}/Recordings/<sid>")
    @blueprint.get(f"{root}/Recordings/<sid>.<kind>")
    def sound(account_sid: str, sid: str, kind: str = "wav"):
        found = account.recordings.get(sid)
        if not found or kind not in SOUNDS:
            return answers.error(404, 20404)
        make, content_type = SOUNDS[kind]
        return Response(make(found.pieces), content_type=content_type)

    @blueprint.delete(f"{root}/Recordings/<sid>")
    @blueprint.delete(f"{root}/Recordings/<sid>.json")
    def delete_recording(account_sid: str, sid: str):
        gone = account.recordings.pop(sid, None)
        return Response(status=204) if gone else answers.error(404, 20404)
