"""The peers on a file with the columns of a set, each in a process of its own environment."""

import json
from pathlib import Path

from bench.identity import child
from bench.identity.peers import GOLDENMATCH, PYTHON, ROOT, NoPeers
from bench.identity.sets import SETS, TRUTH

HERE = ROOT / "bench" / "identity"


def plain_splink(name: str, file: str) -> child.Ended:
    """What Splink makes of it."""
    return _run(PYTHON, HERE / "plain_splink.py", name, file)


def plain_goldenmatch(name: str, file: str) -> child.Ended | None:
    """What GoldenMatch makes of it; None where it is not there."""
    return _run(GOLDENMATCH, HERE / "plain_goldenmatch.py", name, file) if GOLDENMATCH.exists() else None


def _run(python: Path, script: Path, name: str, file: str) -> child.Ended:
    if not python.exists():
        return child.Ended({"failed": str(NoPeers())}, 0.0, 0.0, 0)
    roles = json.dumps(dict(SETS[name].roles))
    return child.run([str(python), str(script), file, "--truth", TRUTH, "--roles", roles])
