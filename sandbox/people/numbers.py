"""Registration, bank and telephone numbers with valid check digits, and a few broken ones."""

from stdnum import iban
from stdnum.iso7064 import mod_11_10, mod_97_10

from sandbox.people.dice import Dice
from sandbox.people.model import Phone

_MOBILE = {"NL": ("31", "6", 8), "BE": ("32", "47", 7), "DE": ("49", "151", 8), "GB": ("44", "74", 8)}
_LINE_LENGTH = {"NL": 9, "BE": 8, "DE": 10, "GB": 10}
_BANKS = {"NL": "ABNA", "BE": "320", "GB": "LOYD"}
_BANK_DIGITS = {"NL": 10, "BE": 7, "DE": 18, "GB": 14}


def vat_number(dice: Dice, country: str) -> str:
    """A VAT number whose check digits are right, with its country prefix."""
    if country == "NL":
        stem = f"NL{dice.digits(9)}B"
        return stem + mod_97_10.calc_check_digits(stem)
    if country == "BE":
        stem = "0" + dice.digits(7)
        return f"BE{stem}{97 - int(stem) % 97:02d}"
    if country == "DE":
        stem = dice.digits(8)
        return f"DE{stem}{mod_11_10.calc_check_digit(stem)}"
    stem = dice.digits(7)
    weighted = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), stem, strict=True))
    return f"GB{stem}{97 - weighted % 97:02d}"


def broken(dice: Dice, number: str) -> str:
    """``number`` with its last digit changed."""
    return number[:-1] + str((int(number[-1]) + dice.randint(1, 8)) % 10)


def register_number(dice: Dice, country: str, vat: str) -> str:
    """What the country's trade register calls the firm; it has check digits only in Belgium."""
    if country == "BE":
        return vat.removeprefix("BE")
    return f"HRB {dice.digits(5)}" if country == "DE" else dice.digits(8)


def bank_account(dice: Dice, country: str) -> str:
    """An IBAN with valid check digits."""
    account = _BANKS.get(country, "") + dice.digits(_BANK_DIGITS[country])
    if country == "BE":
        account += f"{int(account) % 97 or 97:02d}"
    return country + iban.calc_check_digits(f"{country}00{account}") + account


def mobile(dice: Dice, country: str) -> Phone:
    """A mobile number in the country's plan."""
    code, area, length = _MOBILE[country]
    return Phone(code, area, str(dice.randint(1, 5)) + dice.digits(length - 1))


def landline(dice: Dice, country: str, area: str) -> Phone:
    """A fixed number in a city."""
    code = _MOBILE[country][0]
    return Phone(code, area, str(dice.randint(2, 7)) + dice.digits(_LINE_LENGTH[country] - len(area) - 1))
