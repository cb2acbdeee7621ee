"""Workspaces of any size for benchmarks: made-up tasks with made-up histories, the same for the same size."""

import random
from datetime import UTC, datetime
from pathlib import Path

from plantrack.model.days import add_days, days_between
from plantrack.model.history import Assignment, Deadline, Update
from plantrack.model.status import Role, Status
from plantrack.services.verbs.init import init
from plantrack.store import commands, derived_rows, facts, people, tasks
from plantrack.store.connection import Connection, connect
from plantrack.store.people import PersonName
from plantrack.store.task_rows import TaskRow

#: A Monday in December: most of the year's work is done, and last week's summary is due.
NOW = datetime(2024, 12, 16, 2, tzinfo=UTC)
CODES = ["1.1", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "6.1", "7.1", "7.2"]
WORDS = [
    "họp",
    "rà",
    "soát",
    "tài",
    "liệu",
    "truyền",
    "thông",
    "tập",
    "huấn",
    "giám",
    "sát",
    "đánh",
    "giá",
    "báo",
    "cáo",
    "tổ",
    "chức",
    "hội",
    "thảo",
    "xã",
    "huyện",
]
TODAY = "2024-12-15"
WEEK = "2024-W50"
CHUNK = 500


class Maker:
    """Makes facts one after another; everything comes from one seed."""

    def __init__(self, size: int) -> None:
        self.random = random.Random(size)
        self.count = 0

    def uid(self) -> str:
        self.count += 1
        return f"{self.count:026d}"

    def day(self, first: str, last: int) -> str:
        return add_days(first, self.random.randrange(last))

    def text(self, words: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(words))

    def task(self, number: int, command: commands.Command) -> TaskRow:
        code = "ND" + self.random.choice(CODES)
        return TaskRow(
            uid=self.uid(), site="", number=number, plan="kh-468-2024", area=code[:3], activity=code,
            title=self.text(7), title_en=None, start_day=None, priority="normal", deliverable=None,
            deliverable_en=None, tags="", places="", follows="", opened_on=self.day("2024-03-21", 90),
            removed=None, command=command.uid, recorded_at=command.recorded_at,
        )  # fmt: skip

    def life(self, task: TaskRow) -> tuple[str, str]:
        """Return the day on which a task will be done, and its due day around it."""
        done = add_days(task.opened_on, self.random.randrange(20, 260))
        return done, add_days(done, self.random.randrange(-15, 45))

    def updates(self, task: TaskRow, done: str, count: int, command: commands.Command) -> list[Update]:
        """Return a task's reports: about evenly from its opening until it is done, or until today."""
        span = days_between(task.opened_on, min(done, TODAY))
        days = [
            add_days(task.opened_on, (i * span + self.random.randrange(span + 1)) // count)
            for i in range(count)
        ]
        days[-1] = min(done, days[-1]) if done > TODAY else done
        return [self.update(task, day, done, i * 100 // count, command) for i, day in enumerate(days)]

    def update(self, task: TaskRow, day: str, done: str, percent: int, command: commands.Command) -> Update:
        chance = self.random.random()
        status = Status.DONE if day >= done else Status.PAUSED if chance < 0.02 else Status.IN_PROGRESS
        return Update(
            uid=self.uid(), command=command.uid, task=task.uid, on=day, recorded_at=command.recorded_at,
            author=command.author, number=command.number, told_by="Ví dụ A", status=status, percent=percent, result=self.text(10),
            next=self.text(5) if chance > 0.8 else None, blocked=self.text(4) if 0.5 < chance < 0.53 else None,
            unblocked=0.6 < chance < 0.8, proposal=self.text(6) if 0.3 < chance < 0.302 else None,
        )  # fmt: skip


def make(folder: Path, size: int, updates_each: int = 10) -> None:
    """Make a workspace of `size` tasks with `updates_each` status updates a task."""
    init(folder, None, "Ví dụ A", lambda: NOW)
    db = connect(folder / "plantrack.db")
    maker = Maker(size)
    with db.atomic():
        by = commands.record(db, "add", "Ví dụ A", NOW)
        people.add_people(
            db,
            [
                PersonName(maker.uid(), by.uid, maker.uid(), by.recorded_at, name)
                for name in ("Ví dụ A", "Ví dụ B")
            ],
        )
        for first in range(1, size + 1, CHUNK):
            _chunk(db, maker, range(first, min(first + CHUNK, size + 1)), updates_each)
        derived_rows.rebuild(db)
        db.execute("INSERT INTO counter (name, used) VALUES ('task', :n)", {"n": size})
    db.execute("ANALYZE")
    db.close()


def _chunk(db: Connection, maker: Maker, numbers: range, updates_each: int) -> None:
    command = commands.record(db, "add", "Ví dụ A", NOW)
    rows = [row._replace(settled_on=row.opened_on) for row in (maker.task(n, command) for n in numbers)]
    tasks.insert_tasks(db, rows)
    moment = command.recorded_at
    lives = [maker.life(row) for row in rows]
    facts.insert_deadlines(
        db,
        [
            Deadline(maker.uid(), command.uid, row.uid, None, moment, due)
            for row, (_, due) in zip(rows, lives, strict=True)
        ],
    )
    facts.insert_assignments(
        db,
        [
            Assignment(maker.uid(), command.uid, r.uid, role, party, r.opened_on, moment)
            for r in rows
            for role, party in (
                (Role.LEAD, maker.random.choice(["ubdt", "hlhpn"])),
                (Role.IN_CHARGE, "Ví dụ A"),
            )
        ],
    )
    for row, (done, _) in zip(rows, lives, strict=True):
        facts.insert_updates(db, maker.updates(row, done, updates_each, command))


def plan_text(activities: int) -> str:
    """Return a plan file with many activities, written as plan files are."""
    head = ["format: 1", 'id: "kh-lon"', "year: 2024", 'title: "Kế hoạch lớn"', "organisations:"]
    head += ['  - {id: "a", name: "Đơn vị A"}', '  - {id: "b", name: "Đơn vị B"}', "areas:"]
    return "\n".join([*head, *(line for n in range(activities // 100) for line in _area(n))]) + "\n"


def _area(number: int) -> list[str]:
    code = f"ND{number}"
    lines = [f'  - code: "{code}"', f'    title: "Nội dung {number}"', '    lead: ["a"]', "    activities:"]
    for n in range(100):
        lines += [
            f'      - code: "{code}.{n}"',
            "        title:",
            f'          vi: "Tập huấn cán bộ hội cơ sở về bình đẳng giới, lớp {n}"',
            f'          en: "Training of grassroots staff on gender equality, class {n}"',
            '        lead: ["b"]',
            '        time: "Quý II"',
            '        due: "2024-Q2"',
            '        deliverable: "Báo cáo kết quả"',
        ]
    return lines
