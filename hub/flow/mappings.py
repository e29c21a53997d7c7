"""Which mapping files are in force: the stored ones, until somebody activates what was changed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from hub.mapping.load import Mappings, as_stored, with_texts
from hub.mapping.spec import CustomerRules, SystemMapping
from hub.mapping.strict_yaml import BadFile
from hub.model.instant import now
from hub.model.rule import Rule
from hub.store import mapping_files
from hub.store.engine import Connection, Store
from hub.store.mapping_files import MappingFile


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is not what is in force, and waits for somebody to activate it."""

    system: str
    formerly: str = ""
    """The system whose place it takes."""
    unclear: tuple[str, ...] = ()
    """Systems that have no file any more and are reached in the same way: one of them may be this one."""
    broken: tuple[str, ...] = ()
    """What is wrong with it, where nothing can be made of it."""

    def __str__(self) -> str:
        name = self.system
        if self.broken:
            more = f" (and {len(self.broken) - 1} more: klantbeeld check)" if self.broken[1:] else ""
            return f"{self.broken[0].rstrip('.')}{more}; until it is right, the file before it rules {name}"
        if self.unclear:
            gone = ", ".join(self.unclear)
            told = f"mappings/{name}.yml is new, and mappings/{gone}.yml is gone"
            return f"{told}: klantbeeld check says what to do"
        return (
            f"mappings/{name}.yml changed and is not active: klantbeeld preview {name}, "
            f"then klantbeeld activate {name}"
        )


def in_force(store: Store, on_disk: Mappings) -> Mappings:
    """The mappings every verb uses: of a system the store knows, its active file.

    A system that is new to the store has the file of today from now on, and so has one of whose file only
    comments or the layout changed; one that cannot be read changes nothing. Raises BadFile where a stored
    file can no longer be read, or the file of a system that is new.
    """
    with store.read() as connection:
        known = mapping_files.in_force(connection)
    if new := [line for name, some in on_disk.broken.items() if name not in known for line in some]:
        raise BadFile("\n".join(new))
    news = dict(_news(known, on_disk))
    if news:
        with store.begin() as connection:
            _keep(connection, known, on_disk, news)
    return ruling(known, on_disk)


def ruling(known: Mapping[str, MappingFile], on_disk: Mappings, activated: Collection[str] = ()) -> Mappings:
    """The files as they stand, but for those that wait; as if some of those had been ``activated``."""
    waits = [one for one in waiting(known, on_disk) if one.system not in activated]
    if not waits:
        return on_disk
    other = {one.system: _text(known, one) for one in waits}
    taken = {one.system: one.formerly for one in waits if one.formerly}
    named = replace(on_disk, customer=_as_named(on_disk.customer, taken)) if taken else on_disk
    return with_texts(named, {**other, **{name: known[name].text for name in taken.values()}})


def _as_named(rules: CustomerRules, names: Mapping[str, str]) -> CustomerRules:
    """The rules with systems by the names they still have."""
    return replace(
        rules,
        fields={
            kind: {name: replace(one, rule=_rule(one.rule, names)) for name, one in some.items()}
            for kind, some in rules.fields.items()
        },
    )


def _rule(rule: Rule, names: Mapping[str, str]) -> Rule:
    return replace(rule, systems=tuple(names.get(one, one) for one in rule.systems))


def _text(known: Mapping[str, MappingFile], one: Waiting) -> str | None:
    return known[one.system].text if one.system in known else None


def waiting(known: Mapping[str, MappingFile], on_disk: Mappings) -> list[Waiting]:
    """The files that are not in force, by system."""
    found = [Waiting(name, broken=tuple(some)) for name, some in on_disk.broken.items() if name in known]
    for name, print_ in sorted(on_disk.prints.items()):
        mapping = on_disk.systems.get(name)
        if mapping is None:
            continue
        if name in known:
            if known[name].print != print_:
                found.append(Waiting(name))
        elif mapping.formerly in known:
            found.append(Waiting(name, mapping.formerly))
        elif gone := vanished(known, on_disk, mapping):
            found.append(Waiting(name, unclear=gone))
    return found


def vanished(known: Mapping[str, MappingFile], on_disk: Mappings, mapping: SystemMapping) -> tuple[str, ...]:
    """Systems of the store without a file, reached by the connector of one that is new to it."""
    gone = sorted(known.keys() - on_disk.systems.keys() - on_disk.broken.keys())
    reached = {name: as_stored(on_disk, known[name].text) for name in gone}
    return tuple(name for name, one in reached.items() if one and one.connector == mapping.connector)


def _news(known: Mapping[str, MappingFile], on_disk: Mappings) -> Iterator[tuple[str, str]]:
    """System → the text of today, where the store takes it as it is."""
    held = {one.system for one in waiting(known, on_disk)}
    for name, text in on_disk.texts.items():
        if name not in held and (name not in known or known[name].text != text):
            yield name, text


def _keep(
    connection: Connection, known: Mapping[str, MappingFile], on_disk: Mappings, news: Mapping[str, str]
) -> None:
    there = mapping_files.in_force(connection)
    mapping_files.respelt(connection, {known[name].id: text for name, text in news.items() if name in known})
    for name, text in news.items():
        if name not in there:
            why = "the store knew none"
            mapping_files.add(
                connection, name, text, on_disk.prints[name], now(), "klantbeeld", why, "initial"
            )
