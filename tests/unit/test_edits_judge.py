"""What the judge of ``bench edits`` says of small invented journals: one figure a test, red and green."""

from dataclasses import replace

from bench.edits.deals import Deal
from bench.edits.journal import Hidden, Journal, Line, When
from bench.edits.judge.consent import consent_looser
from bench.edits.judge.known import Known
from bench.edits.judge.lost import lost, older_over_newer
from bench.edits.judge.mailboxes import wrong_mailboxes
from bench.edits.judge.questions import undecided_share
from bench.edits.judge.unheard import nobody_typed
from bench.edits.judge.writes import Emptied, Made, created_twice, emptied, emptied_by_nobody
from bench.edits.measure import kept
from bench.edits.place import Place, Texts, Unit, lenses, of_value
from bench.edits.stage import shipped
from bench.edits.verdict import ZERO
from sandbox.core.journal import Entry

SALES, MARKETING = Place("hubspot", "contacts", "1"), Place("brevo", "contacts", "2")
FINANCE, DESK = Place("moneybird", "contacts", "3"), Place("zendesk", "users", "4")
OWNERS = dict.fromkeys((SALES, MARKETING, FINANCE, DESK), "p1")
BORN: Unit = ("birth_date", "")
HOME: Unit = ("address", "home")
SEEDS: dict[str, Texts] = {"p1": {BORN: "1970-01-02", HOME: "Singel, 7, 1001 AB, Delft, NL"}}


def line(
    act: int,
    place: Place,
    after: str | None,
    *,
    before: str | None = None,
    number: int = 1,
    unit: Unit = BORN,
    when: When = "before",
    deliberate: bool = True,
) -> Line:
    at = f"2026-03-02T{10 + number:02d}:{act:02d}:00.000000Z"
    return Line(act, at, number, when, "edit", place, "p1", unit, before, after, deliberate)


def journal(*lines: Line) -> Journal:
    made = Journal(list(lines), acts=len(lines))
    for one in lines:
        made.homes.add((one.customer, one.after or "", ""))
    return made


def nowhere(_: Line) -> bool:
    return False


def test_an_edit_that_stands_nowhere_is_lost() -> None:
    said = journal(line(1, SALES, "1980-05-06"))
    found = list(lost(said, {SALES: {BORN: "1970-01-02"}}, nowhere, set()))
    assert [one.figure for one in found] == ["edits_lost"] and "1980-05-06" in found[0].text


def test_what_was_typed_over_before_any_pull_or_put_right_since_is_not_lost() -> None:
    spoilt = line(2, SALES, "onleesbaar", before="1980-05-06", deliberate=False)
    said = journal(line(1, SALES, "1980-05-06"), spoilt)
    assert not list(lost(said, {SALES: {BORN: "onleesbaar"}}, nowhere, set()))
    seen = journal(line(1, SALES, "1980-05-06"), replace(spoilt, round=2))
    assert list(lost(seen, {SALES: {BORN: "onleesbaar"}}, nowhere, set()))
    typed = line(1, SALES, "Singel, 9, 1001 AB, NL", unit=HOME)
    assert not list(lost(journal(typed), {SALES: {HOME: "Singel, 9, 1001 AB, Delft, NL"}}, nowhere, set()))


def test_who_makes_a_record_types_over_nothing() -> None:
    older, made = line(1, SALES, "1980-05-06"), line(2, DESK, "1981-01-01", number=3)
    stands: Texts = {BORN: "1980-05-06"}
    assert list(older_over_newer(journal(older, made), lambda _: stands, nowhere, set()))
    restored = journal(older, replace(made, kind="restore"))
    assert not list(older_over_newer(restored, lambda _: stands, nowhere, set()))


def test_an_edit_that_stands_is_shown_or_was_typed_over_is_not_lost() -> None:
    said = journal(line(1, SALES, "1980-05-06"))
    gone: dict[Place, Texts] = {SALES: {BORN: "1970-01-02"}}
    assert not list(lost(said, {SALES: {BORN: "1980-05-06"}}, nowhere, set()))
    assert not list(lost(said, gone, lambda _: True, set()))
    assert not list(lost(said, gone, nowhere, {SALES}))  # somebody deleted the record
    later = journal(*said.lines, line(2, MARKETING, "1990-07-08", number=2))
    assert [one.place for one in lost(later, gone, nowhere, set())] == [MARKETING]
    assert not list(lost(later, gone, nowhere, {MARKETING}))  # deleted since, and still the later one


def test_what_was_overwritten_in_the_gap_is_raced_and_not_lost() -> None:
    said = journal(line(1, SALES, "1980-05-06", when="gap"))
    said.raced.append(said.lines[0])
    assert not list(lost(said, {SALES: {}}, nowhere, set()))


