"""Bulk requests: they wait in a queue, and tell afterwards what became of each item."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.core.operation import Answer, Call, Reply
from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.zendesk.forms import error, no_record
from sandbox.zendesk.requests import listed

LATER = timedelta(seconds=2)
"""How long a job waits before it is done, all at once."""
QUEUED = 30
"""Jobs that may wait at a time."""
Step = Callable[[Mapping[str, Any]], Json]
"""Does one item; returns its result, or raises :class:`Answer` to refuse it."""


@dataclass(slots=True)
class Job:
    """One bulk request."""

    key: str
    kind: str
    url: str
    due: datetime
    items: Sequence[Mapping[str, Any]] = field(repr=False)
    step: Step
    results: list[Json] | None = field(default=None, repr=False)


class Jobs:
    """The queue. :meth:`settle` must be called before anything else is answered."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()

    def settle(self) -> None:
        """Do every job whose time has come."""
        now = self._world.clock.now()
        while self._waiting and self._waiting[0].due <= now:
            job = self._waiting.popleft()
            job.results = [_result(index, item, job.step) for index, item in enumerate(job.items)]

    def queue(self, call: Call, kind: str, items: Sequence[Mapping[str, Any]], step: Step) -> Reply:
        """Accept a bulk request; 429 where too many wait."""
        if len(self._waiting) >= QUEUED:
            raise Answer(error(429, "TooManyJobs", f"At most {QUEUED} jobs can wait at a time"))
        key = f"{len(self._jobs) + 1:032x}"
        url = f"{call.url.partition('/api/v2/')[0]}/api/v2/job_statuses/{key}.json"
        job = Job(key, kind, url, self._world.clock.now() + LATER, items, step)
        self._jobs[key] = job
        self._waiting.append(job)
        return Reply(200, {"job_status": _shown(job)})

    def listed(self, call: Call) -> Reply:
        """Every job there was, the latest first."""
        return Reply(200, listed("job_statuses", [_shown(job) for job in reversed(self._jobs.values())]))

    def status(self, call: Call) -> Reply:
        """Where a job stands; 404 for one that never was."""
        job = self._jobs.get(call.path["id"])
        if job is None:
            raise no_record()
        return Reply(200, {"job_status": _shown(job)})


def _shown(job: Job) -> Json:
    done = job.results is not None
    return {
        "id": job.key,
        "job_type": job.kind,
        "url": job.url,
        "total": len(job.items),
        "progress": len(job.items) if done else None,
        "status": "completed" if done else "queued",
        "message": "Completed" if done else None,
        "results": job.results,
    }


def _result(index: int, item: Mapping[str, Any], step: Step) -> Json:
    try:
        return {"index": index, **step(item)}
    except Answer as answer:
        body = answer.reply.body
        return {
            "index": index,
            "id": item.get("id"),
            "status": "Failed",
            "error": body["error"],
            "details": _details(body),
        }


def _details(body: Mapping[str, Any]) -> str:
    lists = body.get("details", {}).values()
    found = [problem["description"] for problems in lists for problem in problems]
    return " ".join(found) or str(body["description"])
