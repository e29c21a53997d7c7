"""A command measured in a process of its own tells its figures, or why it has none."""

import resource
import sys

from bench.identity.child import run


def test_what_a_command_prints_and_what_it_needed() -> None:
    code = "import json; kept = bytearray(200_000_000); print(json.dumps({'records': len(kept)}))"
    ended = run([sys.executable, "-c", code])
    assert ended.said == {"records": 200_000_000} and not ended.failed
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert 190 < ended.peak_mib <= max(own, 500) and ended.wall_s > 0 and ended.cpu_s > 0


def test_a_command_that_fails_says_why() -> None:
    framed = "╭─ Error ─╮\n│ no such column: x. Choose another │\n╰─────────╯"
    ended = run([sys.executable, "-c", f"raise SystemExit({framed!r})"])
    assert ended.failed and ended.said == {"failed": "no such column: x. Choose another"}
    assert run([sys.executable, "-c", "raise SystemExit(3)"]).said == {"failed": "exit code 3"}
