"""Fill a fresh Tryton database with what invoices need; runs inside Tryton's own venv, without a server.

``finance.py CONFIG``: company in euros, chart of accounts, one long fiscal year and a payment term.
Prints one JSON object with the ids that :mod:`sandbox.tryton.seed` needs.
"""

import datetime
import json
import sys

from proteus import Model, config  # type: ignore[import-not-found]
from trytond.modules.account.tests.tools import (  # type: ignore[import-not-found]
    create_chart,
    create_fiscalyear,
    get_accounts,
)
from trytond.modules.account_invoice.tests.tools import (  # type: ignore[import-not-found]
    set_fiscalyear_invoice_sequences,
)
from trytond.modules.company.tests.tools import create_company, get_company  # type: ignore[import-not-found]

PAST = datetime.timedelta(days=750)
FUTURE = datetime.timedelta(days=400)


def prepare() -> dict[str, int]:
    """Create everything; return the ids of what an invoice refers to."""
    party = Model.get("party.party")(name="Our Own Company")
    party.save()
    create_company(party=party, currency="EUR")
    company = get_company()
    let_admin_work_for(company)
    today = datetime.date.today()
    year = create_fiscalyear(company, today=(today - PAST, today + FUTURE))
    set_fiscalyear_invoice_sequences(year).click("create_period")
    create_chart(company)
    accounts = get_accounts(company)
    journal = Model.get("account.journal").find([("type", "=", "revenue")], limit=1)[0]
    return {
        "company": company.id,
        "currency": company.currency.id,
        "receivable": accounts["receivable"].id,
        "revenue": accounts["revenue"].id,
        "journal": journal.id,
        "payment_term": due_on_its_date().id,
    }


def let_admin_work_for(company: Model) -> None:
    """Make the company the administrator's own, for good and in this process."""
    user = Model.get("res.user")(1)
    if company.id not in [one.id for one in user.companies]:
        user.companies.append(type(company)(company.id))
    user.company = type(company)(company.id)
    user.save()
    config.get_config()._context.update({"company": company.id, "companies": [company.id]})


def due_on_its_date() -> Model:
    """A payment term of no days: an invoice is due on its ``payment_term_date``."""
    term = Model.get("account.invoice.payment_term")(name="Due on the date agreed")
    term.lines.new(type="remainder").relativedeltas.new(days=0)
    term.save()
    return term


if __name__ == "__main__":
    config.set_trytond("tryton", config_file=sys.argv[1])
    print(json.dumps(prepare()))
