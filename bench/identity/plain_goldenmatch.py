"""Plain GoldenMatch on a file, without any settings, as its users run it; prints one JSON object.

    .venv-goldenmatch/bin/python bench/identity/plain_goldenmatch.py FILE.parquet --truth COLUMN \\
        --roles '{"surname": "family_name", "postcode": "postal_code"}'

Run by the Python of ``make bench-goldenmatch``, with the repository on PYTHONPATH for the ruler all are
measured by. It reads columns by their names: they are given as the file has them, and once more under names
it knows and without those that have no role. People and organisations are matched separately. Both of its
ways without settings are run on either, and for each kind the best counts, which only who knows the truth can
choose; the time is that of the best alone. One that takes too long is left out.
"""

import argparse
import json
import logging
import os
import resource
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import goldenmatch
import pyarrow as pa
import pyarrow.compute as pc
from goldenmatch.core.autoconfig import auto_configure_probabilistic_df
from pyarrow import parquet

from hub.identity.accuracy import Accuracy, accuracy

NAMES = {
    "given_name": "first_name",
    "family_name": "last_name",
    "birth_date": "date_of_birth",
    "national_id": "ssn",
    "street": "address",
    "postal_code": "zip",
    "legal_name": "company_name",
    "coc_number": "company_id",
    "vat_number": "tax_id",
    "domain": "website",
}
"""Role → the name of a column it is known by there, where that is another."""
WAYS = ("weighted", "probabilistic")
LIMIT = 300
"""Seconds of wall time that one way may take, of one kind of customer."""
NOT_SAID = frozenset({"id", "kind", "rival"})
"""Columns of ours that no file of a user's has."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one kind of customer by one way."""

    way: str
    labels: list[int]
    """The cluster of each record."""
    figures: Accuracy
    wall_s: float
    cpu_s: float


class TooLong(BaseException):
    """A way took too long; no Exception, as those are caught in there."""


def _too_long(*_: object) -> None:
    raise TooLong


def main() -> None:
    """Match, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--roles", type=json.loads, required=True, help="JSON: column → what it holds")
    parser.add_argument("--truth", required=True, help="the column that says who is who")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    # It remembers files it saw, in the user's home: a second run would find another answer.
    os.environ["GOLDENMATCH_AUTOCONFIG_MEMORY"] = "0"
    # What it says of its progress goes to stdout, where our one JSON object belongs.
    said = os.dup(1)
    os.dup2(2, 1)
    table = parquet.read_table(chosen.file)
    parts = _kinds(table, chosen.roles)
    found = [_best(part, chosen.roles, chosen.truth) for part in parts]
    os.dup2(said, 1)
    print(json.dumps(_report(found, [one[chosen.truth].to_pylist() for one in parts])))


def _kinds(table: pa.Table, roles: Mapping[str, str]) -> list[pa.Table]:
    columns = {role: column for column, role in roles.items()}
    column = columns.get("kind")
    if column is None and {"legal_name", "family_name"} <= columns.keys():
        firms = pc.is_valid(table[columns["legal_name"]])
        return [table.filter(pc.invert(firms)), table.filter(firms)]
    if column is None:
        return [table]
    return [table.filter(pc.equal(table[column], one)) for one in ("person", "organisation")]


def _best(part: pa.Table, roles: Mapping[str, str], truth: str) -> Found:
    """The best of all ways."""
    labels = part[truth].to_pylist()
    plain = part.select([one for one in part.column_names if one not in NOT_SAID and one != truth])
    found = [
        _way(f"{way}, {names}", _filled(table), labels)
        for names, table in (("as in the file", plain), ("told", _told(part, roles)))
        for way in WAYS
    ]
    ended = [one for one in found if one is not None]
    if not ended:
        raise SystemExit(f"none of its ways ended within {LIMIT} s")
    return max(ended, key=lambda one: one.figures.pairwise.f1)


def _told(part: pa.Table, roles: Mapping[str, str]) -> pa.Table:
    named = {NAMES.get(role, role): part[column] for column, role in roles.items() if role != "kind"}
    return pa.table(named)


def _filled(table: pa.Table) -> pa.Table:
    return table.select([one for one in table.column_names if table[one].null_count < table.num_rows])


def _way(way: str, table: pa.Table, truth: Sequence[str]) -> Found | None:
    """What one way makes of a table; None where it takes too long."""
    began, used = time.monotonic(), time.process_time()
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LIMIT)
    try:
        config = auto_configure_probabilistic_df(table) if way.startswith("probabilistic") else None
        result = goldenmatch.dedupe_df(table, config=config)
    except TooLong:
        return None
    finally:
        signal.alarm(0)
    labels = list(range(table.num_rows))
    for number, cluster in result.clusters.items():
        for member in cluster["members"]:
            labels[member] = -1 - number
    wall, cpu = time.monotonic() - began, time.process_time() - used
    return Found(way, labels, accuracy(truth, labels), wall, cpu)


def _report(found: Sequence[Found], truths: Sequence[Sequence[str]]) -> Json:
    # A cluster's number is unique within its kind only.
    labels = [(kind, label) for kind, one in enumerate(found) for label in one.labels]
    whole = accuracy([who for truth in truths for who in truth], labels)
    return {
        "versions": {"goldenmatch": version("goldenmatch")},
        **whole.as_dict(),
        "ways": [one.way for one in found],
        "wall_s": round(sum(one.wall_s for one in found), 2),
        "cpu_s": round(sum(one.cpu_s for one in found), 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
