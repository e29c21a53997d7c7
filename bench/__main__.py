"""``python -m bench NAME``: one measurement, one JSON object. Never a timed test.

python -m bench convergence --records 1000000 --json
"""

import argparse
import json
import platform
import resource
import sys
import time

from bench.convergence.measure import convergence

NAMES = {"convergence": convergence}


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print what was measured; 1 where a promise did not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted(NAMES), help="what to measure")
    parser.add_argument("--records", type=int, default=100_000, help="how many events (default: 100000)")
    parser.add_argument("--json", action="store_true", help="print JSON (the only form so far)")
    chosen = parser.parse_args(arguments)
    wall, cpu = time.monotonic(), time.process_time()
    ours, kept = NAMES[chosen.name](chosen.records)
    report = {
        "name": chosen.name,
        "machine": {"python": platform.python_version(), "system": platform.system()},
        "ours": ours,
        "kept": kept,
        "wall_s": round(time.monotonic() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(report, indent=2))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
