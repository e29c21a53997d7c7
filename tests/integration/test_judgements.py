"""What people decide about who is who stands above every rule, is explained, and nobody is asked twice."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from hub.cli.entry import main
from hub.flow.decide import judge
from hub.flow.decide.judge import Contradiction
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.flow.recognise.reconcile import reconcile
from hub.golden.record import SourceRecord
from hub.identity.deciding import Group
from hub.identity.weights import weights
from hub.mapping.load import load
from hub.mapping.strict_yaml import parse
from hub.model.keys import KINDS, RecordKey
from hub.store import due, golden, identity, records, refusals
from hub.store.refusals import Refusal
from hub.store.tables import edge
from hub.views.review import review
from hub.views.why import feed, history, why
from tests.databases import Databases
from tests.integration.people import admit, hub_with_nothing, parts, said, settle
from tests.unit.said import person, read_at

JAN, JAN_TOO, EVA, ELSE = person("brevo", 1), person("hubspot", 1), person("brevo", 3), person("hubspot", 4)
J = said(("Jan", "Berg"), ["j@b.nl"])
EVERY: Mapping[RecordKey, SourceRecord] = {
    JAN: J,
    JAN_TOO: said(("Jan", "Berg"), ["j@b.nl"], ["+31612345670"]),
    EVA: said(("Eva", "Vos"), ["eva@c.nl"]),
    ELSE: said(("Piet", "Hofstra"), ["piet@d.nl"]),
}


@pytest.fixture
def hub(databases: Databases) -> Iterator[Hub]:
    """Jan is in two systems, Eva and Piet in one each."""
    with hub_with_nothing(databases) as found:
        admit(found, EVERY)
        settle(found)
        yield found


def one(*keys: RecordKey) -> frozenset[str]:
    return frozenset(map(str, keys))


def anew(hub: Hub) -> set[frozenset[str]]:
    """Who belongs together when everything is compared anew, as after a change of the rules."""
    with hub.store.begin() as connection:
        due.soil_all(connection)
    return parts(settle(hub))


def test_two_that_a_person_joins_are_one_and_so_are_all_who_are_one_with_either(hub: Hub) -> None:
    before = settle(hub)
    done = judge.same(hub, str(JAN), str(EVA), "anna", "married, asked her")
    assert parts(settle(hub)) == anew(hub) == {one(JAN, JAN_TOO, EVA), one(ELSE)}
    (golden_id,) = done.golden_ids
    assert why(hub, str(JAN_TOO), str(EVA)).why.group == Group("joined", (str(JAN),))
    with hub.store.read() as connection:
        assert {
            identity.resolve(connection, old) for old, some in before.items() if str(ELSE) not in some
        } == {golden_id}
        (decision,) = identity.judgements(connection)
    assert (decision.same, decision.who, decision.why) == (True, "anna", "married, asked her")
    admit(hub, {EVA: said(("Mia", "Smit"), [], [], "1950-01-01")})
    assert one(JAN, JAN_TOO, EVA) in parts(settle(hub))


def test_golden_ids_are_joined_as_their_records_are(hub: Hub) -> None:
    ids = {next(iter(some)): golden_id for golden_id, some in settle(hub).items()}
    judge.same(hub, ids[str(EVA)], ids[str(ELSE)], "anna", "asked")
    assert one(EVA, ELSE) in parts(settle(hub))


def test_two_that_a_person_takes_apart_stay_apart(hub: Hub) -> None:
    (golden_id,) = (golden_id for golden_id, some in settle(hub).items() if str(JAN) in some)
    done = judge.apart(hub, str(JAN), str(JAN_TOO), "anna", "father and son")
    assert len(done.golden_ids) == 2 and golden_id in done.golden_ids
    assert anew(hub) == {one(JAN), one(JAN_TOO), one(EVA), one(ELSE)}
    assert any((event.what, event.other) == ("split", golden_id) for event in feed(hub, 0, 100))
    assert review(hub, 10).questions == ()
    admit(hub, {JAN: EVERY[JAN_TOO]})
    assert one(JAN) in parts(settle(hub))


def test_a_no_stays_with_the_addresses_of_whoever_said_it_when_two_are_taken_apart(hub: Hub) -> None:
    refused = said(("Jan", "Berg"), ["j@b.nl"], email_consent="no")
    admit(hub, {JAN: refused, JAN_TOO: refused})
    judge.same(hub, str(JAN), str(EVA), "anna", "a slip")
    settle(hub)
    judge.apart(hub, str(JAN), str(EVA), "anna", "two people after all")
    settle(hub)
    with hub.store.read() as connection:
        every = [one.document for one in golden.everyone(connection)]
        booked = refusals.of_addresses(connection, {"j@b.nl", "eva@c.nl"})
    assert [one["emails"] for one in every if "email_consent" in one] == [["j@b.nl"]]
    assert not booked


def test_a_no_that_came_with_an_address_goes_with_no_other(hub: Hub) -> None:
    with hub.store.begin() as connection:
        refusals.book(connection, [Refusal(person("zendesk", 9), "email_consent", "new@c.nl", read_at(2).at)])
    admit(hub, {EVA: said(("Eva", "Vos"), ["eva@c.nl", "new@c.nl"])})
    settle(hub)
    admit(hub, {EVA: said(("Eva", "Vos"), ["new@c.nl"])})
    settle(hub)
    with hub.store.read() as connection:
        eva = next(one for one in golden.everyone(connection) if one.document["emails"] == ["new@c.nl"])
        booked = refusals.of_addresses(connection, {"eva@c.nl", "new@c.nl"})
    assert eva.document["email_consent"] == "no"
    assert {address for _, address in booked} == {"new@c.nl"}


def test_a_record_leaves_its_golden_id(hub: Hub) -> None:
    third = person("brevo", 2)
    admit(hub, {third: J})
    (golden_id,) = (golden_id for golden_id, some in settle(hub).items() if str(JAN) in some)
    judge.apart(hub, str(third), golden_id, "anna", "his son")
    assert settle(hub)[golden_id] == one(JAN, JAN_TOO)
    assert one(third) in anew(hub)


def test_who_is_apart_from_one_is_apart_from_all_who_are_one_with_it(hub: Hub) -> None:
    """A is not B, and B is C: so A is not C, however alike they are, and nobody is asked."""
    judge.apart(hub, str(JAN), str(JAN_TOO), "anna", "father and son")
    judge.same(hub, str(JAN_TOO), str(EVA), "anna", "one and the same")
    admit(hub, {EVA: J})
    assert one(JAN_TOO, EVA) in anew(hub) and one(JAN) in anew(hub)
    assert review(hub, 10).questions == ()
    against = why(hub, str(JAN), str(EVA))
    assert against.verdict == "Two customers: anna said so of two that are one with them."
    assert against.why.bits >= against.why.accept


def test_what_others_decided_by_way_of_a_third_is_not_contradicted(hub: Hub) -> None:
    judge.same(hub, str(JAN), str(EVA), "anna", "one")
    judge.apart(hub, str(EVA), str(ELSE), "bas", "two")
    with pytest.raises(Contradiction, match=r"kept apart: .* by bas on 2026-01-01 \(two\)"):
        judge.same(hub, str(JAN), str(ELSE), "cas", "one")
    judge.same(hub, str(JAN_TOO), str(JAN), "anna", "one")
    with pytest.raises(Contradiction, match=r"are one by other decisions: .* by anna"):
        judge.apart(hub, str(JAN_TOO), str(EVA), "cas", "two")
    with hub.store.read() as connection:
        assert len(identity.judgements(connection)) == 3


def test_of_two_decisions_on_one_pair_the_later_stands(hub: Hub) -> None:
    judge.same(hub, str(JAN), str(EVA), "anna", "one")
    judge.apart(hub, str(EVA), str(JAN), "bas", "no")
    assert one(EVA) in parts(settle(hub))
    assert why(hub, str(JAN), str(EVA)).verdict == "Two customers: bas decided so."


def test_what_is_withdrawn_leaves_the_evidence(hub: Hub) -> None:
    judge.same(hub, str(JAN), str(EVA), "anna", "one")
    ids = set(settle(hub))
    done = judge.withdraw(hub, str(EVA), str(JAN))
    assert done.decisions == 1 and parts(settle(hub)) == {one(JAN, JAN_TOO), one(EVA), one(ELSE)}
    assert ids < set(settle(hub))
    with pytest.raises(NotFound, match="nothing was decided"):
        judge.withdraw(hub, str(EVA), str(JAN))


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (str(JAN), str(JAN), "are the same"),
        (str(JAN), "brevo/person/99", "there is no record brevo/person/99"),
        ("nobody", str(JAN), "no such customer"),
    ],
)
def test_what_cannot_be_decided_says_why(hub: Hub, left: str, right: str, why: str) -> None:
    with pytest.raises(NotFound, match=why):
        judge.same(hub, left, right, "anna", "one")


def test_the_dearest_question_comes_first(hub: Hub) -> None:
    home = ("2511 CR", "7")
    some = {
        person("brevo", 11): said(("Mia", "Bos"), home=home),
        person("hubspot", 11): said(("Mia", "Smit"), home=home),
        person("brevo", 12): said(("Tess", "Mol"), home=("1234 AB", "1")),
        person("hubspot", 12): said(("Tess", "Prins"), home=("1234 AB", "1"), email_consent="no"),
    }
    admit(hub, some)
    settle(hub)
    found = review(hub, 10)
    assert [(one.left.name, one.right.name) for one in found.questions] == [
        ("Tess Mol", "Tess Prins"),
        ("Mia Bos", "Mia Smit"),
    ]
    assert found.questions[0].reasons == ("one of them said no to being contacted",)
    assert review(hub, 1).questions == found.questions[:1] and review(hub, 1).total == 2
    judge.apart(hub, str(person("brevo", 12)), str(person("hubspot", 12)), "anna", "sisters")
    assert [one.left.name for one in review(hub, 10).questions] == ["Mia Bos"]


def test_a_pair_is_explained_finding_by_finding(hub: Hub) -> None:
    found = why(hub, str(JAN), str(JAN_TOO))
    assert found.one_today and found.compared and found.verdict == "One customer: the two are enough alike."
    made = {one.comparison: one.finding for one in found.why.findings}
    assert (made["given"], made["family"], made["email"], made["mobile"]) == ("same", "same", "same", "")
    whole = sum(one.bits for one in found.why.findings) + found.why.rarity + found.why.care
    assert found.why.bits == pytest.approx(whole)
    shown = {one.comparison: (one.left, one.right) for one in found.why.findings}
    assert (shown["given"], shown["email"]) == (("Jan", "Jan"), ("j@b.nl", "j@b.nl"))
    other = why(hub, str(JAN), str(EVA))
    assert not other.one_today and other.verdict == "Two customers: not enough alike." and other.why.bits < -5
    with hub.store.read() as connection:
        rows = records.ids(connection, [JAN, JAN_TOO])
        query = select(edge.c.score).where(
            edge.c.low_id.in_(rows.values()), edge.c.high_id.in_(rows.values())
        )
        bits = connection.execute(query).scalar_one()
    assert found.why.bits == pytest.approx(bits, abs=0.01)


def test_who_fits_two_that_are_two_is_explained_by_the_other_of_them(hub: Hub) -> None:
    """Who is of another golden id than both decides there too."""
    tim, tom, t = person("brevo", 21), person("hubspot", 22), person("brevo", 23)
    admit(
        hub,
        {
            key: said((given, "Bakker"), [], [], "2001-04-05", ("3511 AB", "4"))
            for key, given in ((tim, "Tim"), (tom, "Tom"), (t, "T."))
        },
    )
    assert {one(tim), one(tom), one(t)} <= parts(settle(hub))
    found = why(hub, str(tom), str(t))
    assert (found.why.group.against, found.why.group.by) == ("torn", (str(tim),))
    assert f"fits {tim} as well" in found.verdict


def test_a_golden_id_tells_all_that_became_of_it(hub: Hub) -> None:
    ids = {next(iter(some)): golden_id for golden_id, some in settle(hub).items()}
    judge.same(hub, str(EVA), str(ELSE), "anna", "one")
    found = history(hub, ids[str(ELSE)])
    assert {one.record for one in found.members} == {str(EVA), str(ELSE)}
    assert {(one.what, one.golden_id, one.other) for one in found.events} == {
        ("issued", ids[str(EVA)], None),
        ("issued", ids[str(ELSE)], None),
        ("merged", found.answers_for[0], found.golden_id),
    }
    assert [(one.left, one.right, one.who) for one in found.decisions] == [(str(EVA), str(ELSE), "anna")]


def test_the_feed_is_read_on_where_it_was_left(hub: Hub) -> None:
    first = feed(hub, 0, 2)
    assert [one.what for one in first] == ["issued", "issued"]
    rest = feed(hub, first[-1].id, 100)
    assert len(rest) == 1 and rest[0].id > first[-1].id and feed(hub, rest[-1].id, 100) == []


def test_on_the_command_line(databases: Databases, capsys: pytest.CaptureFixture[str]) -> None:
    with hub_with_nothing(databases) as hub:
        admit(hub, EVERY)
        settle(hub)
        url = hub.store.engine.url.render_as_string(hide_password=False)

    def run(*words: str) -> object:
        assert main([*words, "--json", "--store", url]) == 0
        return json.loads(capsys.readouterr().out)

    joined = run("review", "same", str(JAN), str(EVA), "--who", "anna", "--why", "asked")
    assert isinstance(joined, dict) and len(joined["golden_ids"]) == 1
    assert run("review") == {"questions": [], "total": 0}
    pair = run("explain", str(JAN), str(EVA))
    assert isinstance(pair, dict) and pair["verdict"] == "One customer: anna decided so."
    told = run("explain", str(EVA))
    assert isinstance(told, dict) and len(told["members"]) == 3
    events = run("feed", "--limit", "1")
    assert isinstance(events, dict) and events["next"] == events["events"][0]["id"]
    assert main(["review", "apart", str(JAN), str(JAN_TOO), "--store", url]) == 2
    assert (
        main(["review", "apart", str(JAN), "brevo/person/9", "--who", "a", "--why", "b", "--store", url]) == 1
    )
    assert main(["explain", str(JAN), str(EVA), "--store", url]) == 0
    assert "anna decided so" in capsys.readouterr().out


def test_what_is_learnt_is_written_to_be_read_and_changes_nothing_that_runs(
    hub: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judge.apart(hub, str(EVA), str(ELSE), "anna", "two")
    before = settle(hub)
    url = hub.store.engine.url.render_as_string(hide_password=False)
    assert main(["train", "--out", str(tmp_path / "new"), "--json", "--store", url]) == 0
    lessons = {one["kind"]: one for one in json.loads(capsys.readouterr().out)["lessons"]}
    assert (lessons["person"]["records"], lessons["person"]["decisions"]) == (4, 1)
    for kind in KINDS:
        text = (tmp_path / "new" / f"{kind}.yml").read_text("utf-8")
        assert weights(kind, parse(text, f"{kind}.yml")).kind == kind
    assert settle(hub) == before and load().weights["person"]["version"] == "person-3"


def test_new_weights_apply_to_everybody_and_ids_stay_where_customers_do(hub: Hub) -> None:
    """Stricter ones split Jan; nobody else gets another id; with the old ones he has one of his two again."""
    before = settle(hub)
    last = feed(hub, 0, 100)[-1].id
    shipped = hub.mappings
    strict = {**shipped.weights, "person": {**shipped.weights["person"], "accept": "60"}}
    prints = {**shipped.prints, "matching/person": "new"}
    stricter = replace(hub, mappings=replace(shipped, weights=strict, prints=prints))
    after = settle(stricter)
    assert parts(after) == {one(JAN), one(JAN_TOO), one(EVA), one(ELSE)}
    kept = {golden_id for golden_id, some in before.items() if after.get(golden_id) == some}
    assert len(kept) == 2 and before.keys() < after.keys()
    assert [event.what for event in feed(hub, last, 100)] == ["issued", "split"]
    again = settle(hub)
    assert parts(again) == parts(before) and again.keys() < after.keys()
    assert [event.what for event in feed(hub, last, 100)] == ["issued", "split", "merged"]
    assert reconcile(hub, "again")["records"] == 0
