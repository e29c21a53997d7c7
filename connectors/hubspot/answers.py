"""How to read HubSpot's answers: what went wrong, in which words, and the records they hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.contract import Json, RawRecord
from connectors.keys import as_key, key_of, nameless
from connectors.outcome import Answer, Outcome, classify
from connectors.shape import inside
from connectors.stamps import maybe_stamp

_WAITS = {"DAILY": 3600.0, "TEN_SECONDLY_ROLLING": 10.0, "SECONDLY": 1.0}
"""Seconds that help, by the ``policyName`` of a 429; the daily allowance needs a later run."""


def outcome(answer: Answer) -> Outcome:
    """HubSpot's exceptions to the usual: named quotas, 423 and 477 while it is busy with itself."""
    if answer.status == 429:
        policy = str(answer.body.get("policyName")) if isinstance(answer.body, dict) else ""
        usual = classify(answer)
        return usual if usual.after is not None else Outcome("throttled", _WAITS.get(policy))
    if answer.status in (423, 477):
        return Outcome("throttled", classify(answer).after or 2.0)
    return classify(answer)


def words(answer: Answer) -> str:
    """Category and message of an error."""
    return said(answer.body) if isinstance(answer.body, dict) else ""


def said(error: Json) -> str:
    """Category and message of one error, of an answer or of one item in a batch."""
    return f"{error.get('category') or 'error'}: {error.get('message') or ''}"


def raw_record(
    item: Json,
    changed: str,
    typed: Mapping[str, str] | None = None,
    earlier: Mapping[str, tuple[tuple[Any, str], ...]] | None = None,
) -> RawRecord:
    """One object as received; ``changed`` names its last-modified property, the rest is as it is there."""
    properties = inside(item, "properties")
    return RawRecord(
        key=key_of(item),
        data=item,
        stamp=maybe_stamp(properties.get(changed)) or maybe_stamp(item.get("updatedAt")),
        deleted=item.get("archived") is True,
        typed=typed or {},
        earlier=earlier or {},
    )


def with_swallowed(records: Sequence[RawRecord]) -> list[RawRecord]:
    """The records, and a tombstone for each one that was merged into one of them.

    HubSpot makes a new record of two, with an id of its own: theirs lead to it, and it names them
    (``hs_merged_object_ids``).
    """
    return [*records, *(dead for record in records for dead in _swallowed(record))]


def _swallowed(record: RawRecord) -> list[RawRecord]:
    ids = str(inside(record.data, "properties").get("hs_merged_object_ids") or "")
    return [
        RawRecord(key=old, data={"id": old}, stamp=record.stamp, deleted=True, merged_into=record.key)
        for old in ids.replace(" ", "").split(";")
        if as_key(old) and old != record.key and not nameless(record.key)
    ]
