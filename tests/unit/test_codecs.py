"""What each codec makes of the values departments really have, and what it says when it cannot."""

from collections.abc import Mapping

import pytest

from hub.codecs import CodecError, UnknownCodec, codec, names
from hub.codecs.reach import completed

Spec = str | Mapping[str, object]

READS: list[tuple[Spec, object, object]] = [
    ("text", "  Jan \t Jansen\u00a0", "Jan Jansen"),
    ("text", "Cafe\u0301", "Caf\u00e9"),
    ("text", "a\x00b", "a b"),
    ("text", 12, "12"),
    ("firm_name", " Jansen  Bouw B.V.", "Jansen Bouw B.V."),
    ("lowercase", "ABC Def", "abc def"),
    ("uppercase", "straße", "STRASSE"),
    ("email", " Jan@Example.NL ", "jan@example.nl"),
    ("email", "info@shop.test", "info@shop.test"),
    ("phone", "06-12345678", "0612345678"),
    ("phone", 31612345678, "31612345678"),
    ("phone", "+32 2 555 12 12", "+3225551212"),
    ("phone", "0032 2 555 12 12", "+3225551212"),
    ("phone", "+31 (0)6 12345678", "+31612345678"),
    ({"phone": {"region": "NL"}}, "06-12345678", "+31612345678"),
    ({"phone": {"region": "BE"}}, "06-12345678", "0612345678"),
    ({"phone": {"digits": "international"}}, "31612345678", "+31612345678"),
    ({"phone": {"region": "BE"}}, "02 555 12 12", "+3225551212"),
    ({"phone": {"region": "BE"}}, "0475/12.34.56", "+32475123456"),
    ({"phone": {"region": "DE"}}, "030/901820", "+4930901820"),
    ("phone", "+49 30/901820", "+4930901820"),
    ("phone", "+31 6 12345678 ext. 12", "+31612345678"),
    ("country", "nld", "NL"),
    ("country", "Holland", "NL"),
    ("country", "Vereinigtes Königreich", "GB"),
    ("country", "cote d'ivoire", "CI"),
    ("country", "Pays-Bas", "NL"),
    ("language", "nl-NL", "nl"),
    ("language", "Dutch", "nl"),
    ("language", "Duits", "de"),
    ("postal_code", "1234ab", "1234 AB"),
    ("postal_code", "sw1a 1aa", "SW1A 1AA"),
    ("date", "2026-11-22T10:00:00+01:00", "2026-11-22"),
    ("date", "1900-01-01", "1900-01-01"),
    ({"date": {"format": "dmy"}}, "1-2-2026", "2026-02-01"),
    ("decimal", "125", "125.00"),
    ("decimal", 0.005, "0.01"),
    ("decimal", -0.001, "0.00"),
    ({"decimal": {"notation": "comma"}}, "1.250,00", "1250.00"),
    ({"decimal": {"notation": "comma"}}, 1250.5, "1250.50"),
    ("integer", "42", 42),
    ("boolean", "false", False),
    ("boolean", 1, True),
    ({"flag": {"true": "no"}}, True, "no"),
    ({"flag": {"true": "no"}}, "0", None),
    ("vat", "nl 0044.95.445.B01", "NL004495445B01"),
    ("vat", "EL 094259216", "EL094259216"),
    ("kvk", 1234567, "01234567"),
    ({"enum": {"customer": "klant", "lead": "prospect"}}, "Klant", "customer"),
    ({"enum": {"customer": "klant", "lead": "prospect"}}, "prospect", "lead"),
    ({"enum": {"customer": "klant", "lead": ["prospect", "suspect"]}}, "Suspect", "lead"),
    ({"enum": {"customer": "A", "lead": "a"}}, "a", "lead"),
    ("domain", "https://www.Example.NL:8080/pad?q=1", "example.nl"),
    ("domain", "info@münchen.de", "xn--mnchen-3ya.de"),
    ("id", 123, "123"),
]


@pytest.mark.parametrize(("spec", "raw", "expected"), READS)
def test_reads(spec: Spec, raw: object, expected: object) -> None:
    assert codec(spec).read(raw, {}) == expected


