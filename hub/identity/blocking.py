"""Blocking keys: two records that share one are worth comparing."""

from hub.identity.features import Features


def blocking_keys(one: Features) -> frozenset[str]:
    """The keys of a record; none for a record that says nothing that could identify it."""
    keys = _person if one.kind == "person" else _organisation
    return frozenset().union(*(keys(version) for version in one.versions))


def _person(one: Features) -> frozenset[str]:
    initial = one.given[:1]
    keys = {f"e:{email}" for email in one.emails} | {f"p:{phone}" for phone in one.phones | one.landlines}
    if one.family and one.given:
        keys |= {f"w:{one.family[:4]}:{one.given[:3]}:{mark}" for mark in one.employer | one.reached()}
    if one.family and one.birth_date:
        keys.add(f"fb:{one.family[:3]}:{one.birth_date}")
    if initial and one.birth_date:
        keys.add(f"gb:{initial}:{one.birth_date}")
    if one.postal_code and one.house_number:
        keys.add(f"ah:{initial}:{one.postal_code}:{one.house_number}")
    if one.family and one.given:
        keys.add(f"n:{_folded(one.family)}:{one.given}")
    if one.family and one.postal_code:
        keys.add(f"fp:{one.family[:4]}:{initial}:{one.postal_code}")
    return frozenset(keys)


def _organisation(one: Features) -> frozenset[str]:
    keys = {f"e:{email}" for email in one.emails} | {f"p:{phone}" for phone in one.phones | one.landlines}
    keys |= {f"d:{domain}" for domain in one.domains}
    if one.vat:
        keys.add(f"v:{one.vat}")
    if one.coc:
        keys.add(f"k:{one.coc}")
    if one.name:
        keys.add(f"n:{_folded(one.name)}")
        if one.postal_code:
            keys.add(f"np:{one.name[:4]}:{one.postal_code}")
    return frozenset(keys)


def _folded(name: str) -> str:
    """A name without spaces, doubled letters and the vowels after its first letter."""
    letters = name.replace(" ", "")
    kept = [one for place, one in enumerate(letters) if place == 0 or one not in "aeiouy"]
    return "".join(one for place, one in enumerate(kept) if place == 0 or one != kept[place - 1])
