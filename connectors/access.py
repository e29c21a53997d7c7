"""How a connector gets in: the address it may use and the header that proves who it is."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from connectors.errors import Denied

Auth = Callable[[], Mapping[str, str]]
"""Gives the headers that prove who we are, anew for every request."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


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
    parts = urlsplit(base_url)
    if parts.username or parts.password or parts.query:
        raise Denied(f"{system}: the base URL may hold no credentials and no query", system=system)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return base_url.rstrip("/")
    raise Denied(
        f"{system}: the base URL must start with https:// (http:// is for this machine only). "
        "Correct it in the connection",
        system=system,
    )


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what must stay the same for a credential to be sent along."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