@pytest.mark.parametrize(
    ("spec", "value", "expected"),
    [
        ({"country": {"as": "name_nl"}}, "DE", "Duitsland"),
        ({"country": {"as": "name_en"}}, "DE", "Germany"),
        ({"language": {"as": "locale"}}, "nl", "nl-NL"),
        ({"date": {"format": "dmy"}}, "2026-02-01", "01-02-2026"),
        ({"decimal": {"notation": "comma"}}, "1250.00", "1250,00"),
        ({"decimal": {"as": "number"}}, "12.50", 12.5),
        ({"id": {"as": "int"}}, "123", 123),
        ("id", "123", "123"),
        ({"enum": {"customer": 3}}, "customer", 3),
        ({"enum": {"lead": ["prospect", "suspect"]}}, "lead", "prospect"),
        ({"flag": {"true": "no"}}, "no", True),
        ({"flag": {"true": "no"}}, None, False),
        ({"flag": {"true": "no"}}, "yes", False),
        ({"flag": {"true": "no", "empty": "null"}}, None, None),
    ],
)
def test_writes(spec: Spec, value: str | None, expected: object) -> None:
    assert codec(spec).write(value) == expected


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Jan van der Berg", ("Jan", "van der", "Berg")),
        ("Les Vermeulen", ("Les", "", "Vermeulen")),
        ("De Vermeulen", ("", "De", "Vermeulen")),
        ("Berg, van der, Jan", ("Jan", "van der", "Berg")),
        ("Berg, Jan van der", ("Jan", "van der", "Berg")),
        ("Van den Bossche, An", ("An", "Van den", "Bossche")),
        ("J. de Vries", ("J.", "de", "Vries")),
        ("V. de Vries", ("V.", "de", "Vries")),
        ("Jan v.d.Berg", ("Jan", "v.d.", "Berg")),
        ("Anna Maria in 't Veld", ("Anna Maria", "in 't", "Veld")),
        ("Anna Jansen-de Vries", ("Anna", "", "Jansen-de Vries")),
        ("Anna van Dijk - de Boer", ("Anna", "van", "Dijk - de Boer")),
        ("Jean-Luc Picard", ("Jean-Luc", "", "Picard")),
        ("Jansen Bakker, Piet", ("Piet", "", "Jansen Bakker")),
        ("van der Berg", ("", "van der", "Berg")),
        ("Jan van", ("Jan", "", "van")),
        ("Jansen", ("", "", "Jansen")),
    ],
)
def test_dutch_name(line: str, parts: tuple[str, ...]) -> None:
    assert codec("dutch_name").read(line, {}) == spread("dutch_name", parts)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("van der Berg", ("van der", "Berg")),
        ("v.d. Berg", ("v.d.", "Berg")),
        ("Berg, van der", ("van der", "Berg")),
        ("García López", ("", "García López")),
        ("van", ("", "van")),
    ],
)
def test_dutch_family_name(line: str, parts: tuple[str, ...]) -> None:
    assert codec("dutch_family_name").read(line, {}) == spread("dutch_family_name", parts)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Dorpsstraat 12 a", ("Dorpsstraat", "12", "a")),
        ("Kerkstraat 12-14", ("Kerkstraat", "12", "14")),
        ("Rue du Moulin 3 bte 5", ("Rue du Moulin", "3", "bte 5")),
        ("12 High Street", ("High Street", "12", "")),
        ("12a High Street", ("High Street", "12", "a")),
        ("Plein 1944 5", ("Plein 1944", "5", "")),
        ("1e Dorpsstraat 12", ("1e Dorpsstraat", "12", "")),
        ("5 Meiplein", ("5 Meiplein", "", "")),
        ("Achter de kerk", ("Achter de kerk", "", "")),
        ("18/4", ("18/4", "", "")),
        ("12 1/2", ("12 1/2", "", "")),
        ("3 46", ("3 46", "", "")),
    ],
)
def test_a_street_line_that_its_parts_give_back(line: str, parts: tuple[str, ...]) -> None:
    street = codec("street_line")
    assert street.read(line, {}) == spread("street_line", (*parts, ""))
    assert street.write(street.read(line, {})) == line


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Dorpsstraat 12a", ("Dorpsstraat", "12", "a")),
        ("Dorpsstraat 12-A", ("Dorpsstraat", "12", "A")),
        ("Dorpsstraat 18/4", ("Dorpsstraat", "18", "4")),
        ("Dorpsstraat 12 1/2", ("Dorpsstraat", "12", "1/2")),
        ("Kerkweg 303, bus 100", ("Kerkweg", "303", "bus 100")),
        ("10 rue de la Paix", ("rue de la Paix", "10", "")),
        ("12, rue du Moulin", ("rue du Moulin", "12", "")),
        ("High Street 12", ("High Street", "12", "")),
        ("1e St 5", ("1e St", "5", "")),
        ("- Dorpsstraat , 12", ("- Dorpsstraat", "12", "")),
    ],
)
def test_a_street_line_that_is_kept_as_typed(line: str, parts: tuple[str, ...]) -> None:
    street = codec("street_line")
    assert street.read(f"  {line} ", {}) == spread("street_line", (*parts, line))
    assert street.write(street.read(line, {})) == line


