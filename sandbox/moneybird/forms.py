"""How Moneybird words what is wrong with a request."""

from collections.abc import Mapping, Sequence

from sandbox.core.operation import Answer, Reply

Wrong = Mapping[str, Sequence[tuple[str, str]]]
"""Attribute → (code, sentence) pairs: what is wrong with it."""


def bad_request(message: str) -> Answer:
    """400: a parameter is missing, unknown or malformed."""
    return Answer(Reply(400, {"error": message, "symbolic": "bad_request"}))


def not_found(message: str) -> Answer:
    """404: something the request names is not there; it need not be the record."""
    return Answer(Reply(404, {"error": message, "symbolic": "not_found"}))


def record_not_found() -> Answer:
    """404 for an id nobody has (any more)."""
    return not_found("record not found")


def invalid(wrong: Wrong) -> Answer:
    """422: the values do not pass; by attribute, as sentences and as codes."""
    sentences = {name: [text for _, text in found] for name, found in wrong.items()}
    codes = {name: [{"error": code} for code, _ in found] for name, found in wrong.items()}
    return Answer(Reply(422, {"error": sentences, "details": codes}))


class MoneybirdForms:
    """What any request can get wrong."""

    def unauthorized(self) -> Reply:
        return Reply(
            401, {"error": "You are not authorized to access this resource", "symbolic": "unauthorized"}
        )

    def not_found(self, path: str) -> Reply:
        return record_not_found().reply

    def method_not_allowed(self, method: str) -> Reply:
        return Reply(405, {"error": f"{method} is not allowed here", "symbolic": "method_not_allowed"})

    def unknown_query(self, names: Sequence[str]) -> Reply:
        return bad_request(f"found unpermitted parameter(s): {', '.join(names)}").reply

    def malformed(self) -> Reply:
        return bad_request("the body is not valid JSON").reply

    def too_large(self) -> Reply:
        return Reply(413, {"error": "the body is too large", "symbolic": "payload_too_large"})
