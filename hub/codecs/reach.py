"""How to reach somebody: e-mail addresses, telephone numbers, and the host names organisations go by."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

import idna
import phonenumbers
from email_validator import EmailNotValidError, validate_email

from hub.codecs.clean import clean, tidy, wanted
from hub.codecs.contract import NO_HINTS, CodecError, Hints
from hub.codecs.memory import remembered
from hub.codecs.option import option
from hub.model.allowed import Allowed
from hub.model.value import Value

_DIALLED = re.compile(r"[0-9 ()./\u2010-\u2015-]+")
_BEHIND = re.compile(r"(.*[0-9])[ ()./\u2010-\u2015-]+[0-9]{1,4}\)?")
_EXTENSION = re.compile(r"[,;]?\s*(?:ext(?:n|ension)?\.?|x|#|;ext=)\s*:?\s*[0-9]{1,7}$", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")

OTHERS_BESIDE = "Others stand beside it, and one would become the customer's: take it out there by hand."


@dataclass(frozen=True, slots=True)
class Email:
    """A mailbox in small letters, by email-validator; whether it exists is not asked.

    ``parted_by``: a place that may hold several, parted so. The first that is an address is read, where none
    is known to be the customer's; a write goes into the place of that one, or in front, and leaves the others
    as they stand. It is not emptied beside another, for that one would become the customer's.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"
    parted_by: str = option("parted_by", choices=(",", ";"), default="")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "email", Allowed.EMAIL)
        if not (some := self.each(text)):
            return None
        if (address := next(filter(None, map(_mailbox, some)), None)) is None:
            raise CodecError("email", Allowed.EMAIL, raw)
        return address

    def write(self, value: Value | None) -> object:
        return wanted(value, "email")

    def each(self, raw: object) -> list[str]:
        return [one.strip() for one in self._parted(raw) if one.strip()] if isinstance(raw, str) else []

    def over(self, written: object, standing: object, known: Value | None) -> object:
        some = self._parted(standing) if isinstance(standing, str) else []
        read = [_mailbox(tidy(one)) for one in some]
        if len(some) < 2 or not any(read):
            return written
        address = None if written is None else _mailbox(str(written))
        mine = [at for at, one in enumerate(read) if one and one == known != address]
        if written is None and any(one for at, one in enumerate(read) if at not in mine):
            raise CodecError("email", Allowed.LAST_EMAIL, None, OTHERS_BESIDE)
        new = "" if written is None or (address and address in read) else str(written)
        for at in mine:
            some[at], new = (some[at].replace(some[at].strip(), new), "") if new else ("", "")
        return self.parted_by.join(filter(str.strip, (new, *some))).strip() or None

    def _parted(self, text: str) -> list[str]:
        return text.split(self.parted_by) if self.parted_by else [text]


@dataclass(frozen=True, slots=True)
class Phone:
    """E.164, ``+31612345678``. A national number is read as one of ``region``, else of the record's country.

    Where neither is told, ``likely`` names the countries it may be of (``"NL BE"``): a mobile number of just
    one of them is read as that. Where that fails, or it is not valid there, its digits are kept as they are
    (``0475123456``): no number anybody could be found by, or that is written anywhere; see
    :func:`completed`. An extension is not kept. ``digits: international`` reads bare digits as a number
    with its country code, as systems give them that drop the +.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "phone"
    region: str = option("region", default="")
    likely: str = option("likely", default="")
    digits: str = option("digits", choices=("national", "international"), default="national")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "phone", Allowed.PHONE)
        if text is None:
            return None
        if _says_more(text):
            raise CodecError("phone", Allowed.ONE_PHONE, raw)
        if self.digits == "international" and not text.startswith(("+", "0")):
            text = f"+{text}"
        world = text.startswith(("+", "00"))
        number = _international(text) if world else self._at_home(text, hints)
        if number is None:
            raise CodecError("phone", Allowed.PHONE, raw)
        home = "" if world else (self.region or hints.get("country", "")).upper()
        if (world or home) and _more_behind(text, home):
            raise CodecError("phone", Allowed.ONE_PHONE, raw)
        return number

    def write(self, value: Value | None) -> object:
        return wanted(value, "phone")

    def _at_home(self, text: str, hints: Hints) -> str | None:
        home = (self.region or hints.get("country", "")).upper()
        return _national(text, home) if home else _likeliest(text, self.likely.upper())


def is_whole(number: str) -> bool:
    """Whether a number tells its country, so that it is one line in the world."""
    return number.startswith("+")


def completed(number: str, countries: Collection[str]) -> str | None:
    """A national number as one of these countries (ISO 2); None where it is none, or one of several."""
    if is_whole(number):
        return number
    found = {one for home in countries if is_whole(one := _national(number, home) or "")}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Domain:
    """The host name of a web address or mailbox, in small letters and ASCII (``xn--``), without ``www.``."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "domain", Allowed.DOMAIN)
        host = text and _host(text)
        if text and not host:
            raise CodecError("domain", Allowed.DOMAIN, raw)
        return host

    def write(self, value: Value | None) -> object:
        return wanted(value, "domain")


