"""One customer by id and by words, over a full store; and as many as are answered, beside Datasette."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import requests

from bench.identity.peers import ROOT
from bench.identity.sets import TRUTH, prepared
from bench.report import Measured, timed
from bench.search.fill import fill, golden_id
from bench.serve.load import Ask, as_many, steady
from bench.sync.stage import Room, room
from hub.flow.access.tokens import make
from hub.flow.hub import Hub
from hub.mapping.load import load
from hub.matching.columns import columns_of
from hub.matching.described import describe
from hub.matching.match import describer_of, read

A_SECOND, SECONDS = 50, 20.0
"""Requests a second at a steady pace, and for how long; of few records shorter."""
TOKENS = 64
"""Programs that ask: each may ask so often and no more."""
BY_ID, SEARCH = 20, 100
"""Milliseconds that 95 of 100 may take."""
FASTER = 2
"""Times the answers a second of Datasette."""
DATASETTE = ROOT / ".venv-peers" / "bin" / "datasette"


def serve(records: int, store: str) -> Measured:
    """Ask the API at a steady pace, then as fast as it answers."""
    table = read(prepared("hard", records))
    columns = columns_of([one for one in table.column_names if one != TRUTH], {}, None)
    _, described = describe(table, describer_of(table, columns))
    rows = table.to_pylist()
    with room(store) as here:
        fill(here.memory, described)
        hub, dice = Hub(here.memory, load()), Random(7)  # noqa: S311  (the same each time)
        tokens = [make(hub, f"program {one}", "viewer", "bench").secret for one in range(TOKENS)]
        ids = [golden_id(dice.randrange(1, len(rows) + 1)) for _ in range(5_000)]
        words = [" ".join(_words(dice.choice(rows))) for _ in range(5_000)]
        long = max(1.0, min(SECONDS, records / 1_000))
        with timed() as took, _served(here) as address:
            by_id = steady(_by_id(address, ids, tokens), A_SECOND, long)
            search = steady(_search(address, words, tokens), A_SECOND, long)
            many = as_many(_by_id(address, ids, tokens), long / 2)
        peers = _datasette(here, ids, long / 2) if store == "sqlite" else {}
    ours: dict[str, Any] = {
        "records": len(rows),
        "by_id_p95_ms": by_id.p95_ms,
        "search_p95_ms": search.p95_ms,
        "by_id": asdict(by_id),
        "search": asdict(search),
        "requests_per_s": many,
    }
    theirs = peers.get("datasette", {}).get("requests_per_s")
    ours["soon"] = by_id.p95_ms < BY_ID and search.p95_ms < SEARCH
    ours["faster"] = theirs is None or many >= FASTER * theirs
    ratio = round(theirs / many, 3) if theirs else None
    return Measured(ours, took, kept=not by_id.wrong + search.wrong, peers=peers, ratio=ratio)


def _words(row: Mapping[str, Any]) -> Sequence[str]:
    """What a clerk types: a mailbox where there is one, else a name."""
    told = (row.get("email"),) if row.get("email") else (row.get("given_name"), row.get("family_name"))
    return [one for one in told if one] or [row.get("legal_name") or "jansen"]


def _by_id(address: str, ids: Sequence[str], tokens: Sequence[str]) -> Ask:
    def ask(session: requests.Session, number: int) -> requests.Response:
        token = tokens[number % len(tokens)]
        url = f"{address}/customers/{ids[number % len(ids)]}"
        return session.get(url, headers={"authorization": f"Bearer {token}"}, timeout=30)

    return ask


def _search(address: str, words: Sequence[str], tokens: Sequence[str]) -> Ask:
    def ask(session: requests.Session, number: int) -> requests.Response:
        headers = {"authorization": f"Bearer {tokens[number % len(tokens)]}"}
        body = {"words": words[number % len(words)]}
        return session.post(f"{address}/customers/search", json=body, headers=headers, timeout=30)

    return ask


@contextmanager
def _served(here: Room) -> Iterator[str]:
    """The API in a process of its own, as it is served."""
    command = [sys.executable, "-m", "hub.cli", "serve", "--port", "0", "--json"]
    with _process([*command, "--store", here.memory.address]) as child:
        told = "".join(iter(lambda: child.stdout.readline() if child.stdout else "", "}\n"))
        yield json.loads(f"{told}}}")["address"]


def _datasette(here: Room, ids: Sequence[str], seconds: float) -> dict[str, Any]:
    """The same table by its primary key, by Datasette."""
    if not DATASETTE.exists():
        return {"datasette": {"failed": "make bench-peers installs it"}}
    file, port = Path(here.memory.place), _free()
    command = [str(DATASETTE), "serve", str(file), "--port", str(port), "--setting", "num_sql_threads", "4"]
    with _process(command, subprocess.DEVNULL):  # it tells of each request
        address = f"http://127.0.0.1:{port}/{file.stem}/golden"
        _until_answered(address)

        def ask(session: requests.Session, number: int) -> requests.Response:
            return session.get(f"{address}/{ids[number % len(ids)]}.json?_shape=objects", timeout=30)

        return {"datasette": {"requests_per_s": as_many(ask, seconds)}}


@contextmanager
def _process(command: Sequence[str], told: int = subprocess.PIPE) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=subprocess.DEVNULL, text=True) as child:  # noqa: S603
        try:
            yield child
        finally:
            child.terminate()
            child.wait(30)


def _free() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _until_answered(address: str, patience: float = 30) -> None:
    """Wait until somebody listens there. Raises TimeoutError."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            requests.get(address, timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError(f"nobody answers at {address.partition('//')[2].partition('/')[0]}")
