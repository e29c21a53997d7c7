"""``klantbeeld preview``."""

from typing import TYPE_CHECKING

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Limit, Store, System
from hub.cli.words import value

if TYPE_CHECKING:
    from hub.flow.preview import Preview


def preview(system: System = None, limit: Limit = 20, json: Json = False, store: Store = None) -> None:
    """Say what activating a changed mapping file would do: to customers, and to what is written where.

    The same of other rules for who is who and for what stands, before the next sync goes by them. It is
    tried out on a copy that is thrown away; no system is asked or told anything. Exit code 1 where the file
    cannot be activated as it is.

    Example: klantbeeld preview zendesk
    """
    from hub.cli.opening import opened
    from hub.flow import preview as flow
    from hub.flow.mapping_doubts import doubts

    with opened(store) as hub:
        files = flow.to_preview(hub, system)
        names = [one.system for one in files]
        wrong = doubts(hub.store, hub.on_disk or hub.mappings, names)
        with screen.working("trying it out"):
            found = flow.preview(hub, files, limit)
    if json:
        screen.answer({"doubts": wrong, "preview": found})
    else:
        _tell(found)
        for line in wrong.all:
            screen.complain(line)
    raise typer.Exit(codes.FAILED if wrong.renamed else codes.DONE)


def _tell(found: "Preview") -> None:
    news = [*(f"mappings/{one}.yml" for one in found.files), *found.rules]
    screen.show(f"with {', '.join(news)} in force the next sync would")
    screen.show(f"  merge {len(found.merged)} customers and split {len(found.split)}")
    for name, count in sorted(found.changed.items()):
        screen.show(f"  change {name} of {count} customers")
    for system, fields in sorted(found.writes.items()):
        for name, counts in sorted(fields.items()):
            screen.show(
                f"  write {name} in {system}: {counts['written']}, {counts['emptied']} of them emptied"
            )
    for system, count in sorted(found.created.items()):
        screen.show(f"  create {count} records in {system}")
    if not (found.merged or found.split or found.changed or found.writes or found.created):
        screen.show("  change nothing that anybody sees")
    _tell_some(found)
    for line in found.stopped:
        screen.complain(line)
    how = f"klantbeeld activate {found.files[0]}" if found.files else "the next sync"
    screen.say(f"In force with {how}; the first plan of every system after it waits for you")


def _tell_some(found: "Preview") -> None:
    rows = [(gone, "merged into", stays, "", "") for gone, stays in found.merged]
    rows += [(one, "split", "", "", "") for one in found.split]
    rows += [
        (one.golden_id, "changed", one.field, value(one.before), value(one.after)) for one in found.edited
    ]
    rows += [
        (one.golden_id, f"written in {one.system}", one.field, value(one.before), value(one.after))
        for one in found.written
    ]
    screen.table("", ("customer", "is", "", "before", "after"), rows)
