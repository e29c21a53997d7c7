"""Writing to Zendesk, with one receipt a write.

Changes go in one ``update_many`` job that is polled to its end. A user's e-mail address is an identity
of its own: the new one is added (verified, so that nobody is mailed) and made primary. Creates go one
by one, with ``skip_verify_email``. Once anything was sent, losing contact gives ``unsure``, not an error.
"""

from collections.abc import Sequence
from typing import Any

from connectors.contract import Json, Receipt, Write
from connectors.http import Http
from connectors.keys import as_key
from connectors.outcome import Answer, Kind
from connectors.redact import redact
from connectors.shape import members
from connectors.zendesk.answers import raw_record, words
from connectors.zendesk.sheet import API, SINGULAR

_ANSWERED: frozenset[Kind] = frozenset({"ok", "refused", "gone"})
_LOST: frozenset[Kind] = frozenset({"unsure", "unreached"})
_UNSURE: frozenset[Kind] = frozenset({"unsure"})
_POLLS = (0.1, 0.4, 1, 1, 2, 2, 4, 4, 8, 8, 15, 15, 30, 30)
_NO_REMOVAL = "Zendesk's API cannot take a user's only e-mail address away: remove it in Zendesk"


def push(http: Http, obj: str, writes: Sequence[Write]) -> list[Receipt]:
    """Changes, then e-mail addresses, then creates; each step's receipt may replace the one before."""
    receipts: dict[str, Receipt] = {}
    for write in writes:
        if write.key and obj == "users" and "email" in write.data and write.data["email"] is None:
            receipts[write.ref] = Receipt(write.ref, "refused", write.key, message=_NO_REMOVAL)
    changes = [write for write in writes if write.key and write.ref not in receipts]
    plain = [write for write in changes if _plain(obj, write)]
    sent = False
    if plain:
        receipts |= {receipt.ref: receipt for receipt in _update(http, obj, plain, _ANSWERED)}
        sent = True
    for write in changes:
        before = receipts.get(write.ref)
        if obj == "users" and "email" in write.data and (before is None or before.status == "done"):
            receipts[write.ref] = _email(http, write, before, _ANSWERED | (_LOST if sent else _UNSURE))
            sent = True
    for write in writes:
        if write.key is None:
            receipts[write.ref] = _create(http, obj, write, _ANSWERED | (_LOST if sent else _UNSURE))
            sent = True
    return [receipts.get(write.ref) or Receipt(write.ref, "done", write.key) for write in writes]


def _plain(obj: str, write: Write) -> Json:
    """What ``update_many`` may change."""
    return {name: value for name, value in write.data.items() if obj != "users" or name != "email"}


def _update(http: Http, obj: str, writes: list[Write], accept: frozenset[Kind]) -> list[Receipt]:
    inputs = [{**_plain(obj, write), "id": int(write.key or 0)} for write in writes]
    answer = http.request(
        "PUT", f"{API}/{obj}/update_many", json={obj: inputs}, idempotent=True, accept=accept
    )
    if answer.kind == "ok":
        return _results(_finished(http, answer), writes)
    if answer.kind in _LOST or len(writes) == 1:
        return [_failed(write, answer) for write in writes]
    half = len(writes) // 2
    first = _update(http, obj, writes[:half], accept)
    return [*first, *_update(http, obj, writes[half:], accept | _LOST)]


def _finished(http: Http, answer: Answer) -> Json:
    """The job once it has ended, or as it was when patience ran out."""
    job = answer.object("job_status")
    for pause in _POLLS:
        if job.get("status") in ("completed", "failed", "killed"):
            break
        http.sleep(pause)
        polled = http.request(
            "GET", f"{API}/job_statuses/{{id}}", ids={"id": str(job.get("id"))}, accept=_LOST | {"ok", "gone"}
        )
        job = polled.object("job_status") if polled.kind == "ok" else job
    return job


