"""Stateful stand-ins of department systems, for the demo and the tests.

Written from the vendors' own public API documentation, never from our connectors: what a stand-in
refuses, a connector may not send. One process serves them all on 127.0.0.1; see ``python -m sandbox --help``.
"""
