"""A season of work, in which every statement of the store is asked, and what was asked in it."""

import contextlib
import shlex
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, cast

import pytest

from plantrack.model.counting import Cutoffs
from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.store import commands, deliveries, plan_mirrors
from plantrack.store.checks.soundness import derive_again
from plantrack.store.commands import NOBODY_TOLD
from plantrack.store.connection import Row, insert
from plantrack.store.copying.marks import elsewhere, let_write
from plantrack.store.copying.rows import copy_rows
from plantrack.store.copying.whole_tables import is_empty, row_digest
from plantrack.store.exchange import restorations
from plantrack.store.known import show_as_known
from plantrack.store.people import PersonFact, derive_labels
from plantrack.store.questions.search import SearchPlace
from plantrack.store.questions.task_source import CLOSED, OPEN, TaskSource
from plantrack.store.questions.task_titles import titles, titles_by_number
from plantrack.store.schema.guards import unguarded
from plantrack.store.sealing.history_check import history_faults, mend_counters, sealed_from
from plantrack.store.sealing.seal_all import hash_apart
from plantrack.store.server.members import NO_ROLE, MemberFact, derive_members, insert_member_fact, members
from plantrack.store.sqlite.bulk_load import open_to_fill
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands, Run
from tests.support.filled_forms import OfficeForm
from tests.support.mail_server import serving
from tests.support.recorded import Recording, Statement, contents
from tests.support.searched import found

