"""What every stand-in shares: clock, journal, tokens, tables, limits and the way a request is answered.

A new stand-in is a subclass of :class:`sandbox.core.standin.StandIn`. It names itself, lists its
:class:`sandbox.core.operation.Operation` objects (method, path, plain synchronous function), words its
errors in a :class:`sandbox.core.standin.Forms`, and keeps its records in
:class:`sandbox.core.table.Table` objects.
"""
