"""Every lens of every shipped mapping obeys the laws, and every mistake in a mapping is told in full."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hub.codecs import CodecError, codec, names
from hub.codecs.opinions import OPINIONS
from hub.mapping.lens import Lens, Part, Unreadable
from hub.mapping.load import HERE, load
from hub.mapping.paths import Path as Place
from hub.mapping.paths import get, put
from hub.mapping.read import joined, read_customers
from hub.mapping.spec import Join, Made
from hub.mapping.strict_yaml import BadFile, parse
from hub.model.value import Slots, Value
from tests.unit.test_codec_laws import ANYTHING, RAW

NEED_OPTIONS: Mapping[str, Mapping[str, object]] = {"enum": {"a": "b"}, "flag": {"true": "no"}}
NAME_OF = {type(codec({name: NEED_OPTIONS.get(name)})): name for name in names()}
COUNTRIES = st.sampled_from([{}, {"country": "NL"}, {"country": "DE"}, {"country": "BE"}])


@dataclass(frozen=True)
class Case:
    """One lens of the shipped mappings."""

    where: str
    lens: Lens

    def __str__(self) -> str:
        return self.where


def cases() -> Iterator[Case]:
    """Every lens, once a facet."""
    for system in load().systems.values():
        for obj in system.objects.values():
            for number, facet in enumerate(obj.facets):
                for lens in facet.lenses.values():
                    yield Case(f"{system.system}.{obj.name}.{number}.{lens.field}", lens)


EVERY = list(cases())
each_lens = pytest.mark.parametrize("case", EVERY, ids=str)
few = settings(max_examples=15, deadline=None)


def raw_of(part: Part) -> st.SearchStrategy[object]:
    """What may stand at one place: something like it, a placeholder's neighbour, or anything."""
    like = RAW[NAME_OF[type(part.codec)]]
    words = getattr(part.codec, "readings", None)
    return (st.sampled_from(sorted(words)) if words else like) | st.none() | ANYTHING


@st.composite
def raws(draw: st.DrawFn, lens: Lens) -> dict[str, Any]:
    """A record of the system, as far as this lens looks at it."""
    document: dict[str, Any] = {}
    for part in lens.parts:
        put(document, part.path, draw(raw_of(part)))
    return document


@st.composite
def values(draw: st.DrawFn, lens: Lens) -> Value | None:
    """A shared value, from this system or with parts that only another one holds."""
    raw = draw(raws(lens))
    try:
        value = lens.read(raw, draw(COUNTRIES))
    except Unreadable:
        return None
    if isinstance(value, dict) and draw(st.booleans()):
        return {**value, "country": draw(st.sampled_from(["NL", "DE"]))} if lens.field == "address" else value
    return value


def nested(written: Mapping[Place, object]) -> dict[str, Any]:
    """Written places as a record."""
    document: dict[str, Any] = {}
    for where, value in written.items():
        put(document, where, value)
    return document


@each_lens
@given(data=st.data())
@few
def test_projecting_twice_is_projecting_once(case: Case, data: st.DataObject) -> None:
    lens = case.lens
    if lens.shape == "list":
        return _an_element_projects_once(lens, data.draw(raw_of(lens.parts[0])))
    try:
        projected = lens.project(data.draw(values(lens)))
    except CodecError:
        return
    assert lens.project(projected) == projected


def _an_element_projects_once(lens: Lens, raw: object) -> None:
    try:
        element = lens.project_element(str(raw))
    except CodecError:
        return
    assert element is None or lens.project_element(element) == element


@each_lens
@given(data=st.data(), hints=COUNTRIES)
@few
def test_what_was_read_and_written_reads_and_writes_the_same(
    case: Case, data: st.DataObject, hints: Mapping[str, str]
) -> None:
    lens, raw = case.lens, data.draw(raws(case.lens))
    try:
        written = _written(lens, raw, hints)
    except Unreadable as error:
        assert error.field == lens.field and error.where in [part.path for part in lens.parts]
        return
    # "0 -, J" is written as "J 0 -", of which "-" is the family name, and says nothing by itself.
    words = {word for one in written.values() for word in str(one).casefold().split()[1:]}
    assume(lens.field != "name" or not words & lens.placeholders)
    assert _written(lens, nested(written), hints) == written


