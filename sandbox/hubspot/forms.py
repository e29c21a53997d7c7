"""How HubSpot words what is wrong with a request."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson

from sandbox.core.operation import Answer, Reply

Problem = Mapping[str, str]
"""What is wrong with one property: ``name``, ``error`` (HubSpot's code) and ``message``."""


def error(status: int, category: str, message: str, **extra: Any) -> Reply:
    """HubSpot's error body; ``extra`` adds ``errors``, ``context``, ``policyName`` and the like."""
    body = {"status": "error", "message": message, "correlationId": str(uuid4()), "category": category}
    return Reply(status, {**body, **extra})


def invalid(message: str, **extra: Any) -> Answer:
    """400 VALIDATION_ERROR."""
    return Answer(error(400, "VALIDATION_ERROR", message, **extra))


def invalid_properties(problems: Sequence[Problem]) -> Answer:
    """400 for values that do not pass; HubSpot packs the list into the message, as JSON."""
    packed = [{"isValid": False, **p, "localizedErrorMessage": p["message"]} for p in problems]
    errors = [
        {"message": p["message"], "code": p["error"], "context": {"propertyName": [p["name"]]}}
        for p in problems
    ]
    return invalid(f"Property values were not valid: {orjson.dumps(packed).decode()}", errors=errors)


def not_found(kind: str, ids: Sequence[str]) -> Answer:
    """404 for a single object; inside a batch it becomes one of the ``errors``."""
    message = (
        f"Could not get some {kind} objects, they may be deleted or not exist. Check that ids are valid."
    )
    return Answer(error(404, "OBJECT_NOT_FOUND", message, context={"ids": list(ids)}))


def taken(noun: str, key: str) -> Answer:
    """409 for an e-mail address another contact has."""
    return Answer(error(409, "CONFLICT", f"{noun} already exists. Existing ID: {key}"))


class HubSpotForms:
    """What any request can get wrong."""

    def unauthorized(self) -> Reply:
        return error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found or not valid.")

    def not_found(self, path: str) -> Reply:
        return error(404, "OBJECT_NOT_FOUND", "resource not found")

    def method_not_allowed(self, method: str) -> Reply:
        return error(405, "METHOD_NOT_ALLOWED", f"{method} is not allowed for this resource.")

    def unknown_query(self, names: Sequence[str]) -> Reply:
        return error(400, "VALIDATION_ERROR", f"Unknown query parameters: {', '.join(names)}")

    def malformed(self) -> Reply:
        return error(400, "VALIDATION_ERROR", "Invalid input JSON: the body could not be read.")

    def too_large(self) -> Reply:
        return error(413, "PAYLOAD_TOO_LARGE", "The request body is too large.")
