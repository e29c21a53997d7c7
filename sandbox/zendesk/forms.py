"""How Zendesk words what is wrong with a request."""

from collections.abc import Sequence
from typing import Any

from sandbox.core.operation import Answer, Reply


def error(status: int, kind: str, description: str, **extra: Any) -> Reply:
    """Zendesk's error body: ``{error, description, details?}``."""
    return Reply(status, {"error": kind, "description": description, **extra})


def bad_request(description: str, kind: str = "InvalidValue") -> Answer:
    """400 for a parameter or a body of the wrong shape."""
    return Answer(error(400, kind, description))


def invalid(field: str, description: str, kind: str = "InvalidValue") -> Answer:
    """422 for a value a record cannot have."""
    details = {field: [{"description": description, "error": kind}]}
    return Answer(error(422, "RecordInvalid", "Record validation errors", details=details))


def duplicate(field: str, description: str) -> Answer:
    """422 for a value another record has."""
    return invalid(field, description, "DuplicateValue")


def conflict(description: str) -> Answer:
    """409 for a change of what somebody else changed meanwhile."""
    return Answer(error(409, "UpdateConflict", description))


def no_record() -> Answer:
    """404 for a record that does not exist."""
    return Answer(error(404, "RecordNotFound", "Not found"))


def forbidden(description: str) -> Answer:
    """403 for what this account may not do."""
    return Answer(error(403, "Forbidden", description))


def throttled(seconds: int, description: str) -> Answer:
    """429; ``seconds`` on the client's own clock."""
    body = error(429, "TooManyRequests", description).body
    return Answer(Reply(429, body, {"Retry-After": str(seconds)}))


class ZendeskForms:
    """What any request can get wrong."""

    def unauthorized(self) -> Reply:
        return Reply(401, {"error": "Couldn't authenticate you"})

    def not_found(self, path: str) -> Reply:
        return error(404, "InvalidEndpoint", "Not found")

    def method_not_allowed(self, method: str) -> Reply:
        return error(405, "MethodNotAllowed", f"{method} is not supported here")

    def unknown_query(self, names: Sequence[str]) -> Reply:
        return error(400, "InvalidParameter", f"Unknown query parameters: {', '.join(names)}")

    def malformed(self) -> Reply:
        return error(400, "InvalidJSON", "The request body could not be parsed")

    def too_large(self) -> Reply:
        return error(413, "PayloadTooLarge", "The request body is too large")
