"""Made-up tasks with made-up histories: the same for the same settings, of no real person or organisation."""

import random
from collections.abc import Iterator
from itertools import accumulate
from math import log2
from operator import itemgetter
from typing import Any, NamedTuple

from plantrack.model.days import add_days
from plantrack.model.history import Assignment, Deadline, Facts, StateChange
from plantrack.model.status import Role
from plantrack.store.facts import Change
from plantrack.store.task_rows import TaskRow
from tests.benchmarks import plan_files
from tests.benchmarks.command_log import DAYS, CommandLog, Entry

#: Days are counted from the first one on; this is today.
TODAY = DAYS - 1
#: Tasks that are made at once.
CHUNK = 5000
#: The last tasks were opened some days ago.
_OPENING_DAYS = DAYS - 10
PEOPLE = [f"Ví dụ {n:03}" for n in range(1, 201)]
PLACES = [f"Xã ví dụ {n:02}" for n in range(1, 51)]
TAGS = [f"chủ đề {n:02}" for n in range(1, 21)]
ACTIONS = (
    *(
        "tập huấn cán bộ",
        "họp rà soát",
        "truyền thông",
        "giám sát",
        "hội thảo",
        "khảo sát",
        "tổ chức hội thi",
    ),
    *("soạn tài liệu", "báo cáo", "thăm mô hình", "ký kết phối hợp", "hỗ trợ sinh kế", "đánh giá kết quả"),
)
TITLES = tuple(action[0].upper() + action[1:] for action in ACTIONS)
#: Each is heard of less often than the one before it: the first of a third of the tasks, the last but one of 0.4 %.
TOPICS = (
    *("bình đẳng giới", "phòng chống bạo lực gia đình", "chăm sóc trẻ em", "tổ truyền thông cộng đồng"),
    *("giảm nghèo bền vững", "dinh dưỡng", "học nghề", "pháp luật về đất đai", "chuyển đổi số", "vệ sinh"),
    *("hôn nhân cận huyết thống", "nước sạch"),
)


class Settings(NamedTuple):
    """What is to be made."""

    tasks: int
    updates_each: int = 10
    seed: int = 1
    #: Of these plans, one after another; the first one has most of the tasks.
    plans: int = 1
    activities: int = plan_files.ACTIVITIES
    today: str = "2024-12-15"


class UpdateRow(NamedTuple):
    """A row of `status_update`."""

    uid: str
    command: str
    task: str
    on_day: str
    recorded_at: str
    told_by: str | None
    status: str | None
    percent: int | None
    result: str | None
    next_step: str | None
    blocked: str | None
    unblocked: int
    proposal: str | None
    answered: str | None
    reason: str | None


class Made(NamedTuple):
    """A task with its facts: all of them, and those that count."""

    row: TaskRow
    updates: list[UpdateRow]
    deadlines: list[Deadline]
    assignments: list[Assignment]
    changes: list[Change]


class _Life(NamedTuple):
    """The days of a task; `ended` none: it is open."""

    added: int
    opened: int
    last: int
    end: str | None
    due: int | None


def plan_names(settings: Settings) -> list[str]:
    """Return the names of the plans, each of the year before the one that it follows."""
    year = int(settings.today[:4])
    return [f"vi-du-{year - n}" for n in range(settings.plans)]


