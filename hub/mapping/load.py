"""Mapping files into values, with every mistake found and explained at once."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path as File
from typing import Any

import orjson

from connectors.registry import NAMES, connector_class
from hub.mapping.build import build_customer, build_system
from hub.mapping.knowing import knowing
from hub.mapping.sense import doubts, doubts_of_rules, unknown
from hub.mapping.spec import CustomerRules, SystemMapping
from hub.mapping.strict_yaml import LARGEST, BadFile, parse
from hub.mapping.views import Sight, build_views, doubts_of_views
from hub.model.keys import KINDS, Kind
from quality.files import check_file, check_schema

Document = dict[str, Any]
_SCHEMAS: Mapping[str, Sequence[str]] = {
    "customer": ("organisation", "person"),
    "mapping": ("object", "facet", "field"),
    "rules": ("kind", "field"),
}
"""Schema file → what must be defined in it."""
_SHARED = ("customer", "views")
"""The files that are no system's."""

SURVIVORSHIP = "values by opinion, in their time"
"""The version of what the rules of customer.yml mean; another one decides everything anew, once."""
RECOGNITION = "more evidence, more rivals, mailboxes without umlauts"
"""The same of how records are described and compared."""

HERE = File(__file__).resolve().parents[2] / "mappings"


@dataclass(frozen=True, slots=True)
class Mappings:
    """Everything ``mappings/`` says."""

    systems: Mapping[str, SystemMapping]
    customer: CustomerRules
    schema: Mapping[str, Any]
    """The shared customer schema (JSON Schema 2020-12)."""
    weights: Mapping[Kind, Document] = field(default_factory=dict)
    """What findings about two records say, kind by kind; built by :mod:`hub.identity.weights`."""
    prints: Mapping[str, str] = field(default_factory=dict)
    """File (``customer``, ``matching/person``, ``hubspot``) → fingerprint of its text, to notice a change.

    Of a system's file it is of what that says: comments and layout say nothing."""
    views: Mapping[str, Sight] = field(default_factory=dict)
    """Department → what it sees of customers; one that is not there sees nobody."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """System → the text of its file."""
    broken: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """System → what is wrong with its file, where nothing can be made of that."""

    def told(self, kind: Kind) -> frozenset[str]:
        """Fields that are written in some system: only of those does it matter to anybody what stands."""
        facets = (
            facet
            for system in self.systems.values()
            for obj in system.objects.values()
            for facet in obj.facets
        )
        return frozenset(lens.field for facet in facets if facet.kind == kind for lens in facet.writable)

    @property
    def identity_print(self) -> str:
        """The fingerprint of all that decides who is who and which values survive."""
        return sha256("".join(self.shared_prints.values()).encode()).hexdigest()

    @property
    def shared_prints(self) -> Mapping[str, str]:
        """What :attr:`identity_print` is of: file → its fingerprint, and how the rules are understood."""
        files = ("customer", *(f"matching/{kind}" for kind in KINDS))
        prints = {f"mappings/{name}.yml": self.prints.get(name, "") for name in files}
        return {**prints, "survivorship": SURVIVORSHIP, "recognition": RECOGNITION}


@cache
def load(folder: File = HERE, only: frozenset[str] | None = None) -> Mappings:
    """All mapping files of a folder, or those of some systems.

    Raises BadFile listing every mistake with place and remedy, and for a system without a file.
    """
    found, mistakes = _read(folder, only)
    _stop_on([*mistakes, *chain.from_iterable(found.broken.values())])
    return found


@cache
def readable(folder: File = HERE, only: frozenset[str] | None = None) -> Mappings:
    """As :func:`load`, but one system's file that has mistakes, or is gone, is told in ``broken``.

    Raises BadFile for mistakes in what all systems share: ``customer.yml``, the schema, ``matching/``.
    """
    found, mistakes = _read(folder, only)
    _stop_on(mistakes)
    return found


def _read(folder: File, only: Collection[str] | None) -> tuple[Mappings, list[str]]:
    """What the files say, and the mistakes in those that all systems share."""
    mistakes: list[str] = []
    schemas = {name: _schema(folder / f"{name}.schema.json", mistakes) for name in _SCHEMAS}
    _stop_on(mistakes)
    customer_doc = _document(folder / "customer.yml", schemas["rules"], mistakes)
    weights = {
        kind: _parsed(folder / "matching" / f"{kind}.yml", mistakes, "matching/") or {} for kind in KINDS
    }
    views_doc = _views(folder, mistakes)
    files = {file.stem: file for file in sorted(folder.glob("*.yml")) if file.stem not in _SHARED}
    used = sorted(files if only is None else only)
    broken: dict[str, list[str]] = {name: [] for name in used}
    documents = {
        name: _document(files[name], schemas["mapping"], broken[name]) for name in used if name in files
    }
    for name in set(used) - files.keys():
        broken[name].append(
            f"mappings/{name}.yml: not found, but in use. Write it, or take {name} out of KLANTBEELD_SYSTEMS"
        )
    found = _built(schemas["customer"], customer_doc, documents, {*NAMES, *files}, mistakes, broken)
    wrong = {name: tuple(some) for name, some in broken.items() if some}
    mistakes += doubts_of_views(views_doc, found.customer, {*NAMES, *files})
    if mistakes:
        return replace(found, broken=wrong), mistakes
    named = ("customer", *(f"matching/{kind}" for kind in KINDS))
    prints = {name: _fingerprint(folder / f"{name}.yml") for name in named}
    prints |= {name: print_of(documents[name] or {}) for name in found.systems}
    texts = {name: _text(files[name], f"mappings/{name}.yml") for name in found.systems}
    rules = knowing(found.customer, found.systems.values(), weights)
    views = build_views(views_doc)
    told = replace(found, customer=rules, weights=weights, prints=prints, texts=texts, views=views)
    return replace(told, broken=wrong), []


def with_texts(told: Mappings, texts: Mapping[str, str | None]) -> Mappings:
    """The mappings with other files for some systems; None: the system has none.

    Raises BadFile listing every mistake in these texts.
    """
    mistakes: list[str] = []
    schema = _schema(HERE / "mapping.schema.json", mistakes)
    systems = {name: one for name, one in told.systems.items() if name not in texts}
    kept, prints = dict(told.texts), dict(told.prints)
    for name, text in texts.items():
        kept.pop(name, None)
        prints.pop(name, None)
        document = _told(name, text, schema, mistakes) if text is not None else None
        names = {*NAMES, *told.systems, *texts}
        if text is None or document is None:
            continue
        if built := _system(name, document, told.customer, names, mistakes):
            systems[name], kept[name], prints[name] = built, text, print_of(document)
    _stop_on(mistakes)
    rules = knowing(told.customer, systems.values(), told.weights)
    return replace(told, systems=systems, customer=rules, prints=prints, texts=kept)


def as_stored(told: Mappings, text: str) -> SystemMapping | None:
    """The mapping a text said when it was put in force, whatever is thought of it by now.

    None where this version can no longer make anything of it.
    """
    try:
        document = parse(text, "a stored mapping file")
        return build_system(document, told.customer, "a stored mapping file", [])
    except (BadFile, KeyError, TypeError, ValueError, AttributeError):
        return None


def _told(name: str, text: str, schema: Document, mistakes: list[str]) -> Document | None:
    place = f"mappings/{name}.yml"
    try:
        document = parse(text, place)
    except BadFile as error:
        mistakes.append(str(error))
        return None
    found = check_file(document, schema, place)
    mistakes += found
    return None if found else document


def print_of(document: Mapping[str, Any]) -> str:
    """The fingerprint of what a mapping file says."""
    return sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _built(
    schema: Document,
    customer_doc: Document | None,
    documents: Mapping[str, Document | None],
    names: Collection[str],
    mistakes: list[str],
    broken: Mapping[str, list[str]],
) -> Mappings:
    """What can be built of files that are well written; the mistakes in it are added to the others."""
    if customer_doc is None:
        return Mappings({}, CustomerRules({}, {}), schema)
    customer = build_customer(customer_doc, schema, mistakes)
    mistakes += doubts_of_rules(customer, names)
    systems = {
        name: _system(name, document, customer, names, broken[name])
        for name, document in documents.items()
        if document
    }
    good = {name: one for name, one in systems.items() if one and not broken[name]}
    return Mappings(good, customer, schema)


def _system(
    name: str, document: Document, customer: CustomerRules, names: Collection[str], mistakes: list[str]
) -> SystemMapping | None:
    place = f"mappings/{name}.yml"
    if document["system"] != name:
        mistakes.append(
            f"{place}, system: '{document['system']}' is not allowed. Allowed: {name}, as the file."
        )
    if document["connector"] not in NAMES:
        mistakes.append(unknown(f"{place}, connector", "connector", document["connector"], NAMES))
        return None
    before = len(mistakes)
    built = build_system(document, customer, place, mistakes)
    if len(mistakes) == before:
        sheet = connector_class(built.connector).sheet
        mistakes += doubts(built, customer, sheet, names, place)
    return built


def _views(folder: File, mistakes: list[str]) -> Document:
    """Who sees what; where there is no such file no department sees anybody."""
    if not (folder / "views.yml").exists():
        return {}
    schema = _schema(HERE / "views.schema.json", mistakes)
    return _document(folder / "views.yml", schema, mistakes) or {}


def _fingerprint(file: File) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _document(file: File, schema: Document, mistakes: list[str]) -> Document | None:
    """The file's content; None where it has mistakes of its own."""
    document = _parsed(file, mistakes)
    found = check_file(document, schema, f"mappings/{file.name}") if document is not None else []
    mistakes += found
    return None if found else document


