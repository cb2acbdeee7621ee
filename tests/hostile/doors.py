"""The doors by which a text comes in, each with what it is to become: a door takes texts, and says what was kept of each."""

import csv
import io
import json
import re
import shlex
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import docx
import pytest
from openpyxl import Workbook

from plantrack.cli import fill_in
from plantrack.cli.app import main
from plantrack.errors import CODES
from plantrack.planfile.format.dump import dump
from plantrack.planfile.load import check_document
from tests.hostile.texts import as_line, as_text
from tests.hostile.workspace import APOSTROPHES, NOW

#: What was kept; None: it was refused.
Kept = str | None


class Door(NamedTuple):
    """A door: `put` offers one text to a workspace, and returns what was kept of it; `wanted` says what that is to be."""

    name: str
    put: Callable[["Visitor", str], Kept]
    wanted: Callable[[str], Kept] = as_line
    #: Whether a text cannot even be offered here, or means something of its own.
    is_out: Callable[[str], bool] = lambda text: False
    #: Whether a text may be refused for what it is here: too long for a name, wrong letters in a file.
    is_strict: bool = False


class Visitor:
    """Somebody who types commands in a workspace, and looks what became of them."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder, self.capfd, self.patch = folder, capfd, patch

    def run(self, *args: str, stdin: str = "") -> tuple[int, str, str]:
        """Run a command; whatever was typed, it ends in one of the codes, and says nothing that a terminal obeys."""
        self.patch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape")))
        )
        self.capfd.readouterr()
        code = main(["-C", str(self.folder), *args], lambda: NOW)
        out, err = self.capfd.readouterr()
        assert code in (0, 2, 3, 4, 5, 7), (args, err)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out + err), (
            args,
            err,
        )
        if code:
            assert (found := re.search(r"\[([a-z0-9-]+)\]", err)), err
            assert found[1] in CODES, err
        return code, out, err

    def data(self, *args: str) -> Any:
        """Return the data of a read."""
        code, out, err = self.run(*args, "--format", "json")
        assert code == 0, err
        return json.loads(out)["data"]

    def kept(self, args: Sequence[str], field: str, stdin: str = "") -> Kept:
        """Run a command that changes task 1, and return the field as it then stands; None after a refusal."""
        code, _, _ = self.run("-q", *args, stdin=stdin)
        return None if code else self.data("show", "1", "--history")[0]["updates"][-1][field]


def _argument(visitor: Visitor, text: str) -> Kept:
    code, out, _ = visitor.run("-q", "add", "--area", "3", "--new-person", "--", text)
    return None if code else str(visitor.data("show", out.strip())[0]["title"])


def _option(visitor: Visitor, text: str) -> Kept:
    code, _, _ = visitor.run("-q", "edit", "1", f"--deliverable={text}")
    return None if code else str(visitor.data("show", "1")[0]["deliverable"])


def _update(visitor: Visitor, text: str) -> Kept:
    code, _, _ = visitor.run("-q", "update", "1", f"--result={text}")
    return None if code else _last_said(visitor)


def _last_said(visitor: Visitor) -> str:
    changes = [one for one in visitor.data("log", "1", "-n", "1") if one["field"] == "result"]
    return str(changes[-1]["new"])


def _standard_input(visitor: Visitor, text: str) -> Kept:
    code, _, _ = visitor.run("-q", "update", "1", "--result", "-", stdin=text)
    return None if code else _last_said(visitor)


def _editor(visitor: Visitor, text: str) -> Kept:
    """Put a text behind the name of its field, as somebody does in an editor, its lines below one another."""
    script = visitor.folder / "editor.py"
    script.write_text(
        "import sys\n"
        "form = open(sys.argv[1], encoding='utf-8', errors='surrogateescape', newline='')\n"
        f"text = form.read().replace('Kết quả:', 'Kết quả: ' + {text!r}, 1)\n"
        "form.close()\n"
        "open(sys.argv[1], 'w', encoding='utf-8', errors='surrogateescape', newline='').write(text)\n",
        "utf-8",
    )
    visitor.patch.setenv("EDITOR", shlex.join([sys.executable, "-S", str(script)]))
    visitor.patch.setattr(fill_in, "can_ask", lambda: True)
    code, _, err = visitor.run("update", "1", "--edit")
    return None if code or "c" not in err else _last_said(visitor)


def _person(visitor: Visitor, text: str) -> Kept:
    code, out, _ = visitor.run("-q", "add", "Họp", "--area", "3", f"--to={text}", "--new-person")
    return None if code else str(visitor.data("show", out.strip())[0]["in_charge"][0])


def _as_name(text: str) -> Kept:
    line = as_line(text.strip())
    return line and line.translate(APOSTROPHES)


def _author(visitor: Visitor, text: str) -> Kept:
    """Give a name in the environment, which holds no NUL and no high surrogate."""
    visitor.patch.setenv("PLANTRACK_USER", text)
    code, _, _ = visitor.run("-q", "edit", "1", "--priority", "high")
    code = code or visitor.run("-q", "edit", "1", "--priority", "normal")[0]
    visitor.patch.setenv("PLANTRACK_USER", "Người thử")
    return None if code else str(visitor.data("log", "1", "-n", "1")[-1]["author"])


def _plan(visitor: Visitor, text: str) -> Kept:
    """Let a plan have a text as the title of an activity."""
    quoted = json.dumps(text, ensure_ascii=True)
    document = _PLAN.replace('"TITLE"', quoted)
    plan, problems = check_document(visitor.folder / "plans" / "x.yaml", document.encode())
    assert all(value.isprintable() for problem in problems for value in problem.params.values())
    if plan is None:
        return None
    again, _ = check_document(visitor.folder / "plans" / "x.yaml", dump(plan, {}).encode())
    assert again == plan
    return plan.areas[0].activities[0].title.vi


_PLAN: Final = """format: 1
id: "kh-1"
year: 2024
title: "Kế hoạch"
organisations:
  - {id: "ubdt", name: "Uỷ ban Dân tộc", symbol: "UBDT"}
