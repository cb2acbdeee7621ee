"""What a bundle has and is there already says the same, or the bundle is refused."""

from pathlib import Path
from typing import Any

from plantrack.i18n.failure import sentence
from plantrack.i18n.words import LANGUAGES, Words
from plantrack.services.export_file import open_bundle
from plantrack.services.verbs.anonymise import anonymise
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.workspace import Workspace
from plantrack.store.advance import unheard
from plantrack.store.exchange.checked_lines import CheckedLines
from plantrack.store.exchange.known_facts import KnownFacts
from tests.support.bundles import altered
from tests.support.random_work import Do
from tests.support.sites import hub_with_tasks, opening, report, site_of
from tests.support.steps import held, refused

OTHERWISE: tuple[tuple[str, str, Any], ...] = (
    ("command", "author", "Kẻ Khác"),
    ("task", "title", "Khác"),
    ("task", "plan", "kh-468-2025"),
    ("status_update", "percent", 71),
    ("status_update", "told_by", "Kẻ Khác"),
    ("change", "new_value", "Khác"),
    ("person_fact", "name", "Kẻ Khác"),
    ("assignment", "holds", 0),
)


def test_what_is_known_and_says_otherwise_is_refused_whole(made_once: Path, tmp_path: Path) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    in_charge = Roles(in_charge=("Lò Ví Dụ",), new_person=True)
    for work in (
        opening("Ở điểm"),
        Do("edit", lambda context: edit(context, ["HN-1"], Corrections(title="Tên mới"))),
        Do("assign", lambda context: assign(context, ["HN-1"], in_charge)),
        report("HN-1", percent="70", told_by="Lò Ví Dụ"),
    ):
        site.do(work)
    known = hub.take(site.write(tmp_path / "b.jsonl")).commands
    before = held(hub.db)
    for kind, column, value in OTHERWISE:

        def said_otherwise(
            facts: list[dict[str, Any]], kind: str = kind, column: str = column, value: Any = value
        ) -> None:
            next(fact for fact in facts if fact["type"] == kind)[column] = value

        file = altered(site.write(tmp_path / "b.jsonl"), said_otherwise)
        with refused("bundle-differs") as told:
            hub.take(file)
        assert told.value.params["named_column"] == column
        for language in LANGUAGES:
            assert f"“{value}”" in sentence(Words(language), told.value)[0]
    assert held(hub.db) == before
    assert hub.take(site.write(tmp_path / "b.jsonl")).known == known


def test_only_tasks_that_were_corrected_otherwise_are_kept(made_once: Path, tmp_path: Path) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    file = hub.write(tmp_path / "hn.jsonl", "HN")
    hub.do(Do("edit", lambda context: edit(context, ["2"], Corrections(title="Tên mới"))))
    known = KnownFacts(hub.db, str(file))
    with open_bundle(file) as (head, lines):
        read = [*CheckedLines(hub.db, str(file), head, unheard).read(lines)]
    tasks = [fact for fact in read if fact.table.name == "task"]
    assert len(known.among(tasks)) == 2
    assert [fact.row["title"] for fact in known.tasks] == ["Việc hai"]


def test_labels_corrections_and_hidden_names_may_differ(made_once: Path, tmp_path: Path) -> None:
    hub = hub_with_tasks(made_once / "plantrack.db")
    hub.do(
        Do("assign", lambda context: assign(context, ["1"], Roles(in_charge=("Lò Ví Dụ",), new_person=True)))
    )
    site = site_of(hub, hub.write(tmp_path / "hn.jsonl", "HN"))
    titled = [
        Do(title, lambda context, title=title: edit(context, ["1"], Corrections(title=title)))  # type: ignore[misc]
        for title in ("Ở điểm", "Ở đầu mối")
    ]
    site.do(titled[0])
    hub.second += 10
    hub.do(titled[1])
    hub.second += 1
    anonymise(hub.context(), Workspace(Path("/nowhere"), Path(":memory:")), "Lò Ví Dụ")
    for _ in range(2):
        site.do(report("1", percent="1", told_by="Lò Ví Dụ"))
        hub.take(site.write(tmp_path / "b.jsonl"))
    assert hub.take(tmp_path / "b.jsonl").command is None
    site.take(hub.write(tmp_path / "n.jsonl", "HN"))
    assert site.take(tmp_path / "n.jsonl").command is None
