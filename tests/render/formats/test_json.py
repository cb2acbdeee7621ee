"""JSON: the keys are a promise; these are they, in their order."""

import json
from collections.abc import Iterable

import pytest

from plantrack.i18n.words import Words
from plantrack.model.counting import Counts
from plantrack.model.history import Update
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.render.formats.json import dumps, envelope
from plantrack.render.layout.fact_formatter import FactFormatter
from plantrack.render.layout.fields import objects
from plantrack.render.layout.json_object import Object
from plantrack.render.views import db, log, org, person, show, weekly
from plantrack.render.views.plan import check as plan_check
from plantrack.render.views.plan import log as plan_log
from plantrack.render.views.plan import show as plan_show
from plantrack.render.views.task_fields import TASK as TASK_FIELDS
from plantrack.render.views.task_fields import Told, update_in_json
from tests.support import factory
from tests.support.factory import make_heading, make_task, make_update
from tests.support.factory_weekly import make_weekly

VI, EN = Words("vi"), Words("en")


def keys(names: str) -> list[str]:
    """Return names in a row as a list."""
    return names.split()


def promised(made: Iterable[str], *others: str) -> list[str]:
    """Return those keys of a task that are promised, in their order: new ones may come, none goes or moves."""
    return [key for key in made if key in (*TASK, *others)]


ENVELOPE = keys("schema command plan as_of known_at data total truncated problems error example")
TASK = keys(
    "id label uid plan area activity title status deadline_state start due due_text first_due completed_on percent "
    "priority deliverable tags places lead coordinating in_charge blocked opened_on updated_on stale "
    "carried_from carried_to"
)
UPDATE = keys(
    "uid command task on recorded_at author told_by status percent result next blocked proposal answered note "
    "evidence withdrawn_by unblocked reason"
)
CHANGE = keys("command verb recorded_at author task field old new on withdrawn_by revision reason")
WEEKLY = keys(
    "period progress change results late_updates overdue due_on_closing_day due_soon difficulties next_week proposals "
    "silent_organisations stale plan_changes provenance"
)
PLAN_CHANGE = keys(
    "kind task title nth old new on reason revision git_commit sha256 recorded_at author dirty changes"
)


def test_the_envelope() -> None:
    made = envelope("list", [{"id": 1}, {"id": 2}], heading=make_heading())
    assert list(made) == ENVELOPE
    assert (made["schema"], made["command"], made["plan"]) == ("plantrack/1", "list", "kh-468-2024")
    assert (made["as_of"], made["known_at"]) == ("2024-07-21", "2024-07-21T17:00:00.000Z")
    assert (made["total"], made["truncated"], made["example"]) == (2, False, True)
    assert (made["problems"], made["error"]) == ([], None)


def test_the_envelope_without_a_plan_and_of_one_thing() -> None:
    made = envelope("db status", {"file": "x"})
    assert list(made) == ENVELOPE
    assert (made["plan"], made["total"], made["example"]) == (None, None, False)


def test_the_envelope_of_a_failure() -> None:
    error = {"code": "unknown-task", "message": "m", "hint": "h", "exit_code": 3}
    made = json.loads(dumps(envelope("show", error=error)))
    assert list(made) == ENVELOPE
    assert (made["command"], made["data"], made["error"]) == ("show", None, error)


def test_json_is_read_by_people_too() -> None:
    text = dumps({"title": "Uỷ ban Dân tộc\n"})
    assert text == '{\n  "title": "Uỷ ban Dân tộc\\n"\n}\n'


def task_object(task: Task, words: Words) -> Object:
    """Return a task as readers of JSON have it."""
    made = objects(TASK_FIELDS.values(), [task], FactFormatter(words, make_heading()))[0]
    read: Object = json.loads(dumps(made))
    return read


def update_object(update: Update, withdrawn_by: int | None = None, *, with_notes: bool = True) -> Object:
    told = Told(make_task(9), update, withdrawn_by)
    return objects(update_in_json(with_notes=with_notes), [told], FactFormatter(VI, make_heading()))[0]


def test_a_task() -> None:
    task = make_task(5, "ND2.2", "in_progress", title=Text("Tên", "Title"), tags=("a", "b"), blocked="x")
    shown = task_object(task, EN)
    assert promised(shown) == TASK
    assert (shown["id"], shown["label"], shown["title"], shown["tags"]) == (5, "5", "Title", ["a", "b"])
    assert (shown["deliverable"], shown["blocked"], shown["lead"]) == (None, "x", ["hlhpn"])
    assert task_object(task, VI)["title"] == "Tên"
    assert shown["status"] == "in_progress"


def test_a_task_of_another_site_has_a_label_and_no_id() -> None:
    shown = task_object(make_task(4, site="HN"), VI)
    assert (shown["id"], shown["label"]) == (None, "HN-4")


def test_what_blocked_a_closed_task_does_not_block_it() -> None:
    assert task_object(make_task(1, "ND1", "dropped", blocked="x"), VI)["blocked"] is None


def test_an_update() -> None:
    update = make_update(make_task(9), note="nội bộ", evidence="công văn")
    shown = update_object(update, 31)
    assert list(shown) == UPDATE
    assert (shown["command"], shown["task"], shown["withdrawn_by"]) == ("c29", "9", "c31")
    assert (shown["note"], shown["evidence"]) == ("nội bộ", "công văn")
    public = update_object(update, with_notes=False)
    assert (public["note"], public["evidence"], public["withdrawn_by"]) == (None, None, None)