def _written(lens: Lens, raw: Mapping[str, Any], hints: Mapping[str, str]) -> dict[Place, object]:
    if lens.shape == "list":
        return lens.write_slots(lens.read_slots(raw, hints))
    return lens.write(lens.read(raw, hints))


@each_lens
def test_a_placeholder_reads_as_empty(case: Case) -> None:
    for part in case.lens.parts:
        for word in case.lens.placeholders:
            for raw in (word, word.upper(), f" {word} "):
                document = nested({part.path: raw})
                read = case.lens.read_slots if case.lens.shape == "list" else case.lens.read
                found = read(document, {})
                assert found in (None, (None,) * case.lens.places), (part.path, raw)


def test_the_shipped_mappings_have_placeholders_and_needs_to_test() -> None:
    assert sum(bool(case.lens.placeholders) for case in EVERY) > 10
    assert any(case.lens.needs for case in EVERY)


@pytest.mark.parametrize("case", [one for one in EVERY if one.lens.needs], ids=str)
def test_without_one_of_the_parts_it_needs_a_value_says_nothing(case: Case) -> None:
    for part in case.lens.parts:
        full = {"country": "nl", "postal_code": "1234 AB"}.get(part.name, "Plein 7")
        value = case.lens.read(nested({part.path: full}), {})
        assert (value is not None) == bool(case.lens.needs & set(part.names)), part.path


@each_lens
@given(data=st.data())
@few
def test_changes_are_only_the_places_that_differ(case: Case, data: st.DataObject) -> None:
    lens = case.lens
    if lens.shape == "list":
        return _slots_change_where_they_differ(lens, data)
    before, after = data.draw(values(lens)), data.draw(values(lens))
    changes = lens.changes(before, after)
    old, new = lens.write(before), lens.write(after)
    assert changes == {where: value for where, value in new.items() if old[where] != value}
    assert lens.changes(after, after) == {}


def _slots_change_where_they_differ(lens: Lens, data: st.DataObject) -> None:
    slot = st.none() | st.sampled_from(["+31612345670", "+31703456789"])
    slots: st.SearchStrategy[Slots] = st.tuples(*[slot] * lens.places)
    before, after = data.draw(slots), data.draw(slots)
    differ = [part.path for part, old, new in zip(lens.parts, before, after, strict=True) if old != new]
    assert list(lens.changed_slots(before, after)) == differ
    assert lens.changed_slots((), after).keys() == {
        part.path for part, new in zip(lens.parts, after, strict=True) if new is not None
    }


@each_lens
@given(data=st.data())
@few
def test_changes_bring_the_record_to_the_projection(case: Case, data: st.DataObject) -> None:
    lens = case.lens
    if lens.shape == "list":
        return
    raw, after = data.draw(raws(lens)), data.draw(values(lens))
    try:
        before, target = lens.read(raw, {}), lens.project(after)
    except (Unreadable, CodecError):
        return
    changes = lens.changes(before, target)
    if not changes:  # it shows the same line already, whoever cut it otherwise
        assert lens.write(before) == lens.write(target)
        return
    for where, value in changes.items():
        put(raw, where, value)
    hints = {"country": target["country"]} if isinstance(target, dict) and "country" in target else {}
    found = lens.read(raw, {name: str(one) for name, one in hints.items()})
    if before is None and isinstance(found, dict) and isinstance(target, dict):
        found = {name: one for name, one in found.items() if name in target}  # a country alone stood there
    assert found == target


def test_a_value_the_system_has_no_word_for_is_a_codec_s_error() -> None:
    """A steward may pin anything; planning must hear of it as of any other value that does not fit."""
    (lens,) = [one.lens for one in EVERY if one.where == "hubspot.companies.0.vat_number"]
    with pytest.raises(CodecError):
        lens.project("nonsense")


def test_a_second_showing_of_one_element_counts_as_empty() -> None:
    (lens,) = [one.lens for one in EVERY if one.where == "hubspot.contacts.0.phones"]
    raw = {"properties": {"phone": "06 12345670", "mobilephone": "+31 6 12345670"}}
    assert lens.read_slots(raw, {"country": "NL"}) == ("+31612345670", None)


