"""Which tests need POSIX: found in the tests themselves."""

from tests.support.only_posix import posix_needs
from tests.support.source import ROOT


def test_what_needs_it_is_known_by_what_it_uses() -> None:
    found = posix_needs(ROOT / "tests" / "test_system.py")
    assert found["test_neither_a_link_nor_a_pipe_is_added_to"]
    assert "test_the_uri_of_a_file" not in found
    assert posix_needs(ROOT / "tests" / "store" / "sqlite" / "test_migrations_whole.py")


def test_what_needs_it_through_another_needs_it_too() -> None:
    found = posix_needs(ROOT / "tests" / "services" / "verbs" / "test_init_sharing.py")
    assert len({why for why in found.values()}) < len(found)
