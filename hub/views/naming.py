"""What a customer is called, and where somebody would look for who it is: the town, a mailbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from hub.mapping.load import Mappings
from hub.model.value import Value
from hub.store.golden import Candidates
from hub.views.sentences import Sentences

_NAME = ("given_name", "family_name_prefix", "family_name")


class Called(Protocol):
    """A golden record, as far as it says what a customer is called."""

    @property
    def document(self) -> Mapping[str, Value]: ...

    @property
    def candidates(self) -> Mapping[str, Candidates]: ...


def name_of(one: Called) -> str:
    """What a customer is called; where nothing decides between several names, all of them."""
    told = one.document.get("name")
    name = {part: str(it) for part, it in told.items()} if isinstance(told, dict) else {}
    for unit, some in one.candidates.get("name", {}).items():
        name[unit] = "/".join(_spoken(it["value"]) for it in some)
    if name:
        return " ".join(name[part] for part in _NAME if part in name)
    firms = one.candidates.get("legal_name", {}).get("", ())
    return " / ".join(str(it["value"]) for it in firms) or str(one.document.get("legal_name") or "(no name)")


def _spoken(share: Mapping[str, Value]) -> str:
    return " ".join(str(share[part]) for part in _NAME if part in share)


def name_in(document: Mapping[str, Value]) -> str:
    """What a record says a customer is called, else its mailbox; empty where neither can be read."""
    told, firm = document.get("name"), document.get("legal_name")
    parts = [str(told[part]) for part in _NAME if part in told] if isinstance(told, dict) else []
    return " ".join(parts) or str(firm or "") or email_of(document)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a view needs to speak to its reader: a language, and what systems and departments are called."""

    mappings: Mappings
    words: Sentences

    def system(self, key: str) -> str:
        """What a system's people call it; its key where it has no file any more."""
        known = self.mappings.systems.get(key)
        return known.title if known else key

    def department(self, key: str) -> str:
        """What a department calls itself, else its name in the reader's language, else its key."""
        return self.mappings.customer.departments.get(key) or self.words.name("department", key)


def town_of(document: Mapping[str, Value]) -> str:
    """Where a customer lives, to tell namesakes apart; empty where nobody says."""
    home = document.get("address")
    return str(home.get("city") or "") if isinstance(home, dict) else ""


def email_of(document: Mapping[str, Value]) -> str:
    """The first mailbox of a customer; empty where there is none."""
    some = document.get("emails")
    return str(some[0]) if isinstance(some, list) and some else ""
