"""Every connector by name. Importing this is cheap: a connector is loaded when it is asked for."""

from difflib import get_close_matches
from importlib import import_module

from connectors.contract import Connection, Connector
from connectors.errors import ConnectorError

_WHERE = {
    "brevo": ("connectors.brevo.connector", "Brevo"),
    "hubspot": ("connectors.hubspot.connector", "HubSpot"),
    "moneybird": ("connectors.moneybird.connector", "Moneybird"),
    "tryton": ("connectors.tryton.connector", "Tryton"),
    "zendesk": ("connectors.zendesk.connector", "Zendesk"),
}

NAMES = tuple(sorted(_WHERE))
"""The systems that have a connector."""


def connector_class(name: str) -> type[Connector]:
    """The class behind ``name``, for its sheet; raises ConnectorError for a name nobody knows."""
    if name not in _WHERE:
        near = get_close_matches(name, NAMES, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Choose one of {', '.join(NAMES)}"
        raise ConnectorError(f"unknown connector {name!r}. {hint}", system=name)
    module, member = _WHERE[name]
    found: type[Connector] = getattr(import_module(module), member)
    return found


def connector(name: str, connection: Connection) -> Connector:
    """The connector called ``name``, ready to use; raises ConnectorError for a name nobody knows."""
    build = connector_class(name)
    return build(connection)  # type: ignore[call-arg]  # a Protocol cannot promise a constructor
