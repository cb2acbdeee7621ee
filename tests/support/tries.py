"""How many examples a property is tried with where they cost much more, or much less, than others' do."""

from hypothesis import settings


def tries(times: float) -> settings:
    """Return so many times the examples that the profile has (`tests/conftest.py`)."""
    return settings(max_examples=max(5, round(settings().max_examples * times)))
