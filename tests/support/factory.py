"""Views made by hand: the example of the design, eighteen tasks of plan 468 on 21/07/2024."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from plantrack.model.counting import Counts, Cutoffs, count, with_deadline_state
from plantrack.model.history import Update
from plantrack.model.people.person import Person
from plantrack.model.plan import Activity, Area, Organisation, Plan, Reporting, Text
from plantrack.model.problem import Problem
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.log import Log, LogEntry
from plantrack.model.views.parties import OrgLine, OrgList, PersonLine, PersonList
from plantrack.model.views.plan import Checked, PlanLog, PlanTree, RevisionLine
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.model.views.tasks import Shown, ShownTasks, TaskList
from plantrack.model.views.workspace import DbCheck, DbStatus, Difference

AS_OF = "2024-07-21"
KNOWN_AT = "2024-07-21T17:00:00.000Z"
#: NFD, and letters of the Central Highlands that have no single code point.
EDE = "H’Nghĩa Êban, Ksơ̆r Ƀlô̆"

_AREAS = (
    (
        "Tuyên truyền nâng cao nhận thức",
        "Awareness-raising",
        ("Tuyên truyền nâng cao nhận thức của hội viên, phụ nữ",),
    ),
    (
        "Dự án 8 và bình đẳng giới",
        "Project 8 and gender equality",
        (
            "Phối hợp tuyên truyền triển khai Dự án 8",
            "Các hoạt động thúc đẩy bình đẳng giới ở vùng dân tộc thiểu số và miền núi",
        ),
    ),
    (
        "Hội thảo và khuyến nghị",
        "Workshop and recommendations",
        (
            "Tổ chức hội thảo rà soát, xác định vấn đề xã hội cấp thiết đối với phụ nữ, trẻ em vùng đồng bào DTTS và MN",
            "Khuyến nghị/ đề xuất nội dung/ giải pháp vận động, hỗ trợ phụ nữ DTTS giai đoạn tiếp theo",
        ),
    ),
    (
        "Chỉ đạo, theo dõi, đánh giá CTMTQG",
        "Steering and M&E of the NTP",
        (
            "Phối hợp triển khai công tác chỉ đạo, điều hành",
            "Theo dõi, đánh giá thực hiện Chương trình MTQG DTTS và MN",
        ),
    ),
    (
        "Giám sát, phản biện xã hội",
        "Social supervision and critique",
        (
            "Phối hợp thực hiện giám sát đối với chính sách pháp luật về công tác dân tộc",
            "Phối hợp thực hiện phản biện xã hội đối với chính sách pháp luật về công tác dân tộc",
        ),
    ),
    (
        "Tổng kết 10 năm Nghị quyết 06",
        "Ten-year review of Resolution 06",
        ("Tổng kết 10 năm thực hiện Nghị quyết số 06/NQ-BCH ngày 19/02/2014",),
    ),
    (
        "Sơ kết 2024, xây dựng kế hoạch 2025",
        "2024 review and 2025 plan",
        (
            "Sơ kết công tác phối hợp năm 2024",
            "Xây dựng Kế hoạch triển khai Chương trình phối hợp năm 2025",
        ),
    ),
)


def make_plan(**changes: Any) -> Plan:
    """Return plan 468, its areas and activities."""
    return _plan()._replace(**changes)


@cache
def _plan() -> Plan:
    areas = tuple(
        Area(
            f"ND{i}",
            Text(f"{short} (tên đầy đủ của nội dung {i})", f"{english} (full title of area {i})"),
            Text(short, english),
            source_text=f"{short};",
            activities=tuple(
                Activity(f"ND{i}.{j}", Text(title), source_quote=title) for j, title in enumerate(titles, 1)
            ),
        )
        for i, (short, english, titles) in enumerate(_AREAS, 1)
    )
    return Plan(
        id="kh-468-2024",
        year=2024,
        title=Text("Kế hoạch phối hợp năm 2024", "Coordination plan 2024"),
        areas=areas,
        number="468/KH-HLHPNVN-UBDT",
        date="2024-03-21",
        reporting=Reporting(),
        organisations=(
            Organisation("hlhpn", Text("Hội Liên hiệp Phụ nữ Việt Nam", "Viet Nam Women's Union"),
                         Text("Hội LHPN Việt Nam", "VWU")),
            Organisation("ubdt", Text("Uỷ ban Dân tộc", "Committee for Ethnic Minority Affairs"),
                         Text("UBDT", "CEMA"), valid_to="2025-02-28", successor="bdttg"),
            Organisation("vd1", Text("Hội LHPN tỉnh Ví dụ 1", "Women's Union of Example province 1")),
        ),
    )  # fmt: skip


@cache
def _titles() -> Mapping[str, Text]:
    """Return the titles of the activities."""
    return {a.code: a.title for area in _plan().areas for a in area.activities}


def make_heading(**changes: Any) -> ViewHeader:
    """Return the heading of a report on the example."""
    return ViewHeader(make_plan(), AS_OF, KNOWN_AT, is_example=True, today=AS_OF)._replace(**changes)


def make_task(number: int = 1, heading: str = "ND1.1", status: str = "not_started", **changes: Any) -> Task:
    """Return a settled task; its title is that of its activity unless it has its own."""
    area, _, rest = heading.partition(".")
    activity = heading if rest else None
    done = {"completed_on": "2024-07-01", "percent": 100} if status == "done" else {}
    task = Task(
        uid=f"01J{number:023}",
        site="",
        number=number,
        plan="kh-468-2024",
        area=area,
        activity=activity,
        title=_titles().get(heading, Text(f"Nhiệm vụ {number}")),
        start=None,
        priority="normal",
        deliverable=None,
        tags=(),
        places=(),
        follows=(),
        opened_on="2024-03-21",
        status=Status(status),
        percent=None,
        blocked=None,
        blocked_since=None,
        due=None,
        due_text=None,
        first_due=changes.get("due"),
        completed_on=None,
        lead=("hlhpn",),
        coordinating=("ubdt",),
        in_charge=(),
        updated_on="2024-07-16",
    )
    return with_deadline_state(task._replace(**{**done, **changes}), Cutoffs.at(AS_OF, Reporting()))


def make_tasks() -> list[Task]:
    """Return the eighteen tasks of the sketch."""
    return [*_tasks()]


@cache
def _tasks() -> tuple[Task, ...]:
    t = make_task
    blocked = {"blocked": "chưa có báo cáo viên", "blocked_since": "2024-07-08"}
    return (
        t(1, "ND1.1", "in_progress", percent=40, due="2024-07-28", in_charge=("Trần Thị Ánh",)),
        t(2, "ND1", "done", title=Text("Biên soạn tài liệu tuyên truyền"), due="2024-06-15", completed_on="2024-06-10"),
        t(3, "ND1", "in_progress", title=Text("Tuyên truyền trên đài phát thanh tỉnh"), lead=("vd1",), percent=10,
          updated_on="2024-07-02"),
        t(4, "ND2.1", "in_progress", due="2024-08-15", first_due="2024-07-15", percent=60, lead=("vd1",),
          updated_on="2024-07-02"),
        t(5, "ND2.2", "in_progress", due="2024-07-10", in_charge=(EDE,), **blocked),
        t(6, "ND2", "done", title=Text("Tập huấn lồng ghép giới"), due="2024-07-05", completed_on="2024-07-08"),
        t(7, "ND2", title=Text("Hội thi tìm hiểu bình đẳng giới"), due="2024-09-30", due_text="2024-Q3"),
        t(8, "ND2", "dropped", title=Text("Xây dựng phóng sự truyền hình")),
        t(9, "ND3.1", "in_progress", due="2024-06-30", due_text="2024-Q2", lead=("ubdt",), coordinating=("hlhpn",)),
        t(10, "ND3.2", lead=("ubdt", "hlhpn"), coordinating=()),
        t(11, "ND4.1", "in_progress", due="2024-12-31", percent=50, lead=("ubdt",), coordinating=("hlhpn",)),
        t(12, "ND4.2", "done", due="2024-07-15", completed_on="2024-07-12", lead=("ubdt",),
          coordinating=("hlhpn",)),
        t(13, "ND5.1", "paused", due="2024-07-15", lead=("ubdt",), coordinating=("hlhpn",), percent=20),
        t(14, "ND5.2", lead=("ubdt",), coordinating=("hlhpn",)),
        t(15, "ND6", "done", title=Text("Hướng dẫn tổng kết Nghị quyết 06"), completed_on="2024-05-20"),
        t(16, "ND6.1", "in_progress", due="2024-07-26", percent=70, lead=(), blocked="thiếu số liệu của 3 tỉnh",
          blocked_since="2024-07-15"),
        t(17, "ND7.1", lead=(), coordinating=(), updated_on=None),
        t(18, "ND7.2", due_text="ongoing", lead=()),
    )  # fmt: skip


def make_counts(tasks: Iterable[Task]) -> Counts:
    """Count tasks on the example's day."""
    return count(tasks, AS_OF)


