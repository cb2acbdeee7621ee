"""The Vietnamese names of the columns of a list, of what filters ask of, and of the fields that a command changes.

One for each English name.
"""

from typing import Final

#: The columns of a list, also those that only a list with notes has.
COLUMNS: Final = {
    "id": "ma-so",
    "label": "so",
    "uid": "uid",
    "plan": "ke-hoach",
    "area": "noi-dung",
    "activity": "hoat-dong",
    "code": "ma",
    "title": "tieu-de",
    "status": "trang-thai",
    "deadline_state": "tinh-trang-han",
    "days_late": "so-ngay-qua-han",
    "start": "bat-dau",
    "due": "han",
    "due_text": "han-theo-van-ban",
    "first_due": "han-ban-dau",
    "completed_on": "ngay-hoan-thanh",
    "percent": "ty-le",
    "priority": "uu-tien",
    "deliverable": "san-pham",
    "document": "van-ban",
    "budget": "kinh-phi",
    "budget_source": "nguon",
    "allocated": "duoc-giao",
    "spent": "da-chi",
    "tags": "nhan",
    "places": "dia-ban",
    "lead": "chu-tri",
    "coordinating": "phoi-hop",
    "in_charge": "phu-trach",
    "blocked": "vuong-mac",
    "blocked_since": "vuong-mac-tu",
    "opened_on": "ngay-mo",
    "updated_on": "ngay-cap-nhat",
    "stale": "lau-chua-cap-nhat",
    "carried_from": "chuyen-tu",
    "carried_to": "chuyen-sang",
    "every": "dinh-ky",
    "until": "den-het",
    "occurrence_of": "cung-dinh-ky",
    "after": "sau",
    "parts": "viec-con",
    "waiting": "cho-viec-khac",
    "extensions": "so-lan-gia-han",
    "on": "ngay",
    "result": "ket-qua",
    "next": "viec-tiep",
    "proposal": "de-xuat",
    "told_by": "nguoi-bao",
    "note": "ghi-chu",
    "evidence": "tai-lieu",
    "author": "nguoi-ghi",
}
#: What a filter may ask of, of a history too: what stands before the colon.
FILTER_FIELDS: Final = {
    **{
        field: COLUMNS[field]
        for field in ("area", "activity", "status", "lead", "priority", "document", "due", "author")
    },
    "deadline": COLUMNS["deadline_state"],
    "org": "don-vi",
    "with": COLUMNS["coordinating"],
    "to": COLUMNS["in_charge"],
    "place": COLUMNS["places"],
    "tag": COLUMNS["tags"],
    "site": "diem",
    "updated": COLUMNS["updated_on"],
    "completed": COLUMNS["completed_on"],
    "opened": COLUMNS["opened_on"],
    "recorded": "ngay-ghi",
    "verb": "lenh",
    "field": "truong",
    "task": "nhiem-vu",
    "text": "chu",
}
#: The fields of a task that can follow the plan.
FOLLOWED_FIELDS: Final = {
    field: COLUMNS[field]
    for field in ("title", "start", "due", "priority", "deliverable", "places", "lead", "coordinating")
}
#: The columns of a list that a command changes.
_CHANGED_COLUMNS = (
    *("title", "area", "activity", "due", "priority", "deliverable", "budget", "budget_source", "places"),
    *("tags", "lead", "coordinating", "in_charge", "opened_on", "status", "percent", "allocated", "spent"),
    *("blocked", "result", "next", "proposal", "told_by", "note", "evidence", "occurrence_of", "every"),
    *("after", "plan"),
)
#: What a command changes, as the history names it.
CHANGED_FIELDS: Final = {
    **{name: COLUMNS[name] for name in _CHANGED_COLUMNS},
    "title_en": "tieu-de-tieng-anh",
    "carried_from": "chuyen-tiep-tu",
    "start_day": "bat-dau",
    "deliverable_en": "san-pham-tieng-anh",
    "document_number": "so-van-ban",
    "document_day": "ngay-van-ban",
    "document_issuer": "noi-ban-hanh-van-ban",
    "document_subject": "trich-yeu-van-ban",
    "follows": "theo-ke-hoach",
    "answered": "tra-loi",
    "reason": "ly-do",
    "every_until": "dinh-ky-den-het",
    "every_from": "tinh-ky-tu-han",
    "fell_out": "ky-khong-mo",
    "part": "viec-con",
    "part_done": "viec-con-xong",
    "part_undone": "viec-con-chua-xong",
    "removed": "ly-do-go",
    "undo": "hoan-tac",
    "indicator": "chi-tieu",
    "filter": "bo-loc",
    "restored": "khoi-phuc-tu",
    "kept": "giu-lai-o",
    "name": "ten",
    "short": "ten-ngan",
    "sort_name": "ten-sap-xep",
    "organisation": "don-vi",
    "email": "thu-dien-tu",
    "login": "dang-nhap",
    "left_on": "thoi-cong-tac",
    "merged_into": "gop-vao",
    "level": "cap",
    "place": "dia-ban-cua-don-vi",
    "same_as": "trung-voi",
}
