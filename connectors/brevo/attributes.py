"""The attributes of an account: what a contact that leaves one out holds, and which of them can be emptied.

Brevo's answers leave out every attribute without a value. Its document says that a value which does not
match the attribute's type is ignored, so an empty text empties a text attribute and is dropped (with a
204) for any other. The one documented way to empty those is an import with ``emptyContactsAttributes``:
it runs by itself, adds the contacts to a list and names no culprit, so it is not used here. Brevo's own
clients (npm 6.0.3, PyPI 5.1.0) know no other.
"""

from connectors.brevo.answers import is_whole
from connectors.contract import RawRecord, Write
from connectors.http import Http
from connectors.outcome import Answer
from connectors.shape import TEXT, inside
from connectors.sparse import Fields, filled

LIST = "/v3/contacts/attributes"
_OF_A_CONTACT = ("normal", "category")
_EMPTIED = "text"


class Attributes:
    """What contacts of one account may hold; the account is asked once, when that is first needed."""

    def __init__(self, http: Http) -> None:
        self._fields = Fields(lambda: _types(http.request("GET", LIST)))

    def known(self) -> None:
        """Ask the account now, unless it was asked before."""
        self._fields.known()

    def shown(self, record: RawRecord) -> RawRecord:
        """A contact with None for every attribute it leaves out, where it is shown whole; else as it came."""
        return filled(record, "attributes", self._fields.known()) if is_whole(record.data) else record

    def stuck(self, write: Write) -> str:
        """Why a change cannot be sent: it empties what Brevo would not. Nothing where it can."""
        if write.key is not None and "email" in write.data and not write.data["email"]:
            return "Brevo's API takes no e-mail address away, and answers as if it had: take it away in Brevo"
        kinds = {name: self._fields.known().get(name, _EMPTIED) for name in emptying(write)}
        wrong = [f"{name} ({kind})" for name, kind in kinds.items() if kind != _EMPTIED]
        if not wrong:
            return ""
        return f"Brevo's API can empty text attributes only, not {', '.join(wrong)}: empty it in Brevo"


def emptying(write: Write) -> list[str]:
    """The attributes that a change empties."""
    given = inside(write.data, "attributes") if write.key is not None else {}
    return [name for name, value in given.items() if value is None]


def _types(answer: Answer) -> dict[str, str]:
    """Name → type of the attributes contacts have values of their own for; EMAIL is shown as ``email``."""
    listed = answer.fitting({"name": TEXT, "category": TEXT}, "attributes")
    mine = [one for one in listed if one["category"] in _OF_A_CONTACT and one["name"] != "EMAIL"]
    return {one["name"]: str(one.get("type") or one["category"]) for one in mine}
