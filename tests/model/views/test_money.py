"""Money by area: which share of what was allocated is spent."""

from plantrack.model.views.money import Amounts


def test_the_rate_is_of_what_was_allocated() -> None:
    assert Amounts(None, 40, 10).rate == 0.25
    assert Amounts(None, 3, 1).rate == 0.3333
    assert Amounts(None, 40, None).rate == 0
    assert Amounts(50, None, 10).rate is None
    assert Amounts(50, 0, 10).rate is None