PLAN, DATABASE = "plans/kh-468-2024.yaml", "plantrack.db"
ORGANISATION = '  - id: "don-vi"\n    name: {vi: "Đơn vị (ví dụ)"}\n    level: "unit"\n    parent: "ubdt"\n'
#: A season of work, in which every statement of the store is asked. A day alone sets the clock; a line with `{filter}`,
#: `{field}` or `{by}` stands for one with each of these; what is one word is done beside the program (`ASIDE`).
SESSION = """
2024-03-25
init .
measure
2024-03-26
plan apply --reason chỉ-tiêu
add --from-plan
add --from-plan
add Họp --area 3 --due 30/6 --lead ubdt --with hlhpn --to An --tag gấp --place kon-tum --priority cao --on 25/3/2024
add Họp --activity 3.1
edit 13 --title Họp-lại --due 1/7 --opened 20/3/2024
edit 14 --follow due
edit 5 --title Tên-khác
edit 5 6 --document "số 123/UBDT-TH ngày 20/3/2024 của UBDT về việc họp"
edit 6 --document none
assign 1 --to Bình --on 25/3/2024
indicator record ct 12,5 --period Q1 --told-by An
undo
undo --dry-run
2024-07-02
indicator record ct 12,5 --period Q1
assign 1 --lead hlhpn --instead
unassign 1 --to Bình
update 1 -p 30 -r xong-phần-đầu -n gửi-giấy -o 1/7/2024
update 1 -b kẹt --proposal xin-thêm
update 1 --answered được --unblocked --allocated 50tr --spent 12tr
edit 1 --budget 45tr --budget-source NSTW
edit 1 --budget 60tr
extend 2 --due 15/8/2024 --reason chờ
update 4 -p 10 -b chưa-có-100%-giấy --told-by An
extend 4 --due 20/8/2024 --reason chờ
start 5
add Khảo-sát --area 2 --due none
submit 6 -r đã-gửi
remove 14 --reason nhầm
done 2
reopen 2 --reason sai
undo c6
undo c3
add Phỏng-vấn --area 2 --to "An (hlhpn)" --new-person
person rename Bình Bình-Minh
person set "An (Hội LHPN Việt Nam)" --organisation ubdt --email an@vi-du.vn --login an
person merge "An (UBDT)" An --yes
org add so-nv Sở-Nội-vụ --short SNV
org add noi-vu Sở-Nội-vụ --same-as so-nv
assign 5 --lead noi-vu
org set so-nv --email snv@vi-du.vn --short NV
undo
assign 5 --to minh
undo c99
person rename Bình-Minh Bình
2024-08-01
done 3
list
list {filter} --all
list {filter} --all --as-of 1/7/2024
list --all --format ics
list --with-notes
list --with-notes --as-of 1/7/2024 --known-at 2024-07-31
list to:An lead:ubdt --known-at 2024-07-02
list due-soon place:kon-tum recorded:..2024-07-02 --known-at 2024-07-02
list "author:Người thử" blocked org:hlhpn,ubdt --as-of 1/7/2024 --known-at 2024-07-31
list @thieu
filter save gấp area:3 to:An
filter save gap area:3
list @gấp --known-at 2024-07-02
list @gấp @late
filter list
filter remove gấp
list Bin
list hop
list ọp
list ình
list lop --lang en
list hop --known-at 2024-07-02
list giay --as-of 1/7/2024
list --limit 2
list --sort {field}
list --sort {field} --reverse --all --as-of 1/7/2024
list --all --limit 3 --as-of 1/7/2024
list ND3 --limit 1 --known-at 2024-07-02
list 100%
progress --by {by}
progress --by {by} --explain --as-of 1/7/2024
progress --by {by} --explain --known-at 2024-07-02
progress area:3 org:ubdt
progress --by org --roll-up
progress --by org --roll-up --explain --as-of 1/7/2024
progress --by place --roll-up --explain --known-at 2024-07-02
weekly --week 2024-W27
weekly --week 2024-W27 --format html
weekly --week 2024-W27 --by-org
weekly --week 2024-W27 --by-org --known-at 2024-07-02
report --period 2024-07
report --period 2024-07 --roll-up
report --period 2024-Q2 --known-at 2024-07-02 --with-notes
show 1 2 13
update 4-6 -p 60 --dry-run
update Họp-lại -p 50
show 1 2 13 --history
show 99
show 3.1
show 1 13 --as-of 1/7/2024 --known-at 2024-07-01
log
log 1
log 1 --known-at 2024-07-02
log 1 -n 2
log -n 3 verb:-update,-add
log "author:Người thử" recorded:2024-07-01.. field:percent,due task:-2 -n 2
log --known-at 2024-07-02
add Giao-ban --area 2 --due 31/7/2024 --every month --until 30/11/2024 --on 20/7/2024
skip 16 --catch-up
show 17
add Sau --area 2 --after 16,17
list cho-viec-khac
list waiting --as-of 1/7/2024
edit 18 --after none
part 18 "một việc" hai
part 18 --done 1 --undone 2
show 18
show 17 18 --known-at 2024-07-31
log field:part,part_done
log field:email,merged_into
person list
org list
org list --as-of 1/7/2024
indicator list
form make ubdt --output bieu.xlsx
fill-in
form read bieu.xlsx --new-tasks
form read bieu.xlsx
form status
form status --week 2024-W20
export
export to:An,Bình
export org:so-nv --public
export --public
export --format csv
export --output xuất.xlsx
db digest
db status
db check
db check --repair
plan show
plan log
plan diff
plan check
assign 5 --with don-vi
rename
plan diff
unassign 5 --with don-vi
plan diff
plan apply
progress --by activity
progress --by activity --known-at 2024-07-02
weekly --week 2024-W29 --mail-to a@example.org
weekly --week 2024-W29 --mail-to a@example.org
weekly --mail-to a@example.org --catch-up
weekly --mail-to khong-co@example.org
remind
remind --by org --days 300 area:3
remind --mail
demo ví-dụ
2024-12-20
plan new plans/kh-2025.yaml --from kh-468-2024 --year 2025
plan apply plans/kh-2025.yaml
plan carry-over kh-468-2024 kh-2025 --dry-run
plan carry-over kh-468-2024 kh-2025
undo
undo
rebuild
progress --programme
progress --programme --known-at 2024-07-02
weekly --plan kh-2025
list --plan kh-2025
add --from-plan --plan kh-2025
log --plan kh-468-2024
show 1
show 1 --known-at 2024-12-20
done 1
assign 5 --to Ẩn-Danh --new-person
update 5 --note x --told-by Ẩn-Danh
person anonymise Ẩn-Danh --dry-run
person anonymise Ẩn-Danh --confirm Ẩn-Danh
2025-02-10
list
weekly
report --period 2025-01
report --period 2024 --plan kh-468-2024
report --period 2024-12 --calendar civil --plan kh-468-2024
twins
tables
import việc.csv --as sổ-a --yes --new-org --new-person
import việc-2.csv --as sổ-a --overwrite
import việc-3.csv --yes --key "Tên nhiệm vụ"
import cập-nhật.csv --yes --skip-bad
import người.csv --yes
import chỉ-tiêu.csv --yes
bundle export --site HN goi.jsonl.gz
--db hn.db bundle import goi.jsonl.gz
--db hn.db org add so-hn "Sở ở Hà Nội"
--db hn.db add "Việc ở điểm" --area 2 --lead so-hn --to Hà --new-person
--db hn.db update HN-1 --percent 5
--db hn.db edit HN-1 --title "Việc của điểm"
--db hn.db undo
--db hn.db bundle export tu-hn.jsonl
--db hn.db db status
bundle import tu-hn.jsonl
bundle export --site HN lại.jsonl
--db hn-lại.db bundle import lại.jsonl
show HN-1
list site:HN
log site:HN
log
undo-all
list --all
log
progress
report --period 2024 --known-at 2025-01-01
"""
FILTERS = (
    *(
        "area:3",
        "activity:3.1",
        "activity:-3.1",
        "status:done,submitted",
        "status:-paused",
        "deadline:qua-han",
    ),
    *("deadline:-dung-han", "org:ubdt", "lead:hlhpn", "with:hlhpn", "to:An", "place:kon-tum", "tag:-gấp"),
    *(
        "priority:cao",
        "document:123/ubdt,-hop",
        "due:2024-Q3",
        "due:none",
        "updated:2024-07",
        "completed:-60d..",
        "opened:..2024-03-31",
    ),
    *(
        "recorded:..2024-07-02",
        "author:Người thử",
        "overdue",
        "due-soon:no",
        "blocked",
        "stale",
        "unassigned:no",
    ),
    "no-due",
)
#: What lists are sorted by: each field that the store puts in order, and one that it does not.
FIELDS = (
    *(
        "label",
        "uid",
        "plan",
        "area",
        "activity",
        "code",
        "status",
        "deadline_state",
        "start",
        "due",
        "first_due",
    ),
    *("completed_on", "percent", "priority", "blocked_since", "opened_on", "updated_on", "stale", "title"),
    *("budget", "allocated", "spent"),
)


