"""Facts that are under no seal yet."""

from plantrack.store.sealing.unsealed import Unsealed


def test_rows_are_held_until_they_are_cleared() -> None:
    held = Unsealed()
    held.add("change", ["uid"], [("a",), ("b",)])
    held.add("part", ("uid",), [("c",)])
    assert (held.held, held.rows[0]) == (3, ("change", ("uid",), [("a",), ("b",)]))
    held.hashes["change"] = [b""]
    held.clear()
    assert (held.rows, held.hashes, held.held) == ([], {}, 0)
