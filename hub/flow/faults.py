"""What the database raises, as the errors a caller of the verbs knows.

Apart from :mod:`hub.flow.errors`, which every parse of a DAG file reads: this needs the store.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from hub.flow.errors import AnotherRun, StoreUnavailable
from hub.store.errors import StoreFault, said
from hub.store.locks import Busy


@contextmanager
def store_faults() -> Iterator[None]:
    """Whatever the database raises leaves as a FlowError, without the values a statement held."""
    try:
        yield
    except StoreFault as error:
        raise StoreUnavailable(
            f"the store cannot be used ({said(error)}); check that its database runs and has space "
            "(--store, KLANTBEELD_STORE), then run again: nothing is lost"
        ) from None
    except Busy as error:
        raise AnotherRun(str(error)) from None
