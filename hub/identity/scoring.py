"""How much two records look like one customer: readable evidence, weight by weight.

Each comparison returns the name of what it found; the model says what that is worth. A veto is a
finding no weight can outvote (two VAT numbers are two companies).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from hub.identity.features import Features
from hub.identity.model import Model

Verdict = str
ACCEPT, REVIEW, REJECT, VETO = "accept", "review", "reject", "veto"


@dataclass(frozen=True, slots=True)
class Score:
    """The answer for one pair, with its explanation."""

    total: float
    verdict: Verdict
    evidence: tuple[tuple[str, float], ...]


def score(left: Features, right: Features, model: Model) -> Score:
    """Compare two records of one kind, at their most alike over time; symmetric."""
    found = (_score(one, other, model) for one in left.versions for other in right.versions)
    return max(found, key=lambda one: (one.verdict != VETO, one.total, one.evidence))


def _score(left: Features, right: Features, model: Model) -> Score:
    found = tuple((name, model.weight(name)) for name in _evidence(left, right, model))
    total = sum(weight for _, weight in found)
    if any(name.endswith(".veto") for name, _ in found):
        return Score(total, VETO, found)
    verdict = ACCEPT if total >= model.accept else REVIEW if total >= model.review else REJECT
    return Score(total, verdict, found)


def vetoed(left: Features, right: Features, model: Model) -> bool:
    """Whether these two can never be one customer, whatever else connects them."""
    return score(left, right, model).verdict == VETO


Comparison = Callable[[Features, Features, Model], str]


def _evidence(left: Features, right: Features, model: Model) -> Iterator[str]:
    comparisons = _PERSON if left.kind == "person" else _ORGANISATION
    for compare in comparisons:
        if finding := compare(left, right, model):
            yield finding


def _email(left: Features, right: Features, model: Model) -> str:
    """One personal mailbox in common, or only one that a household shares (``familie.bakker@``)."""
    shared = left.emails & right.emails
    if shared and all(model.is_shared(one) for one in shared):
        return "email.household"
    return _sets("email", left.emails, right.emails)


def _phone(left: Features, right: Features, model: Model) -> str:
    if left.landlines & right.landlines and not left.phones & right.phones:
        # A household shares its line: at one address it says nothing the address has not said.
        return (
            ""
            if left.kind == "person" and _address(left, right, model) == "address.same"
            else "landline.same"
        )
    return _sets("phone", left.phones | left.landlines, right.phones | right.landlines)


def _domain(left: Features, right: Features, model: Model) -> str:
    return _sets("domain", left.domains, right.domains)


def _sets(name: str, left: frozenset[str], right: frozenset[str]) -> str:
    if not left or not right:
        return ""
    return f"{name}.same" if left & right else f"{name}.different"


def _given(left: Features, right: Features, model: Model) -> str:
    """Given names: the same, one the initial of the other, near, or two people."""
    one, other = model.full(left.given), model.full(right.given)
    if not one or not other:
        return "given.missing"
    if one == other:
        return "given.same" if left.given == right.given else "given.nickname"
    if _is_initial(one) or _is_initial(other):
        return "given.initial" if one[0] == other[0] else _other_given(left, right, model)
    first, second = one.split()[0], other.split()[0]
    if first == second or model.full(first) == model.full(second):
        return "given.near"
    return "given.near" if _near(one, other) else _other_given(left, right, model)


def _other_given(left: Features, right: Features, model: Model) -> str:
    """Two given names are two people, but for one personal mailbox and one mobile number in common.

    Somebody called Toos is Catharina in her passport; no list of short forms is ever whole.
    """
    mailbox = any(not model.is_shared(one) for one in left.emails & right.emails)
    return "given.different" if mailbox and left.phones & right.phones else "given.veto"


def _is_initial(given: str) -> bool:
    return all(len(word) == 1 for word in given.split())


def _near(one: str, other: str) -> bool:
    """A slip of the pen: one edit in a short name, two in a long one, and it starts alike."""
    slips = DamerauLevenshtein.distance(one, other)
    return slips <= (1 if min(len(one), len(other)) < 7 else 2) and one[0] == other[0]


def _family(left: Features, right: Features, model: Model) -> str:
    """Family names: the same, near, one part of the other (a double name), or changed by marriage."""
    one, other = left.family, right.family
    if not one or not other:
        return ""
    if one == other:
        return "family.same"
    if _near(one, other) or JaroWinkler.similarity(one, other) > 0.93:
        return "family.near"
    if set(one.split()) & set(other.split()):
        return "family.part"
    return "family.different"


def _birth(left: Features, right: Features, model: Model) -> str:
    one, other = left.birth_date, right.birth_date
    if not one or not other:
        return ""
    if one == other:
        return "birth.same"
    return "birth.near" if DamerauLevenshtein.distance(one, other) <= 1 else "birth.different"


def _address(left: Features, right: Features, model: Model) -> str:
    if not left.postal_code or not right.postal_code:
        return ""
    if left.postal_code != right.postal_code:
        return "address.different"
    if not left.house_number or not right.house_number:
        return "address.postal_code"
    return "address.same" if left.house_number == right.house_number else "address.neighbour"


def _employer(left: Features, right: Features, model: Model) -> str:
    shared = (
        left.employer & right.employer or left.employer & right.reached() or left.reached() & right.employer
    )
    return "employer.same" if shared else ""


def _vat(left: Features, right: Features, model: Model) -> str:
    return _number("vat", left.vat, right.vat)


def _coc(left: Features, right: Features, model: Model) -> str:
    return _number("coc", left.coc, right.coc)


def _number(name: str, one: str, other: str) -> str:
    if not one or not other:
        return ""
    if one == other:
        return f"{name}.same"
    return f"{name}.near" if DamerauLevenshtein.distance(one, other) <= 1 else f"{name}.veto"


def _firm(left: Features, right: Features, model: Model) -> str:
    one, other = left.name, right.name
    if not one or not other:
        return ""
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return "firm.same"
    words, others = one.split(), other.split()
    if len(words) == len(others) and all(map(_near_word, words, others)):
        return "firm.near"
    return "firm.part" if set(words) & set(others) else "firm.different"


def _near_word(one: str, other: str) -> bool:
    return one == other or (len(one) > 3 and _near(one, other))


def _form(left: Features, right: Features, model: Model) -> str:
    differ = left.legal_form and right.legal_form and left.legal_form != right.legal_form
    return "form.different" if differ else ""


_PERSON: tuple[Comparison, ...] = (_given, _family, _birth, _email, _phone, _address, _employer)
_ORGANISATION: tuple[Comparison, ...] = (_firm, _form, _vat, _coc, _domain, _email, _phone, _address)
