"""One invented complaint as it stands in stories.yaml (pure): what the retailer says, and what the answer to it needs."""
from dataclasses import dataclass
from datetime import timedelta

SAID = ("text", "kind", "occurred", "order_no", "wish", "confidential", "anonymous")
LIGHT = ("upheld", "partly")


@dataclass(frozen=True)
class Story:
    """`told` is the entry of the file, `shop` the row of retailers.csv that it names (or None)."""

    told: dict
    shop: dict | None

    def __getattr__(self, name: str):
        return self.told[name]

    def raw(self, phone: str | None) -> dict:
        """What the channel would keep; an anonymous person leaves no identity."""
        said = {name: self.told[name] for name in SAID if self.told[name] not in (None, "", False)}
        identity = {"shop": self.shop["licence_no"], "name": self.shop["owner_name"], "phone": phone} if self.shop else {}
        return said | {"language": self.lang} | ({} if self.anonymous else identity)

    @property
    def amount(self) -> str:
        """How much it is about, in words."""
        facts = self.facts
        return str(facts["amount"]) if "amount" in facts else f"{facts['quantity']}{facts['unit']}" if "unit" in facts else ""

    def answer_values(self, organisation: dict, group: str, today) -> dict:
        """Values by placeholder name; what the story does not say comes from the organisation."""
        days = {name: today + timedelta(days=count) for name, count in organisation["days"].items()}
        numbers = {name: self.facts.get(name, value) for name, value in organisation["numbers"].items()}
        return organisation["words"][self.lang] | days | numbers | {
            "rule_ref": organisation["rules"][group][self.lang], "found": self.found, "remedy": self.remedy,
            "reason": self.facts.get("reason"), "questions": self.facts.get("questions"), "reference": self.facts.get("reference")}

    def choose(self, versions: list):
        """The first answer of the leaf says yes, the last one no."""
        return versions[0] if self.outcome in LIGHT else versions[-1]
