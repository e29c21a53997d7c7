"""A no that does not stand where it must."""

from collections.abc import Iterator, Mapping, Sequence

from bench.edits.journal import Journal, Line
from bench.edits.judge.found import Found
from bench.edits.place import CONSENTS, Place, Texts

GRANTS = "brevo"
"""Whose people may say yes after a no, and which system the hub writes a no to."""


def consent_looser(
    journal: Journal,
    seeds: Mapping[str, Texts],
    owners: Mapping[Place, str],
    standing: Mapping[Place, Texts],
) -> Iterator[Found]:
    """Records without a no that was said anywhere, in a deleted record too, and not taken back since.

    Not judged: a yes whose order to a no elsewhere nobody could tell.
    """
    by_customer: dict[tuple[str, str], list[Line]] = {}
    for one in journal.lines:
        if one.unit[0] in CONSENTS:
            by_customer.setdefault((one.customer, one.unit[0]), []).append(one)
    for place, told in standing.items():
        customer = owners.get(place, "")
        for channel in CONSENTS if place.system == GRANTS else ():
            lines = by_customer.get((customer, channel), [])
            said = seeds.get(customer, {}).get((channel, "")) == "no"
            if refused(journal, lines, said) and (channel, "") not in told:
                yield Found("consent_looser", (customer, channel, ""), place, "shows no 'no'")


def refused(journal: Journal, lines: Sequence[Line], at_first: bool) -> bool:
    """Whether a no stands, after all that was typed of one channel of one customer."""
    noes = [one for one in lines if one.after == "no"]
    grants = [one for one in lines if one.after is None and one.place.system == GRANTS and one.deliberate]
    if not noes and not at_first:
        return False
    if not grants:
        return True
    final = grants[-1]
    return any(one.act > final.act and not journal.precedes(one, final) for one in noes)
