"""What can go wrong in the domain, said so that a person understands it."""


class DomainError(Exception):
    """A rule was broken; `message` (translatable, may be lazy) is shown to the person, `code` is for machines and tests."""

    def __init__(self, code: str, message=None):
        super().__init__(code)
        self.code = code
        self.message = message or code


class NotAllowed(DomainError):
    """The actor may not do this; pages answer 403, or 404 where even the existence is a secret."""


class NotFound(DomainError):
    """The thing does not exist, or does not exist for this actor."""
