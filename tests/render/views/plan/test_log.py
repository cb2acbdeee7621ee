"""The applied revisions of a plan: when, by whom, from which file, and of which origin."""

from plantrack.i18n.words import Words
from plantrack.render.formats import render
from plantrack.render.layout.blocks import Document
from plantrack.render.views.plan import log
from tests.support.factory import (
    make_plan_log,
)

VI, EN = Words("vi"), Words("en")


def printed(document: Document, words: Words = VI, form: str = "plain") -> list[str]:
    return render(document, form, words, width=80, colour=False).split("\n")


def test_revisions_have_their_origin() -> None:
    lines = printed(log.document(make_plan_log(), VI))
    assert lines[4] == (
        "  2  10:00 ngày 19/07/2024  Ví dụ C    plans/kh-468-2024.yaml  "
        "git a1b2c3d sha256 0f9e0f9e0f9e… tệp có sửa đổi chưa ghi vào git"
    )
    assert lines[5].endswith("plans/kh-468-2024.yaml  sha256 ab12ab12ab12…")


def test_a_reason_stands_under_its_file_and_no_commit_is_no_origin() -> None:
    view = make_plan_log()
    first = view.revisions[1]._replace(reason="thêm\nđơn vị", file="plans/a\x1b.yaml")
    line = printed(log.document(view._replace(revisions=(first,)), EN), EN)[4]
    assert f"({EN('log.reason', reason='thêm / đơn vị')})" in line
    assert "\x1b" not in line
    assert "git" not in line


def test_json_has_each_revision_the_newest_first() -> None:
    newest, oldest = log.data(make_plan_log(), VI)
    assert (newest["revision"], newest["git_commit"], newest["dirty"]) == (2, "a1b2c3d4e5f6", True)
    assert (oldest["revision"], oldest["git_commit"], oldest["reason"]) == (1, None, None)
