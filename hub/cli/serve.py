"""``klantbeeld serve``."""

import sys
from typing import Annotated

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Store


def serve(
    host: Annotated[
        str,
        typer.Option(
            "--host", help="Address to listen on; another than this machine's own needs TLS before it."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65535, envvar="KLANTBEELD_PORT", help="Port; 0 takes a free one."),
    ] = 8077,
    json: Json = False,
    store: Store = None,
) -> None:
    """Answer the API until Ctrl-C: customers, disputes, plans and quarantine, for programs.

    Whoever asks shows a token; klantbeeld token make gives one. The address of the description, from which a
    client can be made, is printed.

    Example: klantbeeld serve --port 8077
    """
    from hub.cli.opening import opened
    from hub.web.access.doors import Bearer
    from hub.web.app import API, application
    from hub.web.serve import is_loopback
    from hub.web.serve import serve as answer

    def listening(address: str) -> None:
        if json:
            screen.answer({"address": f"{address}{API}", "described": f"{address}{API}/openapi.json"})
        else:
            screen.show(f"{address}{API}")
        sys.stdout.flush()
        screen.say(f"described at {address}{API}/openapi.json; runs until Ctrl-C")
        if not is_loopback(host):
            screen.say(
                "other machines reach this: put a server with TLS before it, or tokens travel readable"
            )

    with opened(store) as hub:
        begun = answer(application(hub, Bearer(hub)), host, port, listening)
    if not begun:
        screen.complain(f"port {port} of {host} cannot be listened on; name another one with --port")
        raise typer.Exit(codes.FAILED)
