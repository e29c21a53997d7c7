"""How a person's typing becomes a request: the value in the place the system keeps it."""

from bench.harm.names import parted
from bench.harm.reading import SHAPES, Row
from bench.harm.truth import Truth
from connectors.contract import Json
from sandbox.people.naming import full_family

Typed = dict[str, str]
"""Field → what is typed."""


def request(system: str, row: Row, typed: Typed, truth: Truth) -> Json:
    """What changes in a record, in the system's own shape; empty where it has no place for any of it."""
    flat = _flat(system, row, typed, truth)
    if system == "hubspot":
        return {"properties": flat} if flat else {}
    if system == "brevo":
        return {"attributes": {name.partition(".")[2]: text for name, text in flat.items()}} if flat else {}
    return dict(flat)


def full_line(truth: Truth, row_line: str, typed: Typed) -> str:
    """The name in one line with the typed part in it."""
    given, family = parted(row_line, truth)
    return f"{typed.get('given', given)} {typed.get('family', family)}".strip()


def line_of(truth: Truth) -> str:
    """Street and number as one writes them in that country, with the box behind."""
    home = truth.home
    line = f"{home.number} {home.street}" if home.country == "GB" else f"{home.street} {home.number}"
    return f"{line} {home.box}".strip()


def usual(field: str, truth: Truth) -> str:
    """What is true, as most would write it."""
    return {
        "given": truth.given,
        "family": full_family(truth.name),
        "birth": truth.birth.isoformat(),
        "street": line_of(truth),
        "postcode": truth.home.postcode,
        "town": truth.home.city,
        "phone": truth.phones[0].e164,
        "language": truth.language,
    }[field]


def _flat(system: str, row: Row, typed: Typed, truth: Truth) -> dict[str, str | None]:
    shape = SHAPES[system]
    flat: dict[str, str | None] = {}
    for name, text in typed.items():
        if name == "phone":
            flat[shape.phones[-1]] = text.removeprefix("+") if system == "brevo" else text
        elif shape.line:
            flat[shape.line] = full_line(truth, str(row.get(shape.line) or ""), typed)
        elif name in shape.texts:
            first, *second = shape.texts[name]
            flat |= {first: text, **dict.fromkeys(place for place in second if row.get(place))}
    return flat
