"""``python -m hub.cli``, which the script ``klantbeeld`` runs."""

import sys

from hub.cli import main

sys.exit(main())
