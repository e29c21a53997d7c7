"""Mapping files into values, with every mistake found and explained at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path as File
from typing import Any

from hub.mapping.build import build_customer, build_system
from hub.mapping.spec import CustomerRules, SystemMapping
from hub.mapping.strict_yaml import BadFile, parse
from quality.files import check_file

HERE = File(__file__).resolve().parents[2] / "mappings"


@dataclass(frozen=True, slots=True)
class Mappings:
    """Everything ``mappings/`` says."""

    systems: Mapping[str, SystemMapping]
    customer: CustomerRules
    schema: Mapping[str, Any]
    """The shared customer schema (JSON Schema 2020-12)."""
    prints: Mapping[str, str]
    """File stem (``customer``, ``hubspot``) → fingerprint of its text, by which a change is noticed."""


@cache
def load(folder: File = HERE, only: frozenset[str] | None = None) -> Mappings:
    """All mapping files of a folder, or those of some systems.

    Raises BadFile listing every mistake with place and remedy, and for a system without a file.
    """
    schema = _json(folder / "customer.schema.json")
    structure = _json(folder / "mapping.schema.json")
    rules_schema = _json(folder / "rules.schema.json")
    mistakes: list[str] = []
    customer_doc = _document(folder / "customer.yml", rules_schema, mistakes)
    documents = {
        file.stem: _document(file, structure, mistakes)
        for file in sorted(folder.glob("*.yml"))
        if file.stem != "customer" and (only is None or file.stem in only)
    }
    mistakes += [
        f"mappings/{name}.yml: not found, but in use" for name in sorted((only or set()) - documents.keys())
    ]
    _stop_on(mistakes)
    customer = build_customer(customer_doc, schema, mistakes)
    systems = {
        name: build_system(document, customer, f"mappings/{name}.yml", mistakes)
        for name, document in documents.items()
    }
    _stop_on(mistakes)
    prints = {name: _fingerprint(folder / f"{name}.yml") for name in ("customer", *documents)}
    return Mappings({one.system: one for one in systems.values()}, customer, schema, prints)


def _fingerprint(file: File) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _document(file: File, schema: Mapping[str, Any], mistakes: list[str]) -> dict[str, Any]:
    place = f"mappings/{file.name}"
    try:
        document = parse(file.read_text("utf-8"), place)
    except (BadFile, UnicodeDecodeError, FileNotFoundError) as error:
        mistakes.append(str(error))
        return {}
    mistakes += check_file(document, schema, place)
    return document


def _json(file: File) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return loaded


def _stop_on(mistakes: list[str]) -> None:
    if mistakes:
        raise BadFile("\n".join(mistakes))
