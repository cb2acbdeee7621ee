"""The columns of a form, in their order, and the headings by which each is known again, in both languages."""

from collections.abc import Mapping
from typing import Final, Literal

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import OPEN, Status

#: How a cell is filled in: in words, as a whole percentage, a day, a status or an area out of a list.
Rule = Literal["text", "percent", "day", "status", "area", "money"]


class AskedColumn(NamedTuple):
    """A column of a form."""

    key: str
    #: What stands over it, Vietnamese first, then what people make of it.
    headings: tuple[str, ...] = ()
    #: How wide it is, in signs.
    width: int = 10
    #: How it is filled in beside each task; None: it is not.
    rule: Rule | None = None
    #: How it is filled in of a new task.
    rule_of_new: Rule | None = None


#: The column of the rows' codes, which is hidden, stands before them.
FORM_FIELDS: Final = (
    AskedColumn("nth", ("TT", "STT", "No."), 4),
    AskedColumn("label", ("Số NV", "Số nhiệm vụ", "Task no.", "Task number"), 6),
    AskedColumn("area", ("Nội dung", "ND", "Area"), 7, rule_of_new="area"),
    AskedColumn("title", ("Nhiệm vụ", "Tên nhiệm vụ", "Task", "Title"), 30, rule_of_new="text"),
    AskedColumn("due", ("Thời hạn", "Hạn", "Deadline", "Due"), 12, rule_of_new="day"),
    AskedColumn("now", ("Hiện nay", "Trạng thái hiện nay", "Now", "Current status"), 14),
    AskedColumn("said", ("Báo cáo lần trước", "Lần trước", "Last report"), 26),
    AskedColumn("result", ("Kết quả", "Kết quả thực hiện", "Result", "Results"), 27, "text", "text"),
    AskedColumn(
        "blocked",
        ("Khó khăn, vướng mắc", "Khó khăn vướng mắc", "Khó khăn", "Vướng mắc", "Difficulty", "Difficulties"),
        20,
        "text",
        "text",
    ),
    AskedColumn(
        "next", ("Việc tuần tới", "Việc tiếp theo", "Công việc tuần tới", "Next step"), 20, "text", "text"
    ),
    AskedColumn("proposal", ("Đề xuất", "Đề xuất, kiến nghị", "Kiến nghị", "Proposal"), 18, "text", "text"),
    AskedColumn("percent", ("Tiến độ (%)", "Tiến độ", "Tiến độ %", "Progress (%)", "Progress", "%"), 8, "percent", "percent"),
    AskedColumn("status", ("Trạng thái", "Status"), 13, "status", "status"),
    AskedColumn("allocated", ("Được giao (triệu đồng)", "Được giao", "Đã phân bổ", "Allocated (million đồng)", "Allocated"), 9, "money", "money"),
    AskedColumn("spent", ("Đã chi (triệu đồng)", "Đã chi", "Spent (million đồng)", "Spent"), 9, "money", "money"),
    AskedColumn("on", ("Ngày", "Date", "Day"), 11, "day", "day"),
)  # fmt: skip
#: What an office may say of where work stands, in the order of the work; the rest is for whoever keeps the plan.
OFFERED: Final = tuple(status for status in Status if status in OPEN or status is Status.DONE)
#: Those that are asked only where money is followed.
OF_MONEY: Final = ("allocated", "spent")
#: Those that an office fills in beside each task.
FILLED: Final = tuple(field.key for field in FORM_FIELDS if field.rule)
#: Those that are filled in of a new task.
FILLED_OF_NEW: Final = tuple(field.key for field in FORM_FIELDS if field.rule_of_new)
#: Without one of these nothing can be read.
NEEDED: Final = ("title", "result", "blocked", "next", "proposal", "percent", "status", "on")
#: The headings of each, for whoever looks for them.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {field.key: field.headings for field in FORM_FIELDS}
