"""The weekly summary of the example."""

from typing import Any

from plantrack.model.counting import Counts
from plantrack.model.status import Status
from plantrack.model.views.weekly import (
    DeadlineChange,
    PlanChange,
    Proposal,
    Provenance,
    Silence,
    SummaryItem,
    Weekly,
)
from tests.support.factory import make_heading, make_plan, make_progress, make_tasks, make_update


def make_weekly(**changes: Any) -> Weekly:
    """Return the weekly summary of the example."""
    tasks = {t.number: t for t in make_tasks()}
    progress = make_progress()

    def item(number: int, **facts: Any) -> SummaryItem:
        return SummaryItem(tasks[number], make_update(tasks[number], **facts) if facts else None)

    waiting = {"result": "chờ chốt địa điểm", "told_by": "Ví dụ B"}
    late = {"status": Status.DONE, "on": "2024-07-12", "recorded_at": "2024-07-18T02:00:00.000Z"}
    none = Counts()
    change = {row.key or "": none for row in progress.rows}
    change |= {
        "ND4": none._replace(done=1, in_progress=-1, done_on_time=1),
        "ND5": none._replace(open_overdue=1),
        "total": none._replace(done=1, in_progress=-1, open_overdue=1, done_on_time=1),
    }
    proposal = make_update(tasks[9], proposal="cho phép mời thêm 2 tỉnh", told_by="Ví dụ B")
    old_proposal = make_update(tasks[4], proposal="bổ sung kinh phí in tài liệu", on="2024-07-01")
    view = Weekly(
        heading=make_heading(),
        period="2024-W29",
        first_day="2024-07-15",
        last_day="2024-07-21",
        next_first="2024-07-22",
        next_last="2024-07-28",
        progress=progress,
        change=change,
        results=(
            item(1, on="2024-07-17", percent=40, result="đã gửi tài liệu đến 3 tỉnh", note="ghi chú nội bộ"),
            item(9, **waiting),
        ),
        late_updates=(item(12, **late),),
        overdue=(item(9, **waiting), item(5, blocked="chưa có báo cáo viên", on="2024-07-08"), item(13)),
        due_on_closing_day=(),
        due_soon=(item(16, percent=70, blocked="thiếu số liệu của 3 tỉnh", on="2024-07-15"), item(1)),
        difficulties=(
            item(5, blocked="chưa có báo cáo viên", on="2024-07-08"),
            item(16, blocked="thiếu số liệu của 3 tỉnh", on="2024-07-15"),
        ),
        next_week=(item(9, next="gửi giấy mời", told_by="Ví dụ B"), item(16), item(11)),
        proposals=(
            Proposal(tasks[9], proposal, is_new=True, answered=None),
            Proposal(tasks[4], old_proposal, is_new=False, answered=None),
        ),
        silent_organisations=(Silence(make_plan().organisations[2], (tasks[3], tasks[4]), "2024-07-02"),),
        stale=(item(3, result="đã ký hợp đồng", on="2024-07-02"), item(4)),
        deadline_changes=(
            DeadlineChange(
                tasks[4], "extension", 1, "2024-07-15", "2024-08-15", "2024-07-16", "chờ kinh phí\ncủa tỉnh"
            ),
        ),
        plan_changes=(PlanChange(2, "2024-07-19T03:00:00.000Z", "Ví dụ C", "a1b2c3d4e5f6", "0f9e" * 16),),
        provenance=Provenance(2, "a1b2c3d4e5f6", dirty=False, sha256="0f9e" * 16, version="0.1.0"),
        with_notes=False,
    )
    return view._replace(**changes)
