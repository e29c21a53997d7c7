"""What stands in a record, as somebody wrote it, by the comparison that looks at it."""

from collections.abc import Iterable, Mapping, Sequence

from hub.identity.features import FACTS
from hub.identity.letters import plain
from hub.model.keys import Kind
from hub.model.value import Value

Written = Mapping[str, Sequence[str]]
"""Comparison → the texts it looks at."""
_HOME = ("street", "house_number", "house_number_addition", "postal_code", "city")
_LINES = frozenset({"mobile", "landline", "telephone"})
_TAIL = 4
"""Digits from the right by which a number is known again, however it is written."""


def written(kind: Kind, said: Mapping[str, Value]) -> Written:
    """Of what a record says, by shared field."""
    place = _parts(said.get("address"))
    phones = _texts(said.get("phones"))
    found: dict[str, Iterable[str]] = {
        "email": _texts(said.get("emails")),
        "address": [" ".join(place[one] for one in _HOME if one in place)],
        "town": [place.get("city", "")],
        **(_person(said, phones) if kind == "person" else _organisation(said, phones)),
    }
    return {name: told for name, texts in found.items() if (told := [text for text in texts if text])}


def beside(compared: str, comparison: str, texts: Sequence[str]) -> str:
    """What is shown of a comparison: of telephone numbers those it looked at, of a name what it is taken for.

    ``compared``: the values as they were compared, with ``, `` between them.
    """
    if comparison in _LINES:
        ends = {one[-_TAIL:] for one in compared.split(", ")}
        texts = [one for one in texts if "".join(filter(str.isdigit, one))[-_TAIL:] in ends]
    told = ", ".join(texts)
    if comparison == "given" and told and plain(compared) not in plain(told):
        return f"{told} ({compared})"
    return told or compared


def _person(said: Mapping[str, Value], phones: Sequence[str]) -> dict[str, Iterable[str]]:
    name = _parts(said.get("name"))
    family = " ".join(name[one] for one in ("family_name_prefix", "family_name") if one in name)
    facts = [*_texts(said.get("facts")), *[""] * FACTS]
    return {
        "given": [name.get("given_name", "")],
        "family": [family],
        "birth": [str(said.get("birth_date", ""))],
        "mobile": phones,
        "landline": phones,
        "number": [str(said.get("number", ""))],
        "work": [str(said.get("employer", ""))],
        **{f"fact{number}": [facts[number - 1]] for number in range(1, FACTS + 1)},
    }


def _organisation(said: Mapping[str, Value], phones: Sequence[str]) -> dict[str, Iterable[str]]:
    name = str(said.get("legal_name", ""))
    return {
        **{one: [name] for one in ("firm", "form", "arm")},
        "vat": [str(said.get("vat_number", ""))],
        "coc": [str(said.get("coc_number", ""))],
        "telephone": phones,
    }


def _parts(value: Value | None) -> dict[str, str]:
    return {part: str(one) for part, one in value.items()} if isinstance(value, dict) else {}


def _texts(value: Value | None) -> list[str]:
    return [str(one) for one in value if one is not None] if isinstance(value, list | tuple) else []
