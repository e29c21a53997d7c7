"""Bodies: which kind of content one is, and the JSON value that its schema speaks of."""

import re
from collections.abc import Mapping, Sequence
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

import orjson

from fidelity.contracts.nodes import Json
from fidelity.contracts.schemas import Schemas

JSON = "application/json"
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
Content = Mapping[str, Json]
"""Kind of content, or a range of kinds (``application/*``) → its schema."""
_STEP = re.compile(r"\[([^\[\]]*)\]")


def kind_of(content_type: str) -> str:
    """A content type without its parameters, in small letters."""
    return content_type.partition(";")[0].strip().lower()


def schema_for(content: Content, kind: str) -> Json | None:
    """What a document says of a kind of content; None where it says nothing."""
    ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
    return next((content[one] for one in ranges if one in content), None)


def is_judged(kind: str) -> bool:
    """Whether content of this kind can be held against a schema."""
    return kind in (JSON, FORM, PARTS) or kind.endswith("+json")


def value(schemas: Schemas, schema: Json, content_type: str, raw: bytes) -> Any:
    """A body as JSON, its texts as the schema's types. ValueError where it is not what it says it is."""
    kind = kind_of(content_type)
    if kind == FORM:
        return _shaped(schemas, schema, _tree(parse_qsl(raw.decode(), keep_blank_values=True)))
    if kind == PARTS:
        return _shaped(schemas, schema, _tree(_parts(content_type, raw)))
    return orjson.loads(raw)


def typed(schemas: Schemas, schema: Json, texts: Sequence[str]) -> Any:
    """Texts (of a parameter, or of a field of a form) as the JSON value their schema speaks of."""
    types = schemas.types(schema)
    if "array" in types and "string" not in types:
        parts = texts if len(texts) > 1 else texts[0].split(",")
        return [typed(schemas, schemas.field(schema, ""), [part]) for part in parts]
    text = texts[-1]
    if types & {"integer", "number"} and _is_number(text):
        return float(text) if "." in text else int(text)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    return text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _tree(fields: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """``lines[0][price]=1&tags[]=a`` → ``{lines: {0: {price: [1]}}, tags: {"": [a]}}``."""
    found: dict[str, Any] = {}
    for name, text in fields:
        start = name.partition("[")[0]
        at = found
        steps = [start, *_STEP.findall(name[len(start) :])]
        for step in steps[:-1]:
            inner = at.setdefault(step, {})
            at = inner if isinstance(inner, dict) else at
        held = at.setdefault(steps[-1], [])
        if isinstance(held, list):
            held.append(text)
    return found


def _shaped(schemas: Schemas, schema: Json, node: Any) -> Any:
    if isinstance(node, list):
        return typed(schemas, schema, node)
    numbered = node and all(not step or step.isdecimal() for step in node)
    if numbered and schemas.types(schema) != {"object"}:
        inner = schemas.field(schema, "")
        return [
            _shaped(schemas, inner, one)
            for step in node.values()
            for one in ([[text] for text in step] if isinstance(step, list) else [step])
        ]
    return {name: _shaped(schemas, schemas.field(schema, name), one) for name, one in node.items()}


def _parts(content_type: str, raw: bytes) -> list[tuple[str, str]]:
    """The named parts; what a file holds is nobody's business here."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    whole = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + raw)
    if not whole.is_multipart():
        raise ValueError("no parts")
    return [(_name(part), "" if part.get_filename() else _text(part)) for part in whole.iter_parts()]


def _name(part: MIMEPart) -> str:
    return str(part.get_param("name", "", "content-disposition"))


def _text(part: MIMEPart) -> str:
    held = part.get_payload(decode=True)
    return held.decode(errors="replace").rstrip("\r\n") if isinstance(held, bytes) else ""
