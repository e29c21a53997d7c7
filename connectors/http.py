"""The one place that talks HTTP: time-outs, retries, pacing, limits, and errors sorted for the caller.

Nobody else imports requests or tenacity. Paths are templates (``/contacts/{id}``) and ids are filled
in and quoted here, so that messages and logs can show the path without showing a person.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urljoin

import orjson
import requests
import structlog
import tenacity
from urllib3.exceptions import HTTPError, NewConnectionError

from connectors.access import Auth, above_zero, same_origin, trusted
from connectors.call import REMEDY, Call, failure
from connectors.contract import Connection, Limit
from connectors.decode import decoded
from connectors.errors import ConnectorError, ContractBroken, Denied, Refused, Transient, Unsure
from connectors.outcome import Answer, Kind, Outcome, classify
from connectors.pace import REAL, Pace, Timing
from connectors.patience import Patience
from connectors.present import asked
from connectors.redact import redact

LARGEST = 32 * 1024 * 1024
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_OK: frozenset[Kind] = frozenset({"ok"})
_CHUNK = 64 * 1024
_REDIRECTS = 3

_log = structlog.get_logger(__name__)
# urllib3 writes whole URLs, with e-mail addresses in the query, to its debug log.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class _Session(requests.Session):
    """A session that leaves redirects to us: requests would read their bodies whole, however long."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class Http:
    """A session with one system. ``words`` finds the system's own message in an answer; it is redacted here.

    From the connection's options: ``limit_factor`` (multiplies the allowed requests; for sandboxes),
    ``ca_bundle`` (path of extra certificates) and ``proxy``. The environment is not read.
    """

    connect_timeout = 10.0
    read_timeout = 60.0
    longest_answer = 300.0
    attempts = 6
    longest_wait = 70.0
    patience = 240.0

    def __init__(
        self,
        system: str,
        connection: Connection,
        *,
        auth: Auth,
        classify: Callable[[Answer], Outcome] = classify,
        words: Callable[[Answer], str] = lambda answer: "",
        limits: Sequence[Limit] = (),
        timing: Timing = REAL,
    ) -> None:
        self.system = system
        self.sleep = timing.sleep
        self.base_url = trusted(system, connection.base_url)
        self._auth, self._classify, self._words, self._clock = auth, classify, words, timing.clock
        self._pace = Pace(limits, above_zero(system, connection.options, "limit_factor") or 1, timing)
        self._patience = Patience(self.attempts, self.longest_wait, self.patience)
        self._session = _Session()
        self._session.trust_env = False
        self._session.verify = connection.options.get("ca_bundle") or True
        if proxy := connection.options.get("proxy"):
            self._session.proxies = {"http": proxy, "https": proxy}

    def request(
        self,
        method: str,
        path: str,
        *,
        ids: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        idempotent: bool | None = None,
        max_bytes: int = LARGEST,
        accept: Collection[Kind] = _OK,
    ) -> Answer:
        """Send one request, again where that is safe, and return the answer if its kind is in ``accept``.

        In a place that was reserved (:meth:`reserve`) it is sent once, and at once.

        ``idempotent`` defaults to what the method promises. Anything not accepted raises: Transient
        (retries ran out, or the wait asked for is too long), Unsure (a write that may have landed),
        Denied, Refused, ContractBroken. Accepting ``unsure`` or ``unreached`` gives an answer with
        status 0 instead of Unsure or Transient.
        """
        url = self.base_url + path.format_map(
            {name: quote(value, safe="") for name, value in (ids or {}).items()}
        )
        safe = method in _IDEMPOTENT if idempotent is None else idempotent
        call = Call(method, path, url, dict(params or {}), json, safe, max_bytes, frozenset(accept))
        lost: Transient | None = None
        try:
            return self._at_once(call) if self._pace.take(path) else self._retrying()(self._once, call)
        except Transient as error:
            lost = error
        kind: Kind = "unsure" if isinstance(lost, Unsure) else "unreached"
        if kind not in call.accept:
            raise lost
        return Answer(lost.status or 0, {}, None, 0, self.system, call.name, kind)

    def reserve(self, requests: Sequence[str]) -> None:
        """Wait until requests to all these paths (templates) fit the limits together, and keep their places.

        A request to one of them then waits for nothing and is sent once: what was looked at before it is to
        be looked at again before it is sent again. It raises Transient (throttled, lost, or a fault over
        there, and it may be repeated) or Unsure (a write that may not be, and may have landed); what the
        system asked to wait is waited for by whatever is next. Raises Transient where that is longer than
        :attr:`longest_wait`, or no reservation was any use for :attr:`attempts` times or :attr:`patience`.
        Places that are not used are given back by the next call.
        """
        if not self._patience.lasts(self._pace.held()):
            raise self._too_long("reserved requests")
        self._pace.reserve(requests)

    def _at_once(self, call: Call) -> Answer:
        try:
            return self._answered(call)
        except Transient as error:
            self._pace.hold(self._patience.turned_away(error.retry_after))
            raise

    def _too_long(self, name: str) -> Transient:
        held = self._pace.held()
        what = f"the system asks to wait for {held:.0f} seconds"
        return Transient(
            f"{self.system} {name}: {what}. {REMEDY[Transient]}", system=self.system, retry_after=held
        )

    def _retrying(self) -> tenacity.Retrying:
        start, jitter = self._clock(), tenacity.wait_exponential_jitter(multiplier=0.5, max=30, jitter=0.5)

        def wait(state: tenacity.RetryCallState) -> float:
            asked = getattr(state.outcome and state.outcome.exception(), "retry_after", None)
            return jitter(state) if asked is None else float(asked) + 0.05

        def stop(state: tenacity.RetryCallState) -> bool:
            late = self._clock() - start + state.upcoming_sleep > self.patience
            return late or state.upcoming_sleep > self.longest_wait or state.attempt_number >= self.attempts

        return tenacity.Retrying(
            retry=tenacity.retry_if_exception(_worth_another_try),
            wait=wait,
            stop=stop,
            sleep=self.sleep,
            reraise=True,
        )

    def _once(self, call: Call) -> Answer:
        if self._pace.held() > self.longest_wait:
            raise self._too_long(call.name)
        self._pace.wait(call.path)
        return self._answered(call)

    def _answered(self, call: Call) -> Answer:
        told = asked()
        answer = self._follow(call)
        told(answer.status, answer.headers)
        outcome = self._classify(answer)
        if outcome.kind in call.accept:
            return replace(answer, kind=outcome.kind)
        raise self._error(call, answer, outcome)

    def _error(self, call: Call, answer: Answer, outcome: Outcome) -> ConnectorError:
        said = redact(self._words(answer))
        what = f"HTTP {answer.status}" + (f", {said}" if said else "")
        if outcome.kind == "throttled" or (outcome.kind == "retry" and call.safe):
            return self._fail(Transient, call, what, answer.status, outcome.after)
        if outcome.kind == "retry":
            return self._fail(Unsure, call, what, answer.status)
        sorted_as = {"denied": Denied, "refused": Refused, "gone": Refused}
        return self._fail(sorted_as.get(outcome.kind, ContractBroken), call, what, answer.status)

    def _follow(self, call: Call) -> Answer:
        """Send, following redirects of reads within the same host."""
        url = call.url
        for _ in range(_REDIRECTS):
            answer = self._send(call, url)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            url = _joined(url, answer.headers.get("location", ""))
            if call.method != "GET" or not same_origin(url, self.base_url):
                raise self._fail(ContractBroken, call, "redirected to another place", answer.status)
        raise self._fail(ContractBroken, call, "redirected in a circle", 302)

    def _send(self, call: Call, url: str) -> Answer:
        started, failure, answer = self._clock(), None, None
        try:
            with self._session.request(
                call.method,
                url,
                params=call.params if url == call.url else None,
                data=None if call.json is None else orjson.dumps(call.json),
                headers=self._headers(call),
                timeout=(self.connect_timeout, self.read_timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                answer = self._read(call, response, started)
        except (requests.RequestException, HTTPError, OSError) as error:
            failure = error  # raised below, outside the handler: its text holds the whole URL
        if answer is None:
            _log.debug("request failed", system=self.system, method=call.method, path=call.path)
            raise self._lost(call, failure)
        _log.debug(
            "request",
            system=self.system,
            method=call.method,
            path=call.path,
            status=answer.status,
            ms=round((self._clock() - started) * 1000),
            bytes=answer.size,
        )
        return answer

    def _read(self, call: Call, response: requests.Response, started: float) -> Answer:
        raw = bytearray()
        # read1 gives what has come: to wait for a whole chunk is to wait for whoever sends it byte by byte.
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            raw += chunk
            if len(raw) > call.max_bytes:
                raise self._fail(
                    ContractBroken,
                    call,
                    f"the answer is larger than {call.max_bytes} bytes; a smaller page_size in the "
                    "connection's options may help",
                    response.status_code,
                )
            if self._clock() - started > self.longest_answer:
                raise requests.ReadTimeout()
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = self._parse(call, bytes(raw), response.status_code)
        return Answer(response.status_code, headers, body, len(raw), self.system, call.name)

    def _parse(self, call: Call, raw: bytes, status: int) -> Any:
        """JSON or None; an error page may be anything, but a success must be what was asked for."""
        if not raw.strip():
            return None
        try:
            return decoded(raw)
        except ValueError:
            if not 200 <= status < 300:
                return None
        raise self._fail(ContractBroken, call, "the answer is not JSON", status)

    def _headers(self, call: Call) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "klantbeeld", **self._auth()}
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise self._fail(Denied, call, "the credential holds a character no credential has")
        return headers if call.json is None else {**headers, "Content-Type": "application/json"}

    def _lost(self, call: Call, failure: BaseException | None) -> ConnectorError:
        """Sort a request that brought no answer by whether it can have reached the system."""
        what = f"no answer ({type(failure).__name__})"
        if isinstance(failure, requests.exceptions.SSLError):
            return self._fail(Denied, call, "the certificate is not trusted")
        if isinstance(failure, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader):
            return self._fail(Denied, call, "the connection's address or credential is malformed")
        return self._fail(Transient if call.safe or _never_left(failure) else Unsure, call, what)

    def _fail(
        self,
        sort: type[ConnectorError],
        call: Call,
        what: str,
        status: int | None = None,
        after: float | None = None,
    ) -> ConnectorError:
        return failure(self.system, sort, call.name, what, status, after)


def _joined(url: str, location: str) -> str:
    """Where a redirect leads; nowhere for an address that is none."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def _worth_another_try(error: BaseException) -> bool:
    return isinstance(error, Transient) and not isinstance(error, Unsure)


def _never_left(failure: BaseException | None) -> bool:
    """Whether the connection was never made, so that the request cannot have arrived."""
    if isinstance(failure, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason = getattr(failure.args[0], "reason", None) if failure and failure.args else None
    return isinstance(reason, NewConnectionError)
