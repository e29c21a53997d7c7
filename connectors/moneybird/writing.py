"""What is sent to change a Moneybird contact, or why it cannot be sent."""

from collections.abc import Mapping

from connectors.contract import Json
from connectors.shape import emptied, inside

WRITTEN_AS = {"attention": "send_invoices_to_attention", "email": "send_invoices_to_email"}
"""What Moneybird shows and takes no more (its changelog of 2016-03-10) → where it is written since.

A write to the former is answered as done and changes nothing.
"""


def contact(data: Json, fields: Mapping[str, str]) -> Json | str:
    """The body of a write; ``fields``: the name and id of each custom field contacts have.

    A text instead says why Moneybird would not take it, and what to do.
    """
    custom = inside(data, "custom_fields")
    if unknown := [name for name in custom if name not in fields]:
        return f"Moneybird has no custom field {', '.join(unknown)} for contacts: add it under Settings"
    # Moneybird's document has every custom value as text, and gives them back so.
    values = [{"id": fields[name], "value": str(value)} for name, value in emptied(custom, "").items()]
    own = {name: value for name, value in data.items() if name != "custom_fields"}
    old = {WRITTEN_AS[name]: own.pop(name) for name in WRITTEN_AS if name in own}
    plain = emptied({**old, **own}, "")
    numbered = {str(number): value for number, value in enumerate(values)}
    return {**plain, "custom_fields_attributes": numbered} if values else plain
