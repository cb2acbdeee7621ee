"""Organisations that were recorded before a plan had them: what to paste, taken over, the same under another id."""

from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.views.plan import PlanDiff
from plantrack.render.formats import render
from plantrack.render.views.plan.diff import documents
from plantrack.services.verbs.org import OrgParticulars, add, list_organisations
from plantrack.services.verbs.plan.diff import diff
from plantrack.store.checks.soundness import differences
from plantrack.store.sqlite.connection import SQLite
from tests.support.listing import found
from tests.support.steps import (
    PLAN_FILE,
    OpenContext,
    applied,
    held,
    opened,
    refused,
    rewritten,
    stood,
)

JULY = "2024-07-01"
OFFICE = OrgParticulars("Sở Nội vụ tỉnh Ví dụ", "SNV", "tỉnh")
HEAD = "organisations:\n"
SAME = (HEAD, f'{HEAD}  - id: "so-nv"\n    name: "Sở Nội vụ tỉnh Ví dụ"\n    short: "Sở NV"\n')
OTHER = (HEAD, f'{HEAD}  - id: "so-noi-vu"\n    name: "SỞ NỘI VỤ TỈNH VÍ DỤ"\n')


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Add an organisation that the plan does not have, and a task that it leads."""
    add(context_on(JULY), "so-nv", OFFICE)
    return opened(context_on, JULY, lead=("so-nv",))


def seen(sit: OpenContext, workspace: Path, *swaps: tuple[str, str]) -> PlanDiff:
    rewritten(workspace, *swaps)
    return diff(sit(JULY).db, [workspace / PLAN_FILE], workspace)[0]


def test_what_to_paste_is_a_plan_file_s_own(context_on: OpenContext, workspace: Path, task: str) -> None:
    view = seen(context_on, workspace)
    assert ([o.id for o in view.recorded.lacking], view.differs) == (["so-nv"], False)
    words = Words("vi")
    text = render(documents([view], words), "plain", words, width=100, colour=False)
    assert "Ngoài ra không có khác biệt." in text
    lines = [line for line in text.splitlines() if line.startswith(("  - id:", "    "))]
    assert lines == [
        '  - id: "so-nv"', '    name: "Sở Nội vụ tỉnh Ví dụ"', '    short: "SNV"', '    level: "province"'
    ]  # fmt: skip
    pasted = "".join(f"{line}\n" for line in lines)
    done = applied(context_on, JULY, workspace, (HEAD, HEAD + pasted))
    assert (done.changed, done.diff.recorded.taken_over, done.diff.recorded.lacking) == (True, ("so-nv",), ())
    assert seen(context_on, workspace).recorded == ((), (), ())


def test_the_plan_takes_over_what_has_its_id(
    context_on: OpenContext, db: SQLite, workspace: Path, task: str
) -> None:
    applied(context_on, "2024-07-02", workspace, SAME)
    (line,) = [o for o in list_organisations(context_on(JULY)).organisations if o.organisation.id == "so-nv"]
    assert (line.in_plan, line.organisation.short, line.lead_total) == (True, ("Sở NV", None), 1)
    assert list(differences(db)) == []
    swap = SAME[::-1]
    assert seen(context_on, workspace, swap).obstacles == ()
    applied(context_on, "2024-07-03", workspace, (HEAD, HEAD))
    (line,) = [o for o in list_organisations(context_on(JULY)).organisations if o.organisation.id == "so-nv"]
    assert (line.in_plan, stood(context_on, task).lead) == (False, ("so-nv",))
    assert list(differences(db)) == []


def test_the_same_name_under_another_id_is_refused_until_they_are_said_to_be_one(
    context_on: OpenContext, db: SQLite, workspace: Path, task: str
) -> None:
    view = seen(context_on, workspace, OTHER)
    assert (view.recorded.same_named, view.recorded.lacking) == ((("so-nv", "so-noi-vu"),), ())
    before = held(db)
    with refused("organisation-other-id"):
        applied(context_on, "2024-07-02", workspace)
    assert held(db) == before
    done = applied(context_on, "2024-07-02", workspace, same_as=["so-nv"])
    assert (done.revision, stood(context_on, task).lead) == (2, ("so-noi-vu",))
    assert found(context_on, "lead:so-nv") == found(context_on, "lead:so-noi-vu") == [task]
    assert "so-nv" not in [o.organisation.id for o in list_organisations(context_on(JULY)).organisations]
    assert stood(context_on, task, known_at="2024-07-01").lead == ("so-nv",)
    assert list(differences(db)) == []


def test_short_names_that_change_tell_people_apart_by_the_new_ones(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    task = opened(context_on, JULY, in_charge=("An (hlhpn)", "An (ubdt)"), new_person=True)
    assert stood(context_on, task).in_charge == ("An (Hội LHPN Việt Nam)", "An (UBDT)")
    applied(context_on, "2024-07-02", workspace, ('vi: "UBDT"', 'vi: "UB"'))
    assert stood(context_on, task).in_charge == ("An (Hội LHPN Việt Nam)", "An (UB)")
    assert list(differences(db)) == []


def test_an_id_that_is_none_of_those_is_refused(context_on: OpenContext, workspace: Path) -> None:
    with pytest.raises(Failure, match="unknown-organisation"):
        applied(context_on, JULY, workspace, OTHER, same_as=["so-yt"])
