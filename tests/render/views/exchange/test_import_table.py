"""What a table was taken for, and its wrong rows, in words."""

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.plan import Text
from plantrack.model.problem import RowProblem
from plantrack.model.views.exchange import ImportColumn, ImportCounts, ImportedLine, ImportView
from plantrack.render.formats import render
from plantrack.render.views.exchange import import_table
from tests.support.factory import make_heading

VI, EN = Words("vi"), Words("en")
VIEW = ImportView(
    make_heading(), "viec.xlsx", "Tháng 7", "task",
    (
        ImportColumn("Hạn", "due", Text("Thời hạn", "Deadline"), ("Quý II", "a\nb")),
        ImportColumn("Cột \x1b[31m", "", Text(""), ("", "x" * 90)),
    ),
    ImportCounts(2, 0, 1200, 0, 1, 0), "Mã", "so-a", {"ban-a": "Ban A"}, ("An", "Bình"),
)  # fmt: skip


def problem(row: int, field: str = "lead", value: str = "Ban Lạ") -> RowProblem:
    failure = Failure("unknown-organisation", organisation=value, near=("Ban A",))
    return RowProblem("viec.xlsx", "Tháng 7", row, failure, field, 4, "D", "Chủ trì", value)


def shown(words: Words, *problems: RowProblem) -> str:
    document = import_table.row_problems_document(problems, words)
    return render(document, "plain", words, width=200, colour=False)


def test_columns_samples_and_counts() -> None:
    text = render(import_table.document(VIEW, EN), "plain", EN, width=200, colour=False)
    assert "viec.xlsx – Tháng 7: tasks" in text
    assert "Hạn" in text and "Deadline" in text and "a b" in text
    assert "\x1b" not in text
    assert "(left out)" in text
    assert "2 new, 1,200 there already, 1 wrong" in text
    assert "“Mã”" in text
    assert "1 new organisation: Ban A (ban-a)." in text
    assert "2 người mới: An, Bình." in render(
        import_table.document(VIEW, VI), "plain", VI, width=200, colour=False
    )


def test_one_problem_of_many_rows_is_one_line() -> None:
    text = shown(VI, *(problem(n) for n in range(2, 40)))
    assert text.count("Ban Lạ") == 2  # the value, and the sentence
    assert "2, 3, 4, 5, 6, 7, 8, 9 và 30 dòng nữa" in text
    assert "Chủ trì (D)" in text
    assert "Gần giống: Ban A." in text


def test_of_many_problems_the_first_are_told_and_a_table_for_programs_has_all() -> None:
    many = [problem(n, value=f"Ban {n:04}") for n in range(2100)]
    assert "… and 2,070 more problems" in shown(EN, *many)
    assert "Ban 0029" in shown(EN, *many) and "Ban 0030" not in shown(EN, *many)
    assert len(import_table.problems_data(many, EN)) == 2000
    (sheet,) = import_table.problems_book(many, EN, "x").sheets
    assert len(list(sheet.rows)) == 2100


def test_problems_for_programs() -> None:
    whole = RowProblem("a.csv", "", 3, Failure("area-needed", near=("ND1",)))
    first, second = import_table.problems_data([problem(2), whole], VI)
    assert (first["line"], first["column"], first["heading"], first["value"]) == (2, 4, "Chủ trì", "Ban Lạ")
    assert (second["column"], second["sheet"], second["value"]) == (None, None, None)
    (sheet,) = import_table.problems_book([problem(2)], EN, "x").sheets
    assert next(iter(sheet.rows))[:5] == ("viec.xlsx", "Tháng 7", 2, "Chủ trì (D)", "Ban Lạ")


def test_what_was_taken_in_for_programs() -> None:
    data = import_table.data(VIEW._replace(rows=(ImportedLine(2, "added", "12"),), command="c9"))
    assert data["mapping"] == {"Hạn": "due", "Cột \x1b[31m": ""}
    assert data["rows"] == [{"row": 2, "what": "added", "task": "12"}]
    assert (data["counts"]["left"], data["command"], data["bad_file"]) == (1200, "c9", None)