@pytest.mark.parametrize("line", ["303, bus 100", "Postfach 100654"])
def test_a_box_comes_out_as_it_went_in(line: str) -> None:
    street = codec("street_line")
    assert street.write(street.read(line, {})) == line


def test_a_digit_is_no_addition_to_the_digits_before_it() -> None:
    found = codec("street_line").read("Postfach 100654", {})
    assert isinstance(found, dict) and found.get("house_number") in (None, "100654")


def test_what_was_typed_is_not_written_where_the_parts_say_something_else() -> None:
    """Parts may come from several systems, and a steward may pin some: the parts are the address."""
    street = codec("street_line")
    moved = {"street": "Kerkweg", "house_number": "12", "as_typed": "Dorpsstraat 12a"}
    assert street.write({**moved}) == "Kerkweg 12"
    assert street.write({"as_typed": "Dorpsstraat 12a"}) is None


def test_a_spreading_codec_writes_its_parts_in_natural_order() -> None:
    value = {"family_name": "Berg", "family_name_prefix": "van der", "given_name": "Jan"}
    assert codec("dutch_name").write({**value}) == "Jan van der Berg"
    assert codec("dutch_name").write({}) is None
    assert codec("dutch_name").write({"given_name": "Jan, Piet", "family_name": "Berg"}) == "Jan Piet Berg"


def test_the_country_of_the_record_helps_reading() -> None:
    assert codec("phone").read("030 901820", {"country": "DE"}) == "+4930901820"
    assert codec("phone").read("06-12345678", {"country": "NL"}) == "+31612345678"
    assert codec({"phone": {"region": "NL"}}).read("030 2345678", {"country": "DE"}) == "+31302345678"
    assert codec("vat").read("094259216", {"country": "GR"}) == "EL094259216"
    assert codec("postal_code").read("1234ab", {"country": "DE"}) == "1234AB"


@pytest.mark.parametrize(
    ("number", "countries", "whole"),
    [
        ("0612345678", {"NL"}, "+31612345678"),
        ("0612345678", {"NL", "ES"}, "+31612345678"),
        ("030901820", {"DE"}, "+4930901820"),
        ("0612345678", set(), None),
        ("0612345678", {"BE"}, None),
        ("0612345678", {"NL", "FR"}, None),
        ("+3225551212", {"NL"}, "+3225551212"),
    ],
)
def test_a_national_number_is_completed_where_one_country_tells_it(
    number: str, countries: set[str], whole: str | None
) -> None:
    assert completed(number, countries) == whole


@pytest.mark.parametrize(
    ("spec", "number"),
    [("phone", "+31000000000"), ("phone", "+310000000"), ({"phone": {"digits": "international"}}, "10000-")],
)
def test_a_number_that_is_read_reads_back_as_it_was_written(spec: Spec, number: str) -> None:
    """Some fill in zeros; taking one off at each reading makes another number of it each time."""
    phone = codec(spec)
    try:
        read = phone.read(number, {})
    except CodecError:
        return
    assert phone.read(phone.write(read), {}) == read


