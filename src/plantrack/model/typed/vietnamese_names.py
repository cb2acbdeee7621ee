"""The Vietnamese names of all that is typed, one for each English name, without tones: commands, options, values.

English names are what is recorded and what JSON has. Columns and fields: `vietnamese_fields`.
Days, periods and more words for a status: `days`, `status`.
"""

from collections.abc import Mapping
from typing import Final

from plantrack.model.text import match_key

#: By the whole English path, a group's too; the name is that of its last word.
COMMANDS: Final = {
    "init": "khoi-tao",
    "demo": "vi-du",
    "plan": "ke-hoach",
    "plan check": "kiem-tra",
    "plan show": "xem",
    "plan diff": "khac",
    "plan apply": "ap-dung",
    "plan log": "nhat-ky",
    "plan new": "moi",
    "plan carry-over": "chuyen-tiep",
    "plan schema": "dinh-dang",
    "add": "them",
    "list": "danh-sach",
    "show": "xem",
    "edit": "sua",
    "extend": "gia-han",
    "assign": "giao",
    "unassign": "thoi-giao",
    "update": "cap-nhat",
    "start": "bat-dau",
    "submit": "trinh",
    "done": "xong",
    "pause": "tam-dung",
    "resume": "tiep-tuc",
    "reopen": "mo-lai",
    "drop": "rut",
    "skip": "bo-qua",
    "part": "viec-con",
    "remove": "xoa",
    "log": "nhat-ky",
    "undo": "hoan-tac",
    "progress": "tien-do",
    "weekly": "tuan",
    "report": "bao-cao",
    "remind": "nhac-viec",
    "form": "bieu-mau",
    "form make": "lap",
    "form read": "doc",
    "form status": "tinh-hinh",
    "indicator": "chi-tieu",
    "indicator list": "danh-sach",
    "indicator record": "ghi",
    "person": "nguoi",
    "person list": "danh-sach",
    "person rename": "doi-ten",
    "person merge": "gop",
    "person set": "sua",
    "person anonymise": "an-ten",
    "org": "don-vi",
    "org list": "danh-sach",
    "org add": "them",
    "org set": "sua",
    "member": "thanh-vien",
    "member add": "them",
    "member list": "danh-sach",
    "member remove": "bo",
    "import": "nhap",
    "export": "xuat",
    "bundle": "goi",
    "bundle export": "xuat",
    "bundle import": "nhap",
    "filter": "bo-loc",
    "filter save": "luu",
    "filter list": "danh-sach",
    "filter remove": "xoa",
    "db": "du-lieu",
    "db init": "khoi-tao",
    "db status": "tinh-trang",
    "db check": "kiem-tra",
    "db digest": "ma-doi-chieu",
    "db backup": "sao-luu",
    "db restore": "khoi-phuc",
    "db copy": "sao-chep",
    "db upgrade": "nang-cap",
    "schema": "cau-truc",
    "schema json": "json",
    "schema datasette": "datasette",
    "cron": "dat-lich",
    "completion": "goi-y",
    "help": "huong-dan",
}

#: Of long options, without their dashes.
OPTIONS: Final = {
    # of every command, or of many
    "directory": "thu-muc",
    "db": "du-lieu",
    "lang": "ngon-ngu",
    "plan": "ke-hoach",
    "quiet": "im-lang",
    "no-color": "khong-mau",
    "no-pager": "khong-phan-trang",
    "width": "be-rong",
    "version": "phien-ban",
    "help": "huong-dan",
    "author": "nguoi-ghi",
    "format": "dang",
    "output": "ra-tep",
    "as-of": "tinh-den",
    "known-at": "da-ghi-den",
    "dry-run": "xem-truoc",
    "where": "dieu-kien",
    "expect": "du-kien",
    "confirm": "xac-nhan",
    "yes": "dong-y",
    "edit": "bieu-mau",
    "for-each": "cho-moi",
    "reason": "ly-do",
    "on": "ngay",
    # what a task is
    "title": "tieu-de",
    "area": "noi-dung",
    "activity": "hoat-dong",
    "lead": "chu-tri",
    "with": "phoi-hop",
    "to": "phu-trach",
    "new-person": "nguoi-moi",
    "new-org": "don-vi-moi",
    "new-tasks": "viec-moi",
    "over-changed": "ghi-ca-viec-da-doi",
    "skip-changed": "bo-qua-viec-da-doi",
    "instead": "thay-the",
    "due": "han",
    "start": "bat-dau",
    "opened": "ngay-mo",
    "every": "dinh-ky",
    "until": "den-het",
    "after": "sau",
    "priority": "uu-tien",
    "deliverable": "san-pham",
    "document": "van-ban",
    "budget": "kinh-phi",
    "budget-source": "nguon",
    "place": "dia-ban",
    "tag": "nhan",
    "from-plan": "tu-ke-hoach",
    "follow": "theo-ke-hoach",
    # who people and organisations are
    "name": "ten",
    "short": "ten-ngan",
    "level": "cap",
    # what is told of it
    "status": "trang-thai",
    "percent": "ty-le",
    "allocated": "duoc-giao",
    "spent": "da-chi",
    "result": "ket-qua",
    "next": "viec-tiep",
    "blocked": "vuong-mac",
    "unblocked": "het-vuong-mac",
    "proposal": "de-xuat",
    "answered": "tra-loi",
    "told-by": "nguoi-bao",
    "note": "ghi-chu",
    "evidence": "tai-lieu",
    "done": "da-xong",
    "undone": "chua-xong",
    # reading
    "all": "tat-ca",
    "limit": "toi-da",
    "columns": "cot",
    "sort": "sap-xep",
    "reverse": "dao-nguoc",
    "full": "day-du",
    "public": "cong-khai",
    "history": "lich-su",
    "with-notes": "ca-ghi-chu",
    "site": "diem",
    "fail-on": "loi-khi",
    "milestones": "moc",
    "todo": "viec-can-lam",
    "alarm": "nhac-truoc",
    "by": "theo",
    "roll-up": "gop-len",
    "explain": "chi-tiet",
    "programme": "chuong-trinh",
    "week": "tuan",
    "brief": "ban-ngan",
    "by-org": "tung-don-vi",
    "period": "ky",
    "calendar": "lich",
    "template": "mau",
    "label": "phan-to",
    "mail-to": "gui-den",
    "mail-from": "gui-tu",
    "days": "so-ngay",
    "mail": "gui-thu",
    "attach": "gui-kem",
    "resend": "gui-lai",
    "catch-up": "bu-ky",
    # what comes in from a file
    "kind": "loai",
    "sheet": "trang-tinh",
    "map": "ghep-cot",
    "as": "theo-mau",
    "key": "cot-khoa",
    "encoding": "bang-ma",
    "skip-bad": "bo-dong-loi",
    "overwrite": "lay-theo-tep",
    "errors-only": "chi-loi",
    "against": "so-voi",
    "exit-code": "ma-ket-thuc",
    "correction": "sua-sai",
    "from": "tu",
    "year": "nam",
    "id": "ma",
    "pair": "ghep",
    "sort-name": "ten-sap-xep",
    "organisation": "don-vi",
    "email": "thu-dien-tu",
    "login": "dang-nhap",
    "left": "da-nghi",
    "same-as": "chinh-la",
    "role": "vai-tro",
    "print": "in-ra",
    "group": "nhom",
    "here": "tai-day",
    "repair": "sua-chua",
    "keep": "giu-lai",
    "keep-source": "giu-goc",
    "other": "lich-su-khac",
    "next-number": "so-tiep-theo",
    "quick": "nhanh",
    "day": "ngay-trong-tuan",
    "hour": "gio",
    "writes": "ghi-ra",
    "backup": "sao-luu",
}

