"""What the database raises, as the errors a caller of the verbs knows.

Apart from :mod:`hub.flow.errors`, which every parse of a DAG file reads: this needs the store.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from hub.flow.errors import AnotherRun, StoreUnavailable, StoreUnusable
from hub.store.errors import Away, StoreFault, Unusable
from hub.store.locks import Busy


@contextmanager
def store_faults() -> Iterator[None]:
    """Whatever the store raises leaves as a FlowError, without the values a statement held."""
    try:
        yield
    except Away as error:
        raise StoreUnavailable(str(error)) from None
    except Unusable as error:
        raise StoreUnusable(str(error)) from None
    except StoreFault as error:
        raise StoreUnavailable(
            f"the store refuses a statement ({type(error).__name__}), which is undone; run again, and "
            "report it with the run's id where it comes back"
        ) from None
    except Busy as error:
        raise AnotherRun(str(error)) from None
