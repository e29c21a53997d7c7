"""Writing to HubSpot in batches, with one receipt a write.

A batch may be stored in part (207, results and errors matched by ``objectWriteTraceId``) or rejected
as a whole for one input (400, 409). A rejected batch is halved until the culprit stands alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from connectors.contract import Json, RawRecord, Receipt, Write
from connectors.http import Http
from connectors.hubspot.answers import raw_record, said, words
from connectors.hubspot.sheet import CHANGED, OBJECTS
from connectors.keys import as_key
from connectors.outcome import Answer, Kind
from connectors.redact import redact
from connectors.shape import emptied, inside, members
from connectors.stamps import maybe_stamp

_ANSWERED: frozenset[Kind] = frozenset({"ok", "refused", "gone"})
_LOST: frozenset[Kind] = frozenset({"unsure", "unreached"})
_TRACE = "objectWriteTraceId"


def push(http: Http, obj: str, names: Sequence[str], writes: Sequence[Write]) -> list[Receipt]:
    """Updates first, then creates. Once something was sent, losing contact gives ``unsure``, not an error.

    ``names`` are the properties a record is read with: a receipt holds the record where its answer has all.
    """
    receipts = _push(http, obj, writes)
    return [replace(one, record=_complete(one.record, names)) for one in receipts]


def _push(http: Http, obj: str, writes: Sequence[Write]) -> list[Receipt]:
    updates = [write for write in writes if write.key is not None]
    creates = [write for write in writes if write.key is None]
    receipts = _send(http, obj, "update", updates, _ANSWERED) if updates else []
    late: frozenset[Kind] = _LOST if receipts else frozenset({"unsure"})
    return [*receipts, *(_send(http, obj, "create", creates, _ANSWERED | late) if creates else [])]


def _complete(record: RawRecord | None, names: Sequence[str]) -> RawRecord | None:
    shown = inside(record.data, "properties").keys() if record else frozenset()
    return record if shown >= set(names) else None


def _send(http: Http, obj: str, verb: str, writes: list[Write], accept: frozenset[Kind]) -> list[Receipt]:
    answer = http.request(
        "POST",
        f"{OBJECTS}/{obj}/batch/{verb}",
        json={"inputs": [_input(write) for write in writes]},
        idempotent=verb == "update",
        accept=accept,
    )
    if answer.kind == "ok":
        return _receipts(answer, writes, CHANGED[obj])
    if answer.kind in _LOST:
        return [Receipt(write.ref, "unsure", write.key) for write in writes]
    if len(writes) == 1:
        return [
            Receipt(
                writes[0].ref,
                "gone" if answer.kind == "gone" else "refused",
                writes[0].key,
                message=redact(words(answer), writes[0].data),
            )
        ]
    half = len(writes) // 2
    first = _send(http, obj, verb, writes[:half], accept)
    return [*first, *_send(http, obj, verb, writes[half:], accept | _LOST)]


def _input(write: Write) -> Json:
    given = emptied(write.data.get("properties") or {}, "")
    values = {name: _text(value) for name, value in given.items()}
    made = {"properties": values, _TRACE: write.ref}
    return {**made, "associations": []} if write.key is None else {**made, "id": write.key}


def _text(value: Any) -> str:
    """A property's value as HubSpot documents all of them, numbers and booleans too."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _receipts(answer: Answer, writes: list[Write], changed: str) -> list[Receipt]:
    """Match results and errors to writes; what neither names is ``unsure``."""
    done = {name: item for item in answer.objects("results") for name in _names(item) if name}
    failed = {name: error for error in members(answer.body, "errors") for name in _blamed(error)}
    if len(writes) == len(done) == 1:
        done[writes[0].ref] = next(iter(done.values()))
    return [_receipt(write, done, failed, changed) for write in writes]


def _receipt(write: Write, done: dict[str, Json], failed: dict[str, Json], changed: str) -> Receipt:
    item = done.get(write.ref) or done.get(write.key or "")
    key = write.key or as_key(item and item.get("id"))
    if item is not None and key:
        stored = raw_record({n: v for n, v in item.items() if n != _TRACE}, changed)
        record = stored if stored.key == key else None
        return Receipt(write.ref, "done", key, maybe_stamp(item.get("updatedAt")), record=record)
    error = failed.get(write.ref) or failed.get(write.key or "")
    if error is None:
        return Receipt(write.ref, "unsure", write.key, message="the answer does not mention this write")
    return refusal(write, said(error), gone=error.get("category") == "OBJECT_NOT_FOUND")


def refusal(write: Write, why: str, gone: bool) -> Receipt:
    """A write that HubSpot did not store, with its reason."""
    return Receipt(write.ref, "gone" if gone else "refused", write.key, message=redact(why, write.data))


def _names(item: Json) -> tuple[str, ...]:
    """What a result may be recognised by: our trace id, else its own id."""
    trace = str(item.get(_TRACE) or "")
    return (trace,) if trace else (str(item.get("id") or ""),)


def _blamed(error: Json) -> list[str]:
    """The trace ids and record ids an error speaks of."""
    context = inside(error, "context")
    named = [context.get(key) for key in (_TRACE, "ids", "id")]
    return [str(name) for names in named if isinstance(names, list) for name in names]
