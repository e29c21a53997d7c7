"""What a person releases, noticed at once: by the store, so it matters not where the word was given."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from dags import door
from dags.telling import tell

EVERY = 5.0
"""Seconds between two looks; each is one row by an index."""


class Released(BaseEventTrigger):
    """Fires when something that was held for a system is let go.

    What was let go while no triggerer ran is found by the system's next pull.
    """

    def __init__(
        self,
        system: str,
        every: float = EVERY,
        wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.system, self.every, self.wait, self.silent = system, every, wait, False

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return "dags.watching.Released", {"system": self.system, "every": self.every}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """One event a release, for as long as the triggerer runs."""
        known = await self._latest()
        while True:
            await self.wait(self.every)
            latest = await self._latest()
            if latest and known is not None and latest != known:
                yield TriggerEvent({"released": latest})  # type: ignore[no-untyped-call]
            known = known if latest is None else latest

    async def _latest(self) -> str | None:
        """When something was last let go; None while the store does not say."""
        try:
            latest = await asyncio.to_thread(door.released, self.system)
        except Exception as error:
            if not self.silent:  # once, and not every few seconds for as long as it lasts
                tell("not_watching", error, system=self.system)
            self.silent = True
            return None
        else:
            self.silent = False
            return latest
