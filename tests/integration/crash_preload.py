"""What the server imports that children are forked from: all of the hub, warmed up."""

import pandas  # noqa: F401  (pyarrow asks for it when it first makes an array: half a second)

from connectors.registry import connector_class
from tests.integration.crash_child import SYSTEMS, warm

for each in SYSTEMS:
    connector_class(each)
warm()
