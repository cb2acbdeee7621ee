"""Small files that are wrong in one way each: the corpus that the tests of plan files go through.

A `▸` in a text stands where a problem must be found, and is taken out before the file is read; without
one the problem is of the file as a whole. Whatever is found beyond the marks fails the test: one
mistake is one problem. A lone `\\udcXX` stands for the byte XX, which is not UTF-8.
"""

import re
from pathlib import Path
from typing import NamedTuple

from plantrack.model.plan import Plan
from plantrack.model.problem import Problem
from plantrack.planfile.parsing.problem_collector import LIMIT
from plantrack.planfile.parsing.reader import MAX_COPIES, MAX_DEPTH, MAX_VALUES
from plantrack.planfile.parsing.source_text import MAX_BYTES
from tests.support.check import check_file

MARK = "▸"
HEAD = 'format: 1\nid: "kh-1"\nyear: 2024\ntitle: "Kế hoạch"\n'
AREAS = 'areas:\n  - code: "ND1"\n    title: "Nội dung"\n'
ORGS = 'organisations:\n  - {id: "ubdt", name: "Uỷ ban Dân tộc", symbol: "UBDT"}\n'
ONE_PLACE = 'places: [{id: "kon-tum", name: "Kon Tum"}]\n'


DUE_IN_JUNE = """\
    activities: [{{code: "ND1.1", title: "x", lead: [{}], due: {}"2024-Q2"}}]
"""


class Case(NamedTuple):
    """A wrong file, the code of what is wrong with it, and the files beside it."""

    code: str
    text: str
    near: tuple[str, ...] = ()
    files: dict[str, str] = {}

    def marks(self) -> list[tuple[str, int, int]]:
        """Return file, line and column of each mark, or the file as a whole."""
        found = []
        for name, text in {"plans/kh.yaml": self.text, **self.files}.items():
            for n, line in enumerate(re.split("\r\n|\r|\n", text), 1):
                parts = line.split(MARK)[:-1]
                ends = [sum(map(len, parts[: i + 1])) + 1 for i in range(len(parts))]
                found += [(name, n, column) for column in ends]
        return found or [("plans/kh.yaml", 0, 0)]


def head(**lines: str) -> str:
    """Return a plan without areas, with some lines in the place of others, or after them."""
    given = dict(re.findall("(?m)^(\\w+): (.*)$", HEAD)) | lines
    return "".join(f"{key}: {value}\n" for key, value in given.items())


def area(rest: str) -> str:
    """Return a plan with one area that ends with the lines `rest`; its activities have a lead."""
    rest = f'lead: ["ubdt"]\n{rest}' if rest.startswith("activities") else rest
    return HEAD + ORGS + ONE_PLACE + AREAS + "".join(f"    {line}\n" for line in rest.split("\n"))


def activity(rest: str, code: str = '"ND1.1"') -> str:
    """Return a plan with one activity that ends with `rest`, in one line."""
    return area(f'activities: [{{code: {code}, title: "Hoạt động", time: "Quý II", {rest}}}]')


def organisations(*rest: str) -> str:
    """Return a plan with the organisations `a`, `b` …, each of which ends with one of `rest`."""
    lines = (f'  - {{id: "{"abcdef"[n]}", name: "Đơn vị", {r}}}\n' for n, r in enumerate(rest))
    return f"{HEAD}organisations:\n{''.join(lines)}{AREAS}"


def included(lists: str) -> dict[str, str]:
    """Return the file that `include: ["chung.yaml"]` names."""
    return {"chung.yaml": lists}


def write(case: Case, folder: Path) -> Path:
    """Write the files of a case and give the plan's."""
    for name, text in {"plans/kh.yaml": case.text, **case.files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace(MARK, "").encode("utf-8", "surrogateescape"))
    return folder / "plans/kh.yaml"


