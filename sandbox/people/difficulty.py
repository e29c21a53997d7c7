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

# Slips of the finger; per record that has the field.
BIRTH_DIGIT = 0.012
"""Another digit in a date of birth."""
BIRTH_SWAPPED = 0.025
"""Day and month of birth swapped, where the day is at most the twelfth: one record in a hundred."""
BIRTH_NEW_YEAR = 0.012
"""1 January of the right year, for want of the day."""
HOUSE_NUMBER_DIGIT = 0.012
"""Another digit in a house number."""
ADDITION_LEFT_OUT = 0.10
"""Of addresses with an addition or a box, those typed without."""
ADDITION_RESPELT = 0.30
"""Of addresses with an addition or a box, those typed otherwise: `12-a`, `12 A`; `18/4`, `18 bte 4`."""
POSTCODE_SLIP = 0.015
"""Another digit or letter in a postcode."""
TOWN_SLIP = 0.012
"""A letter doubled in a town."""
TOWN_SUFFIX = 0.012
"""A province or country in brackets behind a town: `Arnhem (Gld)`."""
STREET_SLIP = 0.015
"""A letter left out or doubled in a street."""
STREET_SHORT = 0.02
"""`Kerkstr.` for `Kerkstraat`, among the streets that end so."""
PHONE_DIGIT = 0.015
"""Another digit in a telephone number."""

# Habits, of people and of the systems they type in.
BOXED = {"NL": 0.0, "BE": 0.30, "DE": 0.12, "GB": 0.15}
"""Homes and sites with a box, floor or apartment behind the number."""
SECOND_LINE = 0.5
"""Of addresses with one, those that have it in the second line, in systems that have a second line."""
FROM_MAIL = 0.06
"""Zendesk users made by themselves from a mail: a name as the mail has it, and the account's own locale."""
SEVERAL_GIVEN = 0.25
"""People with a second given name, who write `J.P.` where they write initials."""
DOUBLE_NAME = 0.08
"""Dutch family names with a prefix that have another before it, without a hyphen: `Jansen de Vries`."""
SPLIT_OTHERWISE = 0.20
"""Records of people of such a name that have its first half among the given names."""
BORDER_NUMBER = 0.03
"""People with a mobile number of a neighbouring country, which many write as if at home there."""

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
