"""The environment of the peers: what is measured beside us, and the public sets that come with it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-peers"
PYTHON = PEERS / "bin" / "python"
GOLDENMATCH = ROOT / ".venv-goldenmatch" / "bin" / "python"


class NoPeers(RuntimeError):
    """There is nothing to compare with yet; run 'make bench-peers bench-goldenmatch'."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def data_file(name: Path) -> Path:
    """A file inside a package of the peers. Raises NoPeers."""
    found = next(PEERS.glob(f"lib/python*/site-packages/{name}"), None)
    if found is None:
        raise NoPeers
    return found
