"""``python -m sandbox``: see ``--help``."""

import argparse
from pathlib import Path

from sandbox.app import Settings, serve

ABOUT = """\
Stand-ins of four department systems on 127.0.0.1, filled with the same fictitious customers:
  /hubspot    sales       /crm/objects/2026-09/..., /crm/v3/objects/...      Authorization: Bearer TOKEN
  /brevo      marketing   /v3/...                                            api-key: TOKEN
  /zendesk    ticketing   /api/v2/...                                        Authorization: Bearer TOKEN
  /moneybird  finance     /api/v2/123456789012345678/....json                Authorization: Bearer TOKEN
  /_sandbox   the sandbox itself: health, journal, truth, clock, faults      Authorization: Bearer ADMIN TOKEN
"""
MORE = """\
Two tokens open every system, and the journal names the writer by the one that was used: "hub" or "human".
They come from SANDBOX_TOKEN_HUB, SANDBOX_TOKEN_HUMAN and SANDBOX_TOKEN_ADMIN, or are made at random;
the ready file holds them. It is written when the sandbox listens and removed when it ends.

Example:
  python -m sandbox --customers 200 --speed 60 --ready-file var/sandbox.json &
  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:PORT/hubspot/crm/objects/2026-09/contacts
"""


def settings(arguments: list[str] | None = None) -> Settings:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        "python -m sandbox",
        description=ABOUT,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one (default)")
    parser.add_argument("--customers", type=_at_least_one, default=2000, help="how many (default 2000)")
    parser.add_argument("--seed", type=int, default=7, help="another number, other customers (default 7)")
    parser.add_argument(
        "--speed",
        type=_positive,
        default=1.0,
        help="seconds of sandbox time a second: rate limits and visibility lags pass that much faster (1)",
    )
    parser.add_argument("--no-limits", action="store_true", help="let any number of requests through")
    parser.add_argument(
        "--ready-file", type=Path, help="where to write port, tokens and addresses (JSON, 0600)"
    )
    given = parser.parse_args(arguments)
    return Settings(
        given.port, given.customers, given.seed, given.speed, not given.no_limits, given.ready_file
    )


def _at_least_one(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return int(text)


def _positive(text: str) -> float:
    if not float(text) > 0:
        raise argparse.ArgumentTypeError("give a number above 0")
    return float(text)


if __name__ == "__main__":
    serve(settings())
