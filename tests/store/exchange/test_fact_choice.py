"""What belongs to some tasks: their facts, whom and what these name, and the commands of all that."""

import json
from collections.abc import Iterable
from typing import Any

from plantrack.services.verbs import org
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.org import OrgParticulars
from plantrack.services.verbs.person import Particulars, merge, set_person
from plantrack.services.verbs.undo import undo
from plantrack.store.exchange.fact_choice import chosen_facts, counted_tasks
from plantrack.store.exchange.fact_reading import fact_digest, fact_lines
from plantrack.store.exchange.fact_tables import BY_NAME
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened, said


def uid(db: SQLite, label: str) -> str:
    found: str = db.query("SELECT uid FROM task WHERE number = :n", {"n": int(label)})[0][0]
    return found


def facts(db: SQLite, tasks: Iterable[str], *, public: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Return what is chosen for tasks, by type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, lines in fact_lines(db, chosen_facts(db, [uid(db, t) for t in tasks], public=public)):
        found.setdefault(kind, []).extend(map(json.loads, lines))
    return found


def test_a_part_has_the_facts_of_its_tasks_and_no_others(context_on: OpenContext, db: SQLite) -> None:
    for title in ("Một", "Hai"):
        opened(context_on, "2024-07-01", title, lead=("ubdt",))
    for task in "12":
        said(context_on, "2024-07-02", task, percent="10", note="riêng")
        extend(context_on("2024-07-03"), [task], "2024-09-01", "chờ")
        edit(context_on("2024-07-04"), [task], Corrections(title=f"Tên {task}"))
    found = facts(db, ["1"])
    of_tasks = [kind for kind, table in BY_NAME.items() if table.of and table.of[1] == "tasks"]
    named = {kind: {row.get("task", row["uid"]) for row in found.get(kind, ())} for kind in of_tasks}
    assert named == {
        kind: {uid(db, "1")} if kind not in ("part", "imported_row") else set() for kind in of_tasks
    }
    assert [row["title"] for row in found["task"]] == ["Tên 1"]
    assert [row["note"] for row in found["status_update"]] == ["riêng"]
    whole = {line for _, lines in fact_lines(db) for line in lines}
    part = [
        line for _, lines in fact_lines(db, chosen_facts(db, [uid(db, "1")], public=False)) for line in lines
    ]
    assert {*part} < whole  # to the letter
    assert (
        len(part)
        == len({*part})
        == sum(fact_digest(db, chosen_facts(db, [uid(db, "1")], public=False)).counts.values())
    )


def test_every_command_that_is_named_is_there_with_what_took_it_back(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, "2024-07-01")
    opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", "1", percent="10")
    undo(context_on("2024-07-03"), None)
    undo(context_on("2024-07-04"), "c5")
    found = facts(db, ["1"])
    commands = {row["uid"]: row["number"] for row in found["command"]}
    assert sorted(commands.values()) == [1, 2, 4, 5, 6]  # `init` brought the plan; c3 opened the other task
    assert [(commands[r["command"]], commands[r["target"]]) for r in found["withdrawal"]] == [(5, 4), (6, 5)]
    for rows in found.values():
        assert {row.get("command") for row in rows} <= {*commands, None}


def test_who_and_what_is_named_is_there(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",), new_person=True)
    opened(context_on, "2024-07-01", in_charge=("Bình",), new_person=True)
    opened(context_on, "2024-07-01", in_charge=("Chi",), new_person=True)
    org.add(context_on("2024-07-02"), "so-nv", OrgParticulars("Sở Nội vụ"))
    org.add(context_on("2024-07-02"), "so-yt", OrgParticulars("Sở Y tế"))
    set_person(context_on("2024-07-03"), "Bình", Particulars(organisation="so-nv"))
    merge(context_on("2024-07-04"), "An", "Bình")
    found = facts(db, ["1"])
    assert {row["name"] for row in found["person_fact"] if row["name"]} == {"An", "Bình"}
    assert {row["uid"] for row in found["person"]} == {row["person"] for row in found["person_fact"]}
    assert {row["name"] for row in found["organisation_fact"]} == {"Sở Nội vụ"}  # of the person
    assert "organisation_fact" not in facts(db, ["3"])
    assert [row["plan"] for row in found["plan_revision"]] == ["kh-468-2024"]


def test_a_public_copy_has_what_stands_and_nobody_and_nothing_internal(
    context_on: OpenContext, db: SQLite
) -> None:
    hidden = ("Nguyễn Văn Kín", "người-báo-kín", "ghi-chú-kín", "tài-liệu-kín", "câu-đã-rút", "tên-cũ-sai")
    person, told, note, evidence, taken_back, old = hidden
    add(
        context_on("2024-07-01", author=person),
        NewTask(old, area="3", lead=("ubdt",), in_charge=(person,), new_person=True),
    )
    edit(context_on("2024-07-01", author=person), ["1"], Corrections(title="Tên mới"))
    said(context_on, "2024-07-02", "1", result="kết quả", told_by=told, note=note, evidence=evidence)
    said(context_on, "2024-07-03", "1", result=taken_back)
    undo(context_on("2024-07-03"), None)
    opened(context_on, "2024-07-04", "nhiệm vụ nhầm")
    remove(context_on("2024-07-05"), ["2"], "gõ nhầm")
    org.add(context_on("2024-07-06"), "so-nv", OrgParticulars("Sở Nội vụ", email="kin@vi-du.vn"))
    opened(context_on, "2024-07-06", "Việc của sở", lead=("so-nv",))
    assert counted_tasks(db) == counted_tasks(db, ["kh-468-2024"]) == [uid(db, "1"), uid(db, "3")]
    assert counted_tasks(db, ["không-có"]) == []
    found = facts(db, ["1", "3"], public=True)
    text = json.dumps(found, ensure_ascii=False)
    assert [word for word in (*hidden, "nhiệm vụ nhầm", "kin@vi-du.vn", "Người thử") if word in text] == []
    assert [row["title"] for row in found["task"]] == ["Tên mới", "Việc của sở"]
    assert [row["result"] for row in found["status_update"]] == ["kết quả"]
    assert [row["organisation"] for row in found["assignment"]] == ["ubdt", "so-nv"]
    assert [row["name"] for row in found["organisation_fact"]] == ["Sở Nội vụ"]
    assert [{"type", *BY_NAME[kind].public} == {*row} for kind, rows in found.items() for row in rows].count(
        False
    ) == 0


def test_notes_of_the_plan_are_no_public_matter(db: SQLite) -> None:
    from plantrack.store.exchange.fact_reading import _without_notes

    (content,) = db.query("SELECT content FROM plan_revision")[0]
    plan = json.loads(content)
    plan["areas"][0]["activities"][0]["note"] = "riêng"
    noted = json.dumps(plan, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "riêng" in noted
    assert _without_notes(noted) == _without_notes(content)
