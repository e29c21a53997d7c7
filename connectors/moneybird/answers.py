"""How to read Moneybird's answers: what went wrong, in which words, and the records they hold."""

from typing import Any

from connectors.contract import Json, RawRecord
from connectors.keys import key_of
from connectors.moneybird.writing import WRITTEN_AS
from connectors.outcome import Answer, Outcome, classify
from connectors.shape import TEXT, fits
from connectors.stamps import maybe_stamp


def outcome(answer: Answer) -> Outcome:
    """The usual reading; Moneybird's reset header is ``RateLimit-Reset``, a Unix time."""
    return classify(answer, "ratelimit-reset")


def words(answer: Answer) -> str:
    """The error, or which fields have which."""
    error = answer.body.get("error") if isinstance(answer.body, dict) else None
    if isinstance(error, dict):
        return "; ".join(
            f"{name} {', '.join(map(str, why))}" for name, why in error.items() if isinstance(why, list)
        )
    return str(error or "")


def raw_record(item: Json) -> RawRecord:
    """One record, its ``custom_fields`` turned from a list of ``{id, name, value}`` into an object.

    A list that holds anything else is left as it came.
    """
    return RawRecord(
        key=key_of(item),
        data=_mailbox_where_it_is_written(_custom_fields_by_name(item)),
        stamp=maybe_stamp(item.get("updated_at")),
        version=str(item["version"]) if type(item.get("version")) in (int, str) else None,
        deleted=item.get("archived") is True,
    )


def _custom_fields_by_name(item: Json) -> Json:
    fields: Any = item.get("custom_fields")
    named = {one["name"]: one.get("value") for one in fields} if shows_fields(item) else fields
    return {**item, "custom_fields": named} if "custom_fields" in item else item


def _mailbox_where_it_is_written(item: Json) -> Json:
    shown = {old: new for old, new in WRITTEN_AS.items() if item.get(old) and not item.get(new)}
    return {**item, **{new: item[old] for old, new in shown.items()}}


def shows_fields(item: Json) -> bool:
    """Whether a record has a list of its custom fields."""
    return fits(item.get("custom_fields"), [{"name": TEXT}])


def contact_fields(answer: Answer) -> dict[str, str]:
    """Name → id of the custom fields that contacts have."""
    fields = answer.fitting({"name": TEXT, "id": (str, int)})
    return {one["name"]: str(one["id"]) for one in fields if one.get("source") in (None, "contact")}
