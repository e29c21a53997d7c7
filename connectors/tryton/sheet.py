"""What Tryton can do, and the fields we ask it for.

Source: trytond 8.2 and its modules party and account_invoice (their source and a running server).
"""

from datetime import timedelta

from connectors.contract import Capabilities, ObjectSheet
from connectors.tryton.street import PIECES

PAGE = 200
BATCH = 50

STAMPS = ("create_date", "write_date")
CHILDREN = {
    "contact_mechanisms": ("type", "value", "name", "sequence", "active"),
    "addresses": (
        "party_name",
        "street",
        *PIECES,
        "postal_code",
        "city",
        "country.code",
        "subdivision.code",
        "sequence",
        "active",
    ),
    "identifiers": ("type", "code", "sequence", "active"),
}
"""The lists that belong to a party, with their fields. Editing one does not touch the party's own stamps."""

PARTY = ("name", "code", "active", "lang.code", "replaced_by", "categories.name", *STAMPS, "_timestamp")
PARTY_FIELDS = (
    *PARTY,
    *(f"{many}.{one}" for many, ones in CHILDREN.items() for one in (*ones, *STAMPS, "_timestamp")),
)
INVOICE_FIELDS = (
    "number",
    "reference",
    "type",
    "state",
    "party",
    "currency.code",
    "invoice_date",
    "payment_term_date",
    "total_amount",
    "amount_to_pay",
    "lines_to_pay.maturity_date",
    "lines_to_pay.reconciliation",
    *STAMPS,
)

MODELS = {"parties": "party.party", "invoices": "account.invoice"}
FIELDS = {"parties": PARTY_FIELDS, "invoices": INVOICE_FIELDS}

SHEET = Capabilities(
    visibility_lag=timedelta(0),
    clears_with="null",
    concurrency="version",
    idempotency="none",
    limits=(),
    horizon=timedelta(minutes=15),  # a call that makes 12,000 parties takes more than one of them
    objects={
        "parties": ObjectSheet(
            incremental="timestamp",
            precision=timedelta(microseconds=1),
            deletes=frozenset({"flag", "merge_pointer", "snapshot"}),
            writable=True,
            creatable=True,
            batch_size=BATCH,
            findable=frozenset({"email", "phone", "mobile", "vat", "code", "name"}),
        ),
        "invoices": ObjectSheet(
            incremental="timestamp",
            precision=timedelta(microseconds=1),
            deletes=frozenset({"snapshot"}),
            references={"party": "parties"},
        ),
    },
)
