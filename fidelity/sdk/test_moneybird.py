"""moneybird, a small client of the community's, on the Moneybird stand-in."""

from typing import Any
from uuid import uuid4

import pytest
from moneybird import MoneyBird, TokenAuthentication

from fidelity.sdk.conftest import Sandbox


@pytest.fixture
def books(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(MoneyBird, "base_url", f"{sandbox.said['systems']['moneybird']}/api/")
    return MoneyBird(TokenAuthentication(sandbox.said["tokens"]["hub"]))


@pytest.fixture
def administration(books: Any) -> int:
    (one,) = books.get("administrations")
    return int(one["id"])


def test_a_contact_is_made_changed_and_gone(books: Any, administration: int) -> None:
    name = f"Firma {uuid4().hex}"
    made = books.post("contacts", {"contact": {"company_name": name}}, administration)
    where = f"contacts/{made['id']}"
    changed = books.patch(where, {"contact": {"city": "Delft"}}, administration)
    assert (changed["company_name"], changed["city"]) == (name, "Delft")
    assert books.get(where, administration)["city"] == "Delft"
    with pytest.raises(MoneyBird.APIError) as told:  # this client knows no 204: it happened all the same
        books.delete(where, administration)
    assert told.value.status_code == 204
    with pytest.raises(MoneyBird.NotFound):
        books.get(where, administration)


def test_every_contact_has_a_version(books: Any, administration: int) -> None:
    told = books.get("contacts/synchronization", administration)
    assert len(told) > 3 and all(one["version"] for one in told)
    some = [one["id"] for one in told[:3]]
    contacts = books.post("contacts/synchronization", {"ids": some}, administration)
    assert [one["id"] for one in contacts] == some
    invoices = books.get("sales_invoices/synchronization", administration)
    assert {"id", "version"} == set(invoices[0])


def test_what_is_wrong_is_an_error_of_its_own(sandbox: Sandbox, books: Any, administration: int) -> None:
    with pytest.raises(MoneyBird.InvalidData):
        books.post("contacts", {"contact": {"city": "Delft"}}, administration)
    with pytest.raises(MoneyBird.Unauthorized):
        MoneyBird(TokenAuthentication("nobody")).get("administrations")
