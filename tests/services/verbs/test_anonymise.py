"""A person is taken out: nowhere is the name any more, and all else is as it was, to be verified too."""

import contextlib
import json
import os
import re
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.render.formats.json import dumps
from plantrack.render.views import list as list_view
from plantrack.render.views import log as log_view
from plantrack.render.views import person as person_view
from plantrack.render.views import progress as progress_view
from plantrack.render.views import remind as remind_view
from plantrack.render.views import show as show_view
from plantrack.render.views import weekly as weekly_view
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.anonymise import anonymise
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.person import Particulars, list_people, merge, rename, set_person
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.remind import remind
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.verbs.weekly import weekly
from plantrack.services.workspace import Workspace
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.checks.soundness import differences
from plantrack.store.commands import Typist, last_number
from plantrack.store.connection import Params
from plantrack.store.people import known_people
from plantrack.store.sealing.history_check import history_faults, sealed_from
from plantrack.store.sqlite import migrations
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands
from tests.support.engines import home
from tests.support.exported import empty_database, exported, put_back
from tests.support.older import made_by_version
from tests.support.random_work import COMMANDS, DAYS, IDS, PEOPLE, Do, worked
from tests.support.steps import OpenContext, opened, refused, stood
from tests.support.tries import tries

WORDS = Words("vi")
SHOWN = re.compile(r"tên đã được ẩn \([0-9a-f]{6}\)(?: \([^()]*\))?")
JULY = "2024-07-31"
#: What somebody does who is to be taken out, besides what they are given.
BY_THEM = st.builds(
    lambda who, i, on: Do(
        f"{who} tells of {i}",
        lambda context: update(
            context._replace(author=who, typist=Typist(who, who)),
            [i],
            TypedUpdate(result="xong", told_by=who, on=on),
        ),
    ),
    PEOPLE,
    IDS,
    DAYS,
)
WORK = st.lists(COMMANDS | BY_THEM, min_size=4, max_size=14)


def nowhere() -> Workspace:
    return Workspace(Path("/nowhere"), Path("/nowhere/plantrack.db"))


def sound(db: SQLite) -> bool:
    return [*history_faults(db)] == [] and [*differences(db)] == []


READS: dict[str, Callable[[Context], Any]] = {
    "list": lambda at: list_view.data(list_tasks(at, [], everything=True), WORDS),
    "people": lambda at: person_view.data(list_people(at), WORDS),
    "progress": lambda at: progress_view.data(progress(at, by="person"), WORDS, explain=True),
    "area": lambda at: progress_view.data(progress(at, by="area"), WORDS),
    "show": lambda at: show_view.data(show(at, ["1"], history=True), WORDS),
    "remind": lambda at: remind_view.data(remind(at, days=60), WORDS),
    "weekly": lambda at: weekly_view.data(weekly(at, week="2024-W28", with_notes=True), WORDS),
    "log": lambda at: log_view.data(log(at), WORDS),
    "found": lambda at: list_view.data(list_tasks(at, ["text:xong"], everything=True), WORDS),
}


def answers(sit: Callable[..., Context], **asked: str) -> dict[str, str]:
    return {name: answer(read, sit(**asked)) for name, read in READS.items()}


def answer(read: Callable[[Context], Any], context: Context) -> str:
    try:
        return dumps(read(context), WORDS)
    except Failure as failure:  # nothing was there yet
        return json.dumps(failure.code)


