"""A short story with everything in it that a crash could spoil, told by a hub in a child process."""

import copy
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hub.store.engine import Store, open_store
from hub.store.migrate import migrate
from sandbox.core.clock import Clock
from sandbox.core.standin import StandIn
from sandbox.core.world import World
from sandbox.hubspot.kinds import COMPANIES, CONTACTS
from tests.databases import Databases
from tests.integration.crash_child import SYSTEMS, Orders, Point, Told, Verb, child
from tests.integration.dump import Dump, dump, written
from tests.integration.household import Customer, rows
from tests.integration.stage import ROUND, Stage, played, staged

PEOPLE = [Customer(number) for number in range(1, 7)]
FIRM = Customer(7)
UNSOLD, TAKEN, MOVER, NAMELESS, TWICE, GONE = PEOPLE
"""Not yet in sales; whose number another contact has; who moves house; whose contact in marketing has no
name; who is two people until somebody corrects a number; whose contact in marketing is deleted."""

PULLS: list[Verb] = [("pull", name) for name in SYSTEMS]
PUBLISHES: list[Verb] = [("publish", name) for name in SYSTEMS]
SYNC: list[Verb] = [*PULLS, ("recompose",), *PUBLISHES]
KILLED = -9
MINUTE = timedelta(minutes=1)
"""Until somebody starts again what was killed."""

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.integration.crash_preload"])


@dataclass(frozen=True, slots=True)
class Chapter:
    """What people do, and what the hub does after it."""

    verbs: Sequence[Verb]
    people: Callable[[Stage], None] = lambda stage: None


def _people(stage: Stage) -> None:
    """One moves house, of one a number is corrected, one contact is deleted without a word."""
    said: Any = TWICE.said("person")
    number = {"properties": {"phone": said["phones"][0]}}
    stage.edit("hubspot", "contacts", MOVER.key("hubspot", "person"), {"properties": {"city": "Appelscha"}})
    stage.edit("hubspot", "contacts", TWICE.key("hubspot", "person"), number)
    gone = GONE.key("brevo", "person")
    stage.ask("brevo", "DELETE", f"/v3/contacts/{gone}?identifierType=contact_id")


CHAPTERS = (
    Chapter(SYNC),
    Chapter([("approve",), *PUBLISHES]),
    Chapter(SYNC),
    Chapter(SYNC),
    Chapter([("keep", "brevo"), *SYNC], _people),
    Chapter([*SYNC, ("approve",), *PUBLISHES]),
    Chapter([*SYNC, ("audit",), *PUBLISHES]),
)


def seeds() -> Any:
    """Everybody, as the systems know them at first."""
    found: Any = rows(PEOPLE, [FIRM])
    sold = {one["id"]: one for one in found["hubspot"]["contacts"]}
    mailed = {str(one["id"]): one for one in found["brevo"]["contacts"]}
    taken, nameless, mover = (mailed[one.key("brevo", "person")] for one in (TAKEN, NAMELESS, MOVER))
    stranger = {"FIRSTNAME": "Wilhelmina", "LASTNAME": "Elders", "SMS": taken["attributes"].pop("SMS")}
    found["brevo"]["contacts"].append(
        {**mover, "id": 99, "email": "vreemd@elders.nl", "attributes": stranger}
    )
    again = mailed[TWICE.key("brevo", "person")]
    alike = {name: one for name, one in again["attributes"].items() if name != "SMS"}
    found["brevo"]["contacts"].append({**again, "id": 98, "email": "nog@klant5.nl", "attributes": alike})
    nameless["attributes"] |= {"FIRSTNAME": "", "LASTNAME": ""}
    sold[TWICE.key("hubspot", "person")]["properties"] |= {
        "email": "anders@klant.nl",
        "lifecyclestage": "lead",
        **dict.fromkeys(("phone", "address", "zip", "city", "date_of_birth")),
    }
    del sold[UNSOLD.key("hubspot", "person")]
    found["hubspot"]["contacts"] = list(sold.values())
    unbilled = TWICE.key("moneybird", "person")
    for name, by in (("contacts", "id"), ("sales_invoices", "contact_id")):
        found["moneybird"][name] = [one for one in found["moneybird"][name] if one[by] != unbilled]
    return found


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended."""

    code: int
    told: Told | None


def begin(orders: Orders) -> Callable[[], Ended]:
    """Let a child carry out orders; call what is returned to wait for its end."""
    hear, tell = forks.Pipe(duplex=False)
    process = forks.Process(target=child, args=(orders, tell))
    process.start()
    tell.close()

    def ended() -> Ended:
        try:
            told = hear.recv()
        except EOFError:
            told = None
        process.join()
        return Ended(process.exitcode or 0, told)

    return ended


def hub(orders: Orders) -> Ended:
    """Let a child carry out orders, and wait for its end."""
    return begin(orders)()


@dataclass(frozen=True, slots=True)
class Kill:
    """Where in the story a child dies."""

    chapter: int
    point: Point

    def __str__(self) -> str:
        return f"chapter {self.chapter}, {self.point.name} ({self.point.nth})"


Scenery = tuple[World, Sequence[StandIn]]
"""Systems, and the world they are in."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How everything stands before a chapter; what is told from there on starts with a copy of it."""

    chapter: int
    store: str
    stage: Scenery
    lines: Counter[str]
    """What it came to so far."""

    @classmethod
    def of(cls, chapter: int, databases: Databases, store: Store, stage: Stage) -> "Moment":
        """The present one. Nobody else may use the store."""
        lines = _outcome(store, stage).lines()
        store.close()
        copy = databases.copied(_address(store))
        return cls(chapter, copy, _copied((stage.world, list(stage.standins.values()))), lines)


