"""The registry: names, hints, and that asking for a name is what loads its code."""

import subprocess
import sys

import pytest

from connectors.contract import Connection
from connectors.errors import ConnectorError
from connectors.registry import NAMES, connector, connector_class

BUILT = ("brevo", "hubspot", "moneybird", "zendesk")
CONNECTION = Connection("http://127.0.0.1:1", "secret", options={"administration_id": "1"})


@pytest.mark.parametrize("name", BUILT)
def test_a_connector_is_built_by_name(name: str) -> None:
    assert name in NAMES
    assert connector(name, CONNECTION).name == connector_class(name).name == name


def test_an_unknown_name_gets_a_hint() -> None:
    with pytest.raises(ConnectorError, match=r"unknown connector 'hubspt'\. Did you mean 'hubspot'\?"):
        connector("hubspt", CONNECTION)


def test_the_registry_loads_no_connector_by_itself() -> None:
    code = "import sys, connectors.registry as r; print({'requests', 'connectors.http'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", BUILT)
def test_a_sheet_holds_together(name: str) -> None:
    sheet = connector_class(name).sheet
    for obj in sheet.objects.values():
        assert set(obj.references.values()) <= set(sheet.objects)
        assert obj.writable or not obj.creatable
        assert obj.findable if obj.creatable else True
