"""Rows that are people: who is new comes, of the others what is said is recorded; one undo takes it back."""

from pathlib import Path

from plantrack.services.verbs.undo import undo
from plantrack.store.checks.soundness import differences
from plantrack.store.people import people
from tests.support.imported import codes, imported, table
from tests.support.steps import OpenContext, command_of, opened, stood

HEADINGS = ("Họ và tên", "Đơn vị", "Email", "Tên đăng nhập")


def who(sit: OpenContext) -> list[tuple[str | None, ...]]:
    return [(p.name, p.organisation, p.email, p.login) for p in people(sit().db)]


def test_people_come_and_are_known_better(context_on: OpenContext, tmp_path: Path) -> None:
    opened(context_on, "2024-07-01", in_charge=("Lê Văn An",))
    before = who(context_on)
    rows = [
        ["Lê Văn An", "ubdt", "an@example.org", "an"],
        ["Trần Thị Mới", "Hội LHPN Việt Nam", "moi@example.org", ""],
    ]
    file = table(tmp_path, HEADINGS, *rows)
    done = imported(context_on("2024-07-02"), file)
    assert who(context_on) == [
        ("Lê Văn An", "ubdt", "an@example.org", "an"), ("Trần Thị Mới", "hlhpn", "moi@example.org", None),
    ]  # fmt: skip
    assert imported(context_on(), file).written is None
    assert done.written is not None
    undo(context_on(), command_of(done.written).label)
    assert who(context_on)[: len(before)] == before
    assert stood(context_on, "1").in_charge == ("Lê Văn An",)


def test_who_came_with_an_import_goes_with_it(context_on: OpenContext, tmp_path: Path) -> None:
    rows = [["Lê Văn An", "ubdt", "an@example.org", "an"], ["Trần Thị Mới", "", "moi@example.org", ""]]
    file = table(tmp_path, HEADINGS, *rows)
    imported(context_on("2024-07-02"), file)
    opened(context_on, "2024-07-03", in_charge=("Lê Văn An",))
    undo(context_on("2024-07-04"), "c2")
    # Who was given work meanwhile is still there, by name.
    assert who(context_on) == [("Lê Văn An", "ubdt", None, None)]
    assert stood(context_on, "1").in_charge == ("Lê Văn An",)
    assert [*differences(context_on().db)] == []
    assert codes(imported(context_on("2024-07-05"), file)) == []
    there = [
        ("Lê Văn An", "ubdt", "an@example.org", "an"), ("Trần Thị Mới", None, "moi@example.org", None),
    ]  # fmt: skip
    assert who(context_on) == there
    undo(context_on("2024-07-06"), None)
    undo(context_on("2024-07-07"), "c6")
    assert who(context_on) == there
    assert [*differences(context_on().db)] == []


def test_a_part_of_a_name_another_organisation_and_a_login_that_is_taken(
    context_on: OpenContext, tmp_path: Path
) -> None:
    imported(context_on("2024-07-01"), table(tmp_path, HEADINGS, ["Lê Văn An", "ubdt", "", "an"]))
    rows = [
        ["Văn An", "", "a@example.org", ""],
        ["Lê Văn An", "hlhpn", "", ""],
        ["Hồ Bình", "", "", "an"],
        ["A", "", "không", ""],
    ]
    done = imported(context_on(), table(tmp_path, HEADINGS, *rows))
    assert [(n, code) for n, _, code in codes(done)] == [
        (2, "person-in-part"), (3, "person-elsewhere"), (4, "login-taken"), (5, "mail-address"),
    ]  # fmt: skip


def test_a_namesake_of_another_organisation_may_be_new(context_on: OpenContext, tmp_path: Path) -> None:
    imported(context_on("2024-07-01"), table(tmp_path, HEADINGS, ["Lê Văn An", "ubdt", "", ""]))
    done = imported(context_on(), table(tmp_path, HEADINGS, ["Lê Văn An", "hlhpn", "", ""]), new_person=True)
    assert codes(done) == []
    assert sorted(str(organisation) for _, organisation, _, _ in who(context_on)) == ["hlhpn", "ubdt"]


def test_two_of_one_name_in_one_file_are_two_people(context_on: OpenContext, tmp_path: Path) -> None:
    rows = (["Trần Thị Mới", "ubdt"], ["Trần Thị Mới", "hlhpn"], ["trần thị mới", "ubdt"])
    file = table(tmp_path, ["Họ và tên", "Đơn vị"], *rows)
    imported(context_on("2024-07-01"), file, new_person=True)
    assert [organisation for _, organisation, *_ in who(context_on)] == ["hlhpn", "ubdt"]
    other = table(tmp_path, ["Họ và tên", "Đơn vị"], ["Lê Văn Hai", "ubdt"], ["Lê Văn Hai", "hlhpn"])
    assert codes(imported(context_on(), other)) == [(3, "name", "person-elsewhere")]