def test_what_stands_in_a_field_has_a_fingerprint_a_place() -> None:
    (lens,) = [one.lens for one in EVERY if one.where == "hubspot.contacts.0.phones"]
    one = lens.shown({"properties": {"phone": "1", "mobilephone": "2"}}).split()
    other = lens.shown({"properties": {"phone": "1", "mobilephone": "3"}}).split()
    assert len(one) == 2 and one[0] == other[0] and one[1] != other[1]


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("hubspot.contacts.0.name", "name"),
        ("zendesk.users.0.name", "joined name"),
        ("moneybird.contacts.0.address", "home"),
        ("tryton.parties.0.legal_name", "firm"),
        ("brevo.contacts.0.birth_date", "date"),
        ("moneybird.contacts.0.vat_number", "exact"),
    ],
)
def test_a_field_is_compared_as_the_codec_that_knows_most_of_it_says(where: str, kind: str) -> None:
    (lens,) = [one.lens for one in EVERY if one.where == where]
    assert lens.opinion is OPINIONS[kind]


@each_lens
def test_it_does_not_matter_which_of_its_parts_is_named_first(case: Case) -> None:
    turned = replace(case.lens, parts=case.lens.parts[::-1])
    assert turned.opinion is case.lens.opinion


def test_an_address_shows_again_what_was_typed_in_it() -> None:
    (lens,) = [one.lens for one in EVERY if one.where == "moneybird.contacts.0.address"]
    raw = {"address1": "Kerkstraat 18/4", "address2": "bus 4", "zipcode": "1012 AB", "city": "Amsterdam"}
    before = lens.read(raw, {})
    assert isinstance(before, dict) and before["second_line"] == "bus 4"
    after: Value = {**before, "city": "Breda"}
    assert lens.changes(before, after) == {("city",): "Breda"}
    assert lens.write(before)[("address1",)] == "Kerkstraat 18/4"


def test_a_facet_says_which_values_its_vendor_fills_in() -> None:
    hubspot, zendesk = load().systems["hubspot"], load().systems["zendesk"]
    assert hubspot.objects["companies"].facets[0].defaults == {"journey_stage": frozenset({"lead"})}
    assert zendesk.objects["users"].facets[0].defaults == {"language": frozenset({"any"})}


@pytest.mark.parametrize(
    ("name", "email", "nobodys"),
    [
        ("jan.jansen", "jan.jansen@klant.nl", True),
        ("Jan.Jansen ", "jan.jansen@klant.nl", True),
        ("jan.jansen@klant.nl", "Jan.Jansen@klant.nl", True),
        ("Jan Jansen", "jan.jansen@klant.nl", False),
        ("jan", "jan.jansen@klant.nl", False),
        ("Jan Jansen", None, False),
    ],
)
def test_a_name_that_only_repeats_the_mailbox_is_nobodys(name: str, email: str | None, nobodys: bool) -> None:
    raw = {"role": "end-user", "name": name, "email": email}
    (one,) = read_customers(load().systems["zendesk"], "users", "1", raw, {})
    assert one.nobodys == ({"name"} if nobodys else set())


READ = "2026-11-22T12:00:00.000000Z"


def test_a_record_says_when_a_person_made_it() -> None:
    made = Made(("created",), {("via",): ("import", "api")})
    assert made.at({"created": "2026-11-22T10:00:00+01:00"}, READ) == "2026-11-22T09:00:00.000000Z"
    assert made.at({"created": "2026-11-22T10:00:00Z", "via": "web"}, READ) == "2026-11-22T10:00:00.000000Z"


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"created": None},
        {"created": "last year"},
        {"created": "2026-11-22T10:00:00"},
        {"created": "2026-11-22T10:00:00Z", "via": "api"},
        {"created": "2026-11-22T10:00:00Z", "via": ["web", "import"]},
        {"created": "2026-11-30T10:00:00Z"},
    ],
    ids=["no place", "empty", "no moment", "no zone", "no person", "no person among several", "not yet"],
)
def test_a_record_that_does_not_tell_was_made_at_no_time(raw: Mapping[str, Any]) -> None:
    assert Made(("created",), {("via",): ("import", "api")}).at(raw, READ) is None


