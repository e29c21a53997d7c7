"""How to read Zendesk's answers: what went wrong, in which words, and the records they hold."""

from typing import Any

from connectors.contract import Json, RawRecord
from connectors.keys import key_of
from connectors.outcome import Answer, Outcome, classify
from connectors.stamps import maybe_stamp


def outcome(answer: Answer) -> Outcome:
    """The usual reading; besides Retry-After, ``ratelimit-reset`` counts seconds."""
    return classify(answer, "ratelimit-reset")


def words(answer: Answer) -> str:
    """Error, description, and what is wrong with which field."""
    body = answer.body if isinstance(answer.body, dict) else {}
    error = body.get("error")
    if isinstance(error, dict):
        return f"{error.get('title') or 'error'}: {error.get('message') or ''}"
    return ": ".join(
        str(part) for part in (error, body.get("description"), _details(body.get("details"))) if part
    )


def raw_record(item: Json) -> RawRecord:
    """One record as received; an inactive user, an organization with ``deleted_at`` and a ticket with
    status ``deleted`` are gone.
    """
    return RawRecord(
        key=key_of(item, whole=True),
        data=item,
        stamp=maybe_stamp(item.get("updated_at")),
        deleted=item.get("active") is False
        or item.get("status") == "deleted"
        or maybe_stamp(item.get("deleted_at")) is not None,
    )


def _details(details: Any) -> str:
    if not isinstance(details, dict):
        return str(details or "")
    return "; ".join(f"{name} {_texts(wrong)}" for name, wrong in details.items())


def _texts(wrong: Any) -> str:
    several = wrong if isinstance(wrong, list) else [wrong]
    return ", ".join(str(_short(one) if isinstance(one, dict) else one) for one in several)


def _short(wrong: Json) -> Any:
    """The code of an error where there is one: its description repeats the value."""
    return wrong.get("error") or wrong.get("description")
