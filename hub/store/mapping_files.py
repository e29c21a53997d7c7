"""Which mapping file of each system is in force, and those that were: who activated what, when and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select, update

from hub.model.instant import Instant
from hub.store.tables import mapping_file

SHARED = "*"
"""Stands in place of a system for the rules that all of them share."""
State = Literal["initial", "moving", "active"]
"""``initial``: of the day the store first knew the system. ``moving``: in force, and some records are still
as the file before it has them. ``active``: all are as it has them."""


@dataclass(frozen=True, slots=True)
class MappingFile:
    """One system's mapping file, as somebody activated it."""

    id: int
    name: str
    text: str
    print: str
    """The fingerprint of what it says; comments and layout say nothing."""
    activated_at: Instant
    who: str
    why: str
    state: State
    moved: int = 0
    """While moving: the row id up to which the system's records are as this file has them."""


def in_force(connection: Connection, names: Collection[str] | None = None) -> dict[str, MappingFile]:
    """System → the file in force there, for all systems or those of some ``names`` (:data:`SHARED` too)."""
    newest = select(func.max(mapping_file.c.id)).group_by(mapping_file.c.name)
    query = select(mapping_file).where(mapping_file.c.id.in_(newest))
    if names is None:
        query = query.where(mapping_file.c.name != SHARED)
    else:
        query = query.where(mapping_file.c.name.in_(sorted(names)))
    return {row.name: MappingFile(*row) for row in connection.execute(query)}


def before(connection: Connection, file: MappingFile) -> MappingFile | None:
    """The file that was in force before this one."""
    query = select(mapping_file).where(mapping_file.c.id < file.id, mapping_file.c.name == file.name)
    row = connection.execute(query.order_by(mapping_file.c.id.desc()).limit(1)).one_or_none()
    return MappingFile(*row) if row else None


def add(
    connection: Connection, name: str, text: str, print_: str, at: Instant, who: str, why: str, state: State
) -> None:
    """This file is in force from now on."""
    row = {"name": name, "text": text, "print": print_, "activated_at": at, "who": who, "why": why}
    connection.execute(mapping_file.insert().values(**row, state=state, moved=0))


def respelt(connection: Connection, texts: Mapping[int, str]) -> None:
    """The same files in other words: comments or layout alone."""
    for which, text in texts.items():
        connection.execute(update(mapping_file).where(mapping_file.c.id == which).values(text=text))


def move(connection: Connection, file: MappingFile, to: int) -> None:
    """The system's records are as the file has them up to a row id, in the transaction that stores them."""
    connection.execute(update(mapping_file).where(mapping_file.c.id == file.id).values(moved=to))


def moved(connection: Connection, file: MappingFile) -> None:
    """All records are as the file has them."""
    connection.execute(update(mapping_file).where(mapping_file.c.id == file.id).values(state="active"))


@dataclass(frozen=True, slots=True)
class Activation:
    """That somebody activated a file."""

    name: str
    at: Instant
    who: str
    why: str


def activations(connection: Connection) -> list[Activation]:
    """The latest activation of each file, and of the shared rules; of those that are still the first none."""
    table = mapping_file.c
    newest = select(func.max(table.id)).where(table.state != "initial").group_by(table.name)
    query = select(table.name, table.activated_at, table.who, table.why).where(table.id.in_(newest))
    return [Activation(*row) for row in connection.execute(query.order_by(table.id))]
