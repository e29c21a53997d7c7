"""``python -m supervisor.health URL [PART]``: a container's health check; exit code 0 when healthy.

``PART`` (``metadatabase``, ``scheduler``, ``dag_processor``, ``triggerer``) is healthy when the Airflow at
``URL`` says so. Without one, ``URL`` must answer. Cheap: it imports no Airflow.
"""

import sys

from supervisor.airflow_rest import AirflowRest
from supervisor.waiting import answers


def healthy(url: str, part: str = "") -> bool:
    """Whether it is."""
    return AirflowRest(url, "", "").health().get(part) == "healthy" if part else answers(url)


if __name__ == "__main__":
    sys.exit(not healthy(*sys.argv[1:]))
