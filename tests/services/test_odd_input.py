"""Whatever is typed, it is done or refused with a sentence; a refusal, or a failure half-way, leaves nothing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Exit, Failure
from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.show import plan_tree
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.services.verbs.update import update
from plantrack.services.verbs.weekly import weekly
from plantrack.services.writing.status_updates import SHORT_FORMS, TypedUpdate
from plantrack.store import tasks
from plantrack.store.sqlite.connection import SQLite
from tests.support.random_work import Ledger
from tests.support.steps import OpenContext, held, opened

ODD = """
0 -1 1 2 99 3.1 3. nd3 ND3 ndd nv1 #1 HN-1 c2 c9 ubdt hlhpn An Ân title due lead places cao done dropped carried_over
0000-00-00 9999-12-31 2199-12-31 1900-01-01 2024-07-10 18/7 31/2 T9 T13 Q5 Q2 none ongoing today -1d +7d -999999d +999999w
9999-W53 2024-W29 2024-W54 2199-W53 9M 53 last this .. ..5 2024-07-01.. none.. area: area:, area:- area:3,-3 status:-
overdue: overdue:no due:.. due:none.. due:999999d.. to:, to:An org:-ubdt a:b 12:30 http://x ² ٣ 1٣ ½ % _ ! ' \\ . , - ß İ ﬁ đ
2024-07-10T10:00Z 0001-01-01T00:00+14:00 9999-12-31T23:59Z 2024-07-10T24:00 100 101 40% １０
"""
TYPED = st.sampled_from(
    [*ODD.split(), "", " ", "\u0301", "\u200b", "\x00", "\ud800", "\n", "x" * 1001, "9" * 5000]
) | st.text(max_size=6)
MAYBE = st.none() | st.none() | TYPED
MANY = st.just(()) | st.lists(TYPED, max_size=2).map(tuple)
IDS = st.lists(st.sampled_from(["1", "2", "3.1"]) | TYPED, min_size=1, max_size=2)
DAY = st.none() | st.sampled_from(["2024-07-10", "2024-06-01"]) | TYPED
Do = Callable[[Context], Any]

WRITES: st.SearchStrategy[Do] = st.one_of(
    st.builds(
        NewTask, TYPED, MAYBE, MAYBE, MANY, MANY, MANY, DAY, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MANY, MANY, DAY
    ).map(lambda new: lambda context: add(context, new)),
    st.tuples(IDS, st.builds(TypedUpdate, *[MAYBE] * 7, st.booleans(), *[MAYBE] * 6, DAY), st.sampled_from(["update", *SHORT_FORMS]))
    .map(lambda a: lambda context: update(context, *a)),
    st.tuples(IDS, st.builds(Corrections, *[MAYBE] * 3, DAY, *[MAYBE] * 6, MANY)).map(lambda a: lambda context: edit(context, *a)),
    st.tuples(IDS, TYPED, TYPED, DAY).map(lambda a: lambda context: extend(context, *a)),
    st.tuples(IDS, st.builds(Roles, MANY, MANY, MANY, DAY, st.booleans())).map(lambda a: lambda context: assign(context, *a)),
    st.tuples(IDS, st.builds(Roles, MANY, MANY, MANY, DAY)).map(lambda a: lambda context: unassign(context, *a)),
    st.tuples(IDS, TYPED).map(lambda a: lambda context: remove(context, *a)),
    MAYBE.map(lambda c: lambda context: undo(context, c)),
)  # fmt: skip
READS: st.SearchStrategy[Do] = st.one_of(
    MANY.map(lambda terms: lambda context: list_tasks(context, terms)),
    st.tuples(MANY, st.sampled_from([*GROUPINGS])).map(lambda a: lambda context: progress(context, *a)),
    st.tuples(MANY, TYPED).map(lambda a: lambda context: weekly(context, *a)),
    st.tuples(MANY, st.none() | st.integers(1, 3)).map(
        lambda a: lambda context: log(context, a[0], newest=a[1])
    ),
    IDS.map(lambda ids: lambda context: show(context, ids)),
    MAYBE.map(lambda code: lambda context: plan_tree(context, code)),
    MAYBE.map(lambda c: lambda context: what_undo_would_do(context, c)),
)


def done_or_refused(db: SQLite, do: Callable[[], object], *, writes: bool) -> None:
    """Do what was typed; a sentence that refuses it must leave everything as it was, and so must a read."""
    before = db.driver.serialize()
    try:
        do()
        refused = False
    except Failure as failure:
        assert failure.exit_code in (Exit.USAGE, Exit.NO_SUCH, Exit.NOT_NOW), failure
        refused = True
    assert not db.driver.in_transaction
    if refused or not writes:
        assert db.driver.serialize() == before


def sits_and_does(ledger: Ledger, do: Do, asked: ContextRequest | None = None) -> None:
    """Open a context and do something; `asked` may itself be refused."""
    context = ledger.context()
    do(context if asked is None else open_context(ledger.db, asked, lambda: context.now))


@pytest.mark.slow
@given(st.lists(WRITES, min_size=4, max_size=10), st.lists(READS, min_size=2, max_size=4), MAYBE, MAYBE)
def test_whatever_is_typed_is_done_or_refused(
    made_once: Path, writes: list[Do], reads: list[Do], as_of: str | None, known_at: str | None
) -> None:
    ledger = Ledger(made_once / "plantrack.db")
    add(ledger.context(), NewTask("Việc", activity="3.1", on="2024-07-01", in_charge=("An",)))
    for write in writes:
        ledger.second += 1
        done_or_refused(ledger.db, partial(sits_and_does, ledger, write), writes=True)
    for read in reads:
        asked = ContextRequest(as_of=as_of, known_at=known_at)
        done_or_refused(ledger.db, partial(sits_and_does, ledger, read, asked), writes=False)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize(
    "do",
    [
        lambda context: add(context, NewTask("Việc", area="3", in_charge=("Ai Đó",))),
        lambda context: update(context, ["1"], TypedUpdate(percent="5", on="2024-06-01")),
        lambda context: assign(context, ["1"], Roles(in_charge=("Ai Đó",))),
        lambda context: undo(context, None),
    ],
    ids=["add", "update", "assign", "undo"],
)
def test_a_failure_half_way_leaves_nothing(
    context_on: OpenContext, db: SQLite, monkeypatch: pytest.MonkeyPatch, do: Do, error: type[BaseException]
) -> None:
    opened(context_on, "2024-07-01")
    before = held(db)

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(tasks, "update_tasks", fails)
    with pytest.raises(error):
        do(context_on("2024-07-05"))
    assert held(db) == before
    assert not db.driver.in_transaction