def _copied(some: Scenery) -> Scenery:
    """The same systems once more, which go their own way."""
    for one in some[1]:
        vars(one).pop("app", None)  # it is made of the system it serves, when it is next asked for
    return copy.deepcopy(some, {id(kind): kind for kind in (CONTACTS, COMPANIES)})  # of these there is one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a story came to."""

    dump: Dump
    written: Counter[tuple[str, ...]]
    """What the hub wrote, by the systems' own journal."""
    passed: Sequence[Kill]
    """Every point passed, in order, but for those before a kill."""
    killed: int = 0
    """How many of the kills that were ordered happened."""
    moments: Sequence[Moment] = ()
    """How it stood before each chapter, where that was asked for."""

    def differences(self, other: "Outcome") -> list[str]:
        """Lines that only one of the two has."""
        mine, theirs = self.lines(), other.lines()
        return [
            *(f"only now: {one}" for one in sorted((mine - theirs).elements())),
            *(f"no longer: {one}" for one in sorted((theirs - mine).elements())),
        ]

    def lines(self) -> Counter[str]:
        """Everything, as text."""
        held = Counter(f"{table}: {line}" for table, lines in self.dump.items() for line in lines)
        return held + Counter({f"written: {one}": number for one, number in self.written.items()})


Trouble = Callable[[int, Store, Stage, Sequence[Verb]], None]
"""What goes wrong in a chapter (its number), before the hub does all of it without trouble."""


def tell(
    databases: Databases,
    *kills: Kill,
    trouble: Trouble | None = None,
    chapters: Sequence[Chapter] = CHAPTERS,
    since: Moment | None = None,
    keep: bool = False,
    like: Outcome | None = None,
    clock: Clock | None = None,
    behind: timedelta = timedelta(0),
) -> Outcome:
    """The whole story; a chapter in which the hub is killed is run again from its beginning.

    Several kills in one chapter happen one after the other, each while the one before is being made good.
    ``since``: what comes before is not told again. ``keep``: how it stands before each chapter is kept.
    ``like``: a whole chapter after the last kill, and after the first that is told, where all is as it was in
    that one by then, the rest is. ``behind``: so much is the hub's clock behind that of the systems.
    """

    def told(store: Store, stage: Stage, verbs: Sequence[Verb], at: Point | None = None) -> Orders:
        made = orders(store, stage, verbs, at)
        return replace(made, now=made.now - behind)

    passed: list[Kill] = []
    moments: list[Moment] = []
    killed = 0
    last = max([one.chapter for one in kills] + [since.chapter if since else 0])
    with _begun(databases, since, clock) as (store, stage):
        for number, chapter in list(enumerate(chapters))[since.chapter if since else 0 :]:
            if keep:
                moments.append(Moment.of(number, databases, store, stage))
            stage.pass_time(ROUND)
            chapter.people(stage)
            if trouble:
                trouble(number, store, stage, chapter.verbs)
            for kill in (one for one in kills if one.chapter == number):
                killed += hub(told(store, stage, chapter.verbs, kill.point)).code == KILLED
                stage.pass_time(MINUTE)
            passed += points(number, finished(hub(told(store, stage, chapter.verbs))).points)
            if like and number > last and _as_in(like, number + 1, store, stage):
                return replace(like, passed=passed, killed=killed)
        return replace(_outcome(store, stage), passed=passed, killed=killed, moments=moments)


def _outcome(store: Store, stage: Stage) -> Outcome:
    """What it came to so far."""
    return Outcome(dump(store), written(stage.by_hub(), store), ())


def _as_in(other: Outcome, chapter: int, store: Store, stage: Stage) -> bool:
    """Whether all is as it was there before a chapter."""
    return chapter < len(other.moments) and _outcome(store, stage).lines() == other.moments[chapter].lines


@contextmanager
def _begun(databases: Databases, since: Moment | None, clock: Clock | None) -> Iterator[tuple[Store, Stage]]:
    """A store and a stage: of that moment, or new ones."""
    store = open_store(databases.copied(since.store) if since else databases.new())
    with closing(store), played(*_copied(since.stage)) if since else staged(seeds(), clock=clock) as stage:
        if not since:
            migrate(store)
        yield store, stage


def _address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def orders(store: Store, stage: Stage, verbs: Sequence[Verb], at: Point | None = None, **how: Any) -> Orders:
    """What a child is told to do now."""
    return Orders(_address(store), stage.running, stage.world.clock.now(), verbs, at, **how)


def finished(ended: Ended) -> Told:
    """What a child said that must have done all it was told."""
    assert ended.code == 0 and ended.told and not ended.told.error, ended
    return ended.told


def points(chapter: int, names: Sequence[str]) -> list[Kill]:
    """The points of a chapter, each with the how-maniest of its name it is."""
    times: Counter[str] = Counter()
    found = []
    for name in names:
        times[name] += 1
        found.append(Kill(chapter, Point(name, times[name])))
    return found