class Season(NamedTuple):
    """What was asked in it, and what the files then held."""

    statements: list[Statement]
    left: dict[Path, dict[str, list[str]]]

    @property
    def met(self) -> list[Statement]:
        """Return the statements that were run, be it for one row."""
        return [s for s in self.statements if s.values]


def play(run: Run, clock: Hands, folder: Path, patch: pytest.MonkeyPatch) -> Season:
    """Play a season of work in an empty folder."""
    recording = Recording()
    patch.chdir(folder)
    recording.listen(patch)
    with serving() as mail:
        patch.setenv("PLANTRACK_SMTP_URL", f"smtp://127.0.0.1:{mail.port}")
        patch.setenv("PLANTRACK_MAIL_FROM", "kh@example.org")
        mail.handler.ways = {"khong-co": "refuse"}
        for line in SESSION.strip().splitlines():
            _play(line, run, clock, folder)
    files = {s.database for s in recording.statements}
    return Season(recording.statements, {file: contents(file) for file in files})


def _play(line: str, run: Run, clock: Hands, folder: Path) -> None:
    for word, values in (("{filter}", FILTERS), ("{field}", FIELDS), ("{by}", GROUPINGS)):
        if word in line:
            for value in values:
                assert run(*shlex.split(line.replace(word, shlex.quote(value)))).code == 0, (line, value)
            return
    if line.startswith("20"):
        clock.set(line)
    elif line in ASIDE:
        ASIDE[line](folder)
    elif line == "undo-all":
        for number in range(60, 0, -1):
            run("undo", f"c{number}")
    else:
        ended = run(*shlex.split(line))
        assert ended.code in (0, 3, 4, 7), f"{line}: {ended.err}"


