"""Finance's customers on their way from Moneybird's books to Tryton's."""

from typing import Any

from demo.books import Moved, move, retold


def contact(key: str, **values: Any) -> dict[str, Any]:
    return {"id": key, "company_name": "", "firstname": None, "lastname": None, "country": "NL", **values}


def invoice(key: str, owner: str, state: str) -> dict[str, Any]:
    return {"id": key, "contact_id": owner, "state": state, "total_unpaid": "9.50", "due_date": "2026-01-31"}


def names(moved: list[Moved]) -> list[str]:
    return [one.customer["name"] for one in moved]


def test_a_contact_becomes_a_firm_or_a_person() -> None:
    moved = move(
        [
            contact(
                "1", company_name="Zon B.V.", firstname="Jan", lastname="Boer", tax_number="NL004495445B01"
            ),
            contact("2", firstname="Jan", lastname="de Boer", city="Gouda"),
            contact("3", firstname="Jan", lastname="Boer, de"),
            contact("4"),
        ],
        [],
    )
    assert names(moved) == ["Zon B.V.", "Jan de Boer", "Boer, de, Jan"]
    assert [one.kind for one in moved] == ["organisation", "person", "person"]
    assert moved[0].customer["vat"] == "NL004495445B01" and "address" not in moved[0].customer
    assert moved[1].customer["address"] == {"city": "Gouda", "country": "NL"}


def test_a_number_tryton_would_not_take_is_left_out() -> None:
    (firm,) = move([contact("1", company_name="Zon", tax_number="GB980780684")], [])
    assert "vat" not in firm.customer


def test_only_overdue_invoices_move_and_no_more_than_asked() -> None:
    people = [contact(key, lastname="Boer") for key in "12"]
    bills = [invoice("a", "1", "late"), invoice("b", "2", "open"), invoice("c", "2", "late")]
    assert [len(one.customer["invoices"]) for one in move(people, bills)] == [1, 1]
    assert [len(one.customer["invoices"]) for one in move(people, bills, most=1)] == [1, 0]


def test_the_truth_is_told_of_the_parties_and_of_nobody_who_stayed_behind() -> None:
    moved = move([contact("1", company_name="Zon"), contact("2", lastname="Boer")], [])
    truth = [
        {"system": "moneybird", "key": "1", "kind": "organisation", "customer": "firm"},
        {
            "system": "moneybird",
            "object": "contacts",
            "key": "1#person",
            "kind": "person",
            "customer": "left",
        },
        {
            "system": "moneybird",
            "object": "contacts",
            "key": "2#person",
            "kind": "person",
            "customer": "boer",
        },
        {"system": "hubspot", "key": "2", "kind": "person", "customer": "boer"},
    ]
    told = [(one["system"], one["kind"], one["key"], one["customer"]) for one in retold(truth, moved, [7, 8])]
    assert told == [("tryton", "organisation", "7", "firm"), ("tryton", "person", "8", "boer")]
