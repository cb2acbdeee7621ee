"""A worked example: the real plan, and reports that are made up and labelled as such wherever they show.

Each step is an ordinary command, given on its day in 2024: the clock is the only thing that is set.
"""

import contextlib
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plantrack.deliver.files import write_whole
from plantrack.errors import Failure, failing_as
from plantrack.model.days import add_days
from plantrack.model.named_tuple import NamedTuple
from plantrack.planfile.format.json_schema import FILE
from plantrack.planfile.shipped import NAME, shipped_plan, shipped_schema
from plantrack.services.context import Clock, Context, ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.init import init
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.workspace import DATABASE, plan_files
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.opening import open_database

#: Made-up organisations: no province of these names exists.
ORGANISATIONS = """\
# SỐ LIỆU VÍ DỤ, không có thật. Example data, not real.
organisations:
  - id: "vd-hoi-1"
    name: {vi: "Hội LHPN tỉnh Ví dụ 1", en: "Women's Union of Example Province 1"}
    short: {vi: "Hội LHPN tỉnh Ví dụ 1", en: "WU Example 1"}
    level: "province"
  - id: "vd-hoi-2"
    name: {vi: "Hội LHPN tỉnh Ví dụ 2", en: "Women's Union of Example Province 2"}
    short: {vi: "Hội LHPN tỉnh Ví dụ 2", en: "WU Example 2"}
    level: "province"
  - id: "vd-ban-1"
    name: {vi: "Ban Dân tộc tỉnh Ví dụ 1", en: "Ethnic Affairs Board of Example Province 1"}
    short: {vi: "BDT tỉnh Ví dụ 1", en: "EAB Example 1"}
    level: "province"
"""
#: What a revision of the plan in July adds to them.
ADDED = """\
  - id: "vd-ban-2"
    name: {vi: "Ban Dân tộc tỉnh Ví dụ 2", en: "Ethnic Affairs Board of Example Province 2"}
    short: {vi: "BDT tỉnh Ví dụ 2", en: "EAB Example 2"}
    level: "province"
"""
INCLUDED = "vi-du/don-vi.yaml"
FOLDER = "plantrack-demo"
#: The day the tour reports on, and the week.
AS_OF, WEEK = "2024-07-21", "2024-W29"


class DemoStep(NamedTuple):
    """One command of the example: on which day, by whom, what."""

    day: str
    author: str
    do: Callable[[Context, Path], object]


def free_folder(parent: Path, named: str | None) -> Path:
    """Choose the folder of the example: the named one if it is empty, else the first that is free.

    Raises: folder-in-use, folder-not-writable.
    """
    folder = parent / (named or FOLDER)
    with failing_as("folder-not-writable", folder=str(folder)):
        if named is None:
            others = (parent / f"{FOLDER}-{n}" for n in range(2, 10_000))
            return next(place for place in (folder, *others) if not place.exists())
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Failure("folder-in-use", folder=str(folder))
        return folder


