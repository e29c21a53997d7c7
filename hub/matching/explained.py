"""Why two rows of a file are one customer, or two, in the words of the file itself."""

from collections.abc import Sequence

import pyarrow as pa
from pyarrow import compute

from hub.identity.connected import connected
from hub.identity.database import database, number_by_content
from hub.identity.deciding import Group, group_of
from hub.identity.engine import Matched
from hub.identity.explaining import Why, as_written, decided, why, why_stored, within
from hub.identity.findings import LISTS, LOOKED_AT
from hub.identity.rating import stored
from hub.identity.weights import Weights
from hub.identity.written import Written, written
from hub.mapping.load import HERE, load
from hub.matching.file_read import FileRead
from hub.matching.reading.cells import bare, several
from hub.model.keys import Kind
from hub.model.value import Value

_CELLS = {
    "birth_date": "birth_date",
    "number": "number",
    "vat_number": "vat_number",
    "coc_number": "coc_number",
    "domain": "domain",
    "employer": "employer",
}
"""Role → the shared field that is shown as its cell stands."""
_SEVERAL = {"email": "emails", "phone": "phones"}


def explained(
    read: FileRead,
    rows: Sequence[int],
    described: pa.Table,
    matched: Matched,
    pair: tuple[int, int],
    *,
    as_hub: bool,
) -> Why:
    """Explain two rows of a file.

    ``rows``: those of their kind, as they are counted in the file; ``described`` and ``matched`` are these
    rows. ``as_hub``: as two stored records are explained.
    """
    weights = matched.fitted.weights
    low, high = (rows.index(row) for row in pair)
    if as_hub:
        found = why_stored(_document(described, low), _document(described, high), weights)
    else:
        found = why(described, matched.fitted, low, high)
    cells = [_cells(read, weights.kind, row) for row in pair]
    one = matched.groups[low] == matched.groups[high]
    group = _group(described, matched, rows, (low, high), found)
    return decided(within(as_written(found, *cells), _told(described, weights)), group, one=one)


def _document(described: pa.Table, row: int) -> str:
    """A row as a record is stored."""
    return stored(described.drop_columns(["id"]).slice(row, 1).to_pylist())


def _group(
    described: pa.Table, matched: Matched, rows: Sequence[int], pair: tuple[int, int], found: Why
) -> Group:
    """What decided, of all that hangs together with the two; of exact copies the first stands for all."""
    weights, weighed = matched.fitted.weights, matched.weighed
    first = _first(described, weights.kind, pair)
    if weighed is None or first[0] == first[1]:
        return Group("same")
    likely = _tuples(weighed.filter(compute.greater_equal(weighed["bits"], weights.accept)))
    parts = connected(range(len(matched.groups)), ((low, high) for low, high, *_ in likely))
    members = sorted({row for part in parts if not {*first}.isdisjoint(part) for row in part})
    numbers = {row: number for number, row in enumerate(members)}
    kept = pa.array(members, pa.int64())
    near = weighed.filter(
        compute.and_(compute.is_in(weighed["low"], kept), compute.is_in(weighed["high"], kept))
    )
    pairs = [(numbers[low], numbers[high], bits, telling) for low, high, bits, telling in _tuples(near)]
    low, high = sorted(numbers[row] for row in first)
    return group_of(
        (low, high),
        [str(rows[row]) for row in members],
        pairs,
        weights,
        one=matched.groups[pair[0]] == matched.groups[pair[1]],
        alike=found.verdict == "one",
        compared=any((one, other) == (low, high) for one, other, *_ in pairs),
    )


def _tuples(weighed: pa.Table) -> list[tuple[int, int, float, int]]:
    columns = (weighed[name].to_pylist() for name in ("low", "high", "bits", "telling"))
    return list(zip(*columns, strict=True))


def _first(described: pa.Table, kind: Kind, rows: tuple[int, int]) -> tuple[int, int]:
    """Of each row the first that says exactly the same."""
    with database() as connection:
        number_by_content(connection, described, kind)
        found = dict(
            connection.execute(
                "select place, first from (select place, min(place) over (partition by id) as first "
                "from copy) where place in ($1, $2)",
                rows,
            ).fetchall()
        )
    return found[rows[0]], found[rows[1]]


def _told(described: pa.Table, weights: Weights) -> set[str]:
    """The comparisons for which some row of the file tells what they look at."""

    def any_tells(column: str) -> bool:
        one = described[column]
        sizes = compute.list_value_length(one) if column in LISTS else compute.utf8_length(one)
        return bool(compute.max(sizes).as_py())

    looked_at = LOOKED_AT[weights.kind].items()
    return {name for name, told in looked_at if any(any_tells(one) for one in told.split(" || "))}


def _cells(read: FileRead, kind: Kind, row: int) -> Written:
    """What stands in a row, by comparison."""
    roles = read.columns.roles
    names = [one for some in roles.values() for one in some]
    table = read.source.table.slice(row, 1)
    cells = {name: str(bare(table[name]).to_pylist()[0]) for name in names}
    _, said, _ = read.columns.read(cells, load(HERE).customer.fields)
    given = {role: [cells[one] for one in some if cells[one]] for role, some in roles.items()}
    shown: dict[str, Value] = {field: given[role][0] for role, field in _CELLS.items() if given.get(role)}
    for role, field in _SEVERAL.items():
        shown[field] = [one for text in given.get(role, ()) for one in several(role, text)]
    shown["facts"] = [cells[one] for one in roles.get("fact", ())]
    return written(kind, {**said, **shown})
