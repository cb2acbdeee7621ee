"""No plan file takes long or fills the memory, whatever is in it."""

import pytest

from tests.support import costly_plans


@pytest.fixture(scope="module")
def costs() -> dict[str, costly_plans.Cost]:
    return costly_plans.costs()


@pytest.mark.slow
@pytest.mark.parametrize("name", costly_plans.NAMES)
def test_no_file_takes_long_or_fills_the_memory(name: str, costs: dict[str, costly_plans.Cost]) -> None:
    """Each in a process of its own, measured by a pace that is taken beside it."""
    taken, part = costs[name], costly_plans.part_of(name)
    assert taken.problems is not None, "the process was ended"
    assert taken.peak_mb < costly_plans.BARE_MB + (costly_plans.LARGE_MB - costly_plans.BARE_MB) / part
    assert taken.paces < costly_plans.FAST / part
