"""Putting what a service refused beside the field that it is about."""
from core.errors import DomainError


def show(form, error: DomainError, fields: dict[str, str]) -> None:
    """Add the error's words to the field that `fields` names for its code, else to the form as a whole."""
    name = fields.get(error.code)
    if name is None:
        form.form_errors.append(error.message)
        return
    form[name].errors = [*form[name].errors, error.message]
