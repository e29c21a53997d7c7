"""``python -m bench NAME``: one measurement, one JSON object. Never a timed test.

python -m bench convergence --records 1000000 --json
python -m bench pull --records 50000 --store postgresql --json
python -m bench reconcile --records 100000 --json
python -m bench delta --records 100000 --json
python -m bench find --records 1000000 --json
python -m bench preview --records 100000 --json
python -m bench serve --records 1000000 --json
python -m bench identity --set hard --records 100000 --json
python -m bench identity --set thin historical rivals --json
python -m bench identity --set all --json
python -m bench harm --customers 2000 --seed 7 101 --rounds 3 --show 5
python -m bench edits --customers 300 --seed 7 101 --rounds 50 --show 3 [--off gap]

What identity is compared with, and Febrl's sets, come with ``make bench-peers``; GoldenMatch, where it is to
be measured too, with ``make bench-goldenmatch``. A set without --records has the size it is made for.
"""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from bench.convergence.measure import convergence
from bench.edits import measure as edits
from bench.edits.switches import SWITCHES
from bench.harm import measure as harm
from bench.identity import measure as identity
from bench.identity.sets import SETS
from bench.report import Measured, machine, peak_mib
from bench.search.measure import find
from bench.serve.measure import serve
from bench.sync import preview, pull, reconcile

Measure = Callable[[Any, str], Measured]
RECORDS = 20_000
NAMES: dict[str, Measure] = {
    "convergence": convergence,
    "delta": reconcile.delta,
    "find": find,
    "preview": preview.measure,
    "pull": pull.measure,
    "reconcile": reconcile.full,
    "serve": serve,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print what was measured; 1 where a promise did not hold."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=sorted([*NAMES, "edits", "harm", "identity"]), help="what to measure")
    parser.add_argument(
        "--records", type=int, help="how many records, or events (default: 20000; of a set: its own)"
    )
    parser.add_argument(
        "--store", choices=("sqlite", "postgresql"), default="sqlite", help="the hub's database (sqlite)"
    )
    parser.add_argument(
        "--set",
        choices=[*sorted(SETS), identity.ALL],
        nargs="+",
        default=["hard"],
        help="whose identity: the records of identity (hard)",
    )
    _about_harm(parser.add_argument_group("harm and edits"))
    parser.add_argument("--json", action="store_true", help="print JSON (the only form so far)")
    chosen = parser.parse_args(arguments)
    measures = {
        **NAMES,
        "edits": edits.of(chosen.customers, chosen.seed, chosen.rounds, chosen.show, chosen.off),
        "harm": harm.of(chosen.customers, chosen.seed, chosen.rounds, chosen.show),
        "identity": identity.of(chosen.set),
    }
    records = chosen.records or (None if chosen.name == "identity" else RECORDS)
    found = measures[chosen.name](records, chosen.store)
    report = {
        "name": chosen.name,
        "machine": machine(),
        "store": chosen.store,
        "ours": found.ours,
        "peers": found.peers,
        "ratio": found.ratio,
        "kept": found.kept,
        "wall_s": found.took.wall_s,
        "cpu_s": found.took.cpu_s,
        "peak_mib": peak_mib(),
    }
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return 0 if found.kept else 1


def _about_harm(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--customers", type=int, default=2_000, help="how many customers (2000)")
    group.add_argument("--seed", type=int, nargs="+", default=[7], help="which populations (7)")
    group.add_argument("--rounds", type=int, default=0, help="rounds of edits after the first load (0)")
    group.add_argument("--show", type=int, default=0, help="samples of each kind of harm, on stderr (0)")
    group.add_argument(
        "--off", choices=sorted(SWITCHES), nargs="+", default=[], help="edits: rules to do without (none)"
    )


if __name__ == "__main__":
    sys.exit(main())
