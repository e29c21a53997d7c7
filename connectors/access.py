"""How a connector gets in: the address it may use and the header that proves who it is."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from connectors.errors import Denied

Auth = Callable[[], Mapping[str, str]]
"""Gives the headers that prove who we are, anew for every request."""

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""This very machine, by any of its names."""


def bearer(secret: str) -> Auth:
    """``Authorization: Bearer …``."""
    return header("Authorization", f"Bearer {secret}")


def basic(login: str, secret: str) -> Auth:
    """``Authorization: Basic …``."""
    return header("Authorization", "Basic " + b64encode(f"{login}:{secret}".encode()).decode())


def header(name: str, value: str) -> Auth:
    """A header of the vendor's own, such as Brevo's ``api-key``."""
    return lambda: {name: value}


def trusted(system: str, base_url: str) -> str:
    """``base_url`` without a final slash; Denied unless it is https, or http to this machine."""
    parts = _split(base_url)
    if parts is None:
        raise Denied(f"{system}: the base URL is malformed. Correct it in the connection", system=system)
    if parts.username or parts.password or parts.query:
        raise Denied(f"{system}: the base URL may hold no credentials and no query", system=system)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return base_url.rstrip("/")
    raise Denied(
        f"{system}: the base URL must start with https:// (http:// is for this machine only). "
        "Correct it in the connection",
        system=system,
    )


def same_origin(url: str, other: str) -> bool:
    """Whether scheme, host and port are the same, as they must be for a credential to be sent along."""
    ours, theirs = (_split(one) for one in (url, other))
    return ours is not None and theirs is not None and _origin(ours) == _origin(theirs)


def above_zero(system: str, options: Mapping[str, str], name: str) -> float:
    """A number in the connection's options; 0 where it is not set. Raises Denied for anything else."""
    text = options.get(name) or ""
    if not text:
        return 0
    if not _NUMBER.fullmatch(text) or float(text) == 0:
        raise Denied(
            f"{system}: {name} must be a number above 0. Correct it in the connection's options",
            system=system,
        )
    return float(text)


def page_size(system: str, options: Mapping[str, str], largest: int) -> int:
    """Records a page: at most ``largest``, fewer where the connection's options say so. Raises Denied."""
    asked = int(above_zero(system, options, "page_size")) or largest
    return min(asked, largest)


def horizon(system: str, options: Mapping[str, str], declared: timedelta) -> timedelta:
    """How far behind the last pull reading begins: as the sheet declares, or so many minutes as the
    connection's options say. Raises Denied."""
    minutes = above_zero(system, options, "horizon")
    return timedelta(minutes=minutes) if minutes else declared


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None where it is none (a port that is no number, half a bracket)."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.hostname else None
    except ValueError:
        return None


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.hostname or "", parts.port
