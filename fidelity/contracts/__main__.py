"""``make test-contracts``: records the tour, holds it against the vendors' documents, and says what deviates.

The documents lie in ``KLANTBEELD_SPECS`` (default ``../shared/specs``), a folder for each vendor with its
OpenAPI 3 or Swagger 2.0 files, YAML or JSON. Ends with 0 where nothing deviates, 1 where something does, 2
where there was nothing to hold it against.
"""

import logging
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from fidelity.contracts.documents import Operation, meant, operations
from fidelity.contracts.judge import Deviation, judge
from fidelity.contracts.known import FILE, known, stale, unknown
from fidelity.contracts.tape import Exchange
from fidelity.contracts.tour import NAMES, recorded

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "KLANTBEELD_SPECS"


def main() -> int:
    """The exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    folder = Path(os.environ.get(VARIABLE) or ROOT / "../shared/specs").resolve()
    try:
        documents = described(folder)
    except ValueError as error:
        print(f"{VARIABLE}: {error}", file=sys.stderr)
        return 2
    if not documents:
        print(
            f"{VARIABLE}: {folder} holds no document of {', '.join(sorted(NAMES))}.\n"
            f"Put each vendor's OpenAPI documents in a folder of its name there (brevo/swagger.yaml), "
            f"or say where they are: make test-contracts {VARIABLE}=/path/to/specs",
            file=sys.stderr,
        )
        return 2
    with TemporaryDirectory() as memory:
        tape = recorded(Path(memory))
    return report(tape, documents)


def described(folder: Path) -> dict[str, list[Operation]]:
    """System → what its vendor's documents describe, for the systems that have any."""
    found = {name: operations(folder / name) for name in sorted(NAMES)}
    return {name: every for name, every in found.items() if every}


def report(tape: Sequence[Exchange], documents: Mapping[str, Sequence[Operation]]) -> int:
    """Print what deviates and what was looked at."""
    entries = known()
    found = Counter(
        deviation
        for exchange in tape
        if exchange.system in documents
        for deviation in judge(exchange, documents[exchange.system])
    )
    new, old = unknown(found, entries), stale(found, entries, set(documents))
    for one in new:
        print(_line(one, found[one]))
    for entry in old:
        where = f"{entry.system} {entry.operation}, {entry.place}"
        print(f"{FILE.name}: {where}: does not occur any more; take the entry out")
    for name in sorted(NAMES):
        print(_looked_at(name, tape, documents.get(name)))
    allowed = len(found) - len(new)
    print(
        f"{len(new)} deviations, {allowed} known ones ({FILE.relative_to(ROOT)}), {len(old)} outdated entries"
    )
    return 1 if new or old else 0


def _line(one: Deviation, times: int) -> str:
    what = f"{one.place}: {one.given}; document: {one.allowed}"
    return f"{one.system}  {one.operation}\n    {what}  ({times} times)"


def _looked_at(name: str, tape: Sequence[Exchange], described: Sequence[Operation] | None) -> str:
    mine = [one for one in tape if one.system == name]
    if described is None:
        return f"{name}: no document; {len(mine)} exchanges were not looked at"
    meanings = [meant(described, one.method, one.path) for one in mine]
    used = {operation.name for operation in meanings if operation}
    return f"{name}: {len(mine)} exchanges over {len(used)} documented operations"


if __name__ == "__main__":
    sys.exit(main())
