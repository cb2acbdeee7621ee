"""Saved filters in words: as they are typed where people read them, bare where programs do."""

from plantrack.i18n.words import Words
from plantrack.model.views.filter import FilterList, SavedFilter
from plantrack.render.formats import file_of
from plantrack.render.views import filter as render
from tests.support.factory import make_heading

MOMENT = "2024-07-20T02:00:00.000Z"
GAP = SavedFilter("gấp", ("area:3", "to:Lê A"), "1" * 26, "2" * 26, MOMENT, "Lê A", 7)
VIEW = FilterList(make_heading(), (SavedFilter("late", ("overdue",)), SavedFilter("mine", ()), GAP))


def written(form: str, language: str) -> str:
    words = Words(language)
    content = render.book(VIEW, words) if form == "csv" else render.document(VIEW, words)
    return file_of(content, form, words, width=100, colour=False).decode("utf-8")


def test_people_read_names_as_they_are_typed() -> None:
    vi, en = written("plain", "vi"), written("plain", "en")
    assert "@quá-hạn" in vi
    assert "@late" in en
    assert '@gấp   area:3 "to:Lê A"' in en
    assert "plantrack person set" in en, "who is at work is not known"


def test_who_has_none_of_their_own_is_told_how() -> None:
    alone = VIEW._replace(filters=VIEW.filters[:2])
    assert "filter save" in str(render.document(alone, Words("en")).blocks[-1])
    assert "filter save" not in str(render.document(VIEW, Words("en")).blocks[-1])


def test_sheets_hold_no_sign_that_spreadsheets_take_for_a_formula() -> None:
    assert ";gấp" not in written("csv", "vi")
    assert '\ngấp;"area:3 ""to:Lê A""";Lê A;' in written("csv", "vi")


def test_programs_get_each_term() -> None:
    late, mine, own = render.data(VIEW, Words("vi"))
    assert late == {
        "name": "late",
        "terms": ["overdue"],
        "built_in": True,
        "author": None,
        "recorded_at": None,
        "command": None,
    }
    assert mine["terms"] == []
    assert own == {
        "name": "gấp",
        "terms": ["area:3", "to:Lê A"],
        "built_in": False,
        "author": "Lê A",
        "recorded_at": MOMENT,
        "command": "c7",
    }
