"""Each kind of mistake in a mapping file is told before anything runs: where, what, and what to do."""

# ruff: noqa: E501 - tables: one mistake a line

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.mapping.cron import is_cron
from hub.mapping.load import HERE, load
from hub.mapping.strict_yaml import LARGEST, BadFile, parse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped mappings."""
    return Path(shutil.copytree(HERE, tmp_path / "mappings"))


def told(folder: Path) -> str:
    """What loading this folder says."""
    with pytest.raises(BadFile) as caught:
        load(folder)
    return str(caught.value)


MISTAKES: list[tuple[str, str, str, str, list[str]]] = [
    ("unknown connector", "zendesk", "connector: zendesk", "connector: zendesc", [
        "mappings/zendesk.yml, connector: unknown connector 'zendesc'", "Did you mean 'zendesk'?"]),
    ("unknown object", "brevo", "  contacts:\n", "  contact:\n", [
        "mappings/brevo.yml, objects.contact: unknown object 'contact'", "Did you mean 'contacts'?"]),
    ("another file's system", "brevo", "system: brevo", "system: hubspot", [
        "mappings/brevo.yml, system: 'hubspot' is not allowed. Allowed: brevo"]),
    ("no cron line", "brevo", '"*/15 * * * *"', '"every hour"', [
        "mappings/brevo.yml, schedule: 'every hour' is no cron line", "*/15 * * * *"]),
    ("a guard below nothing", "brevo", 'max_changes: "500"', 'max_changes: "-5"', [
        "guard.max_changes: '-5' is not allowed. Allowed: a whole number such as 500."]),
    ("a share of two", "brevo", 'max_share: "0.2"', "max_share: 2", [
        "guard.max_share: '2' is not allowed. Allowed: a share from 0 to 1 such as 0.2."]),
    ("a guard without end", "brevo", 'max_creates: "50"', f"max_creates: {'9' * 5000}", ["guard.max_creates"]),
    ("no room at all", "hubspot", 'max_length: "200"', 'max_length: "0"', [
        "legal_name.max_length: '0' is not allowed. Allowed: a whole number above 0."]),
    ("cleared and never written", "zendesk", "write: never, vendor_fills: [any]", 'write: never, clear: "yes"', [
        "fields.language.clear: nothing is ever written here; give 'write' too"]),
    ("nought for what is no number of ours", "brevo", 'codec: language, write: always, clear: "yes"',
        'codec: language, write: always, clear: "0"', [
        "fields.language.clear: '0' stands for nothing in a fact only. Allowed there: open_tickets, overdue_balance"]),
    ("a mailbox where none is read", "zendesk", "unreadable: quarantine}\n          overdue_balance",
        'vendor_fills: ["{mailbox}"], unreadable: quarantine}\n          overdue_balance', [
        "fields.legal_name.vendor_fills: '{mailbox}' needs a field 'emails' beside it"]),
    ("create_when on an unknown field", "brevo", "{has: [emails]", "{has: [email]", [
        "facets[0].create_when.has: unknown field 'email'.", "Did you mean 'emails'?"]),
    ("create_when on an unknown value's field", "brevo", "where: {journey_stage:", "where: {stage:", [
        "create_when.where: unknown field 'stage'"]),
    ("create_when on an unknown system", "hubspot", "present_in: [moneybird", "present_in: [moneybrid", [
        "create_when.present_in: unknown system 'moneybrid'", "Did you mean 'moneybird'?"]),
    ("found by what cannot be found", "brevo", "find_by: {emails: email}", "find_by: {emails: mail}", [
        "find_by.emails: unknown path to find by 'mail'", "Did you mean 'email'?"]),
    ("found by an unknown field", "brevo", "find_by: {emails: email}", "find_by: {email: email}", [
        "find_by: unknown field 'email'"]),
    ("one suffix twice", "moneybird", 'suffix: "#cp:{id}"\n        each: contact_people\n', 'suffix: "#person"\n', [
        "objects.contacts.facets[3]: kind 'person' and suffix '#person' are those of facets[1]", "'when'"]),
    ("each without an id", "moneybird", 'suffix: "#cp:{id}"', 'suffix: "#cp"', [
        "facets[3]: 'each' and a suffix with {id} belong together"]),
    ("a suffix that is none", "moneybird", 'suffix: "#cp:{id}"', 'suffix: "cp:{id}"', [
        "suffix: 'cp:{id}' is not allowed. Allowed: nothing, or # and a word"]),
    ("two places for one value", "brevo", "{from: attributes.BIRTHDATE", "{from: [attributes.BIRTHDATE, attributes.BORN]", [
        "fields.birth_date: holds one value, found 2 places; keep one of them."]),
    ("a list without places", "brevo", "from: [attributes.SMS]", "from: []", ["fields.phones.from"]),
    ("a part nobody knows", "brevo", "as: postal_code", "as: postcode", [
        "fields.address.as: unknown part 'postcode'", "Did you mean 'postal_code'?"]),
    ("a part without a name", "brevo", "{from: attributes.CITY, as: city}", "{from: attributes.CITY}", [
        "fields.address: says not which part attributes.CITY is; give 'as'. Allowed: as_typed, city, country"]),
    ("a part nearly known", "hubspot", "as: second_line", "as: secondline", [
        "fields.address.as: unknown part 'secondline'", "Did you mean 'second_line'?"]),
    ("made nowhere", "brevo", "made: {from: createdAt}", "made: {unless: {source: [import]}}", [
        "objects.contacts.made: 'from' is missing; add it"]),
    ("made by an unknown name", "brevo", "made: {from: createdAt}", "made: {from: createdAt, unles: {}}", [
        "objects.contacts.made.unles: unknown name. Allowed: from, unless.", "Did you mean 'unless'?"]),
    ("made in two places", "brevo", "made: {from: createdAt}", "made: {from: [createdAt]}", [
        "objects.contacts.made.from: ['createdAt'] is not allowed. Allowed: string"]),
    ("one word that says who made it", "brevo", "{from: createdAt}", "{from: createdAt, unless: {source: import}}", [
        "objects.contacts.made.unless.source: 'import' is not allowed. Allowed: array"]),
    ("one value the vendor fills in", "hubspot", "vendor_fills: [lead]", "vendor_fills: lead", [
        "fields.journey_stage.vendor_fills: 'lead' is not allowed. Allowed: array"]),
    ("a place that is no path", "moneybird", "sum: total_unpaid_base", "sum: [.total_unpaid_base]", [
        "overdue_balance.join.sum.0: '.total_unpaid_base' is not allowed. Allowed: names with a dot between"]),
    ("a join to what belongs elsewhere", "moneybird", "{object: contacts, by", "{object: sales_invoices, by", [
        "overdue_balance.join: 'sales_invoices' does not belong to 'contacts'"]),
    ("an unknown link", "hubspot", "works_for: {lookup", "employer: {lookup", ["links: unknown link 'employer'"]),
    ("a link to nowhere", "hubspot", "{lookup: companies, from: properties.associatedcompanyid}", "{lookup: companies}", [
        "links.works_for: says not where it leads; give 'lookup' with 'from'"]),
    ("a link to an unknown facet", "moneybird", 'works_for: {facet: ""}', 'works_for: {facet: "#firm"}', [
        "links.works_for.facet: unknown suffix '#firm'"]),
    ("a batch rule on an unknown field", "brevo", "unique: [key]", "unique: [keys]", [
        "objects.contacts.batch.unique: unknown field 'keys'", "Did you mean 'key'?"]),
    ("a warning of an unknown rule", "hubspot", "warn: [not_null,", "warn: [not_nul,", [
        "batch rules, warn: unknown name 'not_nul'", "Did you mean 'not_null'?"]),
    ("a codec without its words", "hubspot", "codec: {flag: {\"true\": \"no\"}}", "codec: flag", ["needs option 'true'"]),
    ("a codec of nothing", "hubspot", "codec: {flag: {\"true\": \"no\"}}", "codec: {}", ["email_consent.codec"]),
    ("a name twice", "brevo", "title: Brevo\n", "title: Brevo\ntitle: Other\n", ["line 5: 'title' is there twice"]),
    ("a tab", "brevo", "title: Brevo\n", "title: Brevo\n\tx: y\n", ["line 5: not valid YAML", "no tabs"]),
    ("merged lines", "brevo", "title: Brevo\n", "title: Brevo\n<<: {a: b}\n", ["line 5: '<<' merges nothing here"]),
    ("a name that is a list", "brevo", "title: Brevo\n", "title: Brevo\n? [a, b]\n: c\n", ["line 5: a name must be a text"]),
    ("a name that is an object", "brevo", "title: Brevo\n", "title: Brevo\n? {a: b}\n: c\n", ["a name must be a text"]),
    ("two documents", "brevo", "title: Brevo\n", "title: Brevo\n---\na: b\n", ["mappings/brevo.yml, line 5: not valid YAML"]),
    ("an unknown anchor", "moneybird", "emails: *emails", "emails: *mails", ["undefined alias 'mails'"]),
    ("a character nobody types", "brevo", "title: Brevo", "title: Br\x00evo", ["mappings/brevo.yml: not valid YAML"]),
    ("a rule without its systems", "customer", "{rule: first_of, systems: [hubspot], owner: sales}",
     "{rule: first_of, owner: sales}", ["kinds.person.fields.journey_stage: rule 'first_of' needs 'systems'"]),
    ("a rule without its order", "customer", "language: {rule: latest,", "language: {rule: strictest,", [
        "fields.language: rule 'strictest' needs 'order'"]),
    ("a rule on an unknown system", "customer", "systems: [hubspot], owner", "systems: [hubspto], owner", [
        "journey_stage.systems: unknown system 'hubspto'", "Did you mean 'hubspot'?"]),
    ("a need nobody can meet", "customer", "needs: [street,", "needs: [straat,", [
        "address.needs: unknown part 'straat'", "Did you mean 'street'?"]),
    ("no YAML in a matching file", "matching/person", "version: person-3", "version: [person-3", [
        "mappings/matching/person.yml, line"]),
]  # fmt: skip


@pytest.mark.parametrize("made", MISTAKES, ids=lambda made: made[0])
def test_a_mistake_is_told_with_its_place_and_remedy(
    made: tuple[str, str, str, str, list[str]], folder: Path
) -> None:
    _, name, right, wrong, said = made
    file = folder / f"{name}.yml"
    text = file.read_text("utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), "utf-8")
    message = told(folder)
    assert f"mappings/{name}.yml" in message
    for piece in said:
        assert piece in message, message


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _gone(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


WHOLE: list[tuple[str, Callable[[Path], object], str]] = [
    ("empty", lambda file: file.write_bytes(b""), "expected 'name: value' lines at the top level, found nothing"),
    ("a remark only", lambda file: file.write_text("# later\n"), "found nothing"),
    ("a list", lambda file: file.write_text("- a\n"), "found list"),
    ("one word", lambda file: file.write_text("brevo"), "found a text"),
    ("another encoding", lambda file: file.write_bytes("title: Ré".encode("latin-1")), "save the file as UTF-8"),
    ("two bytes a letter", lambda file: file.write_bytes("title: R".encode("utf-16")), "save the file as UTF-8"),
    ("a picture", lambda file: file.write_bytes(bytes(range(256))), "UTF-8"),
    ("a folder", _folder, "cannot be read (Is a directory)"),
    ("gone", _gone, "cannot be read (No such file"),
    ("huge", lambda file: file.write_bytes(b"a: b\n" * LARGEST), f"larger than {LARGEST} characters"),
    ("deep", lambda file: file.write_bytes(b"a: " + b"[" * 2000), "nested too deeply"),
    ("a bomb", lambda file: file.write_text(_bomb()), "anchors counted; use fewer of them"),
    ("within itself", lambda file: file.write_text("a: &a [*a]\n"), "line 1: an anchor stands within itself"),
]  # fmt: skip


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["brevo", "customer"])
@pytest.mark.parametrize(("what", "spoil", "said"), WHOLE, ids=[one[0] for one in WHOLE])
def test_a_file_that_is_none_is_told(
    what: str, spoil: Callable[[Path], object], said: str, name: str, folder: Path
) -> None:
    spoil(folder / f"{name}.yml")
    message = told(folder)
    assert said in message and message.startswith(f"mappings/{name}.yml") and str(folder) not in message


def _kinds(kind: str, ref: str) -> bytes:
    one = {"type": kind, "properties": {"name": {"$ref": ref}}}
    return json.dumps({"$defs": {"person": one, "organisation": one, "x": {}}}).encode()


SCHEMAS: list[tuple[str, bytes, str]] = [
    ("no JSON", b'{"a": 1,\n}', "mappings/customer.schema.json, line 2: not valid JSON"),
    ("a list", b"[]", "mappings/customer.schema.json"),
    (
        "no schema",
        _kinds("objekt", "#/$defs/x"),
        "type: 'objekt' is no JSON Schema (2020-12); correct it there",
    ),
    ("a name nobody has", _kinds("object", "#/$defs/y"), "correct the $ref, or add what it names."),
    (
        "no kinds",
        b'{"$defs": {"person": {"properties": {}}}}',
        "$defs.organisation: 'properties' are missing; add",
    ),
]


@pytest.mark.parametrize(("what", "text", "said"), SCHEMAS, ids=[one[0] for one in SCHEMAS])
def test_a_shared_schema_that_is_none_is_told(what: str, text: bytes, said: str, folder: Path) -> None:
    (folder / "customer.schema.json").write_bytes(text)
    assert said in told(folder)


def test_every_mistake_is_told_at_once_of_whatever_sort(folder: Path) -> None:
    changes = {
        "brevo": ("codec: date", "codec: dat"),
        "hubspot": ("{lookup: companies,", "{lookup: company,"),
        "zendesk": ("title: Zendesk Support", "titel: Zendesk Support"),
        "moneybird": ("title: Moneybird", "title: [Moneybird"),
        "customer": ("needs: [street,", "needs: [straat,"),
    }
    for name, (right, wrong) in changes.items():
        file = folder / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    message = told(folder)
    assert {name for name in changes if f"mappings/{name}.yml" in message} == changes.keys()


def test_a_byte_order_mark_is_no_mistake(folder: Path) -> None:
    file = folder / "brevo.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert "brevo" in load(folder).systems


def test_what_looks_like_something_else_stays_the_text_it_is(folder: Path) -> None:
    file = folder / "brevo.yml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("as: city}", "as: city, default: NO}").replace("title: Brevo", "title: 0123"), "utf-8"
    )
    mapping = load(folder).systems["brevo"]
    assert mapping.title == "0123"
    assert "NO" in {part.default for part in mapping.objects["contacts"].facets[0].lenses["address"].parts}


@pytest.mark.parametrize("text", ["*/15 * * * *", "0 6 * * mon-fri", "5,35 0-23/2 1 jan,JUL 7", "@daily"])
def test_a_cron_line_is_one(text: str) -> None:
    assert is_cron(text)


@pytest.mark.parametrize(
    "text",
    ["", "daily", "@now", "* * * *", "60 * * * *", "* 24 * * *", "5-1 * * * *", "*/0 * * * *", "² * * * *"],
)
def test_what_is_no_cron_line_is_none(text: str) -> None:
    assert not is_cron(text)


def test_anchors_in_measure_are_welcome() -> None:
    assert parse("a: &a {b: c}\nd: [*a, *a]\n", "x.yml")["d"] == [{"b": "c"}, {"b": "c"}]
