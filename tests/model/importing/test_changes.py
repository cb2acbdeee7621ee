"""When a changed title makes other work of a task."""

import pytest

from plantrack.model.importing.changes import CellChange, RowChanges


@pytest.mark.parametrize(
    ("old", "new", "more", "is_other"),
    [
        ("Tập huấn cán bộ", "Tập huấn cán bộ hội", [], False),
        ("Tập huấn cán bộ", "TAP HUAN can bo", ["lead"], False),
        ("Tập huấn cán bộ", "Tập huấn cán bộ hội", ["lead"], True),
        ("Tập huấn cán bộ", "Tập huấn cán bộ hội", ["area"], True),
        ("Tập huấn cán bộ", "Tập huấn cán bộ hội", ["due"], False),
        ("Tập huấn cán bộ", "In tờ rơi", [], True),
    ],
)
def test_few_words_that_stay_or_another_area_or_lead(
    old: str, new: str, more: list[str], is_other: bool
) -> None:
    cells = (CellChange("title", "title", old, new), *(CellChange(f, f, "a", "b") for f in more))
    found = RowChanges("1", old, cells).other_title
    assert found == (cells[0] if is_other else None)
    assert RowChanges("1", old, cells[1:]).other_title is None
