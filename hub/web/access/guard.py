"""What a route needs: declared beside it, checked before it, and found by the test that reads all routes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request

from hub.flow.access.roles import Person, Right
from hub.flow.hub import Hub
from hub.views.sentences import Lang
from hub.views.sight import Sight, sight_of
from hub.web.access.recorder import Recorder
from hub.web.problems import Forbidden, Unknown


class Door(Protocol):
    """How whoever asks is known: by a token, by a session, by Airflow."""

    def person(self, request: Request) -> Person | None:
        """Who asks; None for somebody who is not known here."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What the whole application has."""

    hub: Hub
    door: Door
    recorder: Recorder


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who was let in and has the right the route asks for."""

    house: House
    person: Person
    lang: Lang

    @property
    def hub(self) -> Hub:
        return self.house.hub

    @property
    def sight(self) -> Sight:
        """What of customers he sees: a department what its view file names, the others all."""
        mine = self.person.department if self.person.role == "department" else None
        return sight_of(self.hub, mine)

    def note(self, what: str, about: str, **told: Any) -> None:
        """Write down what he does, and wait until it is stored. ``told``: nothing anybody said."""
        self.house.recorder.note(self.hub, self.person, what, about, **told)


@dataclass(frozen=True)
class Needs:
    """The dependency of a route on a right."""

    right: Right

    def __call__(self, request: Request) -> Visit:
        """Raises Unknown and Forbidden."""
        house: House = request.app.state.house
        person = house.door.person(request)
        if person is None:
            raise Unknown()
        if not person.may(self.right):
            raise Forbidden(self.right)
        return Visit(house, person, _language(request))


def _language(request: Request) -> Lang:
    """Dutch for who asks for it before English."""
    wanted = request.headers.get("accept-language", "").casefold()
    places = {lang: wanted.find(lang) for lang in ("nl", "en")}
    return "nl" if places["nl"] >= 0 and (places["en"] < 0 or places["nl"] < places["en"]) else "en"


def right_of(dependencies: Iterable[Any]) -> Right | None:
    """The right a route asks for, by what it depends on; None where it declares none, or several."""
    found = [one.call.right for one in dependencies if isinstance(one.call, Needs)]
    return found[0] if len(found) == 1 else None


Sees = Annotated[Visit, Depends(Needs("see"))]
Watches = Annotated[Visit, Depends(Needs("watch"))]
Proposes = Annotated[Visit, Depends(Needs("propose"))]
Answers = Annotated[Visit, Depends(Needs("answer"))]
Judges = Annotated[Visit, Depends(Needs("judge"))]
Releases = Annotated[Visit, Depends(Needs("release"))]
Redrives = Annotated[Visit, Depends(Needs("redrive"))]
Exports = Annotated[Visit, Depends(Needs("export"))]
ReadsTrail = Annotated[Visit, Depends(Needs("trail"))]
Manages = Annotated[Visit, Depends(Needs("manage"))]
