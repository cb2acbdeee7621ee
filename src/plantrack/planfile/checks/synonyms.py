"""What people write in the place of the words that the format has: its keys and choices in Vietnamese."""

from collections.abc import Collection
from typing import Final

from plantrack.model.text import match_key

_LONGEST: Final = 20
_KEYS: Final = {
    "số": "number",
    "số hiệu": "number",
    "ngày": "date",
    "ngày ban hành": "date",
    "năm": "year",
    "tên": "name",
    "tên gọi": "name",
    "tên gọn": "short",
    "viết tắt": "short",
    "tiêu đề": "title",
    "mục đích": "purpose",
    "mã": "code",
    "nội dung": "areas",
    "hoạt động": "activities",
    "đơn vị": "organisations",
    "địa bàn": "place",
    "vùng": "region",
    "chủ trì": "lead",
    "đơn vị chủ trì": "lead",
    "phối hợp": "coordinating",
    "đơn vị phối hợp": "coordinating",
    "thời gian": "time",
    "bắt đầu": "start",
    "kết thúc": "end",
    "hạn": "due",
    "thời hạn": "due",
    "thường xuyên": "ongoing",
    "ưu tiên": "priority",
    "mức độ ưu tiên": "priority",
    "mức ưu tiên": "priority",
    "sản phẩm": "deliverable",
    "kinh phí": "budget",
    "nguồn": "source",
    "ghi chú": "note",
    "chủ đề": "topics",
    "chỉ tiêu": "indicators",
    "mốc": "milestones",
    "lý do": "reason",
    "không nêu": "unstated",
    "nguồn không nêu": "unstated",
}
_CHOICES: Final = {
    "chủ trì": "lead",
    "đơn vị chủ trì": "lead",
    "hạn": "due",
    "thời hạn": "due",
    "thời gian": "due",
    "time": "due",
    "thấp": "low",
    "thường": "normal",
    "bình thường": "normal",
    "cao": "high",
    "khẩn": "urgent",
    "khẩn cấp": "urgent",
    "gấp": "urgent",
    "trung ương": "central",
    "tỉnh": "province",
    "cấp tỉnh": "province",
    "tiếng việt": "vi",
    "vn": "vi",
    "tiếng anh": "en",
    "có": "true",
    "yes": "true",
    "on": "true",
    "y": "true",
    "thường xuyên": "true",
    "không": "false",
    "no": "false",
    "off": "false",
    "n": "false",
}


def key_for(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the key that a Vietnamese word stands for, where it is one that can stand there."""
    return _look_up(_KEYS, word, known)


def choice_for(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the choice that a word stands for, where it is one of those there are."""
    return _look_up(_CHOICES, word, known)


def _look_up(table: dict[str, str], word: str, known: Collection[str]) -> tuple[str, ...]:
    if len(word) > _LONGEST:
        return ()
    sound = match_key(word)
    return tuple(name for said, name in table.items() if name in known and match_key(said) == sound)[:1]
