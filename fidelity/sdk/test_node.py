"""The vendors' clients for Node on the stand-ins: their own tests (node/), against the same sandbox."""

import os
import subprocess
from pathlib import Path

import pytest

from fidelity.sdk.conftest import Sandbox

NODE = Path(__file__).with_name("node")


@pytest.mark.parametrize("client", sorted(one.name for one in NODE.glob("*.test.mjs")))
def test_a_client_for_node_works_with_its_stand_in(sandbox: Sandbox, client: str) -> None:
    told = {**os.environ, "SANDBOX": str(sandbox.ready)}
    command = ["node", "--test", "--test-reporter=spec", client]
    done = subprocess.run(command, cwd=NODE, env=told, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
