"""Reads ``docker-compose.yml`` as a container engine would, to start services without one.

What an engine gives a container, a :class:`Place` gives here: addresses and folders of this machine instead
of the container's, and of the secrets those that the service is granted. Nothing else of it is changed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

SECRETS = "/run/secrets"
_VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?::-([^}]*))?\})")


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a compose file."""

    name: str
    image: str
    command: tuple[str, ...]
    check: tuple[str, ...]
    """The command of its health check; empty where it has none."""
    environment: Mapping[str, str]
    secrets: tuple[str, ...]
    rooms: tuple[str, ...]
    """The folders it may write to: its volumes, and what it has in memory. All else is read-only there."""
    ends: bool
    """A job that others wait for, instead of something that goes on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service's things are, without a container."""

    instead: Mapping[str, str]
    """What stands in the file → what it is here; the longest goes first."""
    overrides: Mapping[str, str]
    """Variables that are others here."""
    keys: Path
    """The folder of all secrets."""
    grants: Path
    """Where each service gets a folder of its own secrets."""

    def put(self, service: Service) -> Service:
        """The service as it is here."""
        granted = self.grants / service.name
        granted.mkdir(parents=True, exist_ok=True)
        for name in service.secrets:
            (granted / name).symlink_to(self.keys / name)
        words = {**self.instead, SECRETS: str(granted)}
        environment = {name: _replaced(value, words) for name, value in service.environment.items()}
        return replace(
            service,
            command=tuple(_replaced(word, words) for word in service.command),
            check=tuple(_replaced(word, words) for word in service.check),
            rooms=tuple(_replaced(one, words) for one in service.rooms),
            environment={**environment, **self.overrides},
        )


def services(file: Path, variables: Mapping[str, str]) -> dict[str, Service]:
    """Every service that is in no profile. ``variables`` are those of ``${NAME:-default}``."""
    document: dict[str, Any] = _filled(yaml.safe_load(file.read_text("utf-8")), variables)
    return {
        name: _service(name, one) for name, one in document["services"].items() if not one.get("profiles")
    }


def _service(name: str, said: Mapping[str, Any]) -> Service:
    return Service(
        name,
        said["image"],
        tuple(said.get("command", ())),
        _check(said.get("healthcheck", {}).get("test", [])),
        said.get("environment", {}),
        tuple(said.get("secrets", ())),
        tuple(
            dict.fromkeys([*said.get("tmpfs", ()), *(one.split(":")[1] for one in said.get("volumes", ()))])
        ),
        said.get("restart") == "no",
    )


def _check(test: list[str]) -> tuple[str, ...]:
    """``CMD`` is followed by a command, ``CMD-SHELL`` by a line for the shell."""
    return ("sh", "-c", *test[1:]) if test[:1] == ["CMD-SHELL"] else tuple(test[1:])


def _filled(node: Any, variables: Mapping[str, str]) -> Any:
    """The document with its ``${NAME:-default}`` and ``$$`` read as compose reads them."""
    if isinstance(node, dict):
        return {name: _filled(one, variables) for name, one in node.items()}
    if isinstance(node, list):
        return [_filled(one, variables) for one in node]
    if isinstance(node, str):
        return _VARIABLE.sub(lambda found: _value(found, variables), node)
    return node


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    return "$" if found[1] is None else variables.get(found[1]) or found[2] or ""


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for old in sorted(words, key=len, reverse=True):
        text = text.replace(old, words[old])
    return text
