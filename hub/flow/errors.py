"""What stops a run, and what to do about it.

::

    FlowError
    ├── CountsDoNotAddUp   records were lost between two stages: a defect, nothing was committed
    ├── LawsBroken         something does not hold that must hold in every store: a defect, look first
    ├── PullIncomplete     a system's listing ended before its last page: run again
    ├── BatchStopped       a rule says the batch as a whole cannot be right: look at the report
    ├── PublishStopped     a system refused most of what was sent: the rest is held
    ├── StoreUnavailable   the hub's own database cannot be used now: run again
    │   └── StoreUnusable  it cannot be used as it is: a person must mend it
    ├── CrewLost           a process that helped to work records out is gone: run again
    ├── AnotherRun         another process is at the same work: run again when it has ended
    ├── Unwritable         a file, such as a batch's report, cannot be written: make room, run again
    ├── Defect             something nobody foresaw, in one system or its connector: report it
    ├── NotRead            what is to be decided on is not what somebody has read: read it
    ├── ClockAhead         a clock is ahead of a system's: nothing is dated by it, a person must set it
    └── NotFound           there is no such customer, hold or system
"""


class FlowError(Exception):
    """A run had to stop."""


class CountsDoNotAddUp(FlowError):
    """Records were lost between two stages; nothing was committed. Report this with the run's id."""


class LawsBroken(FlowError):
    """Something does not hold that must hold in every store; nothing was changed by looking. Report it."""


class PullIncomplete(FlowError):
    """The system's listing ended before its last page; what was read is stored. Run again."""


class BatchStopped(FlowError):
    """A quality rule stopped a batch; none of it was admitted and nothing of it is published."""


class PublishStopped(FlowError):
    """A system refused most of a wave; the rest is held until a person has looked."""


class StoreUnavailable(FlowError):
    """The hub's own database cannot be used now; what was not committed is done again by the next run."""


class StoreUnusable(StoreUnavailable):
    """The hub's own database cannot be used as it is: broken, of a newer version, closed, or not there."""


class CrewLost(FlowError):
    """A process that helped to work records out is gone; what it had is done again by the next run."""


class AnotherRun(FlowError):
    """Another process is at the same work; run again when it has ended."""


class Unwritable(FlowError):
    """A file cannot be read or written; what was stored stays. Run again when it can."""


class Defect(FlowError):
    """Something nobody foresaw. Says where, and nothing of what was in hand: that is people's."""


class NotRead(FlowError):
    """What is to be decided on is not what somebody has read."""


class ClockAhead(FlowError):
    """This machine's clock, or the store's last run, is ahead of a system's clock; nothing is dated by it."""


class NotFound(FlowError):
    """There is no such customer, hold or system."""
