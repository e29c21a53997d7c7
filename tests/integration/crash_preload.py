"""What the server imports that children are forked from: all of the hub, warmed up."""

from connectors.registry import connector_class
from tests.integration.crash_child import SYSTEMS, warm

for each in SYSTEMS:
    connector_class(each)
warm()
