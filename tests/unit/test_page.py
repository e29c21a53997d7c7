"""A link into the vendor's own application: where it is declared and the connection tells all of it."""

import pytest

from connectors.contract import Connection
from connectors.page import page_of
from connectors.registry import connector_class


@pytest.mark.parametrize(
    ("system", "obj", "base", "options", "page"),
    [
        ("zendesk", "users", "https://acme.zendesk.com", {}, "https://acme.zendesk.com/agent/users/12%2F3"),
        ("zendesk", "users", "http://127.0.0.1:80", {}, None),
        ("hubspot", "contacts", "https://api.hubapi.com", {}, None),
        (
            *("hubspot", "companies", "https://api.hubapi.com", {"portal_id": "77"}),
            "https://app.hubspot.com/contacts/77/record/0-2/12%2F3",
        ),
        ("hubspot", "contacts", "https://evilhubapi.com", {"portal_id": "77"}, None),
        ("zendesk", "tickets", "https://acme.zendesk.com", {}, None),
    ],
)
def test_a_page_is_declared_and_never_guessed(
    system: str, obj: str, base: str, options: dict[str, str], page: str | None
) -> None:
    sheet = connector_class(system).sheet.objects[obj]
    assert page_of(sheet, Connection(base, "secret", options=options), "12/3") == page
