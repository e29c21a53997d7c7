"""A chart as a drawing that stands in the page itself: nothing is fetched, and nothing runs."""

import re
from typing import Any

import altair
import vl_convert
from markupsafe import Markup, escape

RIGHT, WRONG, QUIET = "#1c5d99", "#b3430f", "#6b7280"
"""For, against, neither: told apart by who sees no red, and dark enough on white."""
INK = "#1f2430"
# A browser's letters may be wider than those the drawing was measured with.
PADDING = {"left": 26, "right": 22, "top": 6, "bottom": 6}
WIDTH = 400
"""Pixels that a chart is wide, without its labels: a telephone shows all of it, and can be read."""


def data(rows: list[dict[str, Any]]) -> altair.Data:
    """Rows to draw."""
    return altair.Data(values=rows)


def svg(chart: Any, name: str, title: str, told: str) -> Markup:
    """A chart as SVG. ``name``: another one for each chart; ``title``, ``told``: for who cannot see it."""
    text = vl_convert.vegalite_to_svg(_plain(chart).to_json(validate=False))
    head, _, rest = text.partition(">")
    width = re.search(r' width="([\d.]+)"', head)
    view = re.search(r' viewBox="[\d. -]+"', head)
    size = f' style="width:{width[1]}px"' if width else ""
    labels = (
        f'<title id="{escape(name)}-title">{escape(title)}</title>'
        f'<desc id="{escape(name)}-told">{escape(told)}</desc>'
    )
    named = f'role="img" aria-labelledby="{escape(name)}-title {escape(name)}-told"'
    # What is drawn is escaped by what draws it; the name, the title and the text by us.
    return Markup(f"<svg {named}{view[0] if view else ''}{size}>{labels}{_shorter(rest)}")  # noqa: S704


def _plain(chart: Any) -> Any:
    return (
        chart.configure(aria=False, background="transparent", font="sans-serif", padding=PADDING)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=13,
            titleFontSize=13,
            labelColor=INK,
            titleColor=INK,
            titleFontWeight="normal",
            gridColor="#e4e6ea",
            domainColor=QUIET,
            tickColor=QUIET,
            labelLimit=260,
        )
        .configure_header(labelFontSize=13, labelColor=INK)
        .configure_legend(labelFontSize=13, labelColor=INK, titleColor=INK)
        .configure_title(fontSize=13, color=INK, fontWeight="normal", anchor="start")
    )


def _shorter(text: str) -> str:
    """Without what only a script would look at, and without fractions of a hundredth of a pixel."""
    text = re.sub(r' (?:role|class|aria-roledescription|aria-hidden|pointer-events)="[^"<>]*"', "", text)
    text = re.sub(r'<path d="[^"]*" display="none"/>|<path d="M0,0h0v0h0Z"/>', "", text)
    return text
