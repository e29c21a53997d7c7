"""How hard the population is: every nasty thing with its probability, in one place.

Shares of customers unless said otherwise. Raise one to see what matching makes of it.
"""

# Who there is.
ORGANISATIONS = 0.25
"""Share of organisations among customers (sole traders count once as each kind)."""
COUNTRIES = {"NL": 0.76, "BE": 0.11, "DE": 0.07, "GB": 0.06}

# How people belong together; shares of the units a population is built from.
UNITS = {
    "single": 0.500,
    "couple": 0.115,
    "parent_and_child": 0.045,
    "twins": 0.008,
    "firm": 0.215,
    "group": 0.030,
    "sole_trader": 0.087,
}
SHARED_MAILBOX = 0.35
"""Couples that use one e-mail address."""
INFO_MAILBOX = 0.30
"""Employees known by their firm's info@ address."""
SWITCHBOARD = 0.35
"""Employees known by their firm's telephone number."""
NAMESAKE = 0.05
"""Firms that keep a name another firm already has; most add their town."""
STAFF = (0.30, 0.40, 0.20, 0.10)
"""Firms with 0, 1, 2, 3 known employees."""

# Where they are known.
SYSTEMS_OF_PERSON = (0.43, 0.32, 0.17, 0.08)
"""Known in 1, 2, 3, 4 systems."""
SYSTEMS_OF_ORGANISATION = (0.44, 0.37, 0.19)
DUPLICATE = 0.02
"""Share of records entered a second time in the same system."""

# What life does to records.
MOVED = 0.14
"""Share of people who live alone."""
MARRIED = 0.05
"""Share of women living alone who took (a form of) their partner's name in the last three years."""

# What people at keyboards do; per record.
SHORT_PREFIX = 0.12
"""`v.d. Berg` for `van der Berg`, among names with a tussenvoegsel."""
PREFIX_LAST = 0.06
PREFIX_CAPITALS = 0.10
INITIALS = 0.08
NICKNAME = 0.10
TYPO = 0.04
UPPER_CASE = 0.01
TRANSLITERATED = 0.35
"""Names with an umlaut or accent, written without."""
OTHER_EMAIL = 0.12
EMAIL_CASE = 0.06
MISSING = {
    "first": 0.02,
    "email": 0.12,
    "phone": 0.35,
    "mobile": 0.25,
    "address": 0.15,
    "birth": 0.40,
    "vat": 0.25,
    "register": 0.25,
}
"""A field left empty."""
PLACEHOLDER = 0.015
"""A field filled with something that only looks like a value, per field."""
STALE = 0.15
"""Records of people who moved or married that show the old state although touched since."""
BROKEN_VAT = 0.02
LEGAL_FORM_DROPPED = 0.20
LEGAL_FORM_RESPELT = 0.25

# What comes with them.
INVOICED = 0.60
"""Finance contacts with invoices."""
OVERDUE = 0.25
"""Invoiced contacts with an overdue one: 15 % of all finance contacts."""
TICKETED = 0.40
"""Support users with tickets."""
UNSOLVED = 0.25
"""Of those, with an unsolved one."""
AGENTS = 5
"""Support staff among the users: not customers."""
