"""How Brevo words what is wrong with a request: ``{code, message}``."""

from collections.abc import Sequence
from typing import Any

from sandbox.core.operation import Answer, Reply


def error(status: int, code: str, message: str, **extra: Any) -> Reply:
    """Brevo's error body; ``extra`` adds ``metadata`` and the like."""
    return Reply(status, {"code": code, "message": message, **extra})


def invalid(message: str) -> Answer:
    """400 for a value that is not accepted."""
    return Answer(error(400, "invalid_parameter", message))


def missing(message: str) -> Answer:
    """400 for something that must be given."""
    return Answer(error(400, "missing_parameter", message))


def taken(verb: str, identifier: str) -> Answer:
    """400 for an e-mail address, telephone number or ext_id another contact has."""
    message = f"Unable to {verb} contact, {identifier} is already associated with another Contact"
    return Answer(
        error(400, "duplicate_parameter", message, metadata={"duplicate_identifiers": [identifier]})
    )


def no_contact() -> Answer:
    """404 for a contact that does not exist (any more)."""
    return Answer(error(404, "document_not_found", "Contact does not exist"))


def no_attribute() -> Answer:
    """404 for an attribute that does not exist (any more)."""
    return Answer(error(404, "document_not_found", "Attribute not found"))


class BrevoForms:
    """What any request can get wrong."""

    def unauthorized(self) -> Reply:
        return error(401, "unauthorized", "Key not found")

    def not_found(self, path: str) -> Reply:
        return error(404, "document_not_found", "The requested path does not exist")

    def method_not_allowed(self, method: str) -> Reply:
        return error(405, "method_not_allowed", f"{method} Method is not allowed on this path")

    def unknown_query(self, names: Sequence[str]) -> Reply:
        return error(400, "invalid_parameter", f"Unknown query parameters: {', '.join(names)}")

    def malformed(self) -> Reply:
        return error(400, "bad_request", "Invalid JSON in the request body")

    def too_large(self) -> Reply:
        return error(413, "bad_request", "The request body is too large")
