"""How to read Brevo's answers: what went wrong, in which words, and the contacts they hold."""

from connectors.contract import Json, RawRecord
from connectors.keys import key_of
from connectors.outcome import Answer, Outcome, classify
from connectors.shape import TEXT, WHOLE, fits
from connectors.stamps import maybe_stamp

_ALWAYS = {
    "id": WHOLE,
    "emailBlacklisted": (bool,),
    "smsBlacklisted": (bool,),
    "createdAt": TEXT,
    "modifiedAt": TEXT,
    "listIds": [WHOLE],
    "attributes": (dict,),
}
"""What every contact shows, by Brevo's document."""


def outcome(answer: Answer) -> Outcome:
    """The usual reading; Brevo sends ``x-sib-ratelimit-reset`` in seconds and never a Retry-After."""
    code = answer.body.get("code") if isinstance(answer.body, dict) else None
    if answer.status == 400 and code == "document_not_found":
        return Outcome("gone")
    return classify(answer, "x-sib-ratelimit-reset")


def words(answer: Answer) -> str:
    """Code and message of an error."""
    body = answer.body if isinstance(answer.body, dict) else {}
    return f"{body.get('code') or 'error'}: {body.get('message') or ''}" if body else ""


def raw_record(item: Json) -> RawRecord:
    """One contact as received."""
    return RawRecord(key=key_of(item, whole=True), data=item, stamp=maybe_stamp(item.get("modifiedAt")))


def is_whole(item: Json) -> bool:
    """Whether an answer shows all of a contact, so that an attribute it leaves out is empty."""
    return fits(item, _ALWAYS)