@pytest.mark.parametrize(
    ("spec", "raw"),
    [
        ("text", ["Jan"]),
        ("text", "half \ud83d"),
        ("text", float("nan")),
        pytest.param("text", 10**5000, id="text-huge"),
        ("email", "jan(at)example.nl"),
        ("phone", "call me"),
        ("phone", "+49 30 12345 alt"),
        ({"phone": {"region": "NL"}}, "0900-1234 fax"),
        ({"phone": {"region": "NL"}}, "020 1234567/68"),
        ({"phone": {"region": "NL"}}, "0800-KLANT"),
        ("phone", "020 1234567/68"),
        ("phone", "+49 30 901820/901821"),
        ("country", "Atlantis"),
        ("country", "ZZ"),
        ("language", "Klingons"),
        ("date", "2026-02-30"),
        ("date", "1-2-2026"),
        ("decimal", "1,250.00"),
        ("decimal", "1e9"),
        ("decimal", float("inf")),
        ("integer", 1.5),
        ("integer", True),
        ("boolean", "maybe"),
        ("vat", "NL004495445B02x"),
        ("vat", "004495445B01"),
        ("kvk", "123456"),
        ("kvk", "00000000"),
        ({"enum": {"customer": "klant"}}, "boef"),
        ("domain", "localhost"),
        ("domain", "192.168.1.1"),
        ("id", True),
        ({"id": {"as": "int"}}, "a-1"),
    ],
)
def test_refuses_without_repeating_the_value(spec: Spec, raw: object) -> None:
    with pytest.raises(CodecError) as caught:
        codec(spec).read(raw, {})
    assert "Allowed: " in str(caught.value) and "mapping" in str(caught.value)
    assert not isinstance(raw, str) or raw not in repr(caught.value)
    assert caught.value.value == raw or raw != raw


def test_what_the_name_of_a_firm_cannot_be_is_told_of_that_codec() -> None:
    for act in (codec("firm_name").read, codec("firm_name").write):
        with pytest.raises(CodecError, match="codec 'firm_name' cannot translate"):
            act(True)


def test_writing_refuses_a_word_the_system_does_not_have() -> None:
    with pytest.raises(CodecError, match="Allowed: one of customer"):
        codec({"enum": {"customer": "klant"}}).write("lead")


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("lowcase", "unknown codec 'lowcase'. Did you mean 'lowercase'?"),
        ({"phoen": {}}, "unknown codec 'phoen'. Did you mean 'phone'?"),
        ({"phone": {"regio": "NL"}}, "codec 'phone' has no option 'regio'. Did you mean 'region'?"),
        ({"text": {"region": "NL"}}, "codec 'text' has no option 'region'. It has: none."),
        ({"flag": {}}, "codec 'flag' needs option 'true': write {flag: {true: …}}"),
        (
            {"decimal": {"notation": "coma"}},
            "codec 'decimal', option 'notation': 'coma' is not allowed. Allowed: point, comma. "
            "Did you mean 'comma'?",
        ),
        ("enum", "codec 'enum' needs its words: write {enum: {shared word: vendor's word, …}}"),
        ({"enum": {"a": {"b": 1}}}, "codec 'enum', word 'a': {'b': 1} is not allowed. Allowed: a word."),
        ({"enum": {"a": []}}, "codec 'enum', word 'a': [] is not allowed. Allowed: a word."),
        ({"a": {}, "b": {}}, "a codec is one name, or one name with its options: {phone: {region: NL}}"),
    ],
)
def test_a_mistyped_mapping_is_told_what_to_write(spec: Spec, message: str) -> None:
    with pytest.raises(UnknownCodec) as caught:
        codec(spec)
    assert str(caught.value) == message


def test_names_are_sorted_and_each_can_be_looked_up() -> None:
    assert names() == sorted(names())
    assert {"text", "dutch_name", "street_line", "vat"} <= set(names())


def spread(name: str, parts: tuple[str, ...]) -> dict[str, str]:
    """The dict a spreading codec gives: its own part names, empty ones absent."""
    return {part: text for part, text in zip(codec(name).parts, parts, strict=True) if text}
