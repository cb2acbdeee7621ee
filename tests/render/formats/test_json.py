"""JSON: the keys are a promise; these are they, in their order."""

import gc
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.i18n.words import Words
from plantrack.model.grouping import CHUNK
from plantrack.model.status import Status
from plantrack.model.views.rows import DerivedRows, JoinedRows
from plantrack.render.formats.json import dumps, envelope, pieces
from plantrack.render.views import db, log, org, person, show
from plantrack.render.views.plan import check as plan_check
from plantrack.render.views.plan import log as plan_log
from plantrack.render.views.plan import show as plan_show
from tests.support import factory
from tests.support.factory import make_heading
from tests.support.promised_keys import TASK, UPDATE, keys, promised

VI, EN = Words("vi"), Words("en")


ENVELOPE = keys("schema command plan as_of known_at data total truncated problems error example")
CHANGE = keys(
    "command verb recorded_at author site task party field old new on withdrawn_by revision reason entered_by"
)


def test_the_envelope() -> None:
    made = envelope("list", [{"id": 1}, {"id": 2}], heading=make_heading())
    assert list(made) == ENVELOPE
    made = json.loads(dumps(made))
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


def test_a_shown_task_has_its_updates() -> None:
    (shown,) = show.data(factory.make_show(), VI)
    assert promised(shown, "updates") == [*TASK, "updates"]
    assert [list(u) for u in shown["updates"]] == [UPDATE] * 3
    assert [u["withdrawn_by"] for u in shown["updates"]] == [None, None, "c31"]


def test_changes() -> None:
    changes = [*log.data(factory.make_log(), VI)]
    assert {tuple(change) for change in changes} == {tuple(CHANGE)}
    assert (changes[1]["field"], changes[1]["old"], changes[1]["new"]) == (
        "status",
        "not_started",
        "in_progress",
    )
    assert changes[0]["withdrawn_by"] == "c31"


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
    people = [*person.data(factory.make_person(), VI)]
    assert list(people[0]) == keys("name sort_name organisation email login left_on open total")
    organisations = [*org.data(factory.make_org(), EN)]
    assert list(organisations[1]) == keys(
        "id name short symbol level valid_from valid_to successor predecessors email in_plan lead_open lead_total "
        "coordinating_total in_force"
    )
    assert (organisations[1]["short"], organisations[1]["successor"]) == ("CEMA", "bdttg")
    status = db.data(factory.make_db(), VI)
    assert status["plans"] == [{"id": "kh-468-2024", "year": 2024, "revision": 2}]
    assert list(status) == keys(
        "file size schema_version plans tasks updates commands first_moment last_moment journal writable timezone checks "
        "id last_backup last_check last_mail place conflict_copies server site hub_moment elsewhere"
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    | st.sampled_from(Status),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)  # fmt: skip


@given(VALUES)
def test_it_is_what_the_library_writes(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    assert dumps(value) == text
    for rows in (DerivedRows([value, value], iter), JoinedRows([value], [value])):
        nested = json.dumps({"a": [{"b": [value, value]}]}, ensure_ascii=False, indent=2) + "\n"
        assert dumps({"a": DerivedRows([{"b": rows}], iter)}) == nested
        assert dumps({"a": [{"b": rows}]}) == nested


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_json_has_not_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        dumps({"a": DerivedRows([value], iter)})


def test_what_json_leaves_behind_does_not_grow_with_the_rows() -> None:
    """The program collects no garbage: it ends soon."""
    rows = DerivedRows(tuple(range(20 * CHUNK)), lambda numbers: ({"n": n, "of": [n]} for n in numbers))
    gc.collect()
    gc.disable()
    try:
        longest = max(map(len, pieces({"data": rows})))
        assert gc.collect() < 5 * CHUNK
    finally:
        gc.enable()
    assert longest < 80 * CHUNK
