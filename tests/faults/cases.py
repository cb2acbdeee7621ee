"""Which cases there are."""

from collections.abc import Callable
from typing import Final

from tests.faults.case import Case, Stage
from tests.faults.flips import Flips
from tests.faults.full import Full, FullStdout
from tests.faults.io_errors import IoErrors
from tests.faults.kills import Calls, Kills
from tests.faults.outputs import Outputs
from tests.faults.signals import Signals

#: By the name that `--only` takes.
CASES: Final[dict[str, Callable[[Stage], Case]]] = {case.name: case for case in (Kills, Calls, IoErrors, Full, FullStdout, Outputs, Signals, Flips)}
