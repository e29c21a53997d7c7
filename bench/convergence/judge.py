"""The oracle: counts lost edits and echo writes from the people's journal alone.

* **Lost edit**: a hub write replaced a value a person had authored and no pull had ever shown the hub.
* **Echo write**: a write to a cell although, since the last write to that cell, no pull showed any
  new edit of that customer's field, and that last write was answered.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from bench.convergence.world import Edit, Shown, Version

Place = tuple[str, int, str]


@dataclass(slots=True)
class Judge:
    """Watches pulls and writes from outside the hub."""

    lost_edits: int = 0
    echo_writes: int = 0
    writes: int = 0
    _news: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _last: dict[Place, tuple[int, bool]] = field(default_factory=dict)
    _stored: dict[Place, Shown] = field(default_factory=dict)
    _pulls: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _sent: dict[Place, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    _clock: int = 0

    def shown(self, place: Place, edit: Edit | None, value: Shown, at: int) -> None:
        """A pull showed a cell whose present value is ``edit``'s doing (None: the hub's)."""
        self._stored[place] = value
        if edit is not None and edit.shown_at is None:
            edit.shown_at = at
            self._clock += 1
            self._news[edit.customer, edit.field].append(self._clock)

    def pulled(self, system: str, complete_to: int) -> None:
        """A pull of ``system`` ended; it showed everything up to ``complete_to``."""
        self._pulls[system].append(complete_to)

    def certainly_later(self, edit: Edit, known: int) -> bool:
        """Whether a pull between ``known`` and the edit still showed the cell without it.

        Only then can any hub know, whatever the system's clock says, that the edit is the later one.
        """
        return any(known < one < edit.at for one in self._pulls[edit.system])

    def written(self, place: Place, replaced: Version, value: Shown, lost: bool) -> None:
        """The hub sent ``value`` over ``replaced``; ``lost``: its answer will never come."""
        self._clock += 1
        self.writes += 1
        if self._unknown(place, replaced):
            self.lost_edits += 1
        before = self._last.get(place)
        if before is not None and not before[1] and not self._news_since(place, before[0]):
            self.echo_writes += 1
        self._last[place] = (self._clock, lost)
        self._sent[place].append(value)

    def _unknown(self, place: Place, replaced: Version) -> bool:
        """A person's value no pull ever showed.

        What was last shown, or what the hub itself asked for, is no news when a person types it too.
        """
        edit = replaced.edit
        known = [self._stored.get(place), *self._sent[place]]
        return edit is not None and edit.shown_at is None and replaced.value not in known

    def _news_since(self, place: Place, moment: int) -> bool:
        news = self._news[place[1], place[2]]
        return bool(news) and news[-1] > moment