class Histories:
    """Makes one task after another; everything comes from one seed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._begin(-1)
        tasks = settings.tasks
        facts = {"add": tasks, "extend": tasks * 9 // 100, "update": tasks * settings.updates_each}
        self.log = CommandLog(facts, settings.plans, settings.today, self.choose)
        first = next(iter(self.log))
        self.people = {name: self.uid(first) for name in PEOPLE}
        self.names = {name: self.uid(first) for name in PEOPLE}
        #: Days from before the first one to long after the last one; see `day`.
        self._days = [add_days(settings.today, n) for n in range(-2 * DAYS, 2 * DAYS)]
        self._plans = plan_names(settings)
        self._codes = plan_files.codes(settings.activities)
        self.organisations = [plan_files.organisation(n + 1) for n in range(plan_files.ORGANISATIONS)]
        self._results = [self._sentence() for _ in range(5000)]
        self._weights = list(accumulate(1 / (n + 4) for n in range(len(self.organisations))))

    def _begin(self, chunk: int) -> None:
        """Begin anew with what is random, and with identifiers that no other chunk has."""
        self.choose = random.Random(f"{self.settings.seed} {chunk}")
        self.rand = self.choose.random
        self._made = (chunk + 1) * 10**9

    def day(self, number: int) -> str:
        """Return a day by its number."""
        return self._days[number + 2 * DAYS - TODAY]

    def uid(self, entry: Entry) -> str:
        """Return the identifier of a fact of a command: it sorts by the command's moment."""
        self._made += 1
        return f"{entry.uid[:10]}{self._made:016}"

    def below(self, end: int) -> int:
        """Return a number from nought on."""
        return int(self.rand() * end)

    def one(self, items: Any) -> Any:
        """Return one of some items, each as likely as any other."""
        return items[int(self.rand() * len(items))]

    def _topic(self) -> str:
        return TOPICS[min(int(-1.5 * log2(1 - self.rand())), len(TOPICS) - 1)]

    def _sentence(self) -> str:
        return f"đã {self.one(ACTIONS)} về {self._topic()}, {self.below(90) + 5} người dự"

    def chunk(self, number: int) -> Iterator[Made]:
        """Make so many tasks, in the order of their numbers; each chunk is the same whoever makes it."""
        self._begin(number)
        first = number * CHUNK + 1
        return map(self._task, range(first, min(first + CHUNK, self.settings.tasks + 1)))

    def _task(self, number: int) -> Made:
        """Make a task with all that was recorded of it."""
        added, share = divmod((number - 1) * _OPENING_DAYS / self.settings.tasks, 1)
        entry = self.log.of("add", int(added), share)
        life = self._life(int(added))
        row = self._row(number, entry, life)
        changes = []
        if self.rand() < 0.005:
            by = self.log.of("remove", life.added + self.below(TODAY - life.added + 1), self.rand())
            removed = Change(self.uid(by), by.uid, row.uid, by.recorded_at, "removed", None, "ghi trùng")
            changes, row = [removed], row._replace(removed=removed.new)
        return Made(row, self._updates(row, life), self._deadlines(row, entry, life), self._roles(row, entry, life), changes)  # fmt: skip

    def _row(self, number: int, entry: Entry, life: _Life) -> TaskRow:
        activity, place = self.below(len(self._codes)), self.one(PLACES)
        topic = self._topic()
        return TaskRow(
            uid=self.uid(entry), site="", number=number, plan=self.one(self._plans) if self.rand() < 0.2 else self._plans[0],
            area=plan_files.area_of(activity, self.settings.activities), activity=self._codes[activity] if self.rand() < 0.95 else None,
            title=f"{self.one(TITLES)} về {topic} đợt {self.below(20) + 1}, {place}", title_en=None, start_day=None,
            priority=self.one(("normal",) * 17 + ("low", "high", "urgent")), deliverable="báo cáo kết quả" if self.rand() < 0.3 else None,
            deliverable_en=None, tags=", ".join(dict.fromkeys(self.one(TAGS) for _ in range(self.below(3)))) if self.rand() < 0.3 else "",
            places=place if self.rand() < 0.4 else "", follows="", opened_on=self.day(life.opened), removed=None,
            command=entry.uid, recorded_at=entry.recorded_at,
        )  # fmt: skip

    def _life(self, added: int) -> _Life:
        """Return the days of a task: three in four are over, one in twenty is overdue."""
        opened = added - (self.below(10) if self.rand() < 0.1 else 0)
        kind, to_go = self.rand(), TODAY - added
        last = TODAY - self.below(min(40, to_go))
        if kind < 0.74:
            last = added + 1 + self.below(to_go)
            due = last - 15 + self.below(60)
        elif kind < 0.79:
            due = TODAY - 1 - self.below(60)
        else:
            due = TODAY + self.below(120)
        known = self.rand() > 0.05 or 0.74 <= kind < 0.79
        end = "done" if kind < 0.72 else "dropped" if kind < 0.74 else None
        return _Life(added, opened, last, end, max(due, opened) if known else None)

    def _deadlines(self, row: TaskRow, entry: Entry, life: _Life) -> list[Deadline]:
        """Return the due day; one in eleven was moved to it."""
        if life.due is None:
            return []
        first, moved = life.due, self.rand() < 0.095
        if moved:
            first = max(life.opened, life.due - 10 - self.below(30))
        out = [Deadline(self.uid(entry), entry.uid, row.uid, None, entry.recorded_at, self.day(first))]
        if moved:
            by_then = min(max(first, life.added), TODAY)
            on = life.added + self.below(by_then - life.added + 1)
            by = self.log.of("extend", on, self.rand())
            out.append(
                Deadline(self.uid(by), by.uid, row.uid, self.day(on), by.recorded_at, self.day(life.due), None, "chờ kinh phí")
            )  # fmt: skip
        return out

    def _roles(self, row: TaskRow, entry: Entry, life: _Life) -> list[Assignment]:
        """Return who has which role; some tasks went from one person to another."""
        first = self.choose.choices(self.organisations, cum_weights=self._weights, k=2)
        held = [(Role.LEAD, first[0])] if self.rand() < 0.95 else []
        held += [(Role.COORDINATING, first[1])] if self.rand() < 0.15 and first[0] != first[1] else []
        person, other = self.one(PEOPLE), self.one(PEOPLE)
        held += [(Role.IN_CHARGE, person)] if self.rand() < 0.9 else []
        out = [
            Assignment(self.uid(entry), entry.uid, row.uid, role, party, None, entry.recorded_at)
            for role, party in held
        ]
        if self.rand() < 0.04 and person != other:
            on = life.added + self.below(TODAY - life.added + 1)
            by = self.log.of("assign", on, self.rand())
            out += [
                Assignment(self.uid(by), by.uid, row.uid, Role.IN_CHARGE, party, self.day(on), by.recorded_at, holds)
                for party, holds in ((person, False), (other, True))
            ]  # fmt: skip
        return out

    def _updates(self, row: TaskRow, life: _Life) -> list[UpdateRow]:
        """Return a task's reports in their order, about evenly over its days; one in four was recorded late."""
        count, span, asked, out = self.settings.updates_each, life.last - life.opened, False, []
        for n in range(count):
            on = life.opened + int((n + self.rand()) * span / count) if n + 1 < count else life.last
            late = 1 + self.below(40) if self.rand() < 0.25 else 0
            by = self.log.of("update", min(max(on + late, life.added), TODAY), self.rand())
            end = life.end if n + 1 == count else None
            update = self._update(row.uid, self.day(on), by, n, end, asked=asked)
            asked = update.proposal is not None or (asked and update.answered is None)
            out.append(update)
        return sorted(out, key=itemgetter(3, 4, 0))

    def _update(self, task: str, on: str, by: Entry, n: int, end: str | None, *, asked: bool) -> UpdateRow:
        rand, chance = self.rand, self.rand()
        status = end or ("in_progress" if n == 0 else "paused" if chance > 0.998 else None)
        told_by, result = self.one(PEOPLE) if rand() < 0.3 else None, self.one(self._results)
        then = f"gửi báo cáo {self.below(50) + 1}" if rand() < 0.2 else None
        blocked = f"chờ kinh phí đợt {self.below(9) + 1}" if chance < 0.03 else None
        proposal = f"bổ sung {self.below(9) + 2} tập huấn viên" if 0.3 < chance < 0.302 else None
        answered = "đồng ý" if asked and rand() < 0.5 else None
        reason = "không còn phù hợp" if end == "dropped" else None
        return UpdateRow._make((
            self.uid(by), by.uid, task, on, by.recorded_at, told_by, status, n * 10 if chance > 0.4 and n < 10 else None, result,
            then, blocked, int(0.03 < chance < 0.1), proposal, answered, reason,
        ))  # fmt: skip

    def counted(self, made: Made) -> Facts:
        """Return the facts of a task that count, in their order."""
        gone = self.log.gone
        steps = [
            StateChange(u.task, u.command, u.on_day, u.recorded_at, u.status, u.percent, u.blocked, u.unblocked)
            for u in made.updates if u.command not in gone
        ]  # fmt: skip
        deadlines = [d for d in made.deadlines if d.command not in gone]
        return Facts(steps, deadlines, [a for a in made.assignments if a.command not in gone], [])
