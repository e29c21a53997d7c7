"""What a person releases, noticed at once: by the store, so it matters not where the word was given."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from dags import door

EVERY = 5.0
"""Seconds between two looks; each is one row by an index."""


class Released(BaseEventTrigger):
    """Fires when something that was held for a system is let go.

    What was let go while no triggerer ran is found by the system's next pull.
    """

    def __init__(self, system: str, every: float = EVERY) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.system, self.every = system, every

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return "dags.watching.Released", {"system": self.system, "every": self.every}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """One event a release, for as long as the triggerer runs."""
        known = await asyncio.to_thread(door.released, self.system)
        while True:
            await asyncio.sleep(self.every)
            latest = await asyncio.to_thread(door.released, self.system)
            if latest != known:
                known = latest
                yield TriggerEvent({"released": latest})  # type: ignore[no-untyped-call]