@remembered
def _mailbox(text: str) -> str | None:
    # test_environment lets ".test" through: demo and tests live there, and no mail can leave for it.
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return None


@remembered
def _says_more(text: str) -> bool:
    """Whether more than a number stands there: a word behind it, or the end of a second one.

    phonenumbers (9.0.43) dials words (``12345 alt`` is 12345 258), and takes ``1234567/68`` for one number.
    """
    begins = re.search(r"[+0-9]", text)
    number = _EXTENSION.sub("", text[begins.start() :]) if begins else ""
    if any(map(str.isalpha, number)):
        return True
    first, slash, second = number.rpartition("/")
    digits = [sum(map(str.isdecimal, some)) for some in (first, second)]
    return bool(slash) and (digits[0] >= 9 or (digits[0] >= 7 and digits[1] <= 4))


@remembered
def _more_behind(text: str, region: str) -> bool:
    """Whether a valid number stands there and a few digits more, parted from it: ``020 1234567-68``.

    phonenumbers (9.0.43) reads them all as one number, and calls it possible.
    """
    whole = _parsed(f"+{text[2:]}" if text.startswith("00") else text, region or None)
    if whole is None or phonenumbers.is_valid_number(whole):
        return False
    pieces = _BEHIND.fullmatch(_EXTENSION.sub("", text))
    first = _parsed(pieces[1], region or None) if pieces else None
    return first is not None and phonenumbers.is_valid_number(first)


@remembered
def _international(text: str) -> str | None:
    number = _parsed(f"+{text[2:]}" if text.startswith("00") else text, None)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    # A zero too many is dropped at each reading: what does not read as itself is no number.
    found = _e164(number)
    again = _parsed(found, None)
    return found if again is not None and _e164(again) == found else None


@remembered
def _national(text: str, region: str) -> str | None:
    """A number valid in a region, else its digits; None for what is no number at all."""
    number = _parsed(text, region) if region else None
    if number is not None and phonenumbers.is_valid_number_for_region(number, region):
        return _e164(number)
    digits = "".join(letter for letter in text if letter.isdecimal() and letter.isascii())
    dialled = _DIALLED.fullmatch(text) and not digits.startswith("00")
    return digits if dialled and 5 <= len(digits) <= 15 else None


@remembered
def _likeliest(text: str, regions: str) -> str | None:
    """A number that is a mobile one in just one of these regions; else its digits.

    Other numbers are valid in too many: a short one of Brussels is one of Solingen too.
    """
    known = [(number, region) for region in regions.split() if (number := _parsed(text, region))]
    valid = [one for one, home in known if phonenumbers.is_valid_number_for_region(one, home)]
    mobile = [one for one in valid if phonenumbers.number_type(one) == phonenumbers.PhoneNumberType.MOBILE]
    return _e164(mobile[0]) if len(mobile) == 1 else _national(text, "")


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _host(text: str) -> str | None:
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except ValueError:  # idna's errors are UnicodeErrors, and those are ValueErrors
        return None
    host = host.lower().rstrip(".")
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    return host if len(host) <= 253 and _HOST.fullmatch(host) else None
