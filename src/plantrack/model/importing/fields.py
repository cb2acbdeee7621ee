"""The fields of rows that are imported, each with the headings under which offices keep it, in both languages."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.text import match_key, nearest
from plantrack.model.typed.vietnamese_names import IMPORT_KINDS, name_meant


class ImportKind(StrEnum):
    """What the rows of a file are."""

    TASK = "task"
    UPDATE = "update"
    PERSON = "person"
    INDICATOR = "indicator"


#: As they are typed.
TYPED_KINDS: Final = dict(zip(IMPORT_KINDS, ImportKind, strict=True))


class FieldHeadings(NamedTuple):
    """A field, and headings of a table that may be it."""

    field: str
    title: Text
    headings: tuple[str, ...] = ()


class ImportField(NamedTuple):
    """A field of a row: its name, and the headings that mean it, the usual one first in each language."""

    name: str
    title: Text
    also: tuple[str, ...] = ()
    #: Whether a cell may name several, apart by commas, semicolons or lines.
    is_list: bool = False
    #: Whether it says where a row stands, and nothing of what it means.
    is_outside: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """Return all headings that mean it: its name too, as lines of JSON have it."""
        return (*filter(None, self.title), *self.also, self.name)


def _field(
    name: str, vi: str, en: str, also: str = "", *, is_list: bool = False, is_outside: bool = False
) -> ImportField:
    return ImportField(name, Text(vi, en), tuple(filter(None, also.split("|"))), is_list, is_outside)


#: The number of a row in its table; and what names a row for good, so that it is known when it comes again.
_NUMBER: Final = _field("no", "TT", "No", "STT|Số TT|Số thứ tự|S.TT", is_outside=True)
_KEY: Final = _field("key", "Mã", "ID", "Mã số|Mã nhiệm vụ|Mã dòng|uid|Key|Code", is_outside=True)
#: What a file of bad rows has, which is no part of them.
_ERROR: Final = _field("error", "Lỗi", "Error", is_outside=True)
_TOLD_BY: Final = _field(
    "told_by",
    "Người báo",
    "Told by",
    "Người cung cấp thông tin|Nguồn tin|Người báo cáo|Đơn vị báo cáo|Reported by",
)
_NOTE: Final = _field("note", "Ghi chú", "Note", "Notes|Remark|Remarks|Ý kiến")
_ON: Final = _field(
    "on",
    "Ngày",
    "Date",
    "Ngày cập nhật|Ngày báo cáo|Cập nhật ngày|Tính đến ngày|Số liệu đến ngày|On|Day|Updated on|As of",
)
#: What is said of a task.
SAID: Final = (
    _field("status", "Trạng thái", "Status", "Tình trạng|Tình trạng thực hiện|Tình hình thực hiện|State"),
    _field(
        "percent",
        "Tiến độ",
        "Progress",
        "Tiến độ %|% hoàn thành|Tỷ lệ|Tỷ lệ hoàn thành|Tỉ lệ hoàn thành|Mức độ hoàn thành|Percent|% complete",
    ),
    _field("result", "Kết quả", "Result", "Kết quả thực hiện|Kết quả đạt được|Kết quả trong tuần|Results"),
    _field(
        "next",
        "Việc tiếp theo",
        "Next step",
        "Việc tuần tới|Việc tuần sau|Công việc tuần tới|Công việc tuần sau|Nhiệm vụ tuần tới|Kế hoạch tuần tới"
        "|Công việc tiếp theo|Next|Next week",
    ),
    _field(
        "blocked",
        "Vướng mắc",
        "Difficulty",
        "Khó khăn, vướng mắc|Khó khăn|Khó khăn vướng mắc|Tồn tại, khó khăn|Blocked|Difficulties",
    ),
    _field("proposal", "Đề xuất", "Proposal", "Đề xuất, kiến nghị|Kiến nghị|Kiến nghị, đề xuất|Proposals"),
    _field(
        "allocated",
        "Kinh phí được giao",
        "Allocated",
        "Kinh phí đã cấp|Đã cấp|Kinh phí đã phân bổ|Đã phân bổ",
    ),
    _field("spent", "Kinh phí đã chi", "Spent", "Đã chi|Giải ngân|Đã giải ngân|Kinh phí đã giải ngân"),
    _TOLD_BY,
    _NOTE,
    _field("evidence", "Tài liệu kiểm chứng", "Evidence", "Minh chứng|Tài liệu minh chứng"),
    _ON,
)
_OF_TASKS: Final = (
    _field(
        "title",
        "Tên nhiệm vụ",
        "Title",
        "Nhiệm vụ|Nội dung nhiệm vụ|Nội dung công việc|Công việc|Tên công việc|Nội dung/nhiệm vụ|Nội dung, nhiệm vụ"
        "|Nội dung|Nội dung thực hiện|Nhiệm vụ cụ thể|Việc|Tên việc|Task|Work",
    ),
    _field("area", "Nội dung", "Area", "Nội dung trọng tâm|Mã nội dung|Nhóm nội dung|Nhóm nhiệm vụ"),
    _field("activity", "Hoạt động", "Activity", "Mã hoạt động"),
    _field(
        "lead",
        "Đơn vị chủ trì",
        "Lead",
        "Chủ trì|Cơ quan chủ trì|Đơn vị thực hiện|Cơ quan thực hiện|Đơn vị phụ trách|Đơn vị|Cơ quan|Lead organisation",
        is_list=True,
    ),
    _field(
        "coordinating",
        "Đơn vị phối hợp",
        "Coordinating",
        "Phối hợp|Cơ quan phối hợp|Đơn vị tham gia|Supporting|With",
        is_list=True,
    ),
    _field(
        "in_charge",
        "Người phụ trách",
        "Person in charge",
        "Cán bộ phụ trách|Người thực hiện|Phụ trách|Cán bộ thực hiện|Chuyên viên|Đầu mối|Cán bộ đầu mối|In charge"
        "|Assignee",
        is_list=True,
    ),
    _field(
        "due",
        "Thời hạn",
        "Deadline",
        "Hạn|Hạn hoàn thành|Thời hạn hoàn thành|Thời gian hoàn thành|Thời gian thực hiện|Thời gian|Hạn cuối|Hạn xử lý"
        "|Ngày kết thúc|Kết thúc|Due|Due date",
    ),
    _field("start", "Ngày bắt đầu", "Start", "Bắt đầu|Thời gian bắt đầu|Từ ngày|Start date"),
    _field("opened", "Ngày mở", "Opened on", "Ngày giao|Ngày giao việc|Ngày giao nhiệm vụ|Opened"),
    _field("priority", "Mức độ ưu tiên", "Priority", "Ưu tiên|Độ ưu tiên|Mức độ"),
    _field(
        "deliverable",
        "Sản phẩm",
        "Deliverable",
        "Sản phẩm/kết quả|Sản phẩm, kết quả|Sản phẩm dự kiến|Kết quả dự kiến|Kết quả đầu ra|Đầu ra|Output|Deliverables",
    ),
    _field(
        "place",
        "Địa bàn",
        "Place",
        "Địa phương|Nơi thực hiện|Địa điểm|Tỉnh|Tỉnh, thành phố|Tỉnh/thành phố|Places|Location|Province",
        is_list=True,
    ),
    _field("tag", "Nhãn", "Tag", "Thẻ|Từ khóa|Tags", is_list=True),
    _field("budget", "Kinh phí dự kiến", "Budget", "Kinh phí|Dự toán|Tổng kinh phí|Kinh phí thực hiện"),
    _field("budget_source", "Nguồn kinh phí", "Source of the money", "Nguồn|Nguồn vốn"),
    _field(
        "document",
        "Văn bản giao",
        "Document",
        "Văn bản giao nhiệm vụ|Văn bản|Số văn bản|Văn bản chỉ đạo|Căn cứ|Số, ký hiệu",
    ),
)
#: What tells a table of tasks from one of what was said of them.
ABOUT_TASKS: Final = frozenset(field.name for field in _OF_TASKS) - {"title"}

#: One of each of these sets a row cannot be without.
NEEDED: Final[Mapping[ImportKind, tuple[tuple[str, ...], ...]]] = {
    ImportKind.TASK: (("title",),),
    ImportKind.UPDATE: (("title", "task"),),
    ImportKind.PERSON: (("name",),),
    ImportKind.INDICATOR: (("indicator",), ("period",), ("value",)),
}
_OF_PEOPLE: Final = frozenset({"organisation", "email", "login", "sort_name"})
#: Of each kind, in the order in which the meaning of a row is put together.
FIELDS: Final[Mapping[ImportKind, tuple[ImportField, ...]]] = {
    ImportKind.TASK: (_NUMBER, _KEY, *_OF_TASKS, *SAID, _ERROR),
    ImportKind.UPDATE: (
        _NUMBER,
        _field("key", "Mã dòng", "Row ID", "Key", is_outside=True),
        _field(
            "task",
            "Số nhiệm vụ",
            "Task number",
            "Số|Nhiệm vụ số|Mã nhiệm vụ|Mã số nhiệm vụ|Số hiệu nhiệm vụ|uid|Label|Task ID",
        ),
        _field("title", "Tên nhiệm vụ", "Title", "Nhiệm vụ|Nội dung nhiệm vụ|Nội dung công việc|Công việc|Việc"),
        *SAID,
        _ERROR,
    ),
    ImportKind.PERSON: (
        _NUMBER,
        _KEY,
        _field("name", "Họ và tên", "Name", "Họ tên|Tên|Họ, tên|Người phụ trách|Full name"),
        _field("sort_name", "Tên để sắp xếp", "Sort name", "Tên sắp xếp"),
        _field("organisation", "Đơn vị", "Organisation", "Cơ quan|Đơn vị công tác|Nơi công tác|Organization"),
        _field("email", "Thư điện tử", "Email", "E-mail|Địa chỉ thư|Địa chỉ thư điện tử|Hộp thư|Mail|Mail address"),
        _field("login", "Tên đăng nhập", "Login", "Tài khoản|User|Username|Account"),
        _ERROR,
    ),
    ImportKind.INDICATOR: (
        _NUMBER,
        _KEY,
        _field("indicator", "Chỉ tiêu", "Indicator", "Tên chỉ tiêu|Mã chỉ tiêu|Chỉ số"),
        _field("period", "Kỳ", "Period", "Kỳ báo cáo|Kỳ số liệu|Quý|Tháng|Năm|Thời kỳ"),
        _field("value", "Giá trị", "Value", "Thực hiện|Số liệu|Kết quả|Kết quả thực hiện|Actual|Thực tế"),
        _field("labels", "Phân tổ", "Labels", "Label|Nhóm|Chia theo", is_list=True),
        _ON,
        _TOLD_BY,
        _NOTE,
        _ERROR,
    ),
}  # fmt: skip


def parse_kind(text: str) -> ImportKind:
    """Read what the rows of a file are, in either language.

    Raises: unknown-import-kind.
    """
    found = name_meant(text, IMPORT_KINDS)
    if found is None:
        near = nearest(text, [*IMPORT_KINDS, *IMPORT_KINDS.values()])
        raise Failure("unknown-import-kind", kind=text, near=near or tuple(IMPORT_KINDS.values()))
    return TYPED_KINDS[found]


def field_meant(text: str, kind: ImportKind) -> str:
    """Return the field of a kind that a text names: by its own name, or by a heading that means it.

    Raises: unknown-import-field.
    """
    wanted = match_key(text)
    for field in FIELDS[kind]:
        if wanted == match_key(field.name):
            return field.name
    for field in FIELDS[kind]:
        if wanted in map(match_key, field.headings):
            return field.name
    names = [field.name for field in FIELDS[kind]]
    headings = [field.title.vi for field in FIELDS[kind]]
    raise Failure("unknown-import-field", field=text, near=nearest(text, [*names, *headings]) or tuple(names))


def titled(field: str, kind: ImportKind, headings: tuple[str, ...] = ()) -> FieldHeadings:
    """Return a field with its title, and the headings that may be it."""
    return FieldHeadings(field, next(one.title for one in FIELDS[kind] if one.name == field), headings)


def kinds_of(columns: Mapping[ImportKind, Iterable[str]]) -> list[ImportKind]:
    """Return what a table may be, by the fields that its columns would be of each kind."""
    has = {kind: frozenset(fields) for kind, fields in columns.items()}
    said = frozenset(field.name for field in SAID) - {"on", "told_by"}

    def fits(kind: ImportKind) -> bool:
        fields = has.get(kind, frozenset())
        match kind:
            case ImportKind.TASK:
                return "title" in fields and bool(fields & ABOUT_TASKS)
            case ImportKind.UPDATE:
                # A table of titles that says who leads or when it is due is one of tasks.
                named = "task" in fields or ("title" in fields and not fits(ImportKind.TASK))
                return named and bool(fields & said)
            case ImportKind.PERSON:
                is_other = fits(ImportKind.TASK) or fits(ImportKind.UPDATE)  # "Tên nhiệm vụ" begins as "Tên"
                return not is_other and "name" in fields and bool(fields & _OF_PEOPLE)
            case ImportKind.INDICATOR:
                return {"indicator", "period", "value"} <= fields

    return [kind for kind in ImportKind if fits(kind)]
