"""A batch's verdict as one page a person can read: no script, no request to anywhere, no person in it."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quality.verdict import BatchVerdict

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


def render(verdict: BatchVerdict, title: str, counts: Mapping[str, int]) -> str:
    """The HTML page: the verdict, the counts (label → number) and every rule, broken ones first."""
    results = sorted(verdict.results, key=lambda each: (each.passed, each.severity == "warn"))
    page = _PAGES.get_template("report.html")
    return page.render(verdict=verdict, results=results, title=title, counts=counts)
