"""How to read Moneybird's answers: what went wrong, in which words, and the records they hold."""

from connectors.contract import Json, RawRecord
from connectors.outcome import Answer, Outcome, classify
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


def _joined(why: object) -> str:
    return ", ".join(map(str, why)) if isinstance(why, list) else str(why)


def raw_record(item: Json) -> RawRecord:
    """One record, its ``custom_fields`` turned from a list of ``{id, name, value}`` into an object."""
    fields = item.get("custom_fields")
    named = {str(one.get("name")): one.get("value") for one in fields} if isinstance(fields, list) else fields
    return RawRecord(
        key=str(item["id"]),
        data={**item, "custom_fields": named} if "custom_fields" in item else item,
        stamp=maybe_stamp(item.get("updated_at")),
        version=str(item["version"]) if "version" in item else None,
        deleted=bool(item.get("archived")),
    )


def contact_fields(answer: Answer) -> dict[str, str]:
    """Name → id of the custom fields that contacts have."""
    mine = [item for item in answer.objects() if item.get("source") in (None, "contact")]
    return {str(item["name"]): str(item["id"]) for item in mine}