def check(case: Case, folder: Path) -> tuple[Plan | None, list[Problem]]:
    """Check the files of a case; the names of files are given from `folder` on."""
    plan, problems = check_file(write(case, folder))
    names = [str(Path(p.file).relative_to(folder)) for p in problems]
    return plan, [p._replace(file=name) for p, name in zip(problems, names, strict=True)]


READING = [
    Case("P001", "#" * (MAX_BYTES + 1)),
    Case("P002", ""),
    Case("P002", "# chỉ có ghi chú\n"),
    Case("P003", head(number='"46▸\udce18"') + AREAS),
    Case("P003", "▸\udcff\udcfef\0o\0"),
    Case("P004", head(number='"46▸\x008"') + AREAS),
    Case("P004", head(number='"4▸\u20286▸\x858"') + AREAS),
    Case("P004", head(number='"Nghị quy▸\ufffdt"') + AREAS),
    Case("P004", head(number='▸"46\\u00078"') + AREAS),
    Case("P004", head(number='"46▸\u200b8"') + AREAS),
    Case("P004", head(number='▸"\\u202e864"') + AREAS),
    Case("P004", HEAD + 'number:▸\u00a0"468"\n' + AREAS),
    Case("P004", HEAD + AREAS + '\u00a0▸\u00a0 short: "x"\n'.replace("\u00a0▸", "▸\u00a0")),
    Case("P005", head(contributes_to="[" + "{}," * (MAX_VALUES - 11) + "▸{}]")),
    Case("P008", head(title='"KÕ ▸ho¹ch §¸nh gi¸ c«ng t¸c"') + AREAS),
    Case("P008", head(title='"▸Hoäi Lieân hieäp Phuï nöõ"') + AREAS),
    Case("P009", head(title='"▸Há»™i LiÃªn hiá»‡p"') + AREAS, ("Hội Liên hiệp",)),
    Case("P010", head(number="&▸ x") + AREAS),
    Case("P011", head(number="Sơ kết▸: công tác") + AREAS),
    Case("P011", head(number='Sơ kết\n  date▸: "2024-03-21"') + AREAS),
    Case("P041", HEAD + AREAS + "▸\tlead: []\n"),
    Case("P012", head(number="▸@468") + AREAS),
    Case("P013", HEAD + AREAS + '    source_text: ▸"Tuyên truyền\n    lead: []\n'),
    Case("P013", HEAD + AREAS + "    source_text: ▸'Tuyên truyền\n"),
    Case("P014", HEAD + "▸number\n" + AREAS),
    Case("P015", head(contributes_to='▸[{title: "x"}') + AREAS),
    Case("P015", head(programme='▸{title: "x"') + AREAS),
    Case("P040", head(number='"Kế hoạch "▸468""') + AREAS),
    Case("P040", head(number='"Kế hoạch\ndate: "▸2024-03-21"') + AREAS),
    Case("P016", HEAD + AREAS + '   ▸- code: "ND2"\n'),
    Case("P016", HEAD + AREAS + ' ▸lead: ["ubdt"]\n'),
    Case("P017", head(number='"46▸\\q"') + AREAS),
    Case("P018", "▸<<<<<<< HEAD\n" + HEAD + "=======\n" + HEAD + ">>>>>>> khác\n" + AREAS),
    Case("P018", HEAD + '▸=======\nnumber: "2"\n>>>>>>> khác\n' + AREAS),
    Case("P019", head(title="▸{{ten}}") + AREAS),
    Case("P019", head(title='▸"Kế hoạch {{ năm }}"') + AREAS),
    Case("P020", HEAD + AREAS + '▸---\nid: "kh-2"\n'),
    Case("P021", head(number="▸!!str 468") + AREAS),
    Case("P021", head(programme='▸!x {title: "x"}') + AREAS),
    Case("P022", head(number="▸*so") + AREAS),
    Case("P023", head(contributes_to="&a [{title: ▸*a}]") + AREAS),
    Case(
        "P024",
        area(
            "activities:\n"
            + "\n".join(
                f'  - {{code: "ND1.{n}", title: "x", time: "x", topics: {topics}}}'
                for n, topics in enumerate([f"&t [{'x,' * (MAX_COPIES // 3)}]", "*t", "*t", "▸*t"])
            )
        ),
    ),
    Case("P025", head(programme="[" * (MAX_DEPTH - 1) + "▸[")),
    Case("P026", HEAD + '▸title: "Lại"\n' + AREAS),
    Case("P026", activity('▸code: "ND1.1"')),
    Case("P027", HEAD + "? ▸[number]\n: x\n" + AREAS),
    Case("P028", "▸- format: 1\n"),
    Case("P028", "▸Kế hoạch\n"),
    Case("P029", HEAD + "▸<<: 1\n" + AREAS),
    Case("P029", HEAD + 'number: &a "468"\n▸<<: [{date: "2024-03-21"}, *a]\n' + AREAS),
    Case("P030", head(include='[▸"../ngoài.yaml"]') + AREAS),
    Case("P030", head(include='[▸"/etc/hostname"]') + AREAS),
    Case("P031", head(include='[▸"không-có.yaml", ▸"không\\/có/chung.yaml"]') + AREAS),
    Case("P032", head(include='[▸"plans"]') + AREAS),
    Case("P033", head(include='["chung.yaml", ▸"plans/../chung.yaml"]') + AREAS, (), included(ORGS)),
    Case("P033", head(include='[▸"plans/kh.yaml"]') + AREAS),
    Case("P035", "▸" + ORGS.lstrip("\n")),
    Case("P034", head(include='["chung.yaml"]') + AREAS, (), included(ORGS + '▸title: "x"\n')),
]
SHAPE = [
    Case("P101", HEAD + '▸numbr: "1"\n' + AREAS, ("number",)),
    Case("P101", activity('▸topic: ["x"]'), ("topics",)),
    Case("P101", activity('▸Tên: "x"')),
    Case("P101", activity('▸Chủ trì: ["ubdt"]').replace('lead: ["ubdt"]', "coordinating: []"), ("lead",)),
    Case("P101", activity('▸san_pham: "Báo cáo"'), ("deliverable",)),
    Case("P101", HEAD.replace("title", "▸titel") + AREAS, ("title",)),
    Case("P101", head(title='{vi: "x", ▸fr: "x"}') + AREAS),
    Case("P101", head(include='["chung.yaml"]') + AREAS, ("places",), included("▸place: []\n")),
    Case("P102", '▸format: 1\nid: "kh-1"\ntitle: "x"\n' + AREAS),
    Case("P102", area('activities:\n  - ▸code: "ND1.1"\n    time: "x"')),
    Case("P102", head(title='▸{en: "Plan"}') + AREAS),
    Case("P103", head(title='▸["Kế hoạch"]') + AREAS),
    Case("P103", head(number='▸{so: "468"}') + AREAS),
    Case("P104", area('lead: ▸"ubdt"')),
    Case("P104", head(areas='▸{code: "ND1", title: "x"}')),
    Case("P105", head(source='▸"Trang tin"') + AREAS),
    Case("P105", HEAD + AREAS + "  - ▸ND2\n"),
    Case("P105", head(moved='▸["ND2"]') + AREAS),
    Case("P106", head(year='▸"2024"') + AREAS),
    Case("P106", head(year="▸2024.5") + AREAS),
    Case("P106", head(reporting="{closing_day: ▸true}") + AREAS),
    Case("P107", activity('budget: {amount: ▸"1500"}')),
    Case("P107", activity("budget: {amount: ▸1_500}")),
    Case("P107", activity("budget: {amount: ▸.inf}")),
    Case("P107", activity("budget: {amount: ▸no}")),
    Case("P107", activity('indicators: [{id: "i", title: "x", target: ▸false}]')),
    Case("P108", activity('ongoing: ▸"true"')),
    Case("P108", activity("ongoing: ▸yes"), ("true",)),
    Case("P108", activity('ongoing: ▸"thường xuyên"'), ("true",)),
    Case("P109", activity('priority: ▸"hihg"'), ("high",)),
    Case("P109", organisations('level: ▸"provinc"'), ("province",)),
    Case("P109", head(reporting='{language: ▸"vn"}') + AREAS),
    Case("P109", head(format="▸2") + AREAS),
    Case("P109", activity('priority: ▸"Khẩn cấp"'), ("urgent",)),
    Case("P110", head(reporting="{closing_day: ▸31}") + AREAS),
    Case("P110", head(year="▸24") + AREAS),
    Case("P111", head(id='▸"KH_468"') + AREAS),
    Case("P111", organisations("").replace('"a"', '▸"Uỷ ban"')),
    Case("P112", HEAD + 'areas: [{code: ▸"Nội dung 1", title: "x"}]\n'),
    Case("P112", activity('note: "x"').replace('"ND1"', '▸"nd1"')),
    Case("P113", activity('note: "x"', '▸"1.1"')),
    Case("P114", head(number='▸""') + AREAS),
    Case("P114", head(areas="▸[]")),
    Case("P115", head(number='▸" 468"') + AREAS),
    Case("P115", area("source_text: ▸|\n  Tuyên truyền")),
    Case("P116", head(title='▸"Kế hoạch\\n468"') + AREAS),
    Case("P116", head(title='▸"Kế hoạch\\t468"') + AREAS),
    Case("P117", head(moved='{▸"hai": "ND1"}') + AREAS),
    Case("P117", head(retired='[{code: ▸"2", on: "2024-05-01", reason: "x"}]') + AREAS),
    Case("P120", head(number="▸no") + AREAS),
    Case("P120", head(title="{vi: ▸Yes}") + AREAS),
    Case("P120", head(number="▸y") + AREAS),
    *(Case("P121", head(number=f"▸{n}") + AREAS) for n in ("468", "012", "08", "12:30", "1e3", "0o17")),
    Case("P121", activity("no: ▸1")),
    Case("P121", HEAD + 'places: [{id: "kt", name: "Kon Tum", codes: {gso: ▸62}}]\n' + AREAS),
    Case("P122", head(date="▸2024-03-21") + AREAS),
    Case("P122", activity("due: ▸2024-06-30 12:00:00")),
    *(Case("P123", head(title=n) + AREAS) for n in ("▸null", "▸~")),
    Case("P123", area("lead: [▸~]")),
    Case("P123", head(title="{vi▸, en}") + AREAS),
    Case("P125", head(number="▸“468”") + AREAS),
    Case("P124", head(number='"▸Kế hoạch"'.replace("ế", "e\u0302\u0301")) + AREAS),
    Case("P126", activity("budget: {amount: 1,▸5}")),
    Case("P127", HEAD + AREAS + '▸lead: ["ubdt"]\n'),
    Case("P127", HEAD + AREAS + "    ▸stale_days: 3\n"),
    Case("P124", HEAD + '"▸so\u0302\u0301": "x"\n' + AREAS),
]

