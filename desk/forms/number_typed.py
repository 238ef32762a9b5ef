"""The validator of a field that wants a number or a day: our own words for what cannot be read."""
from wtforms.validators import StopValidation


class Readable:
    """Say `message`, and nothing else, if what was typed cannot be read as the field's kind."""

    def __init__(self, message):
        self.message = message

    def __call__(self, form, field) -> None:
        if field.process_errors:
            field.errors[:] = []
            raise StopValidation(self.message)
