"""``klantbeeld check``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Store

if TYPE_CHECKING:
    from hub.flow.health import Health
    from hub.mapping.load import Mappings


def check(
    systems: Annotated[
        list[str] | None,
        typer.Argument(metavar="SYSTEM", help="Only these; default: every one that has a connection."),
    ] = None,
    provision: Annotated[
        bool, typer.Option("--provision", help="Create the custom fields the hub writes, where missing.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--mappings", metavar="FOLDER", help="Check the files of another folder than mappings/."
        ),
    ] = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Check the mapping files, and that each system lets the hub in and has what it needs.

    Where there is a store, also whether its records have what the files read.

    Exit code 1 when something is not as it must be; each finding says what to do.

    Example: klantbeeld check hubspot --provision
    """
    from hub.mapping.strict_yaml import BadFile

    try:
        mappings = _mappings(folder)
    except BadFile as error:
        _end(str(error).splitlines(), [], json)
    else:
        _end(_doubts(mappings, systems or [], store), _examined(mappings, systems or [], provision), json)


def _mappings(folder: Path | None) -> "Mappings":
    from hub.flow.hub import in_use
    from hub.mapping.load import load

    return load(folder.resolve()) if folder else load(only=in_use())


def _doubts(mappings: "Mappings", asked: Sequence[str], store: str | None) -> list[str]:
    """What the stored records say against the files; nothing where there is no store of this version."""
    from hub.flow.hub import stored
    from hub.flow.mapping_doubts import doubts

    with stored(store) as memory:
        return doubts(memory, mappings, asked).all if memory else []


def _examined(mappings: "Mappings", asked: Sequence[str], provision: bool) -> list["Health"]:
    from hub.flow.connections import from_environment
    from hub.flow.health import examine

    if unknown := sorted(set(asked) - mappings.systems.keys()):
        known = ", ".join(sorted(mappings.systems))
        raise typer.BadParameter(f"no mapping for {', '.join(unknown)}. There are: {known}")
    connections = from_environment(mappings.systems)
    found = []
    for name in asked or sorted(connections):
        with screen.working(f"asking {name}"):
            found.append(examine(mappings.systems[name], connections, provision=provision))
    if unasked := sorted(mappings.systems.keys() - {one.system for one in found}):
        screen.say(f"not asked: {', '.join(unasked)} (no connection, or not named)")
    return found


def _end(mistakes: Sequence[str], found: Sequence["Health"], json: bool) -> None:
    fine = not mistakes and all(one.ok for one in found)
    if json:
        document = {"ok": fine, "mappings": {"ok": not mistakes, "mistakes": mistakes}, "systems": found}
        screen.answer(document)
    else:
        _tell(mistakes, found)
    raise typer.Exit(codes.DONE if fine else codes.FAILED)


def _tell(mistakes: Sequence[str], found: Sequence["Health"]) -> None:
    screen.show("mapping files: as they must be" if not mistakes else "mapping files:")
    for line in mistakes:
        screen.show(f"  {line}")
    for one in found:
        wrong = [finding for finding in one.findings if not finding.ok]
        screen.show(f"{one.title}: {len(one.findings) - len(wrong)} of {len(one.findings)} as they must be")
        for finding in wrong:
            screen.show(f"  not so: {finding.what}. {finding.remedy}")