def _results(job: Json, writes: list[Write]) -> list[Receipt]:
    """Match results to writes by index, else by id; what is not mentioned is ``unsure``."""
    results = members(job, "results")
    by_index = {one["index"]: one for one in results if type(one.get("index")) is int}
    by_id = {str(one.get("id")): one for one in results}
    return [_result(write, by_index.get(n) or by_id.get(write.key or "")) for n, write in enumerate(writes)]


def _result(write: Write, result: Json | None) -> Receipt:
    if result is None:
        return Receipt(write.ref, "unsure", write.key, message="the job does not mention this write")
    if result.get("success", not result.get("error")) is True:
        return Receipt(write.ref, "done", write.key)
    why = f"{result.get('error') or 'error'}: {result.get('details') or result.get('status') or ''}"
    gone = "notfound" in str(result.get("error")).lower().replace("_", "").replace(" ", "")
    return Receipt(write.ref, "gone" if gone else "refused", write.key, message=redact(why, write.data))


def _email(http: Http, write: Write, before: Receipt | None, accept: frozenset[Kind]) -> Receipt:
    """Find or add the address among the user's identities, and make it the primary one."""
    user = {"id": write.key or ""}
    held = http.request("GET", f"{API}/users/{{id}}/identities", ids=user, accept=accept)
    if held.kind != "ok":
        return _failed(write, held)
    identity = _identity(held, str(write.data["email"]))
    if identity is None:
        new = {"type": "email", "value": write.data["email"], "verified": True, "skip_verify_email": True}
        added = http.request(
            "POST", f"{API}/users/{{id}}/identities", ids=user, json={"identity": new}, accept=accept | _LOST
        )
        if added.kind != "ok":
            return _failed(write, added)
        identity = added.key("identity", whole=True)
    where = f"{API}/users/{{id}}/identities/{{identity}}/make_primary"
    which = {**user, "identity": identity}
    primary = http.request("PUT", where, ids=which, json={}, accept=accept | _LOST)
    if primary.kind != "ok":
        return _failed(write, primary)
    _let_go(http, write, held)
    return Receipt(write.ref, "done", write.key)


def _let_go(http: Http, write: Write, held: Answer) -> None:
    """The address shown before is this user's no longer: kept as a second one, nobody else could have it."""
    old = str(write.seen.data.get("email") or "") if write.seen else ""
    identity = _identity(held, old) if old.casefold() != str(write.data["email"]).casefold() else None
    if identity is not None:
        which = {"id": write.key or "", "identity": identity}
        where = f"{API}/users/{{id}}/identities/{{identity}}"
        http.request("DELETE", where, ids=which, accept=_LOST | _ANSWERED)


def _identity(held: Answer, email: str) -> str | None:
    """The key of the identity with this address."""
    wanted = ("email", email.casefold())
    same = (
        i for i in held.objects("identities") if (i.get("type"), str(i.get("value")).casefold()) == wanted
    )
    return next((as_key(one.get("id"), whole=True) for one in same), None)


def _create(http: Http, obj: str, write: Write, accept: frozenset[Kind]) -> Receipt:
    one = SINGULAR[obj]
    body: dict[str, Any] = {name: value for name, value in write.data.items() if value is not None}
    if obj == "users":
        body["skip_verify_email"] = True
    answer = http.request("POST", f"{API}/{obj}", json={one: body}, accept=accept)
    if answer.kind != "ok":
        return _failed(write, answer)
    answer.key(one, whole=True)
    made = raw_record(answer.object(one))
    return Receipt(write.ref, "done", made.key, made.stamp, record=made if made.stamp else None)


def _failed(write: Write, answer: Answer) -> Receipt:
    if answer.kind in _LOST:
        return Receipt(write.ref, "unsure", write.key)
    gone = answer.kind == "gone"
    why = redact(words(answer), write.data)
    return Receipt(write.ref, "gone" if gone else "refused", write.key, message=why)