def _measure(folder: Path) -> None:
    """Give the plan an indicator and an organisation."""
    indicator = 'indicators: [{id: "ct", title: "Lớp (ví dụ)", unit: "lớp"}]'
    _replace(folder / PLAN, "organisations:\n", f"organisations:\n{ORGANISATION}")
    _replace(folder / PLAN, '- code: "ND3.1"\n', f'- code: "ND3.1"\n        {indicator}\n')


def _tables(folder: Path) -> None:
    """Write the tables that are imported: tasks, the same with changes, updates, people and values."""
    tasks = "Mã,Tên nhiệm vụ,Nội dung,Chủ trì,Người phụ trách,Hạn,Tiến độ\nA,{title},ND2,{lead},Cúc,Quý IV,{percent}\n"
    tables = {
        "việc": tasks.format(title="Việc nhập", lead="Sở Mới", percent="10"),
        "việc-2": tasks.format(title="Việc sửa", lead="ubdt", percent="20"),
        "việc-3": "Tên nhiệm vụ,Nội dung,Kết quả\nViệc sửa,ND2,đã họp\n",
        "cập-nhật": f"Nhiệm vụ,Tiến độ,Đề xuất\nViệc sửa,30,thêm người\n{'0' * 26},1,\n",
        "người": "Họ tên,Đơn vị,Email\nCúc,ubdt,cuc@example.org\nDung,ubdt,\n",
        "chỉ-tiêu": "Chỉ tiêu,Kỳ,Giá trị\nct,Q1,7\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")


def _rename(folder: Path) -> None:
    """Give an activity another code in the plan's file, and leave out an organisation."""
    _replace(folder / PLAN, ORGANISATION, "")
    _replace(folder / PLAN, '- code: "ND3.1"', '- code: "ND3.9"')
    _replace(folder / PLAN, "organisations:\n", 'moved: {"ND3.1": "ND3.9"}\norganisations:\n')


def _rebuild(folder: Path) -> None:
    """Make anew what is derived, and what is not to be there goes."""
    with contextlib.closing(connect(folder / DATABASE)) as db, db.atomic():
        too_much = {"plan": "kh-468-2024", "code": "ND99", "position": 99, "title": "Thừa", "in_plan": 1}
        insert(db, "area", [too_much])
        derive_again(db, plan_mirrors.MIRRORS)
        plan_mirrors.derive_parents(db)


