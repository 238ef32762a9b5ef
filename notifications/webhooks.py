"""The door for Twilio's delivery reports."""
from gateways import twilio_door
from gateways.doors import Door
from gateways.knock import Answer, Knock
from notifications import receipts


def _take(knock: Knock) -> Answer:
    receipts.note(knock.rest, "twilio", knock.fields(), knock.at)
    return Answer()


MESSAGE_STATUS = Door("twilio_message_status", "twilio/message-status", twilio_door.refusal, _take)