DAYS = [
    Case("P201", head(date='▸"21/3/2024"') + AREAS, ("2024-03-21",)),
    Case("P201", head(date='▸"2024-Q1"') + AREAS),
    Case("P201", activity('start: ▸"Quý II"')),
    Case("P202", head(date='▸"2024-02-30"') + AREAS, ("2024-02-29",)),
    Case("P202", head(date='▸"2024-13-30"') + AREAS),
    Case("P202", activity('due: ▸"2023-02-29"')),
    Case("P203", activity('due: ▸"Quý II/2024"'), ("2024-Q2",)),
    Case("P203", activity('due: ▸"2024-Q5"')),
    # Without a year, the plan's is meant; what depends on the day of reading is nothing in a file.
    Case("P203", activity('due: ▸"Quý II"'), ("2024-Q2",)),
    Case("P203", activity('due: ▸"Tháng 12"'), ("2024-12",)),
    Case("P203", activity('due: ▸"Quý I-II"'), ("2024-Q2",)),
    Case("P203", activity('due: ▸"hết quý II"'), ("2024-Q2",)),
    Case("P203", activity('due: ▸"T7"'), ("2024-07",)),
    Case("P203", activity('due: ▸"trước 15/12"'), ("2024-12-15",)),
    Case("P203", activity('due: ▸"cuối tháng"')),
    Case("P203", activity('due: ▸"15/12"'), ("2024-12-15",)),
    Case("P203", activity('due: ▸"Thường xuyên"')),
    Case("P203", activity('due: ▸"hôm nay"')),
    Case("P203", activity('due: ▸"thứ sáu"')),
    Case("P203", activity('due: ▸"+7d"')),
    Case("P203", activity('milestones: [{due: ▸"2024-13", title: "x"}]')),
    Case("P204", head(start='"2024-05-01"', end='▸"2024-04-30"') + AREAS),
    Case("P205", activity('start: "2024-07-01", due: ▸"2024-Q2"')),
    Case("P206", organisations('valid_from: "2024-05-01", valid_to: ▸"2024-04-30"')),
    Case("P207", activity('due: ▸"2024-Q2", ongoing: true')),
]

