"""Which cases there are."""

from collections.abc import Callable
from typing import Final

from tests.faults.at_once import AtOnce
from tests.faults.case import Case, Stage
from tests.faults.clocks import Clocks
from tests.faults.flips import Flips
from tests.faults.folders import Folders
from tests.faults.full import Full, FullStdout
from tests.faults.io_errors import IoErrors
from tests.faults.kills import Calls, Kills
from tests.faults.lines import Lines
from tests.faults.mail import MailOnce
from tests.faults.moves import Moves
from tests.faults.outputs import Outputs
from tests.faults.servers import Servers, Standby
from tests.faults.signals import Signals
from tests.faults.together import Together

_ALL: Final[tuple[Callable[[Stage], Case], ...]] = (
    *(Kills, Calls, Folders, IoErrors, Full, FullStdout, Outputs),
    *(MailOnce, Signals, Flips, AtOnce, Together, Clocks),
    *(Lines, Moves, Servers, Standby),
)
#: By the name that `--only` takes.
CASES: Final = {str(case.name): case for case in _ALL}  # type: ignore[attr-defined]
