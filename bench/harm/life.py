"""What happens to people in a round: they move, marry, take another number; and what they then tell."""

from bench.harm.truth import Truth
from bench.harm.typed import Typed, line_of, usual
from sandbox.people import handwriting
from sandbox.people.dice import Dice
from sandbox.people.households import married
from sandbox.people.naming import address, family_name, full_family, transliterated
from sandbox.people.numbers import mobile


def moves(dice: Dice, truth: Truth) -> Typed:
    """A new home; the old one becomes a former one."""
    truth.former_homes.append(truth.home)
    truth.home = address(dice, truth.home.country)
    return {"street": line_of(truth), "postcode": truth.home.postcode, "town": truth.home.city}


def marries(dice: Dice, truth: Truth) -> Typed:
    """A new surname, the partner's or both."""
    truth.former_names.append(truth.name)
    truth.name = married(dice, truth.name, family_name(dice, truth.home.country))
    return {"family": full_family(truth.name)}


def renumbers(dice: Dice, truth: Truth) -> Typed:
    """Another mobile number."""
    old = truth.phones[0]
    truth.former_phones.append(old)
    truth.phones = [mobile(dice, truth.home.country), *(one for one in truth.phones[1:] if one != old)]
    return {"phone": truth.phones[0].e164}


def respelt(dice: Dice, field: str, truth: Truth) -> str:
    """What is true, in another usual spelling."""
    text = usual(field, truth)
    if field == "family":
        return dice.choice((handwriting.last_name(dice, truth.name), text.upper(), transliterated(text)))
    if field == "given":
        return dice.choice((text.upper(), transliterated(text), handwriting.nickname(text)))
    if field == "phone":
        return f"0{truth.phones[0].area}-{truth.phones[0].number}"
    return text.replace(" ", "") if field == "postcode" else text.upper()


def slip(dice: Dice, field: str, text: str) -> str:
    """One finger wrong: a digit of what has digits, a letter else."""
    places = [at for at, c in enumerate(text) if c.isdigit()]
    if places and field in ("birth", "phone", "postcode", "street"):
        at = dice.choice(places[-2:] if field in ("birth", "phone") else places)
        return text[:at] + str((int(text[at]) + dice.randint(1, 8)) % 10) + text[at + 1 :]
    return handwriting.typo(dice, text) if len(text) > 3 else text