def make_row(key: str | None, title: Text | None, tasks: Sequence[Task], **changes: Any) -> ProgressRow:
    """Return a row of the progress table."""
    overdue = sum(
        t.status is Status.IN_PROGRESS and t.deadline_state is DeadlineState.OPEN_OVERDUE for t in tasks
    )
    row = ProgressRow(key, title, tuple(tasks), make_counts(tasks), in_progress_overdue=overdue)
    return row._replace(**changes)


def make_list(tasks: Sequence[Task] | None = None, **changes: Any) -> TaskList:
    """Return the list of the open tasks."""
    if tasks is None:
        tasks = sorted((t for t in make_tasks() if t.is_open), key=lambda t: (t.due or "9999", t.number))
    return TaskList(make_heading(), tuple(tasks), len(tasks), "", closed=5)._replace(**changes)


def make_entry(field: str, old: str | None, new: str | None, **changes: Any) -> LogEntry:
    """Return a change of task 9."""
    moment = "2024-07-16T02:10:00.000Z"
    entry = LogEntry("c29", "update", moment, "Ví dụ A", "9", field, old, new, "2024-07-16", None)
    entry = entry._replace(title=make_tasks()[8].title)
    return entry._replace(**changes)


def make_entries() -> tuple[LogEntry, ...]:
    """Return a history, the newest command first; one command was taken back."""
    earlier = {"command": "c12", "recorded_at": "2024-07-01T03:00:00.000Z", "on": "2024-06-28"}
    opening = {"command": "c2", "verb": "add", "recorded_at": "2024-03-25T03:00:00.000Z", "on": "2024-03-21"}
    return (
        make_entry("blocked", None, "chưa có địa điểm\nvà kinh phí", command="c30", withdrawn_by="c31"),
        make_entry("status", "not_started", "in_progress"),
        make_entry("percent", "10", "40"),
        make_entry("result", None, "chờ chốt [bold]địa điểm[/bold]"),
        make_entry("due", "2024-06-15", "2024-06-30", verb="extend", **{**earlier, "on": None}),
        make_entry("lead", None, "ubdt", verb="assign", **earlier),
        make_entry("title", None, "Hội thảo", **opening),
        make_entry("follows", "title, due", "title", **opening),
        make_entry("plan", None, "1", command="c1", verb="init", task=None, on=None),
    )


