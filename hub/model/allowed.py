"""What a value must be for a codec to read or write it: in English here, in each language by its name."""

from enum import StrEnum


class Allowed(StrEnum):
    """What may stand somewhere; what is in braces is told with it."""

    TEXT = "text"
    LONG = "a text of at most {most} characters"
    OBJECT = "an object of {parts}"
    WORD = "a word"
    WORDS = "one of {words}"
    FLAG = "'{word}' or nothing"
    TRUTH = "true, false, 1 or 0"
    INTEGER = "a whole number"
    DIGITS = "a whole number of at most 18 digits"
    ID = "a text or a whole number"
    KEY = "a whole number, or text of 1 to {longest} printable characters without #"
    OWN_KEY = "a whole number, or text of 1 to {longest} printable characters without #, each its own"
    AMOUNT = "an amount such as 125.00"
    AMOUNT_POINT = "an amount such as 1250.00, below ten million million"
    AMOUNT_COMMA = "an amount such as 1.250,00, below ten million million"
    ONE_CURRENCY = "of one currency"
    DATE = "a date such as 2026-11-22"
    DATE_DMY = "a date such as 2026-11-22 or 22-11-2026"
    COUNTRY = "a country's ISO code or its name in English, Dutch, German or French"
    COUNTRY_CODE = "two capital letters of ISO 3166"
    LANGUAGE = (
        "a language's ISO code, a locale such as nl-NL, or its name in English, Dutch, German or French"
    )
    EMAIL = "an e-mail address such as name@example.nl"
    LAST_EMAIL = "no emptying beside another address"
    PHONE = "a telephone number"
    TOLD = "a value of this very customer, or nothing"
    ONE_PHONE = "one telephone number, and nothing else behind it"
    DOMAIN = "a host name such as example.nl, or a web address"
    VAT = "a valid VAT number that starts with its country, such as NL123456782B90"
    KVK = "eight digits"