def _twins(folder: Path) -> None:
    """Ask what no command asks: what only tests do, and what there is no command for yet."""
    with contextlib.closing(connect(folder / DATABASE)) as db:
        moment = db.query("SELECT MIN(recorded_at) FROM command WHERE number > :n", {"n": 9})[0][0]
        tasks = TaskSource(db, "kh-468-2024", Cutoffs(*["2024-07-02"] * 3), past=True)
        assert tasks.uids()
        assert tasks.where(CLOSED).is_empty()
        assert titles(tasks, 3, "vi") and titles_by_number(tasks, "1", 20, "en")
        assert titles(tasks._replace(past=False), 3, "vi") == titles(tasks._replace(past=False), 9, "vi")[:3]
        assert len(titles_by_number(tasks._replace(past=False).where(OPEN), "1", 20, "vi")) > 1
        assert found(db, SearchPlace("kh-468-2024", "2024-08-01", ["An"]), ["họp"])
        show_as_known(db, moment)
        show_as_known(db, None)
        last = db.query("SELECT uid, recorded_at FROM command ORDER BY recorded_at DESC LIMIT :n", {"n": 1})[
            0
        ]
        (person,) = db.query("SELECT uid FROM person WHERE label = :label", {"label": "Bình"})[0]
        with db.atomic():
            name = PersonFact("01J00000000000000000000000", last[0], person, last[1], "Bình (ví dụ)")
            insert(db, "person_fact", [name._asdict()])
            derive_labels(db)
            for n, role in enumerate(("viewer", NO_ROLE)):
                of_member = MemberFact(f"01J0000000000000000000000{n}", last[0], "an", last[1], role, None)
                insert_member_fact(db, of_member)
                derive_members(db)
                assert [member.server_role for member in members(db)] == [role] * (role != NO_ROLE)
        with db.atomic(), unguarded(db, "seal"):
            db.execute("UPDATE seal SET later = 1 WHERE command = :command", {"command": last[0]})
        assert [fault.table for fault in history_faults(db)] == ["member_fact"] * 2 + ["person_fact"]
        assert sealed_from(db) == "c1"
        assert not deliveries.was_added(db, "")
        with db.atomic():
            insert(db, "counter", [{"name": "task", "used": 0}], key="name")
            assert mend_counters(db) == 1
            hash_apart(db)
        _restore(db, last[1])
        _carry(db, folder / "mang.db")


def _restore(db: SQLite, latest: str) -> None:
    """Ask what a backup is asked for that takes the place of a database; here it is the database itself."""
    assert commands.uids_of_others(db, "HN") != []  # a bundle of the hub that has news asks it
    assert restorations.lost_commands(db, db) == []
    uids = [row[0] for row in db.query("SELECT uid FROM command")]
    assert restorations.touched_tasks(db, uids)
    assert restorations.parted_after(db, db, by_seals=True) is None
    with db.atomic():
        assert restorations.take_over_sent(db, db) == ({"delivery": 0, "form": 0}, 0)
        assert restorations.take_over_sent(db, _sent_again(db))[0] == {"delivery": 1, "form": 1}
        now, given = datetime(2024, 12, 1, tzinfo=UTC), restorations.last_given(db)
        done = restorations.record_restore(db, given, latest, "An", now, NOBODY_TOLD, file="b.db", kept=None)
    assert restorations.restoration_of(db, done.uid) == restorations.ask_all_restorations(db)()[0]


def _carry(db: SQLite, file: Path) -> None:
    """Carry all rows into another file, as into one from a server, and let it be written to."""
    file.touch()
    place = elsewhere("x", "An", datetime(2024, 12, 1, tzinfo=UTC))
    with contextlib.closing(open_to_fill(file)) as copy:
        assert copy_rows(db, copy, "x", place) == row_digest(db)
    with contextlib.closing(connect(file)) as copy:
        let_write(copy, own_id=False)
        assert not is_empty(copy)


def _sent_again(db: SQLite) -> SQLite:
    """Return what answers like a database that sent one more of each kind."""

    def query(asked: str) -> list[Row]:
        return [("01J0000000000000000000000Z", *row[1:]) for row in db.query(asked)[:1]]

    return cast("SQLite", SimpleNamespace(query=query))


def _fill_in(folder: Path) -> None:
    """Fill in a form, as an office does."""
    form = OfficeForm(folder / "bieu.xlsx")
    form.fill(next(iter(form.rows())), result="đã họp", blocked="thiếu người", proposal="xin thêm")
    form.fill("+1", title="Việc ngoài kế hoạch", area="ND2").save()


ASIDE = {
    "tables": _tables,
    "measure": _measure,
    "fill-in": _fill_in,
    "rename": _rename,
    "rebuild": _rebuild,
    "twins": _twins,
}


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