def make_log(**changes: Any) -> Log:
    """Return the log of everything."""
    return Log(make_heading(), make_entries())._replace(**changes)


def make_show(number: int = 9) -> ShownTasks:
    """Return a task in full."""
    task = make_tasks()[number - 1]
    updates = (
        make_update(task, on="2024-07-01", number=12, percent=10, note="nội bộ", uid=f"{1:026}"),
        make_update(
            task, told_by="Ví dụ B", result="chờ chốt [bold]địa điểm[/bold]", next="gửi giấy mời\nđặt chỗ"
        ),
        make_update(task, command="C30", number=30, blocked="chưa có địa điểm", uid=f"{3:026}"),
    )
    entries = tuple(e for e in make_entries() if e.task)
    return ShownTasks(make_heading(), (Shown(task, updates, {"C30": 31}, history=entries),))


def make_progress(tasks: Sequence[Task] | None = None, **changes: Any) -> Progress:
    """Return the progress by area."""
    tasks = make_tasks() if tasks is None else tasks
    rows = [make_row(a.code, a.short, [t for t in tasks if t.area == a.code]) for a in make_plan().areas]
    return make_table("area", rows, tasks)._replace(**changes)


def make_table(by: str, rows: Sequence[ProgressRow], tasks: Sequence[Task], **heading: Any) -> Progress:
    """Return a table of rows, and of all the tasks in its last one."""
    today = sum(t.is_open and t.due == AS_OF for t in tasks)
    return Progress(make_heading(**heading), by, tuple(rows), make_row(None, None, tasks), today, "")