REFERENCES = [
    Case("P301", area('lead: [▸"ubtd"]'), ("ubdt",)),
    Case("P301", area('lead: [▸"Ủy ban dân tộc"]'), ("ubdt",)),
    Case("P301", activity('coordinating: [▸"hlhpn"]')),
    Case("P301", organisations('parent: ▸"x", successor: ▸"y"')),
    Case("P302", activity('place: [▸"kontum"]'), ("kon-tum",)),
    Case("P302", organisations('place: ▸"x"')),
    Case("P302", HEAD + 'places: [{id: "a", name: "A", merged_from: [▸"b"]}]\n' + AREAS),
    Case("P303", HEAD + AREAS.replace('"ND1"', '▸"ND1"') + '  - {code: ▸"ND1", title: "x"}\n'),
    Case("P304", area("activities:" + '\n  - {code: ▸"ND1.1", title: "x", time: "x"}' * 3)),
    Case("P305", HEAD + "organisations:\n" + '  - {id: ▸"a", name: "A"}\n' * 2 + AREAS),
    Case(
        "P305",
        head(include='["chung.yaml"]') + ORGS.replace('"ubdt"', '▸"ubdt"') + AREAS,
        (),
        included(ORGS.replace('"ubdt"', '▸"ubdt"')),
    ),
    Case("P306", HEAD + "places:\n" + '  - {id: ▸"a", name: "A"}\n' * 2 + AREAS),
    Case("P307", activity('note: "x"', '▸"ND2.1"')),
    Case("P307", activity('note: "x"', '▸"ND11.1"')),
    Case("P308", organisations('parent: "c"', 'parent: ▸"c"', 'parent: "b"')),
    Case("P308", organisations('parent: ▸"a"')),
    Case("P309", organisations('successor: ▸"b"', 'successor: "a"')),
    Case("P310", head(moved='{"ND2": ▸"ND3", "ND3": "ND2"}') + AREAS),
    Case("P311", head(moved='{▸"ND1": "ND2"}') + AREAS + '  - {code: "ND2", title: "x"}\n'),
    Case("P312", head(moved='{"ND2": ▸"DN1"}') + AREAS, ("ND1",)),
    Case("P313", head(retired='[{code: ▸"ND1", on: "2024-05-01", reason: "x"}]') + AREAS),
    Case("P314", HEAD + "retired:\n" + '  - {code: ▸"ND9", on: "2024-05-01", reason: "x"}\n' * 2 + AREAS),
    Case(
        "P315",
        head(moved='{"ND9": "ND1"}', retired='[{code: ▸"ND9", on: "2024-05-01", reason: "x"}]') + AREAS,
    ),
    Case("P316", head(moved='{"ND9.1": ▸"ND1"}') + AREAS),
    Case("P317", head(reporting='{timezone: ▸"Asia/Ho_Chi_Min"}') + AREAS, ("Asia/Ho_Chi_Minh",)),
    Case("P317", head(reporting='{timezone: ▸"../../etc/passwd"}') + AREAS),
    Case(
        "P318",
        area(
            "activities:\n"
            + "\n".join(
                f'  - {{code: "ND1.{n}", title: "x", time: "x", indicators: [{{id: ▸"i", title: "x"}}]}}'
                for n in (1, 2)
            )
        ),
    ),
    Case("P319", area('lead: ["ubdt", ▸"ubdt"]')),
]

