"""`org add` and `org set` as they are typed: told, answered in JSON, marked until the plan has them."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.support.answers import task
from tests.support.steps import rewritten

HEAD = "organisations:\n"


def test_one_that_was_heard_of_by_phone_is_added_and_used(run: Run) -> None:
    ended = run(
        "--lang", "en", "org", "add", "so-nv", "Sở", "Nội", "vụ", "--level", "cấp tỉnh", "--short", "SNV"
    )
    assert (ended.code, ended.out) == (0, "so-nv\n")
    assert "Organisation so-nv is added: Sở Nội vụ, not in the plan yet" in ended.err
    assert run("add", "Một", "--area", "3", "--lead", "snv").code == 0
    assert task(run, "1")["lead"] == ["so-nv"]
    assert "chưa có trong kế hoạch" in run("org", "list").out
    assert '- id: "so-nv"' in run("plan", "diff").out
    assert "SNV" in run("show", "1").out
    assert "SNV" in run("progress", "--by", "org").out
    assert "SNV · Tên: Sở Nội vụ" in run("log").out


def test_the_answer_in_json_says_whether_the_plan_has_it(run: Run) -> None:
    answer = json.loads(
        run("org", "add", "so-nv", "Sở Nội vụ", "--email", "a@vi-du.vn", "--format", "json").out
    )
    assert answer["data"] == [
        {
            "id": "so-nv", "name": "Sở Nội vụ", "short": None, "symbol": None, "level": None, "valid_from": None,
            "valid_to": None, "successor": None, "email": "a@vi-du.vn", "in_plan": False,
        }
    ]  # fmt: skip
    answer = json.loads(run("org", "set", "ubdt", "--email", "b@vi-du.vn", "--format", "json").out)
    assert (answer["data"][0]["email"], answer["data"][0]["in_plan"]) == ("b@vi-du.vn", True)
    assert "không ghi gì" in run("org", "set", "ubdt", "--email", "b@vi-du.vn").err


def test_another_id_is_told(run: Run) -> None:
    ended = run("--lang", "en", "org", "add", "uy-ban", "Uỷ ban Dân tộc", "--same-as", "ubdt")
    assert "From now on uy-ban is another way to call organisation ubdt" in ended.err
    run("add", "Một", "--area", "3", "--lead", "uy-ban")
    assert task(run, "1")["lead"] == ["ubdt"]


def test_what_cannot_be_is_refused(run: Run) -> None:
    for args, code in (
        (("add", "Sở", "Sở"), "organisation-id-form"),
        (("add", "ubdt", "Sở"), "organisation-exists"),
        (("add", "so", "Uỷ ban Dân tộc"), "organisation-same-name"),
        (("set", "ubdt", "--name", "X"), "organisation-in-plan"),
        (("set", "ubdt"), "nothing-to-set"),
    ):
        ended = run("org", *args)
        assert (ended.code != 0, f"[{code}]" in ended.err) == (True, True), args


def test_plan_apply_says_what_became_of_it(run: Run, workspace: Path) -> None:
    run("org", "add", "so-nv", "Sở Nội vụ")
    run("org", "add", "so-yt", "Sở Y tế")
    rewritten(workspace, (HEAD, f'{HEAD}  - id: "so-noi-vu"\n    name: "Sở Nội vụ"\n'))
    assert "[organisation-other-id]" in run("plan", "apply").err
    assert "[organisation-other-id]" in run("plan", "apply", "--dry-run").err
    ended = run("plan", "apply", "--same-as", "so-nv")
    assert "Nhiệm vụ của đơn vị so-nv nay là của so-noi-vu" in ended.err
    assert "chưa có trong kế hoạch: so-yt" in ended.err
    rewritten(workspace, (HEAD, f'{HEAD}  - id: "so-yt"\n    name: "Sở Y tế"\n'))
    assert "nay có các đơn vị đã thêm trước đó: so-yt" in run("plan", "apply").err