def _parsed(file: File, mistakes: list[str], within: str = "") -> Document | None:
    place = f"mappings/{within}{file.name}"
    try:
        return parse(_text(file, place), place)
    except BadFile as error:
        mistakes.append(str(error))
        return None


def _text(file: File, place: str) -> str:
    """What is written in a file. Raises BadFile where it cannot be read, or by nobody."""
    try:
        if file.stat().st_size > 4 * LARGEST:
            raise BadFile(f"{place}: larger than {LARGEST} characters; this is no file somebody wrote")
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"{place}: byte {error.start + 1} is no UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise BadFile(
            f"{place}: cannot be read ({error.strerror}); it must be a file the hub may read"
        ) from None


def _schema(file: File, mistakes: list[str]) -> Document:
    place = f"mappings/{file.name}"
    try:
        schema = json.loads(_text(file, place))
    except BadFile as error:
        mistakes.append(str(error))
        return {}
    except (json.JSONDecodeError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        mistakes.append(f"{place}{line}: not valid JSON; correct it there")
        return {}
    mistakes += check_schema(schema, place, _SCHEMAS.get(file.name.split(".")[0], ()))
    return schema if isinstance(schema, dict) else {}


def _stop_on(mistakes: list[str]) -> None:
    if mistakes:
        raise BadFile("\n".join(mistakes))