def build(folder: Path) -> None:
    """Make the example in a folder: all of it, or nothing is left.

    Raises: folder-not-writable; those of `init`.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    there = set() if missing else set(folder.iterdir())
    try:
        _write_plan(folder)
        init(folder, None, "Ví dụ A", _clock(STEPS[0].day, 0), example=True)
        _play(folder)
    except BaseException:
        _clear(folder, there, missing)
        raise


def _clear(folder: Path, there: set[Path], missing: Sequence[Path]) -> None:
    """Take away what was made, and the folders that were missing."""
    for path in set(folder.iterdir()) - there if folder.exists() else ():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    for path in missing:
        with contextlib.suppress(OSError):
            path.rmdir()


def _write_plan(folder: Path) -> None:
    """Put the real plan there to the letter, with one line that adds the made-up organisations."""
    with failing_as("folder-not-writable", folder=str(folder)):
        for name in ("plans", "vi-du"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    plan = shipped_plan().decode("utf-8")
    write_whole(folder / INCLUDED, ORGANISATIONS.encode("utf-8"))
    added = f'{plan.rstrip()}\n\n# Ví dụ: các đơn vị không có thật.\ninclude: ["{INCLUDED}"]\n'
    write_whole(folder / "plans" / NAME, added.encode("utf-8"))
    write_whole(folder / "plans" / FILE, shipped_schema())


def _play(folder: Path) -> None:
    """Run every command on its day, a minute after the one before."""
    with contextlib.closing(open_database(folder / DATABASE)) as db, db.atomic():
        for n, step in enumerate(STEPS):
            clock = _clock(step.day, n)
            step.do(open_context(db, ContextRequest(author=step.author), clock), folder)


def _clock(day: str, minute: int) -> Clock:
    """Return a clock that stands on an example day, some minutes after 9:00 in Viet Nam."""
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=2, minutes=minute)
    return lambda: moment


def _update(day: str, task: str, told_by: str | None = None, *, author: str = "Ví dụ A", said: str = "update",
            late: int = 0, **report: str | bool) -> DemoStep:  # fmt: skip
    """Make a step: a status update for `day`, given `late` days after it."""
    given = TypedUpdate(told_by=told_by, on=day if late else None)._replace(**report)  # type: ignore[arg-type]
    return DemoStep(add_days(day, late), author, lambda context, _: update(context, [task], given, said))


def _assign(day: str, tasks: Sequence[str], **roles: tuple[str, ...]) -> DemoStep:
    given = Roles()._replace(**roles)  # type: ignore[arg-type]
    return DemoStep(day, "Ví dụ A", lambda context, _: assign(context, tasks, given))


def _due(day: str, task: str, due: str) -> DemoStep:
    return DemoStep(day, "Ví dụ A", lambda context, _: edit(context, [task], Corrections(due=due)))


def _extend(day: str, task: str, due: str, reason: str) -> DemoStep:
    return DemoStep(day, "Ví dụ B", lambda context, _: extend(context, [task], due, reason))


def _add(day: str, title: str, activity: str, **given: str | tuple[str, ...]) -> DemoStep:
    new = NewTask(title, activity=activity)._replace(**given)  # type: ignore[arg-type]
    return DemoStep(day, "Ví dụ A", lambda context, _: add(context, new))


def _revise(context: Context, folder: Path) -> None:
    """Apply the plan again, after a person added an organisation to it."""
    write_whole(folder / INCLUDED, (ORGANISATIONS + ADDED).encode("utf-8"))
    files, reason = plan_files(folder), "bổ sung đơn vị ví dụ"
    apply(context.db, files, folder, context.author, lambda: context.now, reason=reason)


#: Tasks 1–12 are the plan's activities, in its order; 13–18 are made up, like everything that is said of them.
STEPS: tuple[DemoStep, ...] = (
    DemoStep("2024-03-25", "Ví dụ A", lambda context, _: add_from_plan(context)),
    _assign("2024-03-26", ["1", "6", "10"], lead=("hlhpn",), coordinating=("ubdt",), in_charge=("Ví dụ A",)),
    _assign("2024-03-26", ["2", "3"], lead=("hlhpn",), coordinating=("ubdt", "vd-hoi-1"), in_charge=("Ví dụ B",)),
    _assign("2024-03-26", ["4", "7"], lead=("ubdt",), coordinating=("hlhpn",), in_charge=("Ví dụ C",)),
    _assign("2024-03-26", ["8"], lead=("hlhpn", "ubdt"), in_charge=("Ví dụ D",)),
    _due("2024-03-27", "1", "28/7/2024"),
    _due("2024-03-27", "2", "15/7/2024"),
    _due("2024-03-27", "3", "10/7/2024"),
    _due("2024-03-27", "4", "Q2"),
    _due("2024-03-27", "6", "ongoing"),
    _due("2024-03-27", "7", "15/7/2024"),
    _due("2024-03-27", "8", "15/7/2024"),
    _due("2024-03-27", "10", "26/7/2024"),
    _due("2024-03-27", "11", "30/11/2024"),
    _due("2024-03-27", "12", "Q4"),
    _add("2024-04-02", "Ví dụ: biên soạn tài liệu truyền thông song ngữ", "1.1", due="31/5/2024",
         lead=("vd-hoi-1",), in_charge=("Ví dụ E",), deliverable="Bộ tài liệu mẫu", tags=("tài liệu",)),
    _add("2024-04-02", "Ví dụ: phát thanh bằng tiếng dân tộc tại hai xã", "1.1", due="21/7/2024",
         lead=("vd-ban-1",), in_charge=("Ví dụ F",)),
    _add("2024-04-03", "Ví dụ: ra mắt tổ truyền thông cộng đồng", "2.2", due="15/7/2024",
         lead=("vd-hoi-1",), in_charge=("Ví dụ E",)),
    _add("2024-04-03", "Ví dụ: tập huấn lồng ghép giới cho cán bộ", "2.2", due="Q3", lead=("vd-hoi-2",)),
    _add("2024-04-04", "Ví dụ: in tờ rơi dùng chung", "2.1", due="30/6/2024", lead=("hlhpn",)),
    _add("2024-04-05", "Ví dụ: nhập trùng, sẽ hoàn tác", "3.1"),
    DemoStep("2024-04-05", "Ví dụ A", lambda context, _: undo(context, None)),
    _add("2024-04-05", "Ví dụ: lấy ý kiến góp ý bằng văn bản", "5.2", due="T9", lead=("ubdt",),
         in_charge=("Y Ví dụ Ê̆ban",)),
    _update("2024-04-10", "13", "Ví dụ E", status="in_progress", percent="20", result="đã chọn chủ đề"),
    _update("2024-04-15", "1", "Ví dụ A", percent="10", result="đã thống nhất đề cương với hai cơ quan"),
    _update("2024-05-06", "2", "Ví dụ B", percent="25", result="đã họp với cán bộ đầu mối"),
    _update("2024-05-14", "7", "Ví dụ C", status="in_progress", percent="30", next="lấy số liệu quý II"),
    _update("2024-05-20", "10", "Ví dụ A", percent="35", result="đã có báo cáo của năm đơn vị"),
    _update("2024-05-28", "13", "Ví dụ E", said="done", result="đã bàn giao bộ tài liệu mẫu"),
    _update("2024-06-03", "15", "Ví dụ E", percent="50", result="đã chọn xong thành viên"),
    _update("2024-06-10", "3", "Ví dụ B", percent="20", next="mời báo cáo viên"),
    _update("2024-06-12", "17", "Ví dụ B", said="drop", reason="dùng chung tờ rơi đã có, không in thêm"),
    _update("2024-06-14", "4", "Ví dụ C", percent="30", result="đã có danh sách đại biểu",
            proposal="đề nghị hai cơ quan thống nhất địa điểm hội thảo"),
    _update("2024-06-18", "8", "Ví dụ D", percent="40", result="đã khảo sát tại một huyện"),
    _update("2024-06-24", "4", "Ví dụ B", answered="đã thống nhất tổ chức tại Hà Nội", author="Ví dụ B"),
    _update("2024-06-26", "6", "Ví dụ A", status="in_progress", result="đã họp ban chỉ đạo quý II"),
    _update("2024-07-01", "16", "Ví dụ G", proposal="đề nghị hỗ trợ giảng viên về lồng ghép giới",
            note="trao đổi qua điện thoại, chưa có công văn"),
    _update("2024-07-02", "14", "Ví dụ F", percent="60", result="đã phát tại một xã"),
    _update("2024-07-04", "8", "Ví dụ D", said="pause", result="tạm dừng chờ kế hoạch làm việc của địa phương"),
    _update("2024-07-05", "9", "Ví dụ C", said="done", result="đã gửi văn bản góp ý phản biện"),
    _update("2024-07-08", "3", "Ví dụ B", blocked="chưa có báo cáo viên"),
    _update("2024-07-09", "15", "Ví dụ E", said="submit", percent="100", result="đã ra mắt tổ, chờ xác nhận"),
    _extend("2024-07-12", "2", "15/8/2024", "chờ tài liệu của tỉnh"),
    _update("2024-07-15", "10", "Ví dụ A", percent="60", blocked="thiếu số liệu của hai đơn vị",
            next="hoàn thiện dự thảo báo cáo"),
    _update("2024-07-16", "4", "Ví dụ B", result="chờ chốt thời gian", next="gửi giấy mời", author="Ví dụ B"),
    DemoStep("2024-07-16", "Ví dụ B", _revise),
    _extend("2024-07-16", "16", "30/10/2024", "địa phương bận mùa vụ"),
    _update("2024-07-17", "1", "Ví dụ A", percent="40", result="đã gửi tài liệu đến ba tỉnh",
            next="tổng hợp phản hồi", evidence="công văn ví dụ 01"),
    _update("2024-07-12", "7", "Ví dụ C", said="done", late=6, result="đã gửi báo cáo theo dõi sáu tháng"),
    _update("2024-07-18", "2", "Ví dụ B", percent="55", result="đã tổ chức hai buổi tại tỉnh Ví dụ 1",
            proposal="đề nghị bổ sung tài liệu tiếng dân tộc"),
    _due("2024-07-18", "11", "15/12/2024"),
    _update("2024-07-18", "19", "Ví dụ C", said="submit", percent="100", result="đã tổng hợp ý kiến, chờ xác nhận"),
    _update("2024-07-19", "2", "Ví dụ B", answered="hai cơ quan thống nhất bổ sung trong tháng 8"),
    _update("2024-07-19", "15", "Ví dụ A", said="done", result="đã xác nhận kết quả"),
)  # fmt: skip
