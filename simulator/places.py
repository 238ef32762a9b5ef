"""The fields by which the provider says where a number is from (pure)."""
COUNTRIES = {"+86": "CN", "+852": "HK", "+853": "MO", "+886": "TW", "+44": "GB", "+49": "DE", "+65": "SG", "+1": "US"}


def country(number: str) -> str:
    """The country of a number, or nothing."""
    found = [code for code in COUNTRIES if number.startswith(code)]
    return COUNTRIES[max(found, key=len)] if found else ""


def place_fields(prefix: str, number: str) -> dict[str, str]:
    """FromCountry, FromState, FromCity and FromZip, or the same for To; the provider leaves empty what it does not know."""
    return {f"{prefix}Country": country(number), f"{prefix}State": "", f"{prefix}City": "", f"{prefix}Zip": ""}
