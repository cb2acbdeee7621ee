"""What people were called when something was recorded: as answered then, after whatever was said since."""

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.store import commands, people
from plantrack.store.commands import undos_of
from plantrack.store.derived_rows import rebuild
from plantrack.store.people import PersonFact, people_facts
from plantrack.store.questions import parties
from plantrack.store.questions.names_then import names_then
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands
from tests.support.random_work import worked

NOW = Hands("2024-07-01").now
#: What happens: who comes or is said to be something else, or which command is taken back.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("name"), st.integers(0, 2), st.sampled_from(["An", "Bình", "Chi"])),
        st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just(0)),
    ),
    max_size=10,
)


@given(STEPS)
# Who was taken back gives a name free, though nobody was ever renamed.
@example([("name", 1, "An"), ("undo", 0, 0), ("name", 0, "An")])
def test_a_name_is_what_was_answered_then(made_once: Path, steps: list[tuple[str, int, object]]) -> None:
    db = worked(made_once / "plantrack.db", []).db
    answered: list[tuple[str, dict[str, str]]] = []
    done: list[commands.Command] = []
    for n, (what, one, other) in enumerate(steps):
        by = _step(db, n, what, one, other, done)
        if by is not None:
            done.append(by)
            answered.append((by.recorded_at, people.known_people(db).labels))
    said = people_facts(db)
    named = names_then(db, said, undos_of(db, {fact.command for fact in said}))
    for (moment, labels), following in zip(answered, [*answered[1:], None], strict=False):
        for person, label in labels.items():
            came = following is not None and len(following[1]) > len(labels)
            assert came or named(person, moment) == label
    meant, kept = parties.meant_names(db), parties.kept_names(db)
    assert meant == {party: name for party, name in kept.items() if party in meant}
    # Who came with a command that was taken back, and was never given a role, is forgotten.
    assert all(name == party for party, name in kept.items() if party not in meant)


def _step(
    db: SQLite, n: int, what: str, one: int, other: object, done: list[commands.Command]
) -> commands.Command | None:
    """Carry one step out, where there is anything to do."""
    uid, there = f"{one:026}", {row[0] for row in db.query("SELECT uid FROM person")}
    if what == "undo":
        gone = {r[0] for r in db.query("SELECT command FROM withdrawn_command")}
        if one >= len(done) or done[one].uid in gone:
            return None
        by = commands.record(db, "undo", "An", NOW)
        commands.withdraw(db, by, done[one])
    else:
        said = {"name": other} if what == "name" else {"merged_into": f"{other:026}"}
        if what == "merge" and not ({uid, f"{other:026}"} <= there and one != other):
            return None
        by = commands.record(db, "person set", "An", NOW)
        fact = PersonFact(f"{n + 100:026}", by.uid, uid, by.recorded_at, **said)
        if uid in there:
            people.insert_people_facts(db, [fact])
        else:
            people.add_people(db, {f"new {n}": fact})
    rebuild(db)
    return by
