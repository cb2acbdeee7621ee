"""Words that are not used: what stood in the Vietnamese texts once and reads wrong, or is spelled otherwise."""

import re
from pathlib import Path

import pytest

from tests.support.catalogues import ROOT, VI, texts

#: What each was replaced by stands behind it; patterns, without regard to case.
OLD_FORMS = {
    r"hoá|khoá|uỷ(?! ban Dân tộc)|toà|thuỷ": "the tone on the first of two vowels at a word's end: hóa, khóa, ủy",
    r"kế tiếp": "kế thừa; địa bàn mới sau sắp xếp",
    r"9 tháng năm": "9 tháng đầu năm",
    r"nửa năm": "6 tháng",
    r"người cung cấp(?! thông tin)": "người cung cấp thông tin",
    r"phải xong": "đến hạn phải hoàn thành",
    r"trông coi": "quản trị",
    r"thôi dùng": "ngừng sử dụng",
    r"kể lại|kể ra|kê ra": "liệt kê",
    r"thôi phân công": "hủy phân công",
    r"lời báo(?! giá)|lời thông báo": "thông báo; nội dung cập nhật",
    r"mức ưu tiên": "mức độ ưu tiên",
    r"đã nhập thành": "đã sáp nhập thành",
    r"luồng chuẩn|luồng lỗi": "đầu ra chuẩn; đầu ra lỗi",
    r"gõ lại lệnh": "chạy lại lệnh",
    r"có đến ngày": "có hiệu lực đến hết ngày",
    r"chứng thư(?! số)|không tin được": "chứng thư số của máy chủ không đáng tin cậy",
    r"bản ghi git": "mã commit",
    r"lời của (git|máy chủ)": "thông báo của git, của máy chủ",
    r"in ra đầu ra": "in ở đầu ra",
    r"đưa (tệp )?kế hoạch( \{plan\})? vào|đã đưa vào|đưa vào bằng cùng lệnh|(tệp|kế hoạch)[^.]{0,12} được đưa vào(?! (rồi|bằng))": "nạp kế hoạch; đã nạp",
    r"ngày trở lên chưa": "chưa cập nhật từ … ngày trở lên",
    r"trống \{n\}": "… tuần không có cập nhật",
    r"yêu cầu gộp": "yêu cầu hợp nhất",
}
PAGES = [ROOT / "README.md", *sorted((ROOT / "src" / "plantrack" / "help" / "vi").glob("*.md"))]


@pytest.mark.parametrize("old", OLD_FORMS, ids=OLD_FORMS.values())
def test_no_text_of_the_catalogues_has_an_old_form(old: str) -> None:
    found = [key for key, message in VI.items() for text in texts(message) if _stands(old, text)]
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_has_an_old_form(page: Path) -> None:
    text = " ".join(page.read_text(encoding="utf-8").split())
    assert not [old for old in OLD_FORMS if _stands(old, text)]


def _stands(old: str, text: str) -> bool:
    return (
        re.search(rf"(?<!\w)(?:{old})(?!\w)" if old[-1].isalpha() else old, text, re.IGNORECASE) is not None
    )
