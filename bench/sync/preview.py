"""What a changed mapping file would do, asked of a full store; then it is activated, and compared."""

from dataclasses import replace
from typing import Any

from bench.report import Measured, Timed, timed
from bench.sync.stage import staged
from hub.flow import verbs
from hub.flow.activate import proposed, to_activate
from hub.flow.hub import Hub
from hub.flow.preview import UNSENT, Written, emptied_first, lines, preview
from hub.flow.publish.plan import plan
from hub.mapping.load import with_texts
from hub.store import outbox

CHANGES = {
    "a mistyped path": ("zendesk", "{from: [phone], codec", "{from: [fone], codec"),
    "two values exchanged": (
        "hubspot",
        "                customer: [customer, evangelist]\n                former: [other]",
        "                former: [customer, evangelist]\n                customer: [other]",
    ),
}
"""What somebody did to a shipped file → the system, what it says, and what it says instead."""
EVERYTHING = 1_000_000


def measure(records: int, store: str) -> Measured:
    """Preview two changes of very different reach, one after the other, and activate each.

    The promise: the plans after an activation are, to the last value, what the preview told of it.
    ``took`` is the dearest of them.
    """
    told: dict[str, Any] = {}
    with staged(records, store) as hub:
        hub = replace(hub, on_disk=hub.mappings)
        admitted = sum(verbs.pull(hub, name)["admitted"] for name in sorted(hub.mappings.systems))
        verbs.recompose(hub)
        _planned(hub, "first")
        dearest = Timed()
        for name, (system, old, new) in CHANGES.items():
            hub, found, took = _tried(hub, system, old, new)
            told[name] = {**found, "wall_s": took.wall_s, "cpu_s": took.cpu_s}
            dearest = max(dearest, took, key=lambda one: one.wall_s)
    return Measured(
        {"records": admitted, **told}, dearest, all(told[name]["same_as_the_plan"] for name in CHANGES)
    )


def _tried(hub: Hub, system: str, old: str, new: str) -> tuple[Hub, dict[str, Any], Timed]:
    text = hub.mappings.texts[system]
    if old not in text:
        raise ValueError(f"mappings/{system}.yml does not say {old!r}")
    hub = replace(hub, on_disk=with_texts(hub.mappings, {system: text.replace(old, new)}))
    files = to_activate(hub, system)
    with timed() as took:
        told = preview(hub, files, EVERYTHING)
    after = proposed(hub, files)
    verbs.activate(after, system, "bench", "to compare")
    planned = _planned(after, system)
    found = {
        "merged": len(told.merged),
        "split": len(told.split),
        "changed": dict(told.changed),
        "written": len(told.written),
        "same_as_the_plan": told.written == sorted(planned, key=emptied_first),
    }
    return after, found, took


def _planned(hub: Hub, run: str) -> list[Written]:
    """What a new plan of every system writes."""
    for name in sorted(hub.mappings.systems):
        plan(hub, name, run)
    with hub.store.read() as connection:
        return [it for one in outbox.of_run(connection, run, UNSENT) for it in lines(one)]
