"""How ``klantbeeld match`` reads a file before it matches: what is told, and that nothing is lost."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from hub.cli.entry import main
from hub.matching.columns import BadColumns, columns_of
from hub.matching.file_read import FileRead, read_file
from hub.matching.match import match_file, match_read
from hub.matching.reading.cells import NOTHING, several
from hub.matching.reading.dates import NOBODYS, Dates, dates_of
from hub.matching.reading.files import UnreadableFile, opened
from hub.matching.reading.firms import is_firm, kind_told
from hub.matching.reading.headers import ROLES, by_name, no_evidence
from hub.matching.reading.homes import home_of
from hub.matching.reading.streets import behind, house
from hub.matching.rows import said

JANSEN = "Voornaam,Achternaam,E-mail,Telefoon"


def put(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "people.csv"
    file.write_bytes(text.encode(encoding))
    return file


def roles(read: FileRead) -> dict[str, str]:
    return {one.reading.column: one.reading.role for one in read.told.columns}


def why(read: FileRead) -> dict[str, str]:
    return {one.reading.column: one.reading.why for one in read.told.columns}


HEADS = {
    "HubSpot": {
        "Record ID": "", "First Name": "given_name", "Last Name": "family_name", "Email": "email",
        "Phone Number": "phone", "Mobile Phone Number": "phone", "Street Address": "street",
        "Postal Code": "postal_code", "City": "city", "Country/Region": "country", "Company Name": "employer",
        "Create Date": "", "Contact owner": "", "Date of birth": "birth_date",
    },
    "Salesforce": {
        "Id": "", "FirstName": "given_name", "LastName": "family_name", "MailingStreet": "street",
        "MailingCity": "city", "MailingPostalCode": "postal_code", "MailingCountry": "country",
        "HomePhone": "phone", "MobilePhone": "phone", "Fax": "", "AccountName": "employer",
        "Birthdate": "birth_date", "LastModifiedDate": "",
    },
    "Zendesk": {"id": "", "name": "name", "email": "email", "phone": "phone", "organization": "employer"},
    "Brevo": {
        "CONTACT ID": "", "EMAIL": "email", "PRENOM": "given_name", "NOM": "family_name", "SMS": "phone",
        "WHATSAPP": "phone", "JOB_TITLE": "",
    },
    "Moneybird": {
        "customer_id": "", "company_name": "employer", "firstname": "given_name", "lastname": "family_name",
        "address1": "street", "address2": "", "zipcode": "postal_code", "city": "city", "country": "country",
        "send_invoices_to_email": "email", "tax_number": "vat_number", "chamber_of_commerce": "coc_number",
    },
    "Odoo": {
        "Partner Name": "name", "Street": "street", "Street2": "", "Zip": "postal_code", "City": "city",
        "Email": "email", "Phone": "phone", "Mobile": "phone", "Is a Company": "kind",
    },
    "Google Contacts": {
        "Given Name": "given_name", "Family Name": "family_name", "Birthday": "birth_date",
        "E-mail 1 - Type": "", "E-mail 1 - Value": "email", "E-mail 2 - Value": "email",
        "Phone 1 - Type": "", "Phone 1 - Value": "phone", "Address 1 - Street": "street",
        "Address 1 - City": "city", "Address 1 - Postal Code": "postal_code", "Address 2 - City": "",
        "Organization Name": "employer", "Organization Title": "",
    },
    "Outlook": {
        "First Name": "given_name", "Middle Name": "middle_name", "Last Name": "family_name",
        "Suffix": "name_suffix", "Company": "employer", "Job Title": "",
        "Home Street": "street", "Home City": "city", "Home Postal Code": "postal_code",
        "Home Phone": "phone", "Mobile Phone": "phone", "Business Fax": "", "Assistant's Phone": "",
        "E-mail Address": "email", "E-mail 2 Address": "email", "E-mail Display Name": "",
    },
    "Dutch": {
        "Klantnummer": "", "Voorletters": "", "Voornaam": "given_name", "Tussenvoegsel": "family_name_prefix",
        "Achternaam": "family_name", "Straatnaam": "street", "Huisnummer": "house_number",
        "Toevoeging": "house_number_addition", "Woonplaats": "city", "E-mailadres": "email",
        "Telefoonnummer": "phone", "Geboortedatum": "birth_date", "Geboorteplaats": "fact", "Beroep": "fact",
        "Functie": "",
    },
    "German": {
        "Kundennummer": "", "Vorname": "given_name", "Name": "family_name", "Straße": "street",
        "Hausnummer": "house_number", "PLZ": "postal_code", "Ort": "city", "Geburtsdatum": "birth_date",
        "Geburtsort": "fact", "E-Mail-Adresse": "email", "Handynummer": "phone", "Land": "country",
    },
    "French": {
        "Prénom": "given_name", "Nom": "family_name", "Rue": "street", "Code postal": "postal_code",
        "Ville": "city", "Date de naissance": "birth_date", "Lieu de naissance": "fact",
        "Téléphone portable": "phone", "Adresse e-mail": "email", "Numéro de TVA": "vat_number",
    },
}  # fmt: skip


@pytest.mark.parametrize("system", HEADS)
def test_the_export_of_a_common_system_is_known_by_its_names(system: str, tmp_path: Path) -> None:
    head = HEADS[system]
    file = tmp_path / "export.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(head)
    assert roles(read_file(file, {})) == head


def test_cells_decide_where_names_do_not(tmp_path: Path) -> None:
    text = "Naam,Veld 1,Veld 2,Veld 3,Telefoon\n"
    text += "Jan Berg,06-12345699,jan@example.nl,1234 AB,piet@example.nl\n"
    text += "Piet Dam,06-22345699,piet@example.nl,1234 AC,jan@example.nl\n"
    found = read_file(put(tmp_path, text), {})
    assert roles(found) == {
        "Naam": "name",
        "Veld 1": "phone",
        "Veld 2": "email",
        "Veld 3": "postal_code",
        "Telefoon": "email",
    }


@pytest.mark.parametrize(
    ("head", "cell", "role"),
    [
        ("Naam,Straat,Number", "12a", "house_number"),
        ("Naam,Straat,Number", "06-12345699", "phone"),
        ("Naam,Plaats,Number", "4711", "number"),
        ("Naam,Straat,Nummer", "12", "house_number"),
        ("Naam,Rue,N°", "12 bis", "house_number"),
    ],
)
def test_a_number_is_what_its_cells_and_its_neighbours_say(
    head: str, cell: str, role: str, tmp_path: Path
) -> None:
    found = read_file(put(tmp_path, f"{head}\nJan Berg,Dorp,{cell}\n"), {})
    assert roles(found)[head.split(",")[2]] == role


@pytest.mark.parametrize("name", ["Company", "Name", "Naam", "Firma", "Entreprise"])
def test_names_with_legal_forms_are_organisations(name: str, tmp_path: Path) -> None:
    text = f"{name},City\nJansen B.V.,Ede\nMüller GmbH & Co. KG,Köln\nDe Zon,Ede\n"
    assert match_file(put(tmp_path, text), {}).clusters[0] == "organisation 0"
    assert read_file(put(tmp_path, text), {}).told.kinds == "Every row is about an organisation."


def test_a_mixed_file_is_split_row_by_row_and_a_row_that_says_neither_is_told(tmp_path: Path) -> None:
    text = "Voornaam,Achternaam,Bedrijf,E-mail\n"
    text += "Jan,Berg,Zon B.V.,jan@example.nl\n,,Zon B.V.,info@example.nl\n,,Maan,\n,,,x@example.nl\n"
    found = match_file(put(tmp_path, text), {})
    assert [one.split()[0] for one in found.clusters] == ["person", "organisation", "organisation", "person"]
    assert found.told is not None
    assert found.told.kinds == (
        "Rows about people: 1; about organisations: 2; that say neither, and are taken for people: 1."
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *dict.fromkeys(
            ["Particulier", "Privatperson", "person", "Individual", "consument"], "person"
        ).items(),
        *dict.fromkeys(
            ["Bedrijf", "Unternehmen", "Société", "Company", "zakelijk", "Geschäftskunde", "personne morale"],
            "organisation",
        ).items(),
        ("blauw", None),
    ],
)
def test_a_kind_is_known_in_four_languages(text: str, kind: str | None) -> None:
    assert kind_told(text) == kind


def test_a_yes_to_whether_it_is_a_company_is_an_organisation() -> None:
    assert (kind_told("TRUE", "Is a Company"), kind_told("nee", "is bedrijf")) == ("organisation", "person")
    assert is_firm("Jansen b.v.") and is_firm("Stichting De Zon") and not is_firm("Jan Berg")


@pytest.mark.parametrize(
    ("encoding", "mark", "called"),
    [
        ("utf-8", "", "UTF-8"),
        ("utf-8-sig", "", "UTF-8 with a byte order mark"),
        ("cp1252", "", "Windows-1252"),
        ("mac_roman", "", "Mac Roman"),
        ("utf-16-le", "\ufeff", "UTF-16, low byte first"),
        ("utf-16-be", "\ufeff", "UTF-16, high byte first"),
        ("utf-16-le", "", "UTF-16, low byte first"),
    ],
)
@pytest.mark.parametrize(
    ("delimiter", "said"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars"), (",", "commas")]
)
@pytest.mark.parametrize("sep", [False, True])
def test_whatever_a_spreadsheet_saves_is_read_and_told(
    encoding: str, mark: str, called: str, delimiter: str, said: str, sep: bool, tmp_path: Path
) -> None:
    first = f"sep={delimiter}\r\n" if sep else ""
    line = delimiter.join
    text = f"{mark}{first}{line(['Vorname', 'Straße'])}\r\n{line(['Jörg', 'Königsallee 5'])}\r\n"
    found = opened(put(tmp_path, text, encoding))
    assert found.table.to_pylist() == [{"Vorname": "Jörg", "Straße": "Königsallee 5"}]
    assert found.form == f"{called}, parted by {said}"


def test_one_broken_character_does_not_spoil_the_others(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("voornaam,plaats\nJörg,Köln\nRené,Orléans\n".encode() + b"M\xfcller,Ede\n")
    found = opened(file)
    assert found.table["plaats"].to_pylist() == ["Köln", "Orléans", "Ede"]
    assert found.form == "UTF-8 with broken characters, parted by commas"


def test_names_that_are_nobodys_are_doubted(tmp_path: Path) -> None:
    names = [
        f"{one} {two}"
        for one in ("Sushi", "Taco", "Royal", "Golden")
        for two in ("Bar", "Inn", "Spot", "Hall", "Eck")
    ]
    found = read_file(put(tmp_path, "name,city\n" + "".join(f"{one},Ede\n" for one in names)), {})
    assert "--kind organisation" in found.told.warnings[0]
    people = [
        f"{one} {two}"
        for one in ("Jan", "Anna", "Piet", "Maria")
        for two in ("Bar", "Inn", "Spot", "Hall", "Eck")
    ]
    found = read_file(put(tmp_path, "name,city\n" + "".join(f"{one},Ede\n" for one in people)), {})
    assert found.told.warnings == []


def test_an_odd_row_is_told_left_out_and_still_in_the_file_that_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(tmp_path, f"{JANSEN}\nJan,Berg,jan@example.nl\nJan,Berg,jan@example.nl,,extra\nJan,Berg,,\n")
    out = tmp_path / "out.csv"
    assert main(["match", str(file), "--json", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"]["left_out"] == [{"row": 0, "line": 2, "cells": 3}, {"row": 1, "line": 3, "cells": 5}]
    assert told["records"] == 1
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows == [
        [*JANSEN.split(","), "column 5", "cluster"],
        ["Jan", "Berg", "jan@example.nl", "", "", ""],
        ["Jan", "Berg", "jan@example.nl", "", "extra", ""],
        ["Jan", "Berg", "", "", "", "person 2"],
    ]
    assert main(["match", str(file), "--strict"]) == 1
    assert "row 0 (line 2 of the file) has 3 cells where the first line has 4" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["name,email\nJan,a@x.nl,1\nPiet,p@x.nl,2\n", "name,email\nJan\n"])
def test_where_all_rows_are_odd_each_is_told_and_none_is_matched(text: str, tmp_path: Path) -> None:
    read = read_file(put(tmp_path, text), {})
    assert read.table.num_rows == 0 and len(read.source.odd) == text.count("\n") - 1
    assert {*match_read(read).clusters} == {""}


def test_names_in_more_columns_are_one_name() -> None:
    given = {"given_name": ["Jan"], "middle_name": ["Piet"], "family_name": ["Berg"], "name_suffix": ["Jr."]}
    assert said(given, {})["name"] == {"given_name": "Jan Piet", "family_name": "Berg Jr."}
    assert said({**given, "family_name": [""]}, {})["name"] == {"given_name": "Jan Piet"}


def test_empty_cells_behind_the_last_are_no_cells(tmp_path: Path) -> None:
    file = put(tmp_path, "voornaam,plaats,\nJan,Ede,\nPiet,Ede,,,\n")
    found = opened(file)
    assert (found.table.column_names, found.odd) == (["voornaam", "plaats"], [])


def test_cells_may_hold_several_lines(tmp_path: Path) -> None:
    file = put(tmp_path, 'voornaam,adres\nJan,"Dorp 1\nEde"\nPiet\n')
    found = opened(file)
    assert found.table["adres"].to_pylist() == ["Dorp 1\nEde", ""]
    assert (found.odd[0].row, found.odd[0].line) == (1, 4)


def test_a_quote_left_open_stops_instead_of_swallowing_rows(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="a quote in row 1 is never closed"):
        opened(put(tmp_path, 'voornaam,plaats\nJan,Ede\n"Piet,Ede\nKees,Ede\n'))


def test_a_workbook_is_told_to_be_saved_as_text(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(b"PK\x03\x04 a workbook")
    with pytest.raises(UnreadableFile, match="save the sheet as CSV"):
        opened(file)


@pytest.mark.parametrize(
    "line",
    ["Jan,Berg,jan@example.nl", "Jan,Berg,06-12345699", "Jan,Berg,1970-03-02", "Jan,Berg,1234 AB"],
)
def test_a_first_line_that_is_a_customer_is_told_and_quoted_nowhere(line: str, tmp_path: Path) -> None:
    with pytest.raises(BadColumns, match=r"the first line seems to be a customer.*its cell 3") as told:
        read_file(put(tmp_path, f"{line}\n{line}\n"), {})
    assert "Berg" not in str(told.value) and "example" not in str(told.value)


def test_a_column_that_looks_like_evidence_and_is_not_read_is_a_warning(tmp_path: Path) -> None:
    file = put(tmp_path, "voornaam,achternaam,veld\nJan,Berg,3-1-1970\nPiet,Berg,4-1-1970\n")
    found = read_file(file, {})
    assert roles(found)["veld"] == "" and "--columns 'veld=birth_date'" in found.told.warnings[0]
    assert read_file(file, {"veld": "birth_date"}).told.warnings == []


@pytest.mark.parametrize(
    ("name", "cells", "like"),
    [
        ("veld", ["Jan Berg", "Anna de Vries"], "name"),
        ("veld", ["Jan", "Anna"], "given_name"),
        ("veld", ["12345678", "87654321"], "coc_number"),
        ("veld", ["Dorpsstraat 12", "Kerkweg 3a"], "street"),
        ("veld", ["75002", "01234"], "postal_code"),
        ("veld", ["2020", "2021"], ""),
        ("notes", ["Jan Berg", "Anna de Vries"], ""),
        ("created", ["2020-01-05", "2021-01-05"], ""),
    ],
)
def test_what_it_looks_like_is_said(name: str, cells: list[str], like: str, tmp_path: Path) -> None:
    found = read_file(put(tmp_path, "plaats," + name + "\n" + "".join(f"Ede,{one}\n" for one in cells)), {})
    assert found.told.columns[1].reading.like == like


def test_a_mailbox_of_who_serves_them_is_not_the_customers(tmp_path: Path) -> None:
    rows = [f"Jan,Berg{at},jan{at}@example.nl,zon@example.org,zon@example.org\n" for at in range(9)]
    head = "voornaam,achternaam,e-mail,veld,account manager email\n"
    found = read_file(put(tmp_path, head + "".join(rows)), {})
    assert found.columns.roles["email"] == ["e-mail"]
    assert "somebody else's" in why(found)["account manager email"]


def test_what_is_read_already_is_sought_in_no_other_column(tmp_path: Path) -> None:
    file = put(tmp_path, "voornaam,achternaam,postcode,veld,ander\nJan,Berg,1234 AB,1234 AB,Jan Berg\n")
    assert read_file(file, {}).told.warnings == []


def test_the_argument_that_is_told_reads_the_file_the_same(tmp_path: Path) -> None:
    file = put(tmp_path, 'Voornaam,"Naam, achter",Veld,Klantnummer\nJan,Berg,06-12345699,1\n')
    first = read_file(file, {"Naam, achter": "family_name"})
    assert main(["match", str(file), "--columns", first.told.argument]) == 0
    assert first.told.argument == 'Voornaam=given_name,"Naam, achter=family_name",Veld=phone,Klantnummer=-'


def test_cells_are_shown_where_asked_for_and_never_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(tmp_path, f"{JANSEN}\nZwaluw,Berg,zwaluw@example.nl,0612345699\n")
    assert main(["match", str(file), "--samples"]) == 0
    assert "zwaluw@example.nl" in capsys.readouterr().out
    for more in ([], ["--json"], ["--samples", "--json"]):
        assert main(["match", str(file), *more]) == 0
        shown = capsys.readouterr()
        assert "zwaluw" not in (shown.out + shown.err).casefold()


def test_clusters_of_an_earlier_match_are_written_anew(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    match_file(
        put(tmp_path, f"{JANSEN}\nJan,Berg,jan@example.nl,\nJan,Berg,jan@example.nl,\n"), {}, out=first
    )
    match_file(first, {}, out=second)
    assert "earlier match" in why(read_file(first, {}))["cluster"]
    assert first.read_text("utf-8") == second.read_text("utf-8")


def test_a_role_that_another_column_has_is_told(tmp_path: Path) -> None:
    found = read_file(put(tmp_path, "voornaam,plaats,plaats,mail,mail\nJan,Ede,Epe,a@x.nl,b@x.nl\n"), {})
    assert roles(found) == {
        **{"voornaam": "given_name", "plaats": "city", "plaats (2)": ""},
        **{"mail": "email", "mail (2)": "email"},
    }
    assert why(found)["plaats (2)"] == "city is read of 'plaats'"


def test_the_parts_of_one_address_are_never_those_of_two(tmp_path: Path) -> None:
    head = "Voornaam,Business Street,Home Street,Home City,Business Postal Code,Home Postal Code\n"
    found = read_file(put(tmp_path, f"{head}Jan,,Dorp 1,Ede,,1234 AB\nPiet,Weg 1,Dorp 2,Ede,,1234 AB\n"), {})
    assert found.columns.roles["street"] == ["Home Street"]
    assert found.columns.roles["postal_code"] == ["Home Postal Code"]


@pytest.mark.parametrize("nothing", [one for one in NOTHING if one] + ["NULL", "NaN", "#N/A", "None"])
def test_what_says_nothing_joins_nobody(nothing: str, tmp_path: Path) -> None:
    row = ",".join([nothing] * 4)
    found = read_file(put(tmp_path, f"{JANSEN}\n{row}\n{row}\n"), {})
    assert [one.filled for one in found.told.columns] == [0, 0, 0, 0]
    assert len(set(match_file(put(tmp_path, f"{JANSEN}\n{row}\n{row}\n"), {}).clusters)) == 2


def test_a_list_in_a_cell_is_several_values(tmp_path: Path) -> None:
    rows: dict[str, Any] = {
        "surname": ["Berg", "Berg"],
        "emails": [["a@example.nl", None, "b@example.nl"], ["b@example.nl"]],
    }
    parquet.write_table(pa.table(rows), tmp_path / "people.parquet")
    assert opened(tmp_path / "people.parquet").table["emails"].to_pylist()[0] == "a@example.nl; b@example.nl"
    told = said({"email": ["a@x.nl; b@x.nl", "B@x.nl"], "phone": ["0612345699 / 0201234567"]}, {})
    assert told == {"emails": ["a@x.nl", "b@x.nl"], "phones": ["+31612345699", "+31201234567"]}


@given(
    st.lists(st.sampled_from(["a@x.nl", "b.c@y.example", "d'e@z.org"]), min_size=1), st.sampled_from(";,|")
)
def test_addresses_parted_however_are_the_same(some: list[str], mark: str) -> None:
    assert several("email", f"{mark} ".join(some)) == tuple(some)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *dict.fromkeys(
            ["1/3/70", "Mar 1 1970", "1 maart 1970", "1. März 1970", "1970-03-01T00:00:00Z", "1er mars 1970",
             "March 1st, 1970", "01-Mar-1970", "1-3-1970 0:00", "19700301", "1970/3/1", "zo 1 mrt 1970"],
            "1970-03-01",
        ).items(),
        ("1970-02-30", "1970-02-30"),
        ("30-2-1970", "1970-02-30"),
        *dict.fromkeys(["onbekend", "1970", "31 foo 1970", "12345"], "").items(),
        *dict.fromkeys([*sorted(NOBODYS), "1-1-1900", "Jan 1 1970", "0/0/00", "1970-00-00"], "").items(),
    ],
)  # fmt: skip
def test_a_birth_date_is_read_or_says_nothing(text: str, day: str) -> None:
    assert Dates().read(text) == day


def test_the_whole_column_decides_what_stands_first() -> None:
    assert dates_of(["3/1/70", "13/2/80"], "US").read("3/1/70") == "1970-01-03"
    assert dates_of(["3/1/70", "2/13/80"], "NL").read("3/1/70") == "1970-03-01"
    assert dates_of(["3/1/70"], "US").read("3/1/70") == "1970-03-01"
    assert dates_of(["3/1/70"], "NL").read("3/1/70") == "1970-01-03"
    assert dates_of(["25628", "9133", "30000", "31000", "32000"], "NL").read("25628") == "1970-03-01"


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from("-/."))
def test_a_day_reads_alike_in_either_order(day: Any, mark: str) -> None:
    dmy, mdy = (
        mark.join(map(str, one)) for one in ((day.day, day.month, day.year), (day.month, day.day, day.year))
    )
    iso = "" if day.isoformat() in NOBODYS else day.isoformat()
    assert Dates("dmy").read(dmy) == Dates("mdy").read(mdy) == Dates().read(day.isoformat()) == iso


@pytest.mark.parametrize(
    ("countries", "numbers", "home"),
    [
        ([], ["0612345699", "020-1234567"], "NL"),
        ([], ["0475 12 34 56", "02 555 12 12"], "BE"),
        ([], ["0171 1234567", "030 901820"], "DE"),
        (["BE", "BE", "NL"], ["0612345699"], "BE"),
        ([], [], "NL"),
        ([], ["+32475123456"], "BE"),
        ([], ["02725 763863", "+44 1649 683695", "+44 7911 683695"], "GB"),
    ],
)
def test_the_file_decides_whose_telephone_numbers_these_are(
    countries: list[str], numbers: list[str], home: str
) -> None:
    assert home_of(countries, numbers).country == home


@pytest.mark.parametrize(
    ("text", "home", "number"),
    [
        ("612345699", "NL", "+31612345699"),
        ("475123456", "BE", "+32475123456"),
        ("31612345699", "NL", "+31612345699"),
        ("612345699.0", "NL", "+31612345699"),
        ("6.12E+08", "NL", None),
        ("1,2345E+11", "NL", None),
    ],
)
def test_a_number_that_a_spreadsheet_hurt_is_mended_or_says_nothing(
    text: str, home: str, number: str | None
) -> None:
    assert said({"phone": [text]}, {}, home).get("phones") == ([number] if number else None)


def test_the_country_of_a_row_goes_before_that_of_the_file() -> None:
    assert said({"phone": ["0475123456"], "country": ["Belgium"]}, {}, "NL")["phones"] == ["+32475123456"]
    assert said({"phone": ["0612345699"], "country": ["Belgium"]}, {}, "NL")["phones"] == ["+31612345699"]


@pytest.mark.parametrize(
    ("line", "street", "number", "addition"),
    [
        ("12 rue de la Paix", "rue de la Paix", "12", None),
        ("12 bis, rue de la Paix", "rue de la Paix", "12", "bis"),
        ("12 High Street", "High Street", "12", None),
        ("12A High Street", "High Street", "12", "A"),
        ("Flat 3, 12 High Street", "High Street", "12", "Flat 3"),
        ("Kerkstraat 12 A", "Kerkstraat", "12", "A"),
        ("12, Kerkstraat", "Kerkstraat", "12", None),
        ("12 Hauptstraße", "Hauptstraße", "12", None),
        ("Kerkstraat 12 box 4", "Kerkstraat", "12", "bus 4"),
        ("Rue du Moulin 3 bte 5", "Rue du Moulin", "3", "bus 5"),
        ("17 Septemberplein 5", "17 Septemberplein", "5", None),
        ("3 Oktoberstraat", "3 Oktoberstraat", None, None),
        ("1e Dorpsstraat 5", "1e Dorpsstraat", "5", None),
    ],
)
def test_a_house_number_is_found_in_every_order(
    line: str, street: str, number: str | None, addition: str | None
) -> None:
    found = said({"street": [line]}, {})["address"]
    assert isinstance(found, dict)
    got = [found.get(one) for one in ("street", "house_number", "house_number_addition")]
    assert got == [street, number, addition]


@given(st.sampled_from(["12, Kerkstraat", "Flat 3, 12 High Street", "Kerkstraat 12", "3 rue X"]))
def test_a_line_brought_in_order_stays_so(line: str) -> None:
    assert behind(behind(line)) == behind(line)


def test_a_house_number_may_carry_its_addition() -> None:
    assert [house(one) for one in ("12", "12a", "12 A", "12-3", "x")] == [
        *[("12", ""), ("12", "a"), ("12", "A"), ("12", "3"), ("x", "")]
    ]


def test_facts_are_told_in_the_order_of_the_file() -> None:
    names = ["geboorteplaats", "voornaam", "beroep"]
    columns = columns_of(names, {"beroep": "fact"}, None)
    row = {"geboorteplaats": "", "voornaam": "Jan", "beroep": "Smid "}
    _, told, _ = columns.read(row, {"person": {}, "organisation": {}})
    assert told["facts"] == ["", "smid"] and "address" not in told
    with pytest.raises(BadColumns, match="at most 4"):
        columns_of(list("abcde"), dict.fromkeys("abcde", "fact"), None)


def test_no_name_is_both_evidence_and_none() -> None:
    for head in HEADS.values():
        assert [one for one in head if by_name(one) and no_evidence(one)] == []


def test_the_page_lists_every_role_with_names_it_is_known_by() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/match-files.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page, re.MULTILINE)
    assert [role for role, _ in listed] == [*ROLES]
    wrong = [
        (role, one) for role, some in listed for one in re.findall("`(.*?)`", some) if by_name(one) != role
    ]
    assert wrong == []
