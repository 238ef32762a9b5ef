"""What a delivery report changes (pure): reports come in any order, repeated, and late."""
# Twilio's states, to which every gateway's are brought, by what they mean to us.
TOLD = {"queued": "taken", "accepted": "taken", "scheduled": "taken", "sending": "taken", "sent": "taken", "partially_delivered": "taken",
        "delivered": "delivered", "read": "delivered", "undelivered": "failed", "failed": "failed", "canceled": "failed"}

# (state of the message, what the report tells) -> state. What is not here changes nothing: delivered is never undone.
# `waiting` is a message to be tried again of which nothing says that its gateway took it; `queued` one that came back.
AFTER = {
    ("waiting", "taken"): "sent", ("waiting", "delivered"): "delivered", ("waiting", "failed"): "failed",
    ("queued", "delivered"): "delivered",
    ("sending", "taken"): "sent", ("sending", "delivered"): "delivered", ("sending", "failed"): "failed",
    ("unknown", "taken"): "sent", ("unknown", "delivered"): "delivered", ("unknown", "failed"): "failed",
    ("sent", "delivered"): "delivered", ("sent", "failed"): "failed",
    ("failed", "delivered"): "delivered",
}


def after(state: str, status: str, *, taken: bool, earlier: bool) -> str | None:
    """The state after a report, or None if it changes nothing.

    `status` is the gateway's, in Twilio's words; `taken` says that the gateway has given the present try an id, `earlier` that the report
    is about a try before the present one: then only the news that it arrived counts.
    """
    told = TOLD.get(status)
    if earlier and told != "delivered":
        return None
    return AFTER.get(("waiting" if state == "queued" and not taken else state, told))