areas:
  - code: "ND1"
    title: "Nội dung"
    lead: ["ubdt"]
    activities:
      - {code: "ND1.1", title: "TITLE", due: "2024-Q2"}
"""


def _as_plan_text(text: str) -> Kept:
    """Return a text as a plan has it: in NFC already, and neither empty nor with spaces around."""
    return text


def _csv(text: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([_HEADINGS, ["k1", text, "ND3", "ubdt"]])
    return out.getvalue().encode("utf-8", "surrogateescape")


_HEADINGS: Final = ("Mã", "Tên nhiệm vụ", "Nội dung", "Đơn vị chủ trì")


def _xlsx(text: str) -> bytes:
    """Write a workbook, as Excel does: what XML cannot hold by its number, and so what looks like that."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(_HEADINGS)
    escaped = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    escaped = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", escaped)
    sheet.append(["k1", "", "ND3", "ubdt"])
    sheet["B2"].value = escaped
    sheet["B2"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _jsonl(text: str) -> bytes:
    row = {"type": "task", "key": "k1", "title": text, "area": "ND3", "lead": "ubdt"}
    return json.dumps(row).encode()


def _imported(ending: str, write: Callable[[str], bytes]) -> Callable[[Visitor, str], Kept]:
    def put(visitor: Visitor, text: str) -> Kept:
        file = visitor.folder / f"in.{ending}"
        file.write_bytes(write(text))
        code, out, _ = visitor.run("-q", "import", str(file), "--yes")
        if code:
            return None
        labels = out.split()
        return str(visitor.data("show", labels[0])[0]["title"]) if labels else None

    return put


def _annex(visitor: Visitor, text: str) -> Kept:
    """Draft a plan out of a table in Word that has a text as an activity; it passes the check, or there is none."""
    made = docx.Document()
    rows = (
        ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"),
        ("I", "TUYÊN TRUYỀN", "", ""),
        ("1", f"Việc {text}", "Uỷ ban Dân tộc", "Quý II"),
    )
    table = made.add_table(len(rows), 4)
    for own, row in zip(table.rows, rows, strict=True):
        for cell, said in zip(own.cells, row, strict=True):
            cell.text = said
    file, draft = visitor.folder / "phu-luc.docx", visitor.folder / "draft.yaml"
    made.save(str(file))
    draft.unlink(missing_ok=True)
    code, _, _ = visitor.run("-q", "plan", "new", str(draft), "--from", str(file), "--year", "2025")
    if code:
        return None
    plan, problems = check_document(draft, draft.read_bytes())
    assert plan is not None, problems
    return as_line(text)


def _file_name(visitor: Visitor, text: str) -> Kept:
    """Write a report into a file of this name, in a folder of its own; return the name of what is there then."""
    folder = visitor.folder / "out"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    before = {*visitor.folder.iterdir()}
    code, _, _ = visitor.run("list", "--output", f"{folder}/{text}.md")
    assert {*visitor.folder.iterdir()} == before
    return None if code else next(path.name.removesuffix(".md") for path in folder.iterdir())


def _address(visitor: Visitor, text: str) -> Kept:
    """Give a text as the mail address of a person."""
    code, _, _ = visitor.run("-q", "person", "set", "Lê An", f"--email={text}")
    if code:
        return None
    people: Sequence[Mapping[str, str]] = visitor.data("person", "list")
    return next(one["email"] for one in people if one["name"] == "Lê An")


def _as_address(text: str) -> Kept:
    found = re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text.strip())
    return unicodedata.normalize("NFC", text.strip()) if found else None


