"""`person anonymise` as it is typed: asked by the name once more, told, and printed nowhere any more."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.answers import answered
from tests.support.terminal import on_terminal


@pytest.fixture
def an(run: Run) -> Run:
    run("add", "Một", "--area", "3", "--to", "Lê Ân")
    run("done", "1", "-r", "xong", "--told-by", "Lê Ân", "--author", "Lê Ân")
    run("update", "1", "--note", "gặp Lê Ân")
    return run


def test_without_a_terminal_the_name_must_be_repeated(an: Run) -> None:
    ended = an("person", "anonymise", "le an")
    assert (ended.code, "[anonymise-not-asked]" in ended.err) == (4, True)
    for other in ("lê ân", "Lê"):
        ended = an("person", "anonymise", "Lê Ân", "--confirm", other)
        assert (ended.code, "[anonymise-other-name]" in ended.err) == (2, True)
    assert answered(an, "person", "list")[0]["name"] == "Lê Ân"
    # As other keyboards write it.
    assert an("nguoi", "an-ten", "Lê Ân", "--xac-nhan", "Lê Ân").code == 0


def test_it_is_tried_before(an: Run) -> None:
    before = answered(an, "log")
    ended = an("person", "anonymise", "Lê Ân", "--dry-run")
    assert (ended.code, answered(an, "log")) == (0, before)
    assert "Ẩn tên Lê Ân: 1 nhiệm vụ đã giao, 1 lệnh người này ghi, 1 lần" in ended.err
    assert "Ghi chú" in ended.out
    assert 'chưa thay đổi gì. Để ẩn tên: plantrack person anonymise "Lê Ân" --confirm "Lê Ân"\n' in ended.err


def test_the_places_that_still_have_it_are_listed(an: Run) -> None:
    (place,) = answered(an, "person", "anonymise", "Lê Ân", "--confirm", "Lê Ân")
    assert (place["kind"], place["task"], place["command"], place["field"]) == ("text", "1", "c4", "note")
    assert place["advice"]


@pytest.mark.no_cover
def test_nothing_prints_the_name_any_more(an: Run) -> None:
    an("update", "1", "--note", "x")
    assert an("person", "anonymise", "Lê Ân", "--confirm", "Lê Ân").code == 0
    for typed in (
        *("list --all", "list --all --with-notes", "show 1", "show 1 --history", "log", "person list"),
        *("progress --by person --explain", "weekly --week this", "weekly --week this --brief", "remind"),
        *("report --period 2024-Q1", "list --all to:(x)", "undo", "list --all --lang en"),
    ):
        for form in ([], ["--format", "json"]):
            ended = an(*typed.split(), *form)
            for text in (ended.out, ended.err.replace("gặp Lê Ân", "")):
                assert "hidden:" not in text, typed
                assert "Lê Ân" not in text.replace("gặp Lê Ân", ""), typed
    assert "tên đã được ẩn (" in an("list", "--all", "--columns", "phu-trach").out
    assert "name hidden (" in an("show", "1", "--lang", "en").out


@pytest.mark.no_cover
@pytest.mark.parametrize("form", ["md", "html", "csv", "docx", "xlsx", "ics"])
def test_every_form_has_the_words(an: Run, workspace: Path, form: str) -> None:
    import io
    import zipfile

    an("add", "Hai", "--area", "3", "--to", "Lê Ân", "--due", "1/9/2024")
    assert an("person", "anonymise", "Lê Ân", "--confirm", "Lê Ân").code == 0
    file = workspace / f"x.{form}"
    command = ("list", "--all") if form in ("csv", "xlsx", "ics") else ("show", "1")
    assert an(*command, "--output", str(file)).code == 0
    data = file.read_bytes()
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(map(parts.read, parts.namelist()))
    text = data.decode("utf-8", "replace").replace("\r\n ", "")
    assert "tên đã được ẩn (" in text
    assert "hidden:" not in text


def test_at_a_terminal_the_name_is_typed_once_more(an: Run, workspace: Path) -> None:
    seen = on_terminal(workspace, "person", "anonymise", "Lê Ân", turns=[("để ẩn", "Lê An\r")])
    assert "[anonymise-other-name]" in seen
    seen = on_terminal(workspace, "person", "anonymise", "Lê Ân", turns=[("để ẩn", "\r")])
    assert "[declined]" in seen
    seen = on_terminal(workspace, "person", "anonymise", "Lê Ân", turns=[("để ẩn", "Lê Ân\r")])
    assert "Đã ẩn tên" in seen
    assert "tên đã được ẩn (" in an("person", "list").out


def test_it_is_offered_and_found_under_the_words(an: Run) -> None:
    assert an("person", "anonymise", "Lê Ân", "--confirm", "Lê Ân").code == 0
    (hidden,) = [line["name"] for line in answered(an, "person", "list")]
    assert [task["id"] for task in answered(an, "list", f"to:{hidden}", "--all")] == [1]
    assert [task["id"] for task in answered(an, "list", f"author:{hidden}", "--all")] == [1]
    ended = an("undo", "c5")
    assert (ended.code, "[undo-anonymise]" in ended.err) == (4, True)


def test_nobody_is_at_work_under_what_reads_like_a_hidden_name(an: Run) -> None:
    ended = an("done", "1", "-r", "x", "--author", "tên đã được ẩn (abc123)")
    assert (ended.code, "[name-reserved]" in ended.err) == (2, True)


def test_the_reply_says_what_is_printed_now_and_a_trial_that_it_was_done(an: Run) -> None:
    ended = an("person", "anonymise", "Lê Ân", "--confirm", "Lê Ân")
    (person,) = answered(an, "person", "list")
    assert f"từ nay in là “{person['name']}”: 1 nhiệm vụ" in ended.err
    before = answered(an, "log")
    ended = an("person", "anonymise", person["name"], "--dry-run")
    assert f"{person['name']}: tên người này đã được ẩn từ trước. Lệnh thử, chưa thay đổi gì" in ended.err
    assert "Để ẩn tên" not in ended.err
    assert (ended.code, answered(an, "log")) == (0, before)