STATUS_NAMES: Final = {
    "not_started": "chua-thuc-hien",
    "in_progress": "dang-thuc-hien",
    "submitted": "cho-xac-nhan",
    "done": "hoan-thanh",
    "paused": "tam-dung",
    "dropped": "da-rut",
    "carried_over": "chuyen-tiep",
}
DEADLINE_STATES: Final = {
    "done_on_time": "dung-han",
    "done_late": "hoan-thanh-qua-han",
    "done_no_due": "hoan-thanh-khong-han",
    "open_in_time": "trong-han",
    "open_due_soon": "sap-den-han",
    "open_overdue": "qua-han",
    "open_no_due": "khong-han",
}
LEVELS: Final = {"central": "trung-uong", "province": "tinh", "unit": "don-vi-truc-thuoc"}
PRIORITIES: Final = {"low": "thap", "normal": "binh-thuong", "high": "cao", "urgent": "khan"}
#: How often work recurs.
STEPS: Final = {
    "week": "tuan",
    "month": "thang",
    "quarter": "quy",
    "half": "6-thang",
    "year": "nam",
    "closing": "ngay-chot",
}
#: The flags of filters, and how one is turned on or off.
FLAGS: Final = {
    "overdue": "qua-han",
    "due-soon": "sap-den-han",
    "blocked": "vuong-mac",
    "stale": "lau-chua-cap-nhat",
    "unassigned": "chua-phan-cong",
    "no-due": "khong-han",
    "waiting": "cho-viec-khac",
}
YES_OR_NO: Final = {"yes": "co", "no": "khong"}
#: What has no code among sites: where the database is that all share.
HUB: Final = {"hub": "dau-moi"}
#: What the rows of `progress` may be by.
GROUPINGS: Final = {
    "area": "noi-dung",
    "activity": "hoat-dong",
    "org": "don-vi",
    "level": "cap",
    "person": "nguoi",
    "place": "dia-ban",
    "month": "thang",
}
#: What the rows of a file that is imported are.
IMPORT_KINDS: Final = {
    "tasks": "nhiem-vu",
    "updates": "cap-nhat",
    "people": "nguoi",
    "indicators": "chi-tieu",
}
#: What a login may be on a server.
SERVER_ROLES: Final = {"viewer": "xem", "reporter": "bao-cao", "coordinator": "dieu-phoi"}
#: What a monitor asks of a database.
UPKEEP: Final = {
    "backup": "sao-luu",
    "check": "kiem-tra",
    "weekly": "tuan",
    "report": "bao-cao",
    "remind": "nhac-viec",
}
#: By which calendar the months of a report close: the decree on reports, or that on the wall.
CALENDARS: Final = {"official": "ngay-chot", "civil": "duong-lich"}
#: Words of days, deadlines, periods and weekdays that are offered; the grammar of days knows more.
DAYS: Final = {"today": "hom-nay", "yesterday": "hom-qua"}
DUES: Final = {"none": "khong", "ongoing": "thuong-xuyen"}
NEAR_PERIODS: Final = {"last": "truoc", "this": "nay"}
WEEKDAYS: Final = {
    "mon": "thu-hai",
    "tue": "thu-ba",
    "wed": "thu-tu",
    "thu": "thu-nam",
    "fri": "thu-sau",
    "sat": "thu-bay",
    "sun": "chu-nhat",
}


def name_meant(typed: str, names: Mapping[str, str]) -> str | None:
    """Return the English name that was typed in either language, without regard to tones, case and hyphens."""
    if typed in names:
        return typed
    wanted = match_key(typed)
    return next((own for own, vi in names.items() if wanted in (match_key(own), match_key(vi))), None)
