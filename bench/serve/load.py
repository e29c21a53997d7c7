"""Requests at a steady pace, whoever waits; or as many as are answered."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles
from threading import local

import requests

CLIENTS = 8
"""Connections that ask."""
Ask = Callable[[requests.Session, int], requests.Response]
"""A connection and the number of the request → its answer."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long answers took, in milliseconds."""

    asked: int
    wrong: int
    """Answers that were none, or another than was asked for."""
    p50_ms: float
    p95_ms: float
    worst_ms: float


def steady(ask: Ask, a_second: int, seconds: float) -> Waited:
    """So many requests a second, each begun at its moment: who waits for one holds up no other.

    The time of one counts from when it was due, so that a stall is not hidden by asking later.
    """
    begun = time.perf_counter() + 0.2
    due = [begun + number / a_second for number in range(int(a_second * seconds))]
    kept = local()

    def one(number: int) -> tuple[float, bool]:
        time.sleep(max(0.0, due[number] - time.perf_counter()))
        answer = ask(_session(kept), number)
        return time.perf_counter() - due[number], answer.ok

    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(one, range(len(due))))
    return _told([1000 * took for took, _ in found], sum(not ok for _, ok in found))


def as_many(ask: Ask, seconds: float) -> float:
    """Answers a second, of as many connections as there are clients, each asking once it is answered."""
    numbers, kept, end = count(), local(), time.perf_counter() + seconds

    def run(_: int) -> int:
        answered = 0
        while time.perf_counter() < end:
            answered += ask(_session(kept), next(numbers)).ok
        return answered

    with ThreadPoolExecutor(CLIENTS) as pool:
        return round(sum(pool.map(run, range(CLIENTS))) / seconds, 1)


def _session(kept: local) -> requests.Session:
    if not hasattr(kept, "session"):
        kept.session = requests.Session()
    session: requests.Session = kept.session
    return session


def _told(waited: Sequence[float], wrong: int) -> Waited:
    return Waited(
        len(waited),
        wrong,
        round(median(waited), 1),
        round(quantiles(waited, n=20)[-1], 1),
        round(max(waited), 1),
    )
