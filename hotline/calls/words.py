"""Every sentence that a caller hears, by the codes that the menu uses, and how digits and moments are spoken."""
from datetime import datetime

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _l

from core.i18n import language

SENTENCES = {
    "recorded": _l("So that nothing is lost, what you say may be recorded."),
    "other_language": _l("For English, press 9."),
    "main": _l("To hear how far your case is, press 1. To speak with a colleague, press 2. To leave a message, press 3. "
               "To rate our last answer, press 4. To hear this again, press 0."),
    "ask_number": _l("Please enter the ten digits of your case number, then the hash key. To go back, press the star key."),
    "told": _l("Case number %(number)s. %(state)s"),
    "after_told": _l("For another case, press 1. To speak with a colleague, press 2. To leave a message, press 3. To hear this again, press 0. "
                     "Otherwise you can hang up."),
    "ask_score": _l("This is about our answer to case number %(number)s. How content are you? Press 5 for very content, 4 for content, 3 for so-so, "
                    "2 for not content, 1 for not content at all."),
    "rated": _l("Thank you. You pressed %(score)s, and we have noted it."),
    "after_rated": _l("To tell us more, press 3. To speak with a colleague, press 2. Otherwise you can hang up."),
    "connecting": _l("We connect you with a colleague. One moment, please."),
    "leave": _l("To leave a message, press 1. To be called back, press 2."),
    "ask_message": _l("Please tell us in a few words what happened, and where. Then wait a moment."),
    "after_tone": _l("Please speak after the tone. When you have finished, press the hash key or hang up."),
    "kept": _l("Thank you. We have your message, and somebody looks at it soon."),
    "callback": _l("We call you back on the number that you are calling from: %(phone)s."),
    "bye": _l("Thank you for your call. Goodbye."),
    "noted": _l("Thank you, that is noted. If you want to add something, do so now; otherwise you can hang up."),
    "not_offered": _l("That key is not offered here."),
    "heard_nothing": _l("We heard nothing."),
    "wrong_number": _l("This is no case number. It has ten digits and stands in our first message to you."),
    "no_such_case": _l("We find no case with this number."),
    "nothing_open": _l("Under the number that you are calling from there is no open case of which we may speak here."),
    "nothing_to_rate": _l("For the number that you are calling from there is no answer to rate at the moment."),
    "nobody": _l("All our colleagues are on the phone just now."),
    "closed": _l("Nobody is at the desk at this hour."),
    "no_number": _l("We cannot see your number. Please say it in your message, with what it is about."),
    "broken": _l("Something went wrong on our side, and we are sorry. Please tell us after the tone what it is about, and your number. "
                 "It will be heard."),
}
# What is said of a case instead of its state where the telephone is not the place for it.
USE_LINK = _l("This one is confidential, so we tell nothing about it on the telephone. Please use the link that you were given.")
STATE = _l("%(title)s.")
STATE_DUE = _l("%(title)s. You have our answer by %(time)s.")
STATE_LATE = _l("%(title)s. You should have had our answer by %(time)s; we are late, and we are sorry.")


def digits(text: str) -> str:
    """Digits so that a voice says them one by one."""
    return ("，" if language() == "zh" else ", ").join(char for char in text if char.isdigit())


def moment(at: datetime) -> str:
    """A day with its hour, as it is said."""
    return format_datetime(at, {"zh": "M月d日EEEE HH:mm", "en": "EEEE d MMMM, HH:mm"}[language()])
