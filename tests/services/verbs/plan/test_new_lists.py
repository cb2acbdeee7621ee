"""Lists of organisations and places that a plan includes, and what becomes of them in the next plan."""

from pathlib import Path

import pytest

from plantrack.model.text import fold
from plantrack.planfile.shipped import PLACES, shipped_places
from plantrack.services.verbs.plan.apply import apply
from plantrack.store.sqlite.connection import SQLite
from tests.support.drafts import NEW, made, read
from tests.support.steps import PLAN_FILE, OpenContext, rewritten


def including(workspace: Path, *lines: str, **lists: str) -> None:
    """Let the plan include files, and have more lines in its first activity."""
    for name, text in lists.items():
        (workspace / f"{name}.yaml").write_text(text, "utf-8")
    names = ", ".join(f'"{name}.yaml"' for name in lists)
    rewritten(
        workspace,
        ("organisations:\n", f"include: [{names}]\norganisations:\n"),
        (
            '      - code: "ND1.1"\n',
            '      - code: "ND1.1"\n' + "".join(f"        {line}\n" for line in lines),
        ),
    )


UNITS = 'organisations: [{id: "x", name: "Đơn vị X", valid_to: "2024-12-31", successor: "y"}, {id: "y", name: "Y"}]\n'


@pytest.fixture
def with_units(workspace: Path, db: SQLite, context_on: OpenContext) -> Path:
    """A workspace whose applied plan includes a list of organisations."""
    including(workspace, 'lead: ["x"]', chung=UNITS)
    apply(db, [workspace / PLAN_FILE], workspace, "A", lambda: context_on("2024-05-01").now)
    return workspace


@pytest.mark.parametrize("rows", [True, False])
def test_lists_are_included_again(rows: bool, with_units: Path) -> None:
    assert made(with_units, rows=rows).replaced == (("x", "y"),)
    text = (with_units / NEW).read_text("utf-8")
    assert ('include: ["chung.yaml"]' in text, "Đơn vị X" in text) == (True, False)
    new = read(with_units / NEW, with_units)[0]
    assert (new.areas[0].activities[0].lead, [o.id for o in new.organisations]) == (
        ("y",), ["ubdt", "hlhpn", "bdttg", "x", "y"],
    )  # fmt: skip


@pytest.mark.parametrize("there", [None, "organisations: [{id: x}]", 'organisations: [{id: "z", name: "Z"}]'])
def test_a_list_that_is_gone_or_has_changed_is_written_into_the_draft(
    there: str | None, with_units: Path
) -> None:
    (with_units / "chung.yaml").unlink()
    if there:
        (with_units / "chung.yaml").write_text(there, "utf-8")
    made(with_units)
    text = (with_units / NEW).read_text("utf-8")
    assert ("include" in text, "Đơn vị X" in text) == (there is not None and "Z" in there, True)
    assert read(with_units / NEW, with_units)[0].areas[0].activities[0].lead == ("y",)


def test_a_draft_outside_the_workspace_has_its_lists_in_it(with_units: Path, tmp_path: Path) -> None:
    made(with_units, "../ngoai.yaml")
    assert "Đơn vị X" in (tmp_path / "ngoai.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("year", "name", "place"),
    [(2024, 0, "kon-tum"), (2025, 1, "quang-ngai-2025"), (2026, 1, "quang-ngai-2025")],
)
def test_the_provinces_of_the_new_year_are_included(
    year: int, name: int, place: str, workspace: Path
) -> None:
    for listed, data in shipped_places().items():
        file = workspace / "plans" / listed
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    including(workspace, 'place: ["kon-tum"]')
    rewritten(workspace, ("include: []", f'include: ["plans/{PLACES[0]}"]'))
    made(workspace, year=str(year), plan="kh-moi", rows=False)
    new = read(workspace / NEW, workspace)[0]
    assert new.areas[0].activities[0].place == (place,)
    assert f'include: ["plans/{PLACES[name]}"]' in (workspace / NEW).read_text("utf-8")
    assert fold(new.places[0].name.vi) == "an giang"