WARNINGS = [
    Case("P901", activity('due: ▸"2025-Q1"')),
    Case("P901", activity('due: "2024-Q1", milestones: [{due: ▸"2023-12-31", title: "x"}]')),
    Case(
        "P902",
        organisations('valid_to: "2023-12-31", successor: "b"', 'symbol: "B"') + '    lead: [▸"a", "b"]\n',
        ("b",),
    ),
    Case("P902", organisations('valid_from: "2025-03-01"') + '    lead: [▸"a"]\n'),
    Case("P903", activity("budget: {amount: ▸1.500}")),
    Case("P905", activity('note: "x"', '▸"ND1.1"').replace('    lead: ["ubdt"]\n', "")),
    Case("P905", activity("lead: []", '▸"ND1.1"').replace('    lead: ["ubdt"]\n', "")),
    Case("P906", activity("ongoing: false", '▸"ND1.1"').replace('time: "Quý II", ', "")),
    Case("P907", HEAD + AREAS.replace('"ND1"', '▸"ND1"').replace("Nội dung", "x" * 77)),
    Case(
        "P907",
        HEAD + AREAS.replace('"ND1"', '▸"ND1"').replace('"Nội dung"', f'{{vi: "x", en: "{"x" * 77}"}}'),
    ),
    Case(
        "P908",
        organisations('valid_to: "2024-05-31", successor: "b"', "") + DUE_IN_JUNE.format('▸"a"', ""),
        ("b",),
    ),
    Case("P908", organisations('valid_from: "2024-07-01"') + DUE_IN_JUNE.format('▸"a"', "")),
    Case(
        "P908",
        organisations('valid_to: "2024-05-31"')
        + '    lead: ["a"]\n'
        + DUE_IN_JUNE.replace("lead: [{}], ", "").format("▸"),
    ),
    Case("P912", area('lead: ["ubdt"]\ncoordinating: ["ubdt"]').replace('"ND1"', '▸"ND1"')),
    Case("P912", activity('lead: ["ubdt"], coordinating: ["ubdt"]', '▸"ND1.1"')),
    Case("P911", head(number="Kế hoạch ▸#468") + AREAS),
    Case("P915", head(title='"Kế hoạch ▸Ðánh giá"') + AREAS, ("Đánh",)),
    Case("P915", head(title="{vi: Kế hoạch, en: ▸Ɖắk}") + AREAS, ("Đắk",)),
    Case("P909", head(number='"46▸\u00a08"') + AREAS),
    Case(
        "P910", HEAD + "▸# CẦN ĐIỀN: number\n" + AREAS + '    # "CẦN ĐIỀN"\n    source_text: "# CẦN ĐIỀN"\n'
    ),
    Case("P910", HEAD + AREAS + '    source_text: "x\n    # CẦN ĐIỀN: y"\n    ▸#can dien\n'),
    Case("P904", HEAD + AREAS + "".join(f'muc{n}: "x"\n' for n in range(LIMIT + 1))),
]

CASES = READING + SHAPE + DAYS + REFERENCES + WARNINGS
