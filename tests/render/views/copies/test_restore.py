"""What is said of a backup that takes the place of the database."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.views.workspace import DbRestore, LostCommand
from plantrack.render.views.copies.restore import data, done, would

WORDS = Words("en")
LOST = tuple(LostCommand(f"c{n}", "add", "An\x1b[2J", "2024-07-01T02:00:00.000Z") for n in range(3, 26))
VIEW = DbRestore(
    file="/b.db", database="/plantrack.db", id="k3m9q2xz", lost=LOST[:1], unreadable=None, is_other=False,
    parted_after="", upgraded_from=None, next_command=27, next_task=5, timezone="Asia/Ho_Chi_Minh",
)  # fmt: skip


def test_the_newest_commands_are_told_and_how_many_more_there_are() -> None:
    lines = [*would(VIEW._replace(lost=LOST), WORDS)]
    assert len(lines) == 22
    assert lines[0] == "23 commands of this database are not in the backup and will be lost:"
    assert lines[1].startswith("  … and 3 earlier ones")
    assert lines[-1].startswith("  c25 · 09:00 on 1 Jul 2024 · An")
    assert "\x1b" not in "".join(lines)


def test_a_lost_command_names_its_tasks_and_the_first_ones_title() -> None:
    title = Text("Họp\x1b[2J", None)
    one = LOST[0]._replace(tasks=("4", "12"), title=title)
    line = [*would(VIEW._replace(lost=(one,)), WORDS)][1]
    assert " · new task · 4: Họp" in line
    assert line.endswith("; also 12")
    assert "\x1b" not in line
    (told,) = data(VIEW._replace(lost=(one,)))["lost"]
    assert [*told] == ["command", "verb", "author", "recorded_at", "tasks"]


@pytest.mark.parametrize(
    ("parted", "said"),
    [
        ("", "is a backup of another database."),
        ("c2", "goes another way than that of this database after command c2"),
    ],
)
def test_of_another_history_it_is_said_where_that_parts(parted: str, said: str) -> None:
    first = next(would(VIEW._replace(is_other=True, parted_after=parted), WORDS))
    assert said in first


def test_names_that_were_taken_out_come_back() -> None:
    lost = (LOST[0]._replace(verb="person anonymise"),)
    assert "take them out anew" in [*would(VIEW._replace(lost=lost), WORDS)][-1]


def test_numbers_are_doubtful_where_nobody_could_read_them() -> None:
    kept = VIEW._replace(command="c26", kept="/backups/k.db")
    assert [*done(kept, "plantrack", WORDS)] == [
        "/plantrack.db is now as in /b.db (command c26).",
        "1 command is no longer in it: c3.",
        "What was there is kept in /backups/k.db.",
        "To go back to it: plantrack --db /plantrack.db db restore /backups/k.db --other",
        "The next task gets number 5, the next command c27.",
    ]
    assert "--next-number" in [*done(kept._replace(kept=None), "plantrack", WORDS)][-1]


@pytest.mark.parametrize(
    ("view", "ends"),
    [
        (VIEW, " --other"),
        (VIEW._replace(lost=()), "'/b ups/k.db'"),
        (VIEW._replace(lost=(), upgraded_from=5), " --other"),
        (VIEW._replace(lost=(), is_other=True), " --other"),
    ],
)
def test_the_way_back_can_be_typed_anywhere_and_says_what_it_must(view: DbRestore, ends: str) -> None:
    lines = [*done(view._replace(kept="/b ups/k.db", database="/a b/p.db"), "plantrack", WORDS)]
    (back,) = [line for line in lines if line.startswith("To go back")]
    assert "plantrack --db '/a b/p.db' db restore '/b ups/k.db'" in back
    assert back.endswith(ends)


def test_a_program_gets_null_where_nothing_is_known() -> None:
    told = data(VIEW._replace(lost=None))
    assert (told["lost"], told["parted_after"], told["command"]) == (None, None, None)