def make_progress_by(by: str) -> Progress:
    """Return the progress by something else than area."""
    tasks = make_tasks()
    plan = make_plan()
    if by == "org":
        rows = [
            make_row(o.id, o.short or o.name, [t for t in tasks if o.id in t.lead])._replace(
                coordinated=tuple(t for t in tasks if o.id in t.coordinating),
                coordinating=make_counts(t for t in tasks if o.id in t.coordinating),
            )
            for o in plan.organisations
        ]
        nobody = [t for t in tasks if not t.lead]
        rest = make_row(None, None, nobody, coordinated=(), coordinating=Counts())
        view = make_progress(by=by, rows=(*rows, rest))
        shared = make_counts(t for t in tasks if t.coordinating)
        return view._replace(total_row=view.total_row._replace(coordinating=shared))
    if by == "level":
        rows = [
            make_row(level, Text(level) if level else None, own, coordinated=(), coordinating=Counts())
            for level, own in (("central", tasks[:6]), ("province", tasks[6:8]), (None, tasks[8:]))
        ]
        view = make_progress(by=by, rows=rows)
        return view._replace(total_row=view.total_row._replace(coordinating=Counts()))
    if by == "activity":
        named = [(a.code, a.title) for area in plan.areas for a in area.activities]
        rows = [make_row(code, title, [t for t in tasks if t.activity == code]) for code, title in named]
        rest = make_row(None, None, [t for t in tasks if t.activity is None])
    elif by == "place":
        rows = [make_row("kon-tum", Text("Kon Tum"), tasks[:2])]
        rest = make_row(None, None, tasks[2:])
    elif by == "person":
        people = ("Trần Thị Ánh", EDE)
        rows = [make_row(p, Text(p), [t for t in tasks if p in t.in_charge]) for p in people]
        rest = make_row(None, None, [t for t in tasks if not t.in_charge])
    else:
        months = sorted({t.due[:7] for t in tasks if t.due})
        rows = [make_row(m, Text(m), [t for t in tasks if t.due and t.due[:7] == m]) for m in months]
        rest = make_row(None, None, [t for t in tasks if t.due is None])
    return make_progress(by=by, rows=(*rows, rest))


def make_update(task: Task, **changes: Any) -> Update:
    """Return a status update of a task."""
    update = Update(
        uid=f"01K{task.number:023}",
        command=f"C{task.number + 20}",
        number=task.number + 20,
        task=task.uid,
        on="2024-07-16",
        recorded_at="2024-07-16T02:10:00.000Z",
        author="Ví dụ A",
    )
    return update._replace(**changes)


def make_plan_show(code: str | None = None) -> PlanTree:
    """Return the plan as a tree, or a part of it."""
    return PlanTree(make_heading(), code, (("ND9", "Nội dung cũ"),))


def make_plan_log() -> PlanLog:
    """Return two revisions."""
    file = "plans/kh-468-2024.yaml"
    second = RevisionLine(
        2, "2024-07-19T03:00:00.000Z", "Ví dụ C", file, "0f9e" * 16, "a1b2c3d4e5f6", dirty=True
    )
    first = RevisionLine(1, "2024-03-25T03:00:00.000Z", "Ví dụ A", file, "ab12" * 16, None, dirty=None)
    return PlanLog(make_heading(), (second, first))


def make_problem(**changes: Any) -> Problem:
    """Return a problem of a plan file."""
    params = {"value": "ubtd"}
    line = '    lead: ["ubtd"]'
    problem = Problem("plans/kh.yaml", 12, 12, "error", "P301", params, line, ("ubdt",))
    return problem._replace(**changes)


def make_check(*problems: Problem) -> Checked:
    """Return what a check found."""
    return Checked(("plans/kh.yaml",), problems)


def make_person() -> PersonList:
    """Return two people."""
    people = (
        PersonLine(Person("1", "Trần Thị Ánh", "Trần Thị Ánh", organisation="hlhpn"), 1, 3),
        PersonLine(Person("2", EDE, EDE, "Nghĩa"), 1, 1),
    )
    return PersonList(make_heading(), people)


def make_org() -> OrgList:
    """Return the organisations of the plan."""
    lines = tuple(OrgLine(o, 2, 6, 15, in_force=o.id != "vd1") for o in make_plan().organisations)
    return OrgList(make_heading(), lines)


def make_db_check() -> DbCheck:
    """Return what was found in a database: an index, and more rows than are told."""
    found = (
        Difference("other", "task", "task", "12", "", ("status", "due")),
        Difference("missing", "holder", "task", "12", "lead/ubdt/2024-07-01"),
        Difference("extra", "withdrawn_command", "command", "c5"),
    )
    counts = (("task", 1), ("holder", 1200), ("withdrawn_command", 1))
    return DbCheck("/tmp/plantrack.db", ("task_open",), found, counts)


def make_db() -> DbStatus:
    """Return the state of a database."""
    moments = ("2024-03-25T03:00:00.000Z", KNOWN_AT)
    plans = (("kh-468-2024", 2024, 2),)
    return DbStatus(
        "/tmp/plantrack.db",
        1234567,
        1,
        plans,
        18,
        40,
        31,
        *moments,
        "wal",
        True,
        "Asia/Ho_Chi_Minh",
        id="01J0000000000000000000000A",
    )
