"""Whether a value that somebody gives a golden field may stand there: the shared schema says so."""

from hub.flow.errors import FlowError
from hub.flow.hub import Hub
from hub.model.keys import Kind
from hub.model.value import Value
from quality.records import RecordJudge

COUNTED = ("total", "consent")
"""Rules whose fields the hub works out: nobody gives them a value."""


class Unfit(FlowError):
    """A value does not fit the shared schema; says where and what would."""


def must_fit(hub: Hub, kind: Kind, field: str, value: Value) -> None:
    """Raises Unfit for a field that such customers do not have, and for a value that is none of it."""
    known = hub.mappings.customer.fields[kind]
    if field not in known:
        raise Unfit(f"a customer of kind {kind} has no field '{field}'. There are: {', '.join(known)}")
    if known[field].rule.name in COUNTED:
        raise Unfit(f"'{field}' is worked out by the hub; nobody gives it a value")
    judge = RecordJudge({"$ref": f"#/$defs/{kind}/properties/{field}", **hub.mappings.schema})
    if reasons := judge.reasons(value):
        told = "; ".join(f"{one.path or field}: {one.rule}, allowed is {one.allowed}" for one in reasons[:5])
        raise Unfit(f"the value does not fit '{field}': {told}")
