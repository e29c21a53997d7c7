"""What can go wrong between the hub and a system, sorted by what the caller does about it.

::

    ConnectorError
    ├── Transient        try again later; nothing is known to be wrong
    │   └── Unsure       the same, but the request was a write and may have landed
    ├── Denied           a person must fix credentials, a permission or an account setting
    ├── ContractBroken   the system answered something the connector does not understand
    └── Refused          the system understood the request and says no to what it contains

A message names the system and the request (method and path, never query values, bodies or
headers), says what came back, and ends in the remedy. It never holds a secret or a person's data.
"""


class ConnectorError(Exception):
    """The system could not be used as asked."""

    def __init__(self, message: str, *, system: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.system = system
        self.status = status


class Transient(ConnectorError):
    """Time-out, throttling or a fault on the other side: run again later."""

    def __init__(
        self,
        message: str,
        *,
        system: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, system=system, status=status)
        self.retry_after = retry_after
        """Seconds the system asked us to wait, where it said."""


class Unsure(Transient):
    """A write was sent and no answer came: read the record again before sending it once more."""


class Denied(ConnectorError):
    """The system does not let us in, or not do this: check the connection's credentials and scopes."""


class ContractBroken(ConnectorError):
    """The answer does not look as documented: nothing was stored; report it to the connector's owner."""


class Refused(ConnectorError):
    """The system rejects the content of the request, in its own words: correct the value or the mapping."""
