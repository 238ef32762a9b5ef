"""Words that a carrier wants to know before it sends them: the id under which it has them, and what stands in their gaps."""
from collections.abc import Mapping

from answers import placeholders
from answers.models import Answer, AnswerVersion
from core.db import db
from notifications.models import OutboundMessage
from tickets.models import Message


def words(row: OutboundMessage, gateway: str) -> tuple[str, Mapping[str, str]]:
    """(template id, {gap: text}) of a message at this gateway; ("", {}) if its words are not registered there, or were reworded."""
    message = db.session.get(Message, row.message_id) if row.message_id is not None else None
    version = _version(message) if message is not None and message.answer_code else None
    template = version.provider_ids.get(gateway, {}).get(message.language) if version else None
    if not template:
        return "", {}
    variables = placeholders.read_back(version.parts(message.language), row.body, message.language)
    return ("", {}) if variables is None else (template, variables)


def _version(message: Message) -> AnswerVersion | None:
    return db.session.scalar(db.select(AnswerVersion).join(Answer).where(
        Answer.code == message.answer_code, AnswerVersion.version == message.answer_version))
