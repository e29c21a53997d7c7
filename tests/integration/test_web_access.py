"""Who is let in, to what, and what is written down of it: every route with every role."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.flow.access.roles import ALLOWED, RIGHTS, ROLES
from hub.flow.access.tokens import BadToken, known, make, withdraw
from hub.model.instant import shift
from hub.store.tables import token as tokens
from hub.web.access.guard import Watches
from hub.web.app import API
from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import seed
from tests.integration.stage import Staged
from tests.integration.web import Front, fronted

NOWHERE = {
    "golden_id": "00000000-0000-0000-0000-000000000000",
    "hold_id": "none",
    "system": "brevo",
    "kind": "person",
    "key": "0",
    "day": "2026-01-01",
    "field": "language",
    "proposal_id": "none",
}
BODIES = {
    f"{API}/customers/search": {"words": "jan"},
    f"{API}/customers/candidates": {"told": {"email": "a@b.nl"}},
    f"{API}/review/decisions": {
        "one": "brevo/person/0",
        "other": "brevo/person/1",
        "same": True,
        "why": "asked",
    },
    f"{API}/disputes/answers": {"golden_id": "none", "field": "name", "choice": 1, "why": "asked"},
    f"{API}/customers/{{golden_id}}/pins/{{field}}": {"value": "nl", "until": "2030-01-01", "why": "asked"},
    f"{API}/customers/{{golden_id}}/proposals/{{field}}": {"value": "nl", "why": "asked"},
    f"{API}/proposals/{{proposal_id}}/decision": {"accept": False, "why": "asked"},
    f"{API}/plans/{{hold_id}}/decision": {"approve": False, "mark": "00000000", "why": "asked"},
    f"{API}/quarantine/{{system}}/redrive": {},
}


@pytest.fixture
def hub(databases: Databases) -> Iterator[Staged]:
    with settled(databases, seed(1, 2), 2) as (_, hub):
        yield hub


@pytest.fixture
def front(hub: Staged) -> Iterator[Front]:
    with fronted(hub.hub) as found:
        yield found


def test_every_route_declares_one_right(front: Front) -> None:
    found = front.rights()
    assert len(found) > 10
    assert {route: right for route, right in found.items() if right not in RIGHTS} == {}


def test_a_route_that_declares_none_is_found(front: Front) -> None:
    front.app.get(f"{API}/open")(lambda: "to all")
    assert [path for (_, path), right in front.rights().items() if right is None] == [f"{API}/open"]


def test_every_role_may_what_its_rights_say_and_no_more(front: Front) -> None:
    wrong = []
    for role in ROLES:
        mine = front.token(role)
        for (method, path), right in front.rights().items():
            where = path.removeprefix(API).format(**NOWHERE)
            body = BODIES[path] if method in ("POST", "PUT") else None
            answer = front.ask(mine, where, body, method=method)
            may = right in ALLOWED[role]
            if (answer.status_code == 403) == may or answer.status_code in (401, 422, 500):
                wrong.append((role, method, path, answer.status_code))
    assert wrong == []


def test_nobody_without_a_token_that_is_in_force_is_let_in(front: Front, hub: Staged) -> None:
    long = make(hub.hub, "x", "admin", "it", days=1)
    ended = make(hub.hub, "y", "admin", "it")
    withdraw(hub.hub, ended.token.id)
    for secret in ("kb_nobody", "jan", ended.secret, f"{long.secret}x"):
        answer = front.ask(secret, "/status")
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert "klantbeeld token make" in answer.json()["detail"]
    assert front.ask(long.secret, "/status").status_code == 200
    later = replace(hub.hub, now=lambda: shift(hub.now(), timedelta(days=1)))
    assert known(later, long.secret) is None


def test_a_token_may_no_more_than_it_is_for(front: Front) -> None:
    mine = front.token("admin", scope=["watch"])
    assert front.ask(mine, "/status").status_code == 200
    assert front.ask(mine, "/tokens").status_code == 403


def test_of_a_token_nothing_is_kept_that_lets_anybody_in(front: Front, hub: Staged) -> None:
    secret = front.token("viewer")
    with hub.hub.store.read() as connection:
        kept = [str(cell) for row in connection.execute(select(tokens)) for cell in row]
    assert not [one for one in kept if secret in one or secret.removeprefix("kb_") in one]


@pytest.mark.parametrize(
    ("wrong", "allowed"),
    [
        ({"role": "boss"}, "steward"),
        ({"role": "department"}, "name which"),
        ({"role": "viewer", "department": "sales"}, "no other"),
        ({"role": "department", "department": "salse"}, "sales"),
        ({"role": "viewer", "scope": ["manage"]}, "see, watch"),
        ({"role": "viewer", "days": 0}, "366"),
    ],
)
def test_a_token_that_cannot_be_is_refused_with_what_can(
    hub: Staged, wrong: dict[str, object], allowed: str
) -> None:
    with pytest.raises(BadToken, match=allowed):
        make(hub.hub, "x", by="it", **wrong)  # type: ignore[arg-type]


def test_what_is_too_large_or_wrong_is_told_by_its_place_and_never_by_its_value(front: Front) -> None:
    mine = front.token("viewer")
    large = front.ask(mine, "/customers/search", {"words": "x" * 2_000_000})
    assert (large.status_code, large.json()["title"]) == (413, "Too large")
    wrong = front.ask(mine, "/customers/search", {"words": "geheim", "limit": "veel geheim", "more": 1})
    assert wrong.status_code == 422 and "geheim" not in wrong.text
    assert {one["place"] for one in wrong.json()["errors"]} == {"body.limit", "body.more"}
    assert front.ask(mine, "/nothing").status_code == 404


def test_every_answer_says_its_number_and_what_a_browser_must_hold_to(front: Front) -> None:
    answers = [front.ask(one, "/status") for one in (front.token("viewer"), "")]
    for one in answers:
        assert one.headers["x-request-id"] and one.headers["x-content-type-options"] == "nosniff"
        assert "unsafe-inline" not in one.headers["content-security-policy"]


def test_who_asks_without_end_is_told_to_wait(front: Front) -> None:
    mine, other = front.token("viewer"), front.token("viewer")
    codes = [front.ask(mine, "/nothing").status_code for _ in range(620)]
    assert {*codes[:590]} == {404} and 429 in codes
    assert front.ask(other, "/status").status_code == 200


def test_who_guesses_at_tokens_is_told_to_wait_and_who_is_known_waits_with_him(front: Front) -> None:
    mine = front.token("viewer")
    codes = [front.ask(f"kb_{number}", "/status").status_code for number in range(40)]
    assert {*codes[:30]} == {401} and {*codes[31:]} == {429}
    assert int(front.ask(mine, "/status").headers["retry-after"]) > 0


def test_what_nobody_foresaw_is_told_by_its_place_alone_and_logged_nowhere(
    front: Front, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(visit: Watches) -> None:
        raise ValueError("jan@geheim.nl")

    front.app.get(f"{API}/broken")(broken)
    answer = front.ask(front.token("viewer"), "/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    shown = capfd.readouterr()
    assert "geheim" not in answer.text + shown.out + shown.err and "broken" in answer.json()["detail"]
