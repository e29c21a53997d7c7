"""The page itself: one file that shows without a network, and runs nothing."""

from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hub.matching.file_read import FileRead
from hub.matching.match import Outcome
from hub.matching.report.pairs import Numbers
from hub.matching.report.rows import Written, seen
from hub.matching.report.section import ROWS, section
from hub.store.private import whole


def _seen(value: object) -> object:
    return seen(value) if type(value) is str else value


_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_seen,
    trim_blocks=True,
    lstrip_blocks=True,
)
SIZES = 12
"""Sizes of customers that are counted, the smallest first."""
BY = {"told": "you", "name": "its name", "values": "its cells", "own": "its cells", "": ""}
"""Who decided how a column is read."""


def write(file: Path, name: str, read: FileRead, found: Outcome) -> None:
    """Write the page of a match whose parts were kept; only its owner may read it. Raises OSError.

    ``name``: of the file that was matched.
    """
    text = page(name, read, found)
    with whole(file) as draft:
        draft.write_text(text, encoding="utf-8")


def page(name: str, read: FileRead, found: Outcome) -> str:
    """The HTML of a match whose parts were kept."""
    written, truth = Written(read), _truth(read, found)
    sections = [
        section(kind, part, written, None if truth is None else truth[np.asarray(part.rows)])
        for kind, part in sorted(found.parts.items(), key=lambda one: -len(one[1].rows))
    ]
    return _PAGES.get_template("page.html").render(
        name=name,
        told=read.told,
        found=found,
        rows=sum(one.rows for one in sections),
        customers=sum(one.customers for one in sections),
        stored=any(part.stored for part in found.parts.values()),
        truth=read.truth,
        sections=sections,
        by=BY,
        most_sizes=SIZES,
        most_rows=ROWS,
    )


def _truth(read: FileRead, found: Outcome) -> Numbers | None:
    """Row of the file → number of its customer; -1 of a row that was left out."""
    if read.truth is None:
        return None
    seen: dict[str, int] = {}
    told = iter(read.table[read.truth].to_pylist())
    numbers = (seen.setdefault(next(told), len(seen)) if cluster else -1 for cluster in found.clusters)
    return np.fromiter(numbers, np.int64, len(found.clusters))
