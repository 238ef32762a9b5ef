"""The door at which Twilio's text messages knock: believed, kept, answered; everything else is done by jobs."""
from gateways import twilio_door
from gateways.doors import Door
from gateways.knock import Answer, Knock, twiml
from hotline.texts import services

PROVIDER = "twilio"
TOKEN = "I-Twilio-Idempotency-Token"


def take(knock: Knock) -> Answer:
    """Keep the text. An empty answer: what there is to say goes out by the outbox, where it can be swept and counted."""
    fields = knock.fields()
    if TOKEN in knock.headers:
        fields["IdempotencyToken"] = knock.headers[TOKEN]
    services.arrive(PROVIDER, fields, knock.at)
    return twiml("<Response/>")


TWILIO_SMS = Door("twilio_sms", "twilio/sms", twilio_door.refusal, take)
