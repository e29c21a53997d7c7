"""Plain Splink 5 on a file, its settings and thresholds chosen in its favour; prints one JSON object.

    .venv-peers/bin/python bench/identity/plain_splink.py FILE.parquet --truth COLUMN \\
        --roles '{"surname": "family_name", "postcode": "postal_code"}'

Run by the Python of the peers' environment (``make bench-peers``), with the repository on PYTHONPATH for
the ruler both are measured by. People and organisations are matched separately, as by the hub. Each kind
has the threshold that is best for both together, which only who knows the truth can choose.
"""

import argparse
import json
import logging
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from typing import Any

import duckdb
import numpy as np
import splink
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.identity import splink_settings as settings
from hub.identity.accuracy import Accuracy, accuracy

STARTED = time.monotonic()
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999)
ALMOST_NEVER = 1e-6
"""What Splink itself takes for a level it has not seen."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """The clusters of one kind at one threshold."""

    threshold: float
    labels: Any
    """The cluster of each record."""
    figures: Accuracy
    cluster_s: float
    joined: int
    """Pairs of records in one cluster."""


@dataclass(slots=True)
class Found:
    """What came of one kind of customer."""

    truth: Any
    """Labels by record."""
    true: int
    """Pairs of records that belong together."""
    train_s: float = 0.0
    predict_s: float = 0.0
    options: list[Option] = field(default_factory=list)


def main() -> None:
    """Match, cluster, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--roles", type=json.loads, required=True, help="JSON: column → what it holds")
    parser.add_argument("--truth", required=True, help="the column that says who is who")
    chosen = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    con = duckdb.connect()
    kinds = _read(con, chosen.file, chosen.roles, chosen.truth)
    read_s = time.monotonic() - STARTED
    print(json.dumps(_report([(kind, _match(con, kind, roles)) for kind, roles in kinds.items()], read_s)))


def _read(
    con: duckdb.DuckDBPyConnection, file: str, roles: Mapping[str, str], truth: str
) -> dict[str, frozenset[str]]:
    """One table a kind, its values cleaned; kind → the roles that are filled."""
    kind = next((f'"{column}"' for column, role in roles.items() if role == "kind"), _only(roles))
    columns = {role: settings.clean(role, column) for column, role in roles.items() if role != "kind"}
    listed = ", ".join(f"{made} AS {role}" for role, made in columns.items())
    given = f"SELECT {kind} AS kind, \"{truth}\" AS truth, {listed} FROM read_parquet('{file}')"
    con.execute(f"CREATE TABLE everybody AS SELECT row_number() OVER () AS unique_id, * FROM ({given})")
    found = {}
    for (name,) in con.execute("SELECT DISTINCT kind FROM everybody ORDER BY kind").fetchall():
        mine = f"SELECT * EXCLUDE (kind) FROM everybody WHERE kind = '{name}'"
        con.execute(f"CREATE TABLE {name} AS {mine}")
        found[name] = frozenset(role for role in columns if _filled(con, name, role))
    return found


def _only(roles: Mapping[str, str]) -> str:
    """SQL: the kind, where no column says it: of all, or by which name is filled."""
    columns = {role: column for column, role in roles.items()}
    if "legal_name" not in columns:
        return "'person'"
    if "family_name" not in columns:
        return "'organisation'"
    return f"CASE WHEN \"{columns['legal_name']}\" IS NULL THEN 'person' ELSE 'organisation' END"


def _filled(con: duckdb.DuckDBPyConnection, table: str, role: str) -> bool:
    return con.execute(f"SELECT 1 FROM {table} WHERE {role} IS NOT NULL LIMIT 1").fetchone() is not None


def _match(con: duckdb.DuckDBPyConnection, kind: str, roles: frozenset[str]) -> Found:
    truth: Any = con.execute(f"SELECT truth FROM {kind} ORDER BY unique_id").fetchnumpy()["truth"]
    plan = settings.plan(kind, roles, len(truth))
    began = time.monotonic()
    linker = Linker(
        DuckDBAPI(connection=con).register(kind),
        SettingsCreator(
            link_type="dedupe_only",
            comparisons=plan.comparisons,
            blocking_rules_to_generate_predictions=[block_on(*one) for one in plan.blocking],
            retain_matching_columns=False,
        ),
    )
    _train(linker, plan)
    found, trained = Found(truth, _pairs(truth)), time.monotonic()
    pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    found.train_s, found.predict_s = trained - began, time.monotonic() - trained
    found.options = [_clustered(con, linker, pairs, truth, threshold) for threshold in THRESHOLDS]
    return found


def _train(linker: Linker, plan: settings.Plan) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*one) for one in plan.certain], recall=plan.recall
    )
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for one in plan.training:
        training.estimate_parameters_using_expectation_maximisation(block_on(*one), max_pairs=1e7)


def _floored(records: list[Json]) -> dict[str, dict[int, Json]]:
    """Splink 5.0.0 raises where expectation maximisation gives a level exactly 0, and stays half trained."""
    found: dict[str, dict[int, Json]] = _LOOKED_UP(records)
    for levels in found.values():
        for level in levels.values():
            level["m_probability"] = max(level["m_probability"], ALMOST_NEVER)
    return found


_MAXIMISING: Any = import_module("splink.internals.expectation_maximisation")
_LOOKED_UP = _MAXIMISING.m_u_records_to_lookup_dict
_MAXIMISING.m_u_records_to_lookup_dict = _floored


def _clustered(
    con: duckdb.DuckDBPyConnection, linker: Linker, pairs: Any, truth: Any, threshold: float
) -> Option:
    began = time.monotonic()
    made = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
    took = time.monotonic() - began
    asked = f"SELECT cluster_id FROM {made.physical_name} ORDER BY unique_id"
    labels: Any = con.execute(asked).fetchnumpy()["cluster_id"]
    made.drop_table_from_database_and_remove_from_cache()
    return Option(threshold, labels, accuracy(truth, labels), took, _pairs(labels))


def _pairs(labels: Any) -> int:
    sizes = np.unique(labels, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def _report(kinds: Sequence[tuple[str, Found]], read_s: float) -> Json:
    found = [one for _, one in kinds]
    best = max(product(*(one.options for one in found)), key=lambda some: _f1(found, some))
    match_s = sum(one.predict_s + option.cluster_s for one, option in zip(found, best, strict=True))
    # A record's number is unique over both kinds, and a cluster is named after one of its records.
    whole = accuracy(
        np.concatenate([one.truth for one in found]), np.concatenate([one.labels for one in best])
    )
    return {
        "versions": {"splink": splink.__version__, "duckdb": duckdb.__version__},
        **whole.as_dict(),
        "threshold": {kind: one.threshold for (kind, _), one in zip(kinds, best, strict=True)},
        "at": {
            kind: {str(one.threshold): one.figures.as_dict() for one in each.options} for kind, each in kinds
        },
        "seconds": round(read_s + sum(one.train_s for one in found) + match_s, 2),
        "match_cluster_s": round(match_s, 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _f1(found: Sequence[Found], some: Sequence[Option]) -> float:
    """The pairwise F1 of all kinds together."""
    true = sum(one.true for one in found)
    right = sum(one.true * option.figures.pairwise.recall for one, option in zip(found, some, strict=True))
    both = true + sum(option.joined for option in some)
    return 2 * right / both if both else 1.0


if __name__ == "__main__":
    main()