def test_a_shown_task_has_its_updates() -> None:
    (shown,) = show.data(factory.make_show(), VI)
    assert promised(shown, "updates") == [*TASK, "updates"]
    assert [list(u) for u in shown["updates"]] == [UPDATE] * 3
    assert [u["withdrawn_by"] for u in shown["updates"]] == [None, None, "c31"]


def test_changes() -> None:
    changes = log.data(factory.make_log(), VI)
    assert {tuple(change) for change in changes} == {tuple(CHANGE)}
    assert (changes[1]["field"], changes[1]["old"], changes[1]["new"]) == (
        "status",
        "not_started",
        "in_progress",
    )
    assert changes[0]["withdrawn_by"] == "c31"


def test_the_weekly_summary() -> None:
    shown = weekly.data(make_weekly(), VI)
    assert list(shown) == WEEKLY
    assert shown["period"] == {"name": "2024-W29", "first_day": "2024-07-15", "last_day": "2024-07-21"}
    assert list(shown["change"]) == [*(f"ND{i}" for i in range(1, 8)), "total"]
    assert list(shown["change"]["total"]) == list(Counts._fields)
    assert shown["change"]["total"]["in_progress"] == -1
    assert list(shown["progress"]) == ["by", "rows", "total"]
    source = keys("plan revision git_commit dirty sha256 known_at version newer_file")
    assert list(shown["provenance"]) == source


@pytest.mark.parametrize(
    "section", keys("results late_updates overdue due_soon difficulties next_week stale")
)
def test_sections_of_the_summary_are_tasks_with_an_update(section: str) -> None:
    tasks = weekly.data(make_weekly(), VI)[section]
    assert tasks
    more = ["earlier"] if section in ("results", "late_updates") else []
    for task in tasks:
        assert promised(task, "update", *more) == [*TASK, "update", *more]
        assert task["update"] is None or list(task["update"]) == UPDATE


def test_results_have_what_else_was_said_in_the_week() -> None:
    item = make_weekly().results[0]
    other = make_update(item.task, on="2024-07-15", result="một", note="nội bộ")
    (shown,) = weekly.data(make_weekly(results=(item._replace(earlier=(other,)),)), VI)["results"]
    assert [(list(u), u["result"], u["note"]) for u in shown["earlier"]] == [(UPDATE, "một", None)]


def test_proposals_silence_and_changes_of_the_summary() -> None:
    answer = make_update(make_task(4), answered="đồng ý")
    proposals = make_weekly().proposals
    shown = weekly.data(make_weekly(proposals=(proposals[0]._replace(answered=answer),)), EN)
    (proposal,) = shown["proposals"]
    of_proposals = ("update", "is_new", "answered")
    assert promised(proposal, *of_proposals) == [*TASK, *of_proposals]
    assert (proposal["is_new"], proposal["answered"]["answered"]) == (True, "đồng ý")
    assert shown["silent_organisations"] == [
        {
            "organisation": "vd1",
            "title": "Women's Union of Example province 1",
            "tasks": ["3", "4"],
            "last_update": "2024-07-02",
        }
    ]
    extension, revision = shown["plan_changes"]
    assert list(extension) == list(revision) == PLAN_CHANGE
    assert (extension["kind"], extension["task"], extension["nth"], extension["new"]) == (
        "extension", "4", 1, "2024-08-15",
    )  # fmt: skip
    assert (revision["kind"], revision["task"], revision["revision"]) == ("revision", None, 2)


def test_notes_of_the_summary_are_null_unless_asked_for() -> None:
    without, with_them = (weekly.data(make_weekly(with_notes=asked), VI) for asked in (False, True))
    assert without["results"][0]["update"]["note"] is None
    assert with_them["results"][0]["update"]["note"] == "ghi chú nội bộ"
    assert "nội bộ" not in dumps(without)


def test_the_plan_has_the_keys_of_its_file() -> None:
    whole = plan_show.data(factory.make_plan_show(), VI)
    assert list(whole["areas"][0]) == ["activities", "code", "short", "source_text", "title"]
    assert whole["former"] == [{"code": "ND9", "title": "Nội dung cũ"}]
    assert plan_show.data(factory.make_plan_show("ND3"), VI)["code"] == "ND3"
    assert plan_show.data(factory.make_plan_show("ND3.1"), VI)["title"].startswith("Tổ chức hội thảo")


def test_revisions() -> None:
    promised = keys("revision recorded_at author file sha256 git_commit dirty reason")
    assert [list(r) for r in plan_log.data(factory.make_plan_log(), VI)] == [promised, promised]


def test_problems() -> None:
    (problem,) = plan_check.data(factory.make_check(factory.make_problem()), EN)
    assert list(problem) == keys("file line column severity code message hint")
    assert (problem["line"], problem["column"], problem["code"]) == (12, 12, "P301")
    assert problem["message"] == EN("problem.P301", value="ubtd")
    assert problem["hint"].startswith("Nearest: ubdt. ")


def test_people_organisations_and_the_database() -> None:
    people = person.data(factory.make_person(), VI)
    assert list(people[0]) == keys("name sort_name organisation open total")
    organisations = org.data(factory.make_org(), EN)
    assert list(organisations[1]) == keys(
        "id name short symbol level valid_from valid_to successor predecessors lead_open lead_total coordinating_total in_force"
    )
    assert (organisations[1]["short"], organisations[1]["successor"]) == ("CEMA", "bdttg")
    status = db.data(factory.make_db(), VI)
    assert status["plans"] == [{"id": "kh-468-2024", "year": 2024, "revision": 2}]
    assert list(status) == keys(
        "file size schema_version plans tasks updates commands first_moment last_moment journal writable timezone checks"
    )
