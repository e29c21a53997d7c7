"""The HTTP layer: what is tried again, what is not, how errors are sorted, and what they may say."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import structlog

from connectors.access import bearer
from connectors.contract import Connection, Limit
from connectors.errors import ContractBroken, Denied, Refused, Transient, Unsure
from connectors.http import Http
from connectors.outcome import Answer, Outcome, classify
from connectors.pace import Timing
from tests.unit.scripted import Asked, Reply, Script, Scripted, replies, serving

SECRET = "s3cret-token"


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def http(url: str, clock: Clock, **given: Any) -> Http:
    options = given.pop("options", {})
    auth = given.pop("auth", bearer(SECRET))
    return Http(
        "acme", Connection(url, SECRET, "", options), auth=auth, timing=Timing(clock.sleep, clock), **given
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Scripted]]:
    opened: list[Any] = []

    def start(script: Script) -> Scripted:
        opened.append(serving(script))
        server: Scripted = opened[-1].__enter__()
        return server

    yield start
    for one in opened:
        one.__exit__(None, None, None)


Serve = Callable[[Script], Scripted]


def test_an_answer_is_parsed_and_the_credential_sent(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(body={"id": 2**60}, headers={"X-Left": "9"})))
    answer = http(server.url, clock).request("GET", "/contacts/{id}", ids={"id": "a/b c"}, params={"q": "x"})
    assert (answer.status, answer.body, answer.headers["x-left"]) == (200, {"id": 2**60}, "9")
    asked = server.asked[0]
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert (asked.path, asked.query) == ("/contacts/a/b c", {"q": "x"})


def test_an_empty_answer_has_no_body(serve: Serve, clock: Clock) -> None:
    assert http(serve(replies(Reply(204))).url, clock).request("PUT", "/x", json={}).body is None


def test_a_fault_over_there_is_tried_again_with_growing_pauses(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(502, raw=b"<html>"), Reply(500), Reply(body={})))
    assert http(server.url, clock).request("GET", "/x").body == {}
    assert len(clock.slept) == 2
    assert clock.slept[0] < clock.slept[1]


def test_retries_end(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(503)))
    with pytest.raises(Transient):
        http(server.url, clock).request("GET", "/x")
    assert len(server.asked) == Http.attempts


def test_total_patience_is_bounded(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(429, headers={"Retry-After": "60"})))
    with pytest.raises(Transient):
        http(server.url, clock).request("GET", "/x")
    assert sum(clock.slept) <= Http.patience


@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_honoured(serve: Serve, clock: Clock, dated: bool) -> None:
    left = [429, 200]

    def script(asked: Asked) -> Reply:
        moment = format_datetime(datetime.now(UTC) + timedelta(seconds=7), usegmt=True)
        return Reply(left.pop(0), {}, {"Retry-After": moment if dated else "7"})

    http(serve(script).url, clock).request("POST", "/x", json={})
    assert 5 <= clock.slept[0] <= 8.1


def test_a_reset_header_is_honoured_as_seconds_or_as_a_moment(serve: Serve, clock: Clock) -> None:
    def mine(answer: Answer) -> Outcome:
        return classify(answer, "ratelimit-reset")

    moment = str(int(datetime(2026, 11, 22, 10, 0, 9, tzinfo=UTC).timestamp()))
    theirs = {"ratelimit-reset": moment, "date": "Sun, 22 Nov 2026 10:00:00 GMT"}
    assert mine(Answer(429, theirs, None, 0)).after == 9
    server = serve(replies(Reply(429, headers={"RateLimit-Reset": "5"}), Reply(body={})))
    http(server.url, clock, classify=mine).request("GET", "/x")
    assert clock.slept == [pytest.approx(5.05)]


def test_too_long_a_wait_goes_back_to_the_caller(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(429, headers={"Retry-After": "3600"})))
    with pytest.raises(Transient) as caught:
        http(server.url, clock).request("GET", "/x")
    assert (caught.value.retry_after, caught.value.status, clock.slept) == (3600, 429, [])


def test_classify_and_not_the_status_decides(serve: Serve, clock: Clock) -> None:
    def mine(answer: Answer) -> Outcome:
        limited = answer.status == 403 and answer.object().get("code") == "LIMIT"
        return Outcome("throttled", 1) if limited else classify(answer)

    server = serve(replies(Reply(403, {"code": "LIMIT"}), Reply(403, {"code": "NO"})))
    with pytest.raises(Denied):
        http(server.url, clock, classify=mine).request("GET", "/x")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "error"), [(400, Refused), (401, Denied), (403, Denied), (404, Refused), (405, ContractBroken)]
)
def test_answers_that_are_final_are_not_tried_again(
    serve: Serve, clock: Clock, status: int, error: type[Exception]
) -> None:
    server = serve(replies(Reply(status)))
    with pytest.raises(error):
        http(server.url, clock).request("GET", "/x")
    assert len(server.asked) == 1


def test_an_accepted_kind_is_returned(serve: Serve, clock: Clock) -> None:
    answer = http(serve(replies(Reply(404))).url, clock).request("GET", "/x", accept={"ok", "gone"})
    assert (answer.kind, answer.status) == ("gone", 404)


def test_a_lost_read_is_repeated(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(cut=0), Reply(body={"a": "b" * 99}, cut=20), Reply(body={})))
    assert http(server.url, clock).request("GET", "/x").body == {}


@pytest.mark.parametrize("reply", [Reply(cut=0), Reply(200, {"id": "x" * 99}, cut=10), Reply(500)])
def test_a_write_without_an_answer_is_unsure(serve: Serve, clock: Clock, reply: Reply) -> None:
    server = serve(replies(reply))
    with pytest.raises(Unsure):
        http(server.url, clock).request("POST", "/x", json={})
    assert len(server.asked) == 1
    assert http(server.url, clock).request("POST", "/x", json={}, accept={"unsure"}).kind == "unsure"


def test_a_write_that_is_idempotent_is_repeated(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(cut=0), Reply(body={})))
    assert http(server.url, clock).request("POST", "/search", json={}, idempotent=True).body == {}


def test_a_write_that_never_left_is_transient(clock: Clock, serve: Serve) -> None:
    with serving(replies(Reply())) as server:
        url = server.url
    with pytest.raises(Transient) as caught:
        http(url, clock).request("POST", "/x", json={})
    assert not isinstance(caught.value, Unsure)
    assert http(url, clock).request("POST", "/x", json={}, accept={"unreached"}).kind == "unreached"


def test_an_answer_that_is_too_large_is_not_read_to_the_end(serve: Serve, clock: Clock) -> None:
    with pytest.raises(ContractBroken, match="larger than 1000 bytes"):
        http(serve(replies(Reply(body="x" * 5000))).url, clock).request("GET", "/x", max_bytes=1000)


@pytest.mark.parametrize("raw", [b"<html>Sign in</html>", b'{"results": [1, 2'])
def test_anything_but_json_breaks_the_contract(serve: Serve, clock: Clock, raw: bytes) -> None:
    with pytest.raises(ContractBroken):
        http(serve(replies(Reply(raw=raw))).url, clock).request("GET", "/x")


def test_a_wrong_shape_breaks_the_contract(serve: Serve, clock: Clock) -> None:
    answer = http(serve(replies(Reply(body={"results": {"a": 1}, "rows": [1]}))).url, clock).request(
        "GET", "/x"
    )
    for wrong in (
        lambda: answer.objects("results"),
        lambda: answer.objects("rows"),
        lambda: answer.object("no"),
    ):
        with pytest.raises(ContractBroken, match="acme GET /x"):
            wrong()


def test_a_redirect_elsewhere_is_never_followed(serve: Serve, clock: Clock) -> None:
    other = serve(replies(Reply(body={})))
    for method in ("GET", "POST"):
        server = serve(replies(Reply(302, headers={"Location": other.url + "/x"})))
        with pytest.raises(ContractBroken, match="redirected"):
            http(server.url, clock).request(method, "/x", idempotent=True)
    assert other.asked == []


def test_a_redirect_within_the_host_is_followed_for_reads(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(302, headers={"Location": "/y?page=2"}), Reply(body={})))
    http(server.url, clock).request("GET", "/x", params={"page": "1"})
    assert [(asked.path, asked.query) for asked in server.asked] == [
        ("/x", {"page": "1"}),
        ("/y", {"page": "2"}),
    ]


@pytest.mark.parametrize(
    "url", ["http://crm.example.com", "ftp://127.0.0.1", "https://me:pw@crm.example.com"]
)
def test_an_unsafe_address_is_denied(url: str, clock: Clock) -> None:
    with pytest.raises(Denied) as caught:
        http(url, clock)
    assert "pw" not in str(caught.value)


def test_a_credential_with_a_line_break_is_denied_and_not_shown(serve: Serve, clock: Clock) -> None:
    with pytest.raises(Denied) as caught:
        http(serve(replies(Reply())).url, clock, auth=bearer(SECRET + "\n")).request("GET", "/x")
    assert SECRET not in str(caught.value)


def test_errors_and_logs_hold_no_secret_and_no_person(
    serve: Serve, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    said = 'Contact jan@example.nl (+31 6 1234 5678, "Jan de Vries", id 8812345) can\'t be saved: code 409'
    server = serve(replies(Reply(400, {"message": said})))
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines, pytest.raises(Refused) as caught:
        http(server.url, clock, words=lambda answer: str(answer.object()["message"])).request(
            "GET", "/contacts/{email}", ids={"email": "jan@example.nl"}, params={"q": "jan@example.nl"}
        )
    message = str(caught.value)
    assert message.startswith("acme GET /contacts/{email}: HTTP 400, Contact [e-mail]")
    assert "can't be saved: code 409" in message
    assert lines[0]["path"] == "/contacts/{email}"
    assert {"system", "method", "status", "ms", "bytes"} <= set(lines[0])
    everything = message + str(lines) + caplog.text
    for private in ("jan@", "example.nl", "1234", "Vries", "88123", SECRET):
        assert private not in everything


def test_a_lost_request_carries_no_url_in_its_traceback(clock: Clock) -> None:
    with serving(replies(Reply())) as server:
        url = server.url
    with pytest.raises(Transient) as caught:
        http(url, clock).request("GET", "/x", params={"email": "jan@example.nl"})
    links = [caught.value.__cause__, caught.value.__context__]
    assert not any("example.nl" in str(link) for link in links)


def test_pacing_keeps_a_declared_limit(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(body={})))
    limits = (Limit("account", 100, timedelta(seconds=10)), Limit("/search", 2, timedelta(seconds=1)))
    paced = http(server.url, clock, limits=limits)
    for _ in range(4):
        paced.request("POST", "/contacts/search", json={}, idempotent=True)
    assert clock.slept == [1.0]
    paced.request("GET", "/contacts")
    assert clock.slept == [1.0]


def test_a_sandbox_may_be_faster(serve: Serve, clock: Clock) -> None:
    limits = (Limit("account", 1, timedelta(seconds=1)),)
    paced = http(serve(replies(Reply(body={}))).url, clock, limits=limits, options={"limit_factor": "4"})
    for _ in range(4):
        paced.request("GET", "/x")
    assert clock.slept == []
