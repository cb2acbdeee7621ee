"""The plan that comes with the program, its schema for editors, and lists of places to include."""

from importlib import resources
from pathlib import Path

from plantrack.planfile.format.json_schema import FILE

NAME = "kh-468-2024.yaml"
#: The lists of places, by their names in the folder of plans.
PLACES = ("places/tinh-thanh-truoc-2025-07-01.yaml", "places/tinh-thanh-tu-2025-07-01.yaml")


def shipped_plan() -> bytes:
    """Return the 2024 plan."""
    return _shipped(NAME)


def shipped_schema() -> bytes:
    """Return what the first line of the plan leads editors to."""
    return _shipped(FILE)


def shipped_places() -> dict[str, bytes]:
    """Return the lists of places, by name."""
    return {name: _shipped(name) for name in PLACES}


def _shipped(name: str) -> bytes:
    """Read a file of the installed package, else of the checkout that is being worked on."""
    packaged = resources.files("plantrack").joinpath("plans", name)
    if packaged.is_file():
        return packaged.read_bytes()
    return (Path(__file__).parents[3] / "plans" / name).read_bytes()
