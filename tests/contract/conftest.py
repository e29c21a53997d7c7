"""Stand-ins that the tests of several files speak to."""

from collections.abc import Iterator

import pytest

from sandbox.core.clock import ManualClock
from sandbox.core.serve import running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.hubspot.standin import HubSpot
from tests.contract.hubspot_account import START, THEN, Account, contact
from tests.contract.zendesk_desk import Desk, rows, serving


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A Zendesk of this test alone."""
    with serving(rows()) as found:
        yield found


@pytest.fixture(scope="module")
def shared() -> Iterator[Desk]:
    """A Zendesk that many examples may write to."""
    with serving(rows()) as found:
        yield found


@pytest.fixture
def account() -> Iterator[Account]:
    """A HubSpot account of this test alone."""
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    hubspot = HubSpot(world)
    company = {"id": "7", "createdAt": THEN, "updatedAt": THEN, "properties": {"name": "Bakker BV"}}
    hubspot.seed({"contacts": [contact(n) for n in range(5)], "companies": [company, {**company, "id": "8"}]})
    with running_sandbox([hubspot], world) as running:
        yield Account(running.systems["hubspot"], world)
