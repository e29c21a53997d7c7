"""``klantbeeld sandbox``: the stand-ins stand alone, so they run as a process of their own."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from types import FrameType
from typing import IO, Annotated, Any

import orjson
import typer

from hub.cli import codes, screen
from hub.cli.options import Json

ADMINISTRATION = "123456789012345678"
"""The one administration of the stand-in for Moneybird."""
ROOT = Path(__file__).resolve().parents[2]


def sandbox(
    customers: Annotated[
        int, typer.Option("--customers", min=1, help="How many fictitious customers.")
    ] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="Another number, other customers.")] = 7,
    speed: Annotated[
        float,
        typer.Option("--speed", min=1, help="Seconds that pass in the sandbox in one of ours; 1 or more."),
    ] = 1.0,
    port: Annotated[int, typer.Option("--port", min=0, help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    json: Json = False,
) -> None:
    """Start stand-ins of the four departments' systems, filled with the same fictitious customers.

    Prints the connections to export in another terminal, and runs until Ctrl-C.

    Example: klantbeeld sandbox --customers 200 --speed 60
    """
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        options = {"--customers": customers, "--seed": seed, "--speed": speed, "--port": port}
        words = [word for name, given in options.items() for word in (name, str(given))]
        command = [sys.executable, "-m", "sandbox", *words, "--ready-file", str(ready)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
            _pass_on(child)
            listens = _listens(child.stdout)
            if listens:
                _tell(orjson.loads(ready.read_bytes()), json)
            code = child.wait()
    raise typer.Exit(code if listens else codes.FAILED)


def _pass_on(child: "subprocess.Popen[str]") -> None:
    """Who stops us stops the stand-ins; a Ctrl-C reaches them by itself."""

    def stop(_: int, __: FrameType | None) -> None:
        child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _listens(output: IO[str] | None) -> bool:
    """Whether the sandbox says that it listens; it says so once its ready file is there."""
    with screen.working("filling the sandbox"):
        return output is not None and bool(output.readline())


def _tell(ready: Mapping[str, Any], json: bool) -> None:
    variables = {
        f"AIRFLOW_CONN_{name.upper()}": _connection(base, ready["tokens"]["hub"])
        for name, base in ready["systems"].items()
    }
    if json:
        screen.answer({"port": ready["port"], "environment": variables, "admin": ready["admin"]})
    else:
        for name, text in variables.items():
            sys.stdout.write(f"export {name}={quote(text)}\n")
        screen.say(
            "The sandbox runs until Ctrl-C. In another terminal: the lines above, then klantbeeld sync"
        )
    sys.stdout.flush()


def _connection(base: str, token: str) -> str:
    extra = {"administration_id": ADMINISTRATION}
    return orjson.dumps({"conn_type": "http", "host": base, "password": token, "extra": extra}).decode()
