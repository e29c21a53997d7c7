"""Reading Tryton: everything once, then what changed, both in the order of ids.

A party counts as changed when its own stamps or those of a contact mechanism, an address or an
identifier moved; ``write_date`` may be null, so ``create_date`` is asked too. Two changes move no stamp
and are asked for beside that: a party that was erased (inactive, without a name), and the invoices that
went to another party when theirs was merged into it. What is not seen: a contact mechanism that a program
deletes by itself, past the party (Tryton's own client writes the party); the next full pull shows it.

Stamps are the beginning of a transaction, which shows only when it ends: every pull goes back, from the
moment the previous one began, as long as a transaction may take
(:attr:`connectors.contract.Capabilities.horizon`).

Cursors::

    {"phase": "list", "after": id, "since": stamp | None, "until": stamp}    on its way
    {"phase": "done", "until": stamp}                                       complete
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from connectors.contract import Json, Page
from connectors.outcome import Answer, server_time
from connectors.shape import WHOLE
from connectors.stamps import earlier, of_unix
from connectors.tryton.records import ID, records
from connectors.tryton.rpc import Rpc
from connectors.tryton.sheet import CHILDREN, FIELDS, MODELS, PAGE, STAMPS

_ERASED = [["active", "=", False], ["name", "=", None]]


class Reading:
    """The pages of one object."""

    def __init__(self, rpc: Rpc, obj: str, page_size: int, horizon: timedelta) -> None:
        self.rpc, self.obj, self.horizon = rpc, obj, horizon
        self.size = min(page_size, PAGE)

    def pages(self, cursor: Json | None) -> Iterator[Page]:
        """Every page from ``cursor`` on, to the last."""
        state = cursor or {"phase": "list", "after": 0, "since": None, "until": None}
        if state["phase"] == "done":
            since = earlier(state["until"], self.horizon)
            state = {"phase": "list", "after": 0, "since": since, "until": None}
        while state["phase"] != "done":
            page = self._page(state)
            yield page
            state = page.cursor

    def _page(self, state: Json) -> Page:
        domain: list[Any] = [["id", ">", state["after"]]]
        if state["since"]:
            domain.append(self._changed(state["since"]))
        answer = self.rpc.read(MODELS[self.obj], domain, FIELDS[self.obj], limit=self.size)
        found = records(answer, self.obj)
        until = state["until"] or of_unix(server_time(answer))
        last = len(found) < self.size
        after = state if last else {**state, "after": onward(answer, state["after"]), "until": until}
        cursor = {"phase": "done", "until": until} if last else after
        return Page(tuple(found), len(found), cursor, last)

    def _changed(self, since: str) -> list[Any]:
        """A domain: all that is not as it was then."""
        if self.obj == "parties":
            return [*changed_since(self.obj, since), _ERASED]
        merged = [["replaced_by", "!=", None], changed_since("parties", since)]
        answer = self.rpc.read("party.party", merged, ["replaced_by"])
        into = {one["replaced_by"] for one in answer.fitting({"replaced_by": WHOLE}, "result")}
        return [*changed_since(self.obj, since), [["party", "in", sorted(into)]]]

    def keys(self) -> Iterator[tuple[str, ...]]:
        """The ids of all active records; a deactivated one counts as deleted, as it does in a pull."""
        after, more = 0, True
        active = [["active", "=", True]] if self.obj == "parties" else []
        while more:
            domain = [["id", ">", after], *active]
            answer = self.rpc.read(MODELS[self.obj], domain, ["id"], limit=1000)
            items = answer.fitting(ID, "result")
            yield tuple(str(item["id"]) for item in items)
            more = len(items) == 1000
            after = onward(answer, after) if more else after


def onward(answer: Answer, after: int) -> int:
    """The last id of a page, by which reading goes on; raises ContractBroken where it would not get on."""
    last: int = answer.objects("result")[-1]["id"]
    if last <= after:
        raise answer.broken(("result", "id"), "in the order of ids")
    return last


def changed_since(obj: str, since: str) -> list[Any]:
    """A domain: the record, or for a party anything that belongs to it, was made or edited since then."""
    moment = _wrapped(datetime.fromisoformat(since))
    of = ("", *(f"{many}." for many in CHILDREN)) if obj == "parties" else ("",)
    return ["OR", *([[prefix + name, ">=", moment]] for prefix in of for name in STAMPS)]


def _wrapped(moment: datetime) -> Json:
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return {"__class__": "datetime", **{name: getattr(moment, name) for name in names}}