def test_an_emptying_is_lost_where_the_value_is_back() -> None:
    said = journal(line(1, SALES, None, before="1970-01-02"))
    assert list(lost(said, {SALES: {BORN: "1970-01-02"}}, nowhere, set()))
    assert not list(lost(said, {SALES: {}}, nowhere, set()))
    met = journal(*said.lines, line(2, MARKETING, "1970-01-02"))
    assert not list(lost(met, {SALES: {BORN: "1970-01-02"}, MARKETING: {BORN: "1970-01-02"}}, nowhere, set()))


def test_an_older_edit_that_stands_over_a_newer_one() -> None:
    said = journal(line(1, SALES, "1980-05-06"), line(2, MARKETING, "1990-07-08", number=2))

    def golden(text: str) -> list[str]:
        return [one.figure for one in older_over_newer(said, lambda _: {BORN: text}, nowhere, set())]

    assert golden("1980-05-06") == ["older_over_newer"]
    assert golden("1990-07-08") == []
    said.lines[1] = replace(said.lines[1], round=1)  # nobody can tell which was first
    assert golden("1980-05-06") == []
    said.lines[1] = replace(said.lines[1], round=2)
    said.hidden.append(Hidden("hubspot", "birth_date", "", 1, 3))  # it could not be read meanwhile
    assert golden("1980-05-06") == []


def test_an_emptying_does_not_stand_where_people_are_asked_what_does() -> None:
    said = journal(line(1, SALES, None, before="1980-05-06"), line(2, MARKETING, "1990-07-08", number=2))
    assert list(older_over_newer(said, lambda _: {}, nowhere, set()))
    assert not list(older_over_newer(said, lambda _: {}, lambda _: True, set()))


def test_a_second_line_goes_with_its_address() -> None:
    door = ("address", "second_line")
    older = line(1, SALES, "bus 3", unit=door)
    newer = line(2, MARKETING, None, before="bus 3", unit=door, number=2)
    moved = line(3, SALES, "Singel, 9, 1001 AB, NL", unit=HOME, number=2)
    stands: Texts = {door: "bus 3"}
    assert list(older_over_newer(journal(older, newer), lambda _: stands, nowhere, set()))
    assert not list(older_over_newer(journal(older, newer, moved), lambda _: stands, nowhere, set()))


def test_a_value_nobody_typed() -> None:
    known = Known(SEEDS, journal(line(1, SALES, "1980-05-06")))

    def found(told: Texts, place: Place = DESK) -> list[str]:
        return [one.figure for one in nobody_typed(known, OWNERS, {place: told})]

    assert found({BORN: "1970-01-02"}) == found({BORN: "1980-05-06"}) == []
    assert found({BORN: "1980-05-07"}) == ["nobody_typed"]
    assert found({HOME: "Singel, 7, 1001 AB, Delft, NL"}) == []
    assert found({HOME: "Singel, 7, 9999 XA, Delfzijl, NL"}) == ["nobody_typed"]


def test_a_second_line_belongs_to_its_address_and_a_name_on_one_line_to_the_line() -> None:
    second: Unit = ("address", "second_line")
    here, there = "Singel, 7, 1001 AB, Delft, NL", "Markt, 9, 2002 CD, Gouda, NL"
    said = journal(line(1, SALES, there, unit=HOME), line(2, FINANCE, "bus 3", unit=second))
    said.homes.add(("p1", here, "bus 3"))
    known = Known(
        {"p1": {**SEEDS["p1"], **of_value("name", {"given_name": "Jan", "family_name": "Vos"})}}, said
    )
    told = [{HOME: here, second: "bus 3"}, {HOME: here}, {HOME: "Singel, 7, bus 3, 1001 AB, Delft, NL"}]
    assert not [one for texts in told for one in nobody_typed(known, OWNERS, {FINANCE: texts})]
    mixed = [{HOME: there, second: "bus 3"}, {HOME: "Markt, 9, bus 3, 2002 CD, Gouda, NL"}]
    assert all(list(nobody_typed(known, OWNERS, {FINANCE: texts})) for texts in mixed)
    assert not list(nobody_typed(known, OWNERS, {DESK: {("name", "family"): "Jan Vos"}}))
    assert list(nobody_typed(known, OWNERS, {DESK: {("name", "family"): "Jan de Vos"}}))