def test_an_amount_stands_in_the_first_place_that_is_filled() -> None:
    join = Join("overdue_balance", "invoices", {}, (("base",), ("own",)))
    both, one = {"base": "10.00", "own": "12.00"}, {"base": "", "own": "5.00"}
    nothing_left = {"base": "0.00", "own": "9.00"}
    assert [joined(join, [it]) for it in (both, one, nothing_left)] == ["10.00", "5.00", "0.00"]
    assert joined(join, [both, one]) == "15.00"
    with pytest.raises(Unreadable) as caught:
        joined(join, [one, {"base": None, "own": "much"}])
    assert caught.value.where == ("own",)


@pytest.mark.parametrize(
    ("records", "place"),
    [
        ([{"own": "1.00", "in": "EUR"}, {"own": "1.00", "in": "USD"}], ("in",)),
        ([{"own": "1.00", "in": "EUR"}, {"in": "EUR"}], ("own",)),
        ([{"own": "1.00", "in": "EUR"}, {"own": None, "in": "EUR"}], ("own",)),
        ([{"own": "1.00", "in": "EUR"}, {"own": " ", "in": "EUR"}], ("own",)),
    ],
    ids=["two currencies", "an amount that is not shown", "an amount that is empty", "an amount of blanks"],
)
def test_what_has_no_sum_is_unreadable(records: list[dict[str, str]], place: Place) -> None:
    join = Join("overdue_balance", "invoices", {}, (("own",),), currency=("in",))
    with pytest.raises(Unreadable) as caught:
        joined(join, records)
    assert caught.value.where == place
    assert joined(join, records[:1]) == "1.00"


def test_records_are_counted_where_no_amount_is_named() -> None:
    assert joined(Join("open_tickets", "tickets", {("status",): ("open",)}), [{"status": "open"}, {}]) == 1


@dataclass(frozen=True)
class Mistake:
    """One thing written wrong, and what the message must say."""

    what: str
    file: str
    right: str
    wrong: str
    said: tuple[str, ...]

    def __str__(self) -> str:
        return self.what


def mistake(what: str, file: str, right: str, wrong: str, *said: str) -> Mistake:
    """A mistake and every piece its message must hold."""
    return Mistake(what, file, right, wrong, said)


