"""The history of one field: whatever a command can change is found by its name."""

import shlex
from pathlib import Path

import pytest

from plantrack.model.typed.vietnamese_fields import CHANGED_FIELDS
from plantrack.model.views.log import LogEntry
from plantrack.services.verbs.log import log
from tests.conftest import Hands, Run
from tests.support.next_plan import NEW
from tests.support.steps import PLAN, OpenContext, rewritten

_HEAD = '      - code: "ND1.1"\n'
_INDICATOR = '        indicators: [{id: "ct", title: "Lớp (ví dụ)", unit: "lớp"}]\n'
_DELIVERABLE = '        deliverable: {vi: "Báo cáo", en: "Report"}\n'
_TITLE = "Communication to raise awareness among Union members and women"
#: A year in which every field is changed; a day alone sets the clock.
YEAR = """
2024-07-01
plan apply --reason chỉ-tiêu
add --from-plan
add Họp --area 3 --due 31/7 --start 1/7 --lead ubdt --with hlhpn --to An --tag gấp --place kon-tum --priority cao
edit 13 --deliverable sổ --opened 20/6/2024
edit 13 --document "số 5/UBDT ngày 1/6/2024 của UBDT về việc họp"
edit 13 --every tháng --until 30/11/2024
add Sau --activity 1.1 --after 13
edit 1 --title Tên-khác
edit 1 --follow title
part 13 "một việc" hai
part 13 --done 1
part 13 --undone 1
update 13 -p 30 -r xong-phần-đầu -n gửi-giấy -b kẹt --proposal xin-thêm --told-by Bình --note x --evidence CV-1
edit 13 --budget 45tr --budget-source NSTW
update 13 --allocated 40tr --spent 12tr
update 13 --answered được --unblocked
extend 13 --due 15/8/2024 --reason chờ
remove 2 --reason nhầm
2024-10-20
done 13 --catch-up
indicator record ct 12,5 --period Q1
filter save gấp area:3
person rename An An-Bình
person set An-Bình --sort-name Bình-An --organisation ubdt --email an@vi-du.vn --login an --left 1/10/2024
add Phỏng-vấn --area 2 --to "Chi (ví dụ)" --new-person
person merge "Chi (ví dụ)" An-Bình --yes
org add so-nv Sở-Nội-vụ --short SNV --level tỉnh --place kon-tum --email snv@vi-du.vn
org add noi-vu Sở-Nội-vụ --same-as so-nv
undo
plan apply
2024-12-20
plan new plans/kh-2025.yaml --from kh-468-2024 --year 2025
plan apply plans/kh-2025.yaml
plan carry-over kh-468-2024 kh-2025
"""


@pytest.fixture
def year(run: Run, clock: Hands, workspace: Path) -> None:
    """Live through the year, and go on in the next one."""
    rewritten(workspace, (_HEAD, f"{_HEAD}{_INDICATOR}"))
    for line in YEAR.strip().splitlines():
        if line.startswith("20"):
            clock.set(line)
            continue
        if line == "plan apply":
            rewritten(workspace, (_TITLE, "Talks"), (_INDICATOR, f"{_INDICATOR}{_DELIVERABLE}"))
        ended = run(*shlex.split(line))
        assert ended.code == 0, (line, ended.err)


def test_each_field_is_found_by_its_name(context_on: OpenContext, year: None) -> None:
    told: set[str] = set()
    for plan in (PLAN, NEW):
        everything = entries(context_on, plan)
        told |= {entry.field for entry in everything}
        for field in CHANGED_FIELDS:
            assert entries(context_on, plan, f"field:{field}") == [e for e in everything if e.field == field]
        for two in ("field:part,email", "field:undo,result", "field:short,due"):
            asked = two.removeprefix("field:").split(",")
            assert entries(context_on, plan, two) == [e for e in everything if e.field in asked]
    # What is told of a restore stands where databases are restored.
    assert told == CHANGED_FIELDS.keys() - {"restored", "kept"}


def entries(sit: OpenContext, plan: str, *terms: str) -> list[LogEntry]:
    return [*log(sit(plan=plan), terms).entries]