def _as_cell(text: str) -> Kept:
    """Return a title out of a cell, whose lines are one."""
    return as_line(re.sub("[\r\n\u2028\u2029\t]+", " ", text).strip())


def _as_excel_cell(text: str) -> Kept:
    return _as_cell(text.replace("\r", ""))


def _is_lone(text: str) -> bool:
    return re.search("[\ud800-\udfff]", text) is not None


def _no_xml(text: str) -> bool:
    return re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", text) is not None


def _is_surrogate(text: str) -> bool:
    """Return whether a text is none that a system gives a program."""
    return re.search("[\ud800-\udc7f\udd00-\udfff]", text) is not None


DOORS: Final = (
    Door("argument", _argument, is_out=lambda text: text == "-"),
    Door("option", _option, is_out=lambda text: text == "-"),
    Door("update", _update, as_text, is_out=lambda text: text == "-"),
    Door("standard input", _standard_input, as_text, _is_surrogate),
    Door("editor", _editor, as_text, lambda text: _is_surrogate(text) or "\n" in text or "\r" in text),
    Door("person", _person, _as_name, is_out=lambda text: "," in text or text == "-", is_strict=True),
    Door(
        "author", _author, as_line, lambda text: _is_surrogate(text) or "\0" in text or not text.strip(), True
    ),
    Door("YAML", _plan, _as_plan_text, is_strict=True),
    Door("CSV", _imported("csv", _csv), _as_cell, _is_surrogate, is_strict=True),
    Door("xlsx", _imported("xlsx", _xlsx), _as_excel_cell, _is_lone, is_strict=True),
    Door("JSON lines", _imported("jsonl", _jsonl), _as_cell, is_strict=True),
    Door("annex", _annex, is_out=_no_xml, is_strict=True),
    Door(
        "file name",
        _file_name,
        lambda text: text,
        lambda text: _is_surrogate(text) or "/" in text or "\0" in text,
        is_strict=True,
    ),
    Door("address", _address, _as_address),
)
