"""The laws every codec obeys, whatever a vendor or a person typed. A codec without a strategy here fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs import Codec, CodecError, SharesItsPlace, codec, names
from hub.codecs.clean import tidy
from hub.codecs.opinions import OPINIONS

Raw = st.SearchStrategy[object]

ANY_TEXT = st.text(st.characters(), max_size=12) | st.text(
    st.sampled_from("aZéßİŉſK ٣²0129,.-–/'’@+\u0301\u0345\u200b\u00a0\u2003\x00\x1f\ud800\ufeff"),  # noqa: RUF001
    max_size=12,
)
SCALAR: Raw = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
ANYTHING: Raw = SCALAR | st.lists(SCALAR, max_size=2) | st.dictionaries(ANY_TEXT, SCALAR, max_size=2)
HINTS = st.sampled_from([{}, {"country": "NL"}, {"country": "DE"}, {"country": "gr"}, {"country": "??"}])


def words(vocabulary: str, extra: str = "") -> Raw:
    """Texts woven from words that matter to a codec, a few strange letters, and several glues."""
    return st.lists(st.sampled_from([*vocabulary.split(), *extra]), max_size=7).flatmap(
        lambda chosen: st.sampled_from([" ", ", ", "", "-", " - "]).map(lambda glue: glue.join(chosen))
    )


NAMES = words(
    "Jan Anna van der den de 't v.d. v.d.Berg Berg Vries Jansen-de -de Jansen- El J. V. López \N{EN DASH} ,",
    "\u0301",
)
FIRMS = words("Jansen Bouw B.V. BV & en GmbH Co. K\u00f6ln K\u00f6ln ( ) +")
STREETS = words(
    "Dorpsstraat 12 1944 1e Rue du Moulin bte 5 High Street 12a \u017f a-3 bus Plein III - / Weg. St St. "
    "1/2 18/4 303, 100654 Postfach rue la Paix \u0301"
)
DIGITS = st.text("0123456789+- ()", max_size=16)

RAW: Mapping[str, Raw] = {
    "boolean": st.sampled_from([True, False, 1, 0, "true", "FALSE", " 1 ", 2, 1.0]),
    "country": st.sampled_from(
        ["nl", "NLD", "Holland", "Côte d'Ivoire", "ZZ", "EU", "österreich", "GBR", "U.K."]
    ),
    "date": st.dates().map(str) | st.dates().map(lambda day: f"{day.day}/{day.month}/{day.year:04}") | DIGITS,
    "decimal": st.decimals(allow_nan=True) | st.from_regex(r"-?[0-9]{1,3}([.,][0-9]{3})*([.,][0-9]{1,3})?"),
    "domain": st.from_regex(
        r"(https?://)?(www\.){0,3}[a-zA-Zäß0-9-]{1,9}(\.[a-zé]{1,5}){0,2}\.?(/x)?", fullmatch=True
    ),
    "dutch_family_name": NAMES,
    "dutch_name": NAMES,
    "email": st.emails()
    | st.from_regex(r"[A-Za-zİß.]{1,5}@(xn--)?[a-zäßK.-]{1,9}\.(nl|test)", fullmatch=True),
    "enum": st.sampled_from(["klant", "KLANT", " lead ", "Lead", 3, "3", True, "onbekend"]),
    "firm_name": FIRMS,
    "flag": st.sampled_from([True, False, 1, 0, "true", "no"]),
    "id": st.integers(0, 10**19) | st.sampled_from(["007", "a-1", 5.0, "²"]),
    "integer": st.integers(-(2**60), 2**60) | st.sampled_from(["+7", "-0", "007", "٣", 2.0]),
    "kvk": st.integers(0, 10**9) | DIGITS,
    "language": st.sampled_from(["nl-NL", "zh_Hans", "Dutch", "néerlandais", "nld", "x-y", "en-", "tlh"]),
    "lowercase": ANY_TEXT,
    "phone": DIGITS
    | st.from_regex(r"(\+|00)?(31|32|49|39|44|54|1|52)0?[0-9]{6,12}( ?x[0-9]{2})?", fullmatch=True),
    "postal_code": st.from_regex(r"(nl-?)? ?[0-9]{4} ?[a-zA-Z]{2}", fullmatch=True),
    "street_line": STREETS,
    "text": ANY_TEXT,
    "uppercase": ANY_TEXT,
    "vat": st.from_regex(r"(NL|be|EL|GR|CHE|DE|FR|)[ -]?[0-9A-Z.]{8,13}(B01|MWST)?", fullmatch=True)
    | st.sampled_from(
        ["004495445B01", "NL004495445B01", "FR 61 954 506 077", "CHE-107.787.577 MWST", "094259216"]
    ),
}
"""What a vendor might plausibly hold, by codec; mixed with anything at all."""

OPTIONS: Mapping[str, list[Mapping[str, object]]] = {
    "country": [{"as": "name_en"}, {"as": "name_nl"}],
    "date": [{"format": "dmy"}],
    "decimal": [{"notation": "comma"}, {"as": "number"}],
    "enum": [
        {"customer": "klant", "lead": "Lead", "prospect": "lead", "three": 3, "yes": True, "client": "klant"},
        {"customer": ["klant", "lead"], "lead": ["Lead", "klant", 3]},
    ],
    "flag": [{"true": "no"}, {"true": "no", "empty": "null"}],
    "id": [{"as": "int"}],
    "language": [{"as": "locale"}],
    "email": [{"parted_by": ","}],
    "phone": [{"region": "BE"}, {"digits": "international"}],
}
NEEDS_OPTIONS = {"enum", "flag"}


@dataclass(frozen=True)
class Case:
    """One codec with one set of options."""

    name: str
    codec: Codec


def cases() -> list[Case]:
    """Every registered codec, plain and with each option."""
    plain = [Case(name, codec(name)) for name in names() if name not in NEEDS_OPTIONS]
    return plain + [Case(name, codec({name: options})) for name, sets in OPTIONS.items() for options in sets]


each_codec = pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.codec}"[:60])
few = settings(max_examples=60, deadline=None)


@each_codec
@given(data=st.data(), hints=HINTS)
@few
def test_what_was_read_and_written_reads_and_writes_the_same(
    case: Case, data: st.DataObject, hints: Mapping[str, str]
) -> None:
    raw = data.draw(RAW[case.name] | ANYTHING)
    try:
        value = case.codec.read(raw, hints)
    except CodecError as error:
        assert error.value is not None and case.name in str(error)
        return
    written = case.codec.write(value)
    assert case.codec.write(case.codec.read(written, hints)) == written


@each_codec
@given(data=st.data(), hints=HINTS)
@few
def test_projecting_twice_is_projecting_once(
    case: Case, data: st.DataObject, hints: Mapping[str, str]
) -> None:
    value: Any = data.draw(shared(case))
    try:
        projected = case.codec.read(case.codec.write(value), hints)
    except CodecError:
        return
    assert case.codec.read(case.codec.write(projected), hints) == projected


@each_codec
@pytest.mark.parametrize("blank", [None, "", "  ", "\u00a0\t\n", "\u200b"])
def test_blank_is_empty(case: Case, blank: object) -> None:
    assert case.codec.read(blank, {}) is None


@each_codec
@given(data=st.data())
@few
def test_a_spreading_codec_gives_its_own_parts_and_no_empty_one(case: Case, data: st.DataObject) -> None:
    try:
        value = case.codec.read(data.draw(RAW[case.name]), {})
    except CodecError:
        return
    assert isinstance(value, dict) == bool(case.codec.parts and value)
    if isinstance(value, dict):
        assert value.keys() <= set(case.codec.parts) and all(value.values())


SEPARATORS = st.sampled_from([",", ";"])
ADDRESSES = st.lists(
    RAW["email"] | st.sampled_from(["geen", "a@x.nl", "Jan@Voorbeeld.NL"]), min_size=1, max_size=4
)


@given(
    held=ADDRESSES,
    new=RAW["email"] | st.none(),
    at=st.integers(0, 3),
    by=SEPARATORS,
    blank=st.sampled_from(["", " "]),
)
@few
def test_of_several_addresses_the_known_one_is_written_and_the_others_stay(
    held: list[str], new: str | None, at: int, by: str, blank: str
) -> None:
    email, several = codec("email"), codec({"email": {"parted_by": by}})
    assert isinstance(several, SharesItsPlace)
    held = [one for one in held if one.strip() and not {*one} & {",", ";"}]
    told = f"{by}{blank}".join(held)
    assert several.each(told) == [one.strip() for one in held]
    mailboxes = [email.read(one) if _reads(email, one) else None for one in held]
    if not any(mailboxes):
        assert not held or not _reads(several, told)
        return
    assert several.read(told) == next(filter(None, mailboxes))
    try:
        written = several.write(new)
    except CodecError:
        return
    if new is not None and not _reads(email, str(written)):
        return
    known = mailboxes[at] if at < len(held) else None
    new_one = email.read(written)
    mine = [number for number, one in enumerate(mailboxes) if one and one == known != new_one]
    others = [one for number, one in enumerate(mailboxes) if number not in mine and one]
    if written is None and len(held) > 1 and others:
        with pytest.raises(CodecError, match="by hand"):
            several.over(written, told, known)
        return
    stands, as_read = several.each(several.over(written, told, known)), email.read(written)
    if len(held) == 1:
        assert stands == ([] if written is None else [written])
        return
    kept = [one.strip() for number, one in enumerate(held) if number not in mine]
    assert [one for one in stands if one in kept or one != written] == kept
    read = [email.read(one) if _reads(email, one) else None for one in stands]
    assert written is None or read.count(as_read) >= 1
    assert known is None or known == as_read or known not in read


def _reads(mailbox: Codec, text: str) -> bool:
    try:
        return mailbox.read(text) is not None
    except CodecError:
        return False


@given(line=STREETS | ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_a_street_line_is_written_as_it_was_typed(line: object) -> None:
    street = codec("street_line")
    try:
        found = street.read(line, {})
    except CodecError:
        return
    assert street.write(found) == (tidy(str(line)) or None)


@given(line=STREETS, other=STREETS)
@settings(max_examples=200, deadline=None)
def test_a_line_kept_for_another_street_is_not_written(line: object, other: object) -> None:
    street = codec("street_line")
    mine, theirs = street.read(line, {}), street.read(other, {})
    if isinstance(mine, dict) and isinstance(theirs, dict):
        bare = {name: one for name, one in mine.items() if name != "as_typed"}
        known = {name: one for name, one in theirs.items() if name != "as_typed"}
        foreign = {**bare, "as_typed": str(other).strip() or "-"}
        assert bare == known or street.write(foreign) == street.write(bare)


def test_every_codec_names_how_its_values_compare() -> None:
    assert {case.name: case.codec.opinion for case in cases() if case.codec.opinion not in OPINIONS} == {}


def test_every_codec_has_a_strategy_and_every_option_a_case() -> None:
    assert sorted(RAW) == names()
    assert set(OPTIONS) >= NEEDS_OPTIONS


def shared(case: Case) -> "st.SearchStrategy[object]":
    """Shared values: what the codec reads, what a person may have typed for it, and anything at all."""
    texts = RAW[case.name].filter(lambda raw: isinstance(raw, str))
    if not case.codec.parts:
        return texts | ANYTHING
    return st.dictionaries(st.sampled_from(case.codec.parts), texts | ANY_TEXT) | ANYTHING
