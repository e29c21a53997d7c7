"""The hub as a command needs it: its store opened and closed, its connections from the environment."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer

from hub.cli import screen
from hub.flow.activate import changed_files
from hub.flow.connections import from_environment
from hub.flow.errors import NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub, in_use, open_hub
from hub.mapping.load import readable
from quality.suggest import did_you_mean


@contextmanager
def opened(store: str | None, *, make: bool = False) -> Iterator[Hub]:
    """A hub for one command; ``make``: also where there is no store yet, which is said.

    Raises StoreUnavailable, BadFile and BadConnection.
    """
    files = readable(only=in_use())
    connections = from_environment([*files.systems, *files.broken])
    with store_faults():
        hub = open_hub(connections, store=store, make=make)
        try:
            if hub.new_store:
                screen.say(
                    f"a new store is made at {hub.new_store}, where there was none. Where yours is "
                    "elsewhere, take this one away and correct --store or KLANTBEELD_STORE"
                )
            yield hub
        finally:
            hub.store.close()


def tell_changed(hub: Hub) -> None:
    """Say which mapping files are not in force as they stand."""
    for one in changed_files(hub):
        screen.say(str(one))


def chosen(hub: Hub, system: str | None) -> list[str]:
    """The named system, or all. An unknown one is wrong usage."""
    return named(hub, [system]) if system else sorted(hub.mappings.systems)


def connected(hub: Hub) -> list[str]:
    """The systems with a connection; those without are named, so that nobody takes them for read."""
    known = from_environment(hub.mappings.systems)
    missing = sorted(hub.mappings.systems.keys() - known.keys())
    variables = ", ".join(f"AIRFLOW_CONN_{name.upper()}" for name in missing)
    if not known:
        raise NotFound(f"no system has a connection; set {variables}, or try klantbeeld sandbox")
    if missing:
        screen.say(f"left out, for want of a connection: {', '.join(missing)}. Set {variables}")
    return sorted(known)


def one_of(known: Iterable[str], word: str | None, hint: str) -> str | None:
    """The word as typed, or none. An unknown one is wrong usage: an empty list would hide the mistake."""
    names = sorted(known)
    if word is None or word in names:
        return word
    raise typer.BadParameter(f"there are {', '.join(names)}.{did_you_mean(word, names)}", param_hint=hint)


def one_field(hub: Hub, field: str | None) -> str | None:
    """A shared field as typed, or none. An unknown one is wrong usage."""
    return one_of({name for some in hub.mappings.customer.fields.values() for name in some}, field, "--field")


def named(hub: Hub, systems: list[str]) -> list[str]:
    """Systems as typed, each once. An unknown one is wrong usage."""
    try:
        return [hub.mapping(name).system for name in dict.fromkeys(systems)]
    except NotFound as error:
        raise typer.BadParameter(str(error)) from None