MISTAKES = [
    mistake(
        "unknown codec", "zendesk", "codec: dutch_name}", "codec: dutch_nam}",
        "mappings/zendesk.yml, objects.users.facets[0].fields.name.codec", "'dutch_nam'",
        "Did you mean 'dutch_name'?",
    ),
    mistake(
        "unknown option", "zendesk", "{as: locale}", "{form: locale}",
        "mappings/zendesk.yml, objects.users.facets[0].fields.language.codec", "'form'", "It has: as",
    ),
    mistake(
        "unknown choice", "zendesk", "{as: locale}", "{as: local}",
        "fields.language.codec", "'local'", "Allowed: short, locale", "Did you mean 'locale'?",
    ),
    mistake(
        "unknown field", "brevo", "          birth_date:", "          birthdate:",
        "mappings/brevo.yml, objects.contacts.facets[0].fields.birthdate", "unknown field 'birthdate'",
        "Did you mean 'birth_date'?",
    ),
    mistake(
        "unknown object", "zendesk", "{object: users, by:", "{object: user, by:",
        "mappings/zendesk.yml, objects.tickets.belongs_to", "unknown object 'user'", "Did you mean 'users'?",
    ),
    mistake(
        "unknown object of a join", "zendesk", "{object: tickets, where:", "{object: ticket, where:",
        "mappings/zendesk.yml, objects.users.facets[0].fields.open_tickets.join", "unknown object 'ticket'",
        "Did you mean 'tickets'?",
    ),
    mistake(
        "unknown object of a link", "hubspot", "{lookup: companies,", "{lookup: company,",
        "mappings/hubspot.yml, objects.contacts.facets[0].links.works_for", "unknown object 'company'",
        "Did you mean 'companies'?",
    ),
    mistake(
        "unknown name", "brevo", "golden_id: attributes.GOLDEN_ID", "golden_ids: attributes.GOLDEN_ID",
        "mappings/brevo.yml, objects.contacts.facets.0.golden_ids", "Did you mean 'golden_id'?", "Allowed:",
    ),
    mistake(
        "wrong word", "moneybird", "legal_name: {from: company_name, codec: firm_name, write: always",
        "legal_name: {from: company_name, codec: firm_name, write: allways",
        "mappings/moneybird.yml, objects.contacts.facets.0.fields.legal_name.write", "'allways'",
        "Allowed: always, if_empty, never", "Did you mean 'always'?",
    ),
    mistake(
        "wrong type", "brevo", 'max_changes: "500"', "max_changes: many",
        "mappings/brevo.yml, guard.max_changes", "'many'", "Allowed:",
    ),
    mistake(
        "a text for a list", "brevo", "      unique: [key]", "      unique: key",
        "mappings/brevo.yml, objects.contacts.batch.unique", "'key'", "Allowed: array",
    ),
    mistake(
        "something missing", "brevo", "department: marketing\n", "",
        "mappings/brevo.yml", "'department' is missing; add it",
    ),
    mistake(
        "a key twice", "brevo", "title: Brevo\n", "title: Brevo\ntitle: Sendinblue\n",
        "mappings/brevo.yml, line 5", "'title' is there twice; keep one of them",
    ),
    mistake(
        "no from", "brevo", "{from: attributes.LANGUAGE, codec", "{codec",
        "mappings/brevo.yml, objects.contacts.facets[0].fields.language", "add 'from', 'parts' or 'join'",
    ),
    mistake(
        "no YAML", "brevo", "title: Brevo\n", "title: [Brevo\n",
        "mappings/brevo.yml, line", "not valid YAML",
    ),
    mistake(
        "a field without a rule", "customer",
        "      sms_consent: {rule: consent, systems: [brevo], owner: marketing}\n", "",
        "mappings/customer.yml, kinds.person.fields", "no rule for 'sms_consent'", "add one",
    ),
    mistake(
        "a rule without a field", "customer", "      domain: {rule", "      domian: {rule",
        "mappings/customer.yml, kinds.organisation.fields", "unknown field 'domian'",
        "Did you mean 'domain'?",
    ),
    mistake(
        "an unknown rule", "customer", "language: {rule: latest, owner: marketing}",
        "language: {rule: newest, owner: marketing}",
        "mappings/customer.yml, kinds.person.fields.language.rule", "'newest'", "Allowed: latest, only",
    ),
    mistake(
        "an owner nobody knows", "customer", "language: {rule: latest, owner: marketing}",
        "language: {rule: latest, owner: market}",
        "mappings/customer.yml, kinds.person.fields.language.owner", "Did you mean 'marketing'?",
    ),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped mappings."""
    return Path(shutil.copytree(HERE, tmp_path / "mappings"))


@pytest.mark.parametrize("made", MISTAKES, ids=str)
def test_a_mistake_is_told_with_place_value_choices_and_remedy(made: Mistake, folder: Path) -> None:
    file = folder / f"{made.file}.yml"
    text = file.read_text("utf-8")
    assert made.right in text
    file.write_text(text.replace(made.right, made.wrong, 1), "utf-8")
    with pytest.raises(BadFile) as caught:
        load(folder)
    for piece in made.said:
        assert piece in str(caught.value)


def test_every_mistake_is_told_at_once(folder: Path) -> None:
    for name in ("brevo", "zendesk"):
        file = folder / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace("department: ", "departmint: "), "utf-8")
    with pytest.raises(BadFile) as caught:
        load(folder)
    assert {line.split(",")[0] for line in str(caught.value).splitlines() if "," in line} >= {
        "mappings/brevo.yml",
        "mappings/zendesk.yml",
    }


def test_the_copy_itself_has_no_mistake(folder: Path) -> None:
    assert load(folder).systems.keys() == load().systems.keys()


def test_yaml_is_texts_only() -> None:
    text = "country: NO\nphone: 0555567\nat: 12:30:00\nyes: no\nlist: [1.0, null, 2026-01-01]\n"
    assert parse(text, "x.yml") == {
        "country": "NO",
        "phone": "0555567",
        "at": "12:30:00",
        "yes": "no",
        "list": ["1.0", "null", "2026-01-01"],
    }


def test_a_file_that_is_no_mapping_says_so() -> None:
    with pytest.raises(BadFile, match=r"x\.yml: expected 'name: value' lines at the top level, found list"):
        parse("- a\n- b\n", "x.yml")


def test_paths_make_and_find_what_is_nested() -> None:
    document: dict[str, Any] = {"a": {"b": 1}}
    put(document, ("a", "c", "d"), 2)
    assert get(document, ("a", "c", "d")) == 2 and get(document, ("a", "b", "x")) is None
