"""How the account is set up, to be read only: itself, its number, its messaging service, and which countries it may reach."""
from flask import Blueprint, jsonify, request

from simulator.account import Account
from simulator.rest import answers, paging, shapes


def add(blueprint: Blueprint, root: str, account: Account) -> None:
    """Everything that a check of the set-up asks for."""
    _add_account(blueprint, root, account)
    _add_service(blueprint, account)
    _add_countries(blueprint, account)


def _add_account(blueprint: Blueprint, root: str, account: Account) -> None:

    @blueprint.get(f"{root}.json")
    def account_itself(account_sid: str):
        return jsonify(sid=account.sid, friendly_name="simulator", status="active", type="Full", owner_account_sid=account.sid)

    @blueprint.get(f"{root}/Balance.json")
    def balance(account_sid: str):
        return jsonify(account_sid=account.sid, balance="0.00", currency="USD")

    @blueprint.get(f"{root}/IncomingPhoneNumbers.json")
    def numbers(account_sid: str):
        wanted = request.args.get("PhoneNumber", "").lstrip("+")
        found = [account.number] if wanted in account.number.e164 else []
        return paging.page("incoming_phone_numbers", found, lambda _: shapes.number(account))

    @blueprint.get(f"{root}/IncomingPhoneNumbers/<sid>.json")
    def number(account_sid: str, sid: str):
        return jsonify(shapes.number(account)) if sid == account.number.sid else answers.error(404, 20404)


def _add_service(blueprint: Blueprint, account: Account) -> None:

    @blueprint.get("/v1/Services")
    def services():
        return paging.v1_page("services", [shapes.service(account)])

    @blueprint.get("/v1/Services/<sid>")
    def service(sid: str):
        return jsonify(shapes.service(account)) if sid == account.service_sid else answers.error(404, 20404)

    @blueprint.get("/v1/Services/<sid>/PhoneNumbers")
    def service_numbers(sid: str):
        return paging.v1_page("phone_numbers", [{"sid": account.number.sid, "account_sid": account.sid, "service_sid": sid,
                                                 "phone_number": account.number.e164, "country_code": "US", "capabilities": ["SMS", "MMS", "Voice"]}])


def _add_countries(blueprint: Blueprint, account: Account) -> None:

    @blueprint.get("/v1/Messaging/GeoPermissions")
    def messaging_permissions():
        country = request.args.get("CountryCode", "US")
        return jsonify(permissions={"country_code": country, "enabled": True})

    @blueprint.get("/v1/DialingPermissions/Countries/<country>")
    def voice_permissions(country: str):
        return jsonify(iso_code=country, name=country, low_risk_numbers_enabled=True, high_risk_special_numbers_enabled=False,
                       high_risk_tollfraud_numbers_enabled=False)
