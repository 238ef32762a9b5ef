"""The doors of the telephone: the menu, what becomes of calls, recordings, and words written down while they are spoken."""
import structlog
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from core.db import db
from gateways import twilio_door
from gateways.doors import Door
from gateways.knock import Answer, Knock, twiml
from hotline.calls import answering, menu, recordings, services, speech, words
from hotline.calls import twiml as markup

log = structlog.get_logger()
PROVIDER = "twilio"
LONGEST_NAME = answering.LONGEST_NAME  # an index takes no novels


def _names(knock: Knock, *fields: str) -> bool:
    """True if the request names all of these things."""
    return all(0 < len(knock.value(field)) <= LONGEST_NAME for field in fields)


def voice(knock: Knock) -> Answer:
    """What the caller hears next. Whatever breaks, he hears a sentence, may leave a message, and the call is on record."""
    if knock.admitted:
        return _late(knock)
    if not _names(knock, "CallSid"):
        return _apology(knock)
    try:
        call, _new = services.arrive(PROVIDER, knock.fields(), knock.at)
        answer = twiml(markup.render(answering.answer(call, knock.rest, knock.fields(), knock.at)))
        db.session.flush()  # what the database refuses must be known while we can still say something
        return answer
    except Exception:
        db.session.rollback()
        log.exception("call_broken", rest=knock.rest, sid=knock.value("CallSid"))
        return _sorry(knock)


def _late(knock: Knock) -> Answer:
    if _names(knock, "CallSid"):
        answering.take_late(services.arrive(PROVIDER, knock.fields(), knock.at)[0], knock.rest, knock.fields(), knock.at)
    return Answer()


def _sorry(knock: Knock) -> Answer:
    try:
        services.note(services.arrive(PROVIDER, knock.fields(), knock.at)[0], greeted=True, unreached=True)
        db.session.flush()
    except SQLAlchemyError:
        db.session.rollback()  # the provider has the call and its recording: the reconciliation finds both
    return _apology(knock)


def _apology(knock: Knock) -> Answer:
    turn = menu.read_turn(knock.rest)
    with force_locale(turn.language):
        return twiml(markup.apology(turn, str(words.SENTENCES["broken"])))


def status(knock: Knock) -> Answer:
    """A call, or the line to a colleague, has begun, was answered, is over."""
    if _names(knock, "CallSid") and len(knock.value("ParentCallSid")) <= LONGEST_NAME:
        services.note_status(PROVIDER, knock.fields(), knock.at)
    return Answer()


def recording(knock: Knock) -> Answer:
    """A recording is ready, or there is none after all."""
    if _names(knock, "CallSid", "RecordingSid"):
        recordings.arrive(PROVIDER, knock.fields(), knock.at)
    return Answer()


def transcription(knock: Knock) -> Answer:
    """A sentence that was written down while it was spoken."""
    heard = speech.Live().read(knock.fields()) if _names(knock, "CallSid") else []
    if heard:
        speech.keep(services.arrive(PROVIDER, knock.fields(), knock.at)[0], heard, knock.at)
    return Answer()


DOORS = (
    Door("twilio_voice", "twilio/voice", twilio_door.refusal, voice),
    Door("twilio_call_status", "twilio/call-status", twilio_door.refusal, status),
    Door("twilio_recording", "twilio/recording", twilio_door.refusal, recording),
    Door("twilio_transcription", "twilio/transcription", twilio_door.refusal, transcription),
)
