"""What was taken back, as known at a moment."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.withdrawal import Withdrawal, withdrawn


@given(st.lists(st.integers(0, 8), max_size=8), st.integers(0, 20))
def test_an_undo_of_an_undo_brings_back(targets: list[int], known: int) -> None:
    """Command 10+i takes back one of the commands before it; ask recursively who counts."""
    taken = [(10 + i, min(t, 9) if t < 5 else 5 + t, f"{i:04d}") for i, t in enumerate(targets)]
    undos = [Withdrawal(f"{by:02}", f"{of:02}", at, by) for by, of, at in taken if of < by]
    moment = f"{known:04d}"

    def counts(command: str) -> bool:
        return not any(w.target == command and w.recorded_at <= moment and counts(w.command) for w in undos)

    gone = withdrawn(undos, moment)
    assert {c for c in map("{:02}".format, range(30)) if not counts(c)} == set(gone)
