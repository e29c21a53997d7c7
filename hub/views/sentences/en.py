"""English."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "empty": "(empty)",
    "nobody": "(merged into another customer)",
    "more": "Not all are listed; raise --limit",
    "new": "(new)",
    "all": "(all)",
    # departments, where customer.yml has no label
    "department.sales": "Sales",
    "department.marketing": "Marketing",
    "department.ticketing": "Ticketing",
    "department.finance": "Finance",
    # shared fields: commands take these very words
    "field.name": "name",
    "field.legal_name": "legal_name",
    "field.emails": "emails",
    "field.phones": "phones",
    "field.address": "address",
    "field.birth_date": "birth_date",
    "field.language": "language",
    "field.journey_stage": "journey_stage",
    "field.email_consent": "email_consent",
    "field.sms_consent": "sms_consent",
    "field.open_tickets": "open_tickets",
    "field.overdue_balance": "overdue_balance",
    "field.vat_number": "vat_number",
    "field.coc_number": "coc_number",
    "field.domain": "domain",
    # refused
    "refused.line": "{field}: {before} → {after}",
    "refused.since": "refused by {system}, {at}",
    "refused.said": "{system} says: {said}",
    "refused.silent": "(no reason)",
    "refused.holder": "the value stands in {holder} ({customer})",
    "refused.todo": "to do: {todo}",
    "refused.again": "offered again: {again}",
    "refused.total": "{listed} of {total} refused.",
    "refused.none": "Nothing is refused.",
    "todo.holder": "if the two are one customer: klantbeeld review same {record} {holder}. If not, correct one of them in {system}",
    "todo.not_taken": "{system} takes no such value there: type one it takes; or, if it never will, have the mapping say so (max, a codec, or write: never)",
    "todo.create": "look in {system} for who has the value. If it is this customer: klantbeeld review same with that record. If not, correct the value, then klantbeeld plan retry {key}",
    "todo.other": "correct the value where it was typed ({source}), or what stands in its way in {system}, then klantbeeld plan retry {key}",
    "again.freed": "as soon as {holder} lets go of it, when somebody types it anew, or after klantbeeld plan retry {key}",
    "again.typed": "when somebody types another value, or this one anew; or after klantbeeld plan retry {key}",
    "again.create": "after klantbeeld plan retry {key}, or as soon as nobody else has the value",
}