def sorted_lists(value: Any) -> Any:
    """Put lists in one order: people stand elsewhere under other names."""
    if isinstance(value, dict):
        return {key: sorted_lists(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(map(sorted_lists, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


#: What a command changes of every answer, or hides of a person beside the name.
_OF_ITS_OWN = ("sort_name", "email", "login", "known_at", "seal")


def without(text: str, names: set[str]) -> Any:
    """Return an answer with one sign in place of a person, whatever they are called; of a log without its last entry."""

    def one(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: one(own) for key, own in value.items() if key not in _OF_ITS_OWN}
        if isinstance(value, list):
            return [
                one(own)
                for own in value
                if not (isinstance(own, dict) and own.get("verb") == "person anonymise")
            ]
        if isinstance(value, str) and (re.sub(r" \([^()]*\)$", "", value) in names or SHOWN.fullmatch(value)):
            return "?"
        return value

    return sorted_lists(one(json.loads(text)))


def names_of(db: SQLite, uid: str) -> tuple[set[str], set[str]]:
    """Return all that a person was ever called, as others were before they turned out to be them, and all other names."""
    uids = {uid, *(one for one, into in known_people(db).merged.items() if into == uid)}
    said = db.query("SELECT person, name FROM person_fact WHERE name IS NOT NULL")
    return {name for one, name in said if one in uids}, {name for one, name in said if one not in uids}


@tries(0.5)
@given(WORK, st.integers(0, 3), st.integers(0, 20))
def test_the_name_is_nowhere_and_all_else_is_as_it_was(
    made_once: Path, work: list[Do], place: int, second: int
) -> None:
    ledger = worked(made_once / "plantrack.db", work)
    known = list_people(ledger.context()).people
    if not known:
        return
    name = known[place % len(known)].person.name
    mine, others = names_of(ledger.db, known[place % len(known)].person.uid)
    then = {"known_at": ledger.moment(second), "as_of": "2024-08-01"}
    before, before_then = answers(ledger.context), answers(ledger.context, **then)
    ledger.second += 1
    assert anonymise(ledger.context(), nowhere(), name).command is not None
    assert sound(ledger.db)
    after, after_then = answers(ledger.context), answers(ledger.context, **then)
    for was, now in ((before, after), (before_then, after_then)) if mine.isdisjoint(others) else ():
        for read, text in now.items():
            assert not any(f'"{one}"' in text for one in mine), read
            assert without(text, mine) == without(was[read], mine), read
    ledger.context()  # what is known now is shown again
    with empty_database() as copy:
        put_back(copy, exported(ledger.db))
        assert sound(copy)


@pytest.fixture
def an(context_on: OpenContext) -> str:
    """Open a task that An is in charge of, who tells of it and is at work too."""
    label = opened(context_on, "2024-07-01", in_charge=("Ngô Thị Ân",))
    set_person(context_on(), "Ngô Thị Ân", Particulars("Ân Ngô", None, "an.ngo@vi-du.vn", "anngo77"))
    at = context_on("2024-07-02", author="ngô thị ân")._replace(typist=Typist("Ngô Thị Ân", "anngo77"))
    update(at, [label], TypedUpdate(result="xong", told_by="Ngô Thị Ân"))
    return label


def raw(file: Path) -> bytes:
    log = file.with_name(file.name + "-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_the_bytes_are_gone_from_the_file_and_its_log(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str
) -> None:
    rename(context_on("2024-07-03"), "Ngô Thị Ân", "Ngô Thị Bích Ân")
    there = Workspace(workspace, home(db))
    done = anonymise(context_on("2024-07-04"), there, "Ngô Thị Bích Ân")
    assert (done.is_swept, done.still, done.tasks, done.commands, done.told) == (True, (), 1, 1, 1)
    found = raw(db.path).lower()
    for name in ("Ngô Thị Ân", "ngô thị ân", "Ngô Thị Bích Ân", "ngo thi", "Ân Ngô", "an.ngo", "anngo77"):
        assert name.encode().lower() not in found, name
    assert sound(db)


def test_who_is_hidden_stays_in_charge_and_one_who_comes_is_another(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str
) -> None:
    there = Workspace(workspace, home(db))
    anonymise(context_on("2024-07-04"), there, "Ngô Thị Ân")
    (hidden,) = stood(context_on, an).in_charge
    shown = WORDS.with_hidden_names(hidden)
    assert SHOWN.fullmatch(shown)
    with refused("unknown-person"):
        list_tasks(context_on(), ["to:Ngô Thị Ân"])
    # As it is printed it is read, and written.
    assert [task.label for task in list_tasks(context_on(), [f"to:{shown}"]).tasks] == [an]
    other = opened(context_on, "2024-07-05", in_charge=(shown, "Ngô Thị Ân"))
    assert stood(context_on, other).in_charge == (hidden, "Ngô Thị Ân")
    assert len(list_people(context_on()).people) == 2
    assert sound(db)


def test_nothing_takes_it_back(context_on: OpenContext, db: SQLite, workspace: Path, an: str) -> None:
    done = anonymise(context_on("2024-07-04"), Workspace(workspace, home(db)), "Ngô Thị Ân")
    for label in (done.command, None):
        with refused("undo-anonymise"):
            undo(context_on("2024-07-05"), label)
    assert sound(db)


def test_of_namesakes_what_nobody_can_tell_apart_is_left(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    opened(context_on, "2024-07-01", in_charge=("An", "An (UBDT)"))
    update(context_on("2024-07-02", author="An"), ["1"], TypedUpdate(result="x", told_by="An"))
    there = Workspace(workspace, home(db))
    done = anonymise(context_on("2024-07-03"), there, "An (UBDT)")
    assert (done.shared, done.commands, done.told) == (("An",), 0, 0)
    namesakes = [one for one in done.still if one.kind != "backup"]
    assert [(one.kind, one.name, one.number) for one in namesakes] == [("namesake", "An", 2)]
    assert len(db.query("SELECT uid FROM command WHERE author = 'An'")) == 1
    hidden, plain = sorted(stood(context_on, "1").in_charge, key=len, reverse=True)
    assert (plain, SHOWN.fullmatch(WORDS.with_hidden_names(hidden)) is not None) == ("An", True)
    # Nobody else has the name any more: now they can be told apart.
    done = anonymise(context_on("2024-07-04"), there, "An")
    assert (done.shared, done.commands, done.told) == ((), 1, 1)
    assert b"An" not in {row[0] for row in db.query("SELECT who FROM salt")}
    assert sound(db)


def test_whoever_turned_out_to_be_them_is_hidden_too(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    opened(context_on, "2024-07-01", in_charge=("An", "Bình"))
    merge(context_on("2024-07-02"), "An", "Bình")
    anonymise(context_on("2024-07-03"), Workspace(workspace, home(db)), "Bình")
    assert db.query("SELECT COUNT(*) AS n FROM person_fact WHERE name IN ('An', 'Bình')") == [(0,)]
    assert db.query("SELECT COUNT(*) AS n FROM salt WHERE who IN ('An', 'Bình')") == [(0,)]
    assert sound(db)


def test_who_only_gave_commands_is_found_by_that_name(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    opened(context_on, "2024-07-01")
    update(context_on("2024-07-02", author="Chị Văn thư"), ["1"], TypedUpdate(result="x"))
    done = anonymise(context_on("2024-07-03"), Workspace(workspace, home(db)), "chị văn thư")
    assert (done.person, done.commands, done.tasks) == ("Chị Văn thư", 1, 0)
    entries = [e for e in log(context_on(JULY)).entries if e.verb == "person anonymise"]
    assert len(entries) == 1
    assert sound(db)
    with refused("unknown-person"):
        anonymise(context_on(), Workspace(workspace, home(db)), "không có ai")


def test_who_hides_their_own_name_is_not_named_by_that(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str
) -> None:
    at = context_on("2024-07-04", author="NGÔ THỊ ÂN")._replace(typist=Typist(None, "anngo77"))
    anonymise(at, Workspace(workspace, home(db)), "Ngô Thị Ân")
    ((author, login),) = db.query("SELECT author, login FROM command WHERE verb = 'person anonymise'")
    assert (author[:7], login[:7]) == ("hidden:", "hidden:")
    assert [r for r in db.query("SELECT who FROM salt") if "ngô" in r[0].lower() or "anngo" in r[0]] == []
    assert sound(db)


def test_hidden_once_more_nothing_is_recorded(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str
) -> None:
    there = Workspace(workspace, home(db))
    anonymise(context_on("2024-07-04"), there, "Ngô Thị Ân")
    shown = WORDS.with_hidden_names(stood(context_on, an).in_charge[0])
    before = exported(db)
    assert anonymise(context_on("2024-07-05"), there, shown).command is None
    assert exported(db) == before


def test_who_works_by_the_names_of_before_is_refused(
    context_on: OpenContext, db: SQLite, workspace: Path, clock: Hands, an: str
) -> None:
    with closing(connect(db.path)) as other:
        late = open_context(other, ContextRequest(author="x"), clock)
        anonymise(context_on("2024-07-04"), Workspace(workspace, home(db)), "Ngô Thị Ân")
        with refused("names-changed-meanwhile"):
            assign(late, [an], Roles(in_charge=("Ngô Thị Ân",)))
    assert b"Ng\xc3\xb4" not in raw(db.path)


def test_while_others_read_it_is_said_that_something_is_left(
    context_on: OpenContext, db: SQLite, workspace: Path, clock: Hands, an: str
) -> None:
    there = Workspace(workspace, home(db))
    db.execute("PRAGMA busy_timeout = 10")
    with closing(connect(db.path)) as other:
        other.snapshot()
        other.query("SELECT COUNT(*) FROM command")
        assert not anonymise(context_on("2024-07-04"), there, "Ngô Thị Ân").is_swept
    shown = WORDS.with_hidden_names(stood(context_on, an).in_charge[0])
    assert anonymise(context_on("2024-07-05"), there, shown).is_swept
    assert b"anngo77" not in raw(db.path)


def test_a_command_that_fails_at_its_end_leaves_all_as_it_was(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Failure("database-full", file="x", reason="x")

    before = exported(db)
    monkeypatch.setattr("plantrack.services.writing.run_command.seal", fail)
    with refused("database-full"):
        anonymise(context_on("2024-07-04"), Workspace(workspace, home(db)), "Ngô Thị Ân")
    assert exported(db) == before
    assert sound(db)


def killed_at(at: Context, there: Workspace, statement: int) -> bool:
    """Take a person out in a process of its own, which ends for good at a statement; return whether it came so far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    with contextlib.suppress(BaseException):
        db = connect(there.file)
        left, execute = [statement], db.execute

        def counted(sql: str, params: Params | None = None) -> None:
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            execute(sql, params)

        db.execute = counted  # type: ignore[method-assign]
        anonymise(at._replace(db=db), there, "Ngô Thị Ân")
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process must be doubled")
def test_killed_at_any_statement_all_is_as_before_or_done(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str
) -> None:
    there, at = Workspace(workspace, home(db)), context_on("2024-07-04")
    db.close()
    before, states = db.path.read_bytes(), []
    # Some of the statements of the transaction, its end, and what sweeps the file.
    for statement in count(1, 9):
        db.path.write_bytes(before)
        came_so_far = killed_at(at, there, statement)
        with closing(connect(db.path)) as left:
            assert sound(left)
            hidden = left.query("SELECT COUNT(*) AS n FROM person_fact WHERE name = 'Ngô Thị Ân'")
            salts = left.query("SELECT COUNT(*) AS n FROM salt WHERE who = 'Ngô Thị Ân'")
            assert hidden == salts
            states.append(hidden[0][0])
        if not came_so_far:
            break
    assert states[0] == 1
    assert states[-1] == 0
    assert states == sorted(states, reverse=True)


def test_a_database_that_was_upgraded_is_true_to_its_seals_too(
    context_on: OpenContext, db: SQLite, workspace: Path, clock: Hands, an: str
) -> None:
    db.close()
    with closing(connect(made_by_version(7, db.path), older=True)) as upgraded:
        migrations.upgrade(upgraded)
        at = open_context(upgraded, ContextRequest(author="x"), clock)
        assert anonymise(at, Workspace(workspace, home(db)), "Ngô Thị Ân").commands == 1
        assert sealed_from(upgraded) == f"c{last_number(upgraded)}"
        assert sound(upgraded)
    assert b"anngo77" not in raw(db.path)


def test_what_still_holds_the_name_is_found(
    context_on: OpenContext, db: SQLite, workspace: Path, an: str
) -> None:
    add(context_on("2024-07-03"), NewTask("Gặp chị Ngo Thi An", area="3"))
    update(
        context_on("2024-07-03"), [an], TypedUpdate(note="hỏi an.ngo@vi-du.vn", evidence="ngô thị Ân, sổ 3")
    )
    (workspace / "plans" / "khac.yaml").write_text("x: Ngô Thị Ân")
    (workspace / "backups").mkdir()
    (workspace / "backups" / "b.db").write_bytes(db.path.read_bytes())
    (workspace / "backups" / "thư.txt").write_text("x")
    done = anonymise(context_on("2024-07-04"), Workspace(workspace, home(db)), "Ngô Thị Ân")
    found = [(one.kind, one.task, one.field) for one in done.still]
    assert found[:3] == [("text", "2", "title"), ("text", an, "note"), ("text", an, "evidence")]
    assert [kind for kind, *_ in found[3:]] == ["plan_file", "backup"]