def test_a_no_must_stand_until_brevos_people_take_it_back() -> None:
    unit: Unit = ("email_consent", "")

    def looser(*lines: Line, said: str = "") -> bool:
        seeds = {"p1": {unit: said} if said else {}}
        return bool(list(consent_looser(journal(*lines), seeds, OWNERS, {MARKETING: {}, SALES: {}})))

    no = line(1, SALES, "no", unit=unit)
    yes = line(2, MARKETING, None, before="no", unit=unit, number=3)
    assert looser(no) and looser(said="no") and not looser()
    assert not looser(no, yes) and not looser(yes, said="no")
    assert looser(no, yes, line(3, SALES, "no", unit=unit, number=5))
    assert looser(no, replace(yes, place=SALES))  # unticked where nobody may say yes
    shown: dict[Place, Texts] = {MARKETING: {unit: "no"}}
    assert not list(consent_looser(journal(no), {}, OWNERS, shown))


def test_a_record_made_beside_another() -> None:
    made = Made("2026-03-02T10:00:00.000Z", DESK, "p1", ())
    assert not list(created_twice([made]))
    assert [one.figure for one in created_twice([replace(made, had=(DESK,))])] == ["created_twice"]


def test_an_emptying_that_no_person_began() -> None:
    lost_at = Emptied("2026-03-02T12:00:00.000Z", DESK, "p1", BORN, "1970-01-02")

    def found(*lines: Line, one: Emptied = lost_at) -> bool:
        return bool(list(emptied_by_nobody(Known(SEEDS, journal(*lines)), [one])))

    assert found()
    assert not found(line(1, SALES, None, before="1970-01-02"))
    assert found(line(1, SALES, None, before="1970-01-02", deliberate=False))  # a bad import
    assert found(line(1, SALES, None, before="1970-01-02", number=4))  # only later
    assert not found(one=replace(lost_at, text="1999-09-09"))  # not his: the hub takes back its own
    assert found(one=replace(lost_at, unit=HOME, text="Delft"))


def test_what_an_entry_of_the_hub_empties() -> None:
    def units(place: Place, before: dict[str, str], after: dict[str, str]) -> list[Unit]:
        entry = Entry(1, "", place.system, "hub", place.object, place.key, "update", before, after)
        return [one.unit for one in emptied(entry, place, "p1", lenses(shipped(), place, "person"))]

    assert units(SALES, {"firstname": "Jan"}, {"firstname": ""}) == [("name", "given")]
    assert units(SALES, {"firstname": "Jan"}, {"firstname": "Piet"}) == []
    assert units(SALES, {"city": "Delft"}, {}) == [HOME]
    assert units(DESK, {"name": "Jan Vos"}, {"name": "Vos"}) == [("name", "given")]
    assert units(MARKETING, {"attributes.BIRTHDATE": "1970-01-02"}, {}) == [BORN]
    phone, other = "+31612345001", "+31612345002"
    assert units(SALES, {"phone": phone}, {"mobilephone": phone}) == []
    assert units(SALES, {"phone": phone}, {"phone": other}) == []
    assert units(SALES, {"phone": phone}, {}) == [("phones", phone)]


def test_a_mailbox_that_changed_hands() -> None:
    deal = Deal("emails", {"p1": "new@klant1.nl"}, 1, 1)

    def found(shown: str, *lines: Line) -> int:
        return len(list(wrong_mailboxes(deal, journal(*lines), lambda customer, name: {DESK: {shown}})))

    assert found("new@klant1.nl") == 0 and found("old@klant1.nl") == 1
    since = line(2, DESK, "own@klant1.nl", unit=("emails", "own@klant1.nl"))
    assert found("own@klant1.nl", since) == 0


def test_conflicting_edits_that_end_in_a_question() -> None:
    said = journal(
        line(1, SALES, "1980-05-06"), line(2, MARKETING, "1990-07-08"), line(3, DESK, "x", unit=HOME)
    )
    cell = ("p1", "birth_date", "")
    assert undecided_share(said, set(), set()) == 0.0
    assert undecided_share(said, {(cell, "1980-05-06")}, set()) == 0.5
    assert undecided_share(said, {(cell, "1980-05-06"), (cell, "1990-07-08")}, set()) == 1.0
    assert undecided_share(journal(said.lines[0]), {(cell, "1980-05-06")}, set()) == 0.0


def test_when_a_pull_may_first_show_an_edit() -> None:
    one = line(1, SALES, "1980-05-06", number=4)
    moments: tuple[When, ...] = ("before", "pulling", "pulled", "gap")
    assert [replace(one, when=when).span() for when in moments] == [(4, 4), (4, 5), (5, 5), (5, 5)]


def test_one_figure_breaks_the_promise() -> None:
    quiet = {**dict.fromkeys((*ZERO, "not_silent"), 0), "undecided_share": 0.05, "at_rest": True}
    assert kept(quiet)
    broken: list[dict[str, float]] = [{name: 1} for name in (*ZERO, "not_silent")]
    broken += [{"undecided_share": 0.06}, {"at_rest": False}]
    assert not any(kept({**quiet, **one}) for one in broken)
