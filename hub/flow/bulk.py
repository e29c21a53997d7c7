"""Working through many records at a time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bulk() -> Iterator[None]:
    """For the length of a batch nobody looks for objects that hold one another.

    A batch makes a million objects, keeps them all to its end, and none of them is such a one: looking again
    and again took a quarter of the time. What else there is, is found as soon as the batch has ended.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
