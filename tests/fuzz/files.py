"""The parsers of files and of what comes from other machines: plans, annexes, tables, exports, forms, templates, mail."""

import contextlib
import email
import email.policy
import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final

from openpyxl import Workbook

from plantrack.deliver.mail.address import parse_address, parse_addresses
from plantrack.deliver.mail.message import MailContent, build_message
from plantrack.deliver.mail.server import server_from, without_password
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.model.text import clean_line
from plantrack.planfile.annex import read_annex
from plantrack.planfile.format.dump import dump
from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.codes import SEVERITY
from plantrack.render.formats.docx.template import render_into
from plantrack.render.formats.xlsx.form_workbook import form_workbook
from plantrack.render.views.exchange.form import form_page
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.importing.read_table import ImportRequest
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.exchange.form import look_into, make_forms, open_form, put_form
from plantrack.services.verbs.exchange.import_table import import_table, read_rows
from plantrack.services.verbs.init import init
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.exchange.fact_lines import FORMAT, fact_line, head_line, read_fact, read_head
from plantrack.store.sqlite.connection import SQLite, connect
from plantrack.tables.open_table import open_table
from tests.fuzz.mutator import Mutator, damaged
from tests.fuzz.target import Target
from tests.support.annex_samples import SAMPLES
from tests.support.exported import empty_database, exported, put_back
from tests.support.word_files import FIELDS, REPORT, template

VI: Final = Words("vi")
NOW: Final = datetime(2024, 7, 18, 2, tzinfo=UTC)
#: Where files are written, in memory where that is possible.
_SHM: Final = Path("/dev/shm")
_XML: Final = (
    *(
        b"<",
        b">",
        b"</",
        b"/>",
        b"&amp;",
        b"&#0;",
        b"&#x1F;",
        b"&#xFFFFFFFF;",
        b"&lol;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"<?x?>",
    ),
    *(
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b' r="Z999999999"',
        b' r="A1"',
        b' s="9999"',
        b' t="s"',
        b' t="e"',
        b' t="d"',
        b' t="inlineStr"',
    ),
    *(
        b"<v>1e999</v>",
        b"<v>-1</v>",
        b"<v>45000.5</v>",
        b"<v>99999999</v>",
        b' spans="1:99999999"',
        b' ref="A1:XFD1048576"',
        b"\xff",
        b"\0",
    ),
    *(
        b"<w:p><w:r><w:t>x</w:t></w:r></w:p>",
        b"<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
        b'<w:gridSpan w:val="9999"/>',
        b"<w:vMerge/>",
        b"<w:br/>",
    ),
    *(
        b"<mc:AlternateContent>",
        b'w:val="-1"',
        b'w:val="99999999999"',
        b"<w:del>",
        b"<w:numPr>",
        b"<w:sdt>",
        b"_x000D_",
        b"<si><t>",
        b"<row/>",
    ),
)
_BYTES: Final = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\x1b",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2\x80\xa8",
    ),
    *(
        b'"',
        b'""',
        b";",
        b",",
        b"\t",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"null",
        b"1e999",
        b"9" * 400,
        b"\\u0000",
        b"\\ud800",
        b"- ",
        b"? ",
        b"&a ",
        b"*a",
    ),
)


def _written(data: bytes, ending: str) -> Path:
    """Put bytes into the one file of this process that has this ending."""
    path = _folder() / f"x.{ending}"
    path.write_bytes(data)
    return path


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=_SHM if _SHM.is_dir() else None))


# --- plans ---

_HERE: Final = Path(__file__).parents[1]
_PLANS: Final = (
    _HERE.parent / "plans" / "kh-468-2024.yaml",
    *(_HERE / "planfile" / name for name in ("full.yaml", "many.yaml")),
    *sorted((_HERE / "planfile" / "bad").glob("*.yaml")),
)
_YAML: Final = (
    *(
        "areas:\n",
        "activities:",
        '- code: "ND1"',
        'lead: ["ubdt"]',
        'due: "2024-Q2"',
        "moved: {a: b}",
        'include: ["x"]',
        "<<: *a",
        "&a ",
        "*a",
    ),
    *(
        "- ",
        "? ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        "!!str ",
        "|\n",
        ">-\n",
        "\t",
        "# ",
        "---\n",
        "%YAML 1.1\n",
        "~",
        "no",
        "012",
        "2024-02-30",
        "'",
        '"',
        "  ",
    ),
)


@cache
def _plans() -> Mutator:
    texts = [path.read_text("utf-8", "surrogateescape") for path in _PLANS]
    small = [text for text in texts if len(text) < 6_000]
    return Mutator([*small, *(text[:3_000] for text in texts)], _YAML, most=8_000)


def _plan(rng: Random) -> bytes:
    return _plans().made(rng).encode("utf-8", "surrogatepass")


def hold_plan(data: bytes) -> None:
    """Hold that a plan's problems stand in its file, and that a plan without one is written so that it is read as itself."""
    path = _folder() / "none" / "x.yaml"
    plan, problems = check_document(path, data)
    assert (plan is None) == any(p.severity == "error" for p in problems)
    for problem in problems:
        assert problem.code in SEVERITY
        assert all(value.isprintable() for value in problem.params.values()), problem
    if plan is not None:
        again, left = check_document(path, dump(plan, {}).encode())
        assert again == plan, [p for p in left if p.severity == "error"]


# --- packages ---


@cache
def _package(name: str) -> tuple[dict[str, bytes], bytes]:
    """Return the parts of a file, and the file."""
    data = _MADE[name]()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}, data


def _repacked(rng: Random, name: str, wanted: Sequence[str]) -> bytes:
    """Return a file with one of its parts damaged; or its own bytes."""
    parts, data = _package(name)
    if rng.random() < 0.1:
        return damaged(rng, data, _BYTES, rng.randint(1, 3))
    part = rng.choice([own for own in parts if any(own.endswith(end) for end in wanted)])
    changed = (
        _moved_about(rng, parts[part])
        if rng.random() < 0.5
        else damaged(rng, parts[part], _XML, rng.randint(1, 4))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for own, content in parts.items():
            archive.writestr(own, changed if own == part else content)
    return out.getvalue()


def _moved_about(rng: Random, xml: bytes) -> bytes:
    """Return XML with some elements in other places, and other texts: mostly it can still be read."""
    pieces = xml.split(b"<")
    for _ in range(rng.randint(1, 6)):
        at, other = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        match rng.randint(0, 3):
            case 0:
                pieces[at] = pieces[other]
            case 1:
                pieces.insert(at, pieces[other])
            case 2:
                head, mark, _ = pieces[at].partition(b">")
                text = rng.choice(_cells().seeds).replace("&", "&amp;").replace("<", "&lt;")
                pieces[at] = head + mark + text.encode("utf-8", "replace")
            case _:
                pieces[at : at + 1] = []
                pieces = pieces or [b""]
    return b"<".join(pieces)


@cache
def _cells() -> Mutator:
    from tests.fuzz.words import _CELLS, _DAYS, _MONEY

    return Mutator((*_CELLS, *_DAYS, *_MONEY))


_DOCX: Final = [name for name in SAMPLES if name.endswith(".docx")]
_XLSX: Final = [name for name in SAMPLES if name.endswith(".xlsx")]


def _annex(names: Sequence[str], parts: Sequence[str]) -> Callable[[Random], tuple[str, bytes]]:
    def make(rng: Random) -> tuple[str, bytes]:
        name = rng.choice(names)
        return name.rpartition(".")[2], _repacked(rng, name, parts)

    return make


def hold_annex(made: tuple[str, bytes]) -> None:
    """Hold that what is drafted of an annex passes the check."""
    plan, remarks = read_annex(_written(made[1], made[0]), 2024, "kh-vi-du")
    read, problems = check_document(Path("x.yaml"), dump(plan, remarks).encode())
    assert read == plan, [p for p in problems if p.severity == "error"]


# --- tables ---


def _workbook() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in _ROWS:
        sheet.append(row)
    sheet.append([1, 2.5, datetime(2024, 7, 18), True, "=1+1"])
    sheet.merge_cells("A2:B3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ROWS: Final = (
    [
        "TT",
        "Tên nhiệm vụ",
        "Nội dung",
        "Đơn vị chủ trì",
        "Thời hạn",
        "Tiến độ",
        "Kết quả",
        "Kinh phí (triệu đồng)",
        "Người phụ trách",
    ],
    ["1", "Họp giao ban", "ND3", "ubdt", "30/9/2024", "50%", "đã họp", "1.200", "Lê Văn An"],
    ["2", 'Khảo sát; "thực địa"', "3", "Hội LHPN Việt Nam", "Quý III", "0,5", "- một\n- hai", "8,5", ""],
    ["", "Tổng cộng", "", "", "", "", "", "9", ""],
)
_MADE: Final[dict[str, Callable[[], bytes]]] = {
    **SAMPLES,
    "table": _workbook,
    "form": lambda: _form_bytes(),
    "template": lambda: template("{{tieu_de}}", "Kỳ: {{ky}}, ngày {{ngay}}", "{{noi_dung}}"),
}


def _csv(rng: Random) -> tuple[str, bytes]:
    separator = rng.choice((";", ",", "\t"))
    text = "\n".join(separator.join(f'"{c}"' if "\n" in c or '"' in c else c for c in row) for row in _ROWS)
    data = text.encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1258")), "replace")
    if rng.random() < 0.5:
        return "csv", damaged(rng, data, _BYTES, rng.randint(1, 5))
    return "csv", _cells().made(rng).join(text.rpartition("họp")[::2]).encode("utf-8", "surrogatepass")


def _jsonl(rng: Random) -> tuple[str, bytes]:
    lines = (
        '{"type":"task","title":"Họp","area":"ND3","lead":["ubdt"],"due":"2024-09-30","percent":50}',
        '{"type":"task","title":"Khảo sát","area":"ND3","tags":["a",null],"budget":{"amount":1.5e3}}',
        '{"type":"update","task":"1","result":"đã họp","on":"2024-07-18"}',
    )
    return "jsonl", damaged(
        rng, "\n".join(rng.sample(lines, rng.randint(1, 3))).encode(), _BYTES, rng.randint(1, 5)
    )


def _xlsx(rng: Random) -> tuple[str, bytes]:
    return "xlsx", _repacked(
        rng, "table", ("sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", ".rels")
    )


def hold_table(made: tuple[str, bytes]) -> None:
    """Hold that each row of a table is read, or that the file is refused."""
    table = open_table(_written(made[1], made[0]))
    for sheet in table.sheets:
        for row in islice(sheet.rows(), 2_000):
            assert all(isinstance(cell.text, str) for cell in row.cells)


def hold_import(made: tuple[str, bytes]) -> None:
    """Hold that a table is taken in as a command, or is refused and leaves nothing."""
    context = _context()
    changes = _database().driver.total_changes
    try:
        reading = read_rows(context, ImportRequest(_written(made[1], made[0]), new_person=True, new_org=True))
        import_table(context._replace(is_trial=True), reading)
    finally:
        assert not _database().driver.in_transaction
        assert _database().query("SELECT COUNT(*) FROM task") == [(2,)], changes


def _any_table(rng: Random) -> tuple[str, bytes]:
    return rng.choice((_csv, _csv, _jsonl, _xlsx))(rng)


# --- a database, exports, forms ---


@cache
def _database() -> SQLite:
    """Return a database with two tasks."""
    init(_folder() / "w", None, "Người thử", lambda: datetime(2024, 7, 1, 2, tzinfo=UTC))
    db = connect(_folder() / "w" / "plantrack.db")
    db.driver.execute("PRAGMA synchronous = OFF")
    context = open_context(
        db, ContextRequest(author="Người thử"), lambda: datetime(2024, 7, 2, 2, tzinfo=UTC)
    )
    for title in ("Tập huấn cán bộ", 'Khảo sát "thực địa"'):
        add(
            context,
            NewTask(
                title, area="3", lead=("hlhpn",), due="2024-08-30", in_charge=("Lê Văn An",), new_person=True
            ),
        )
    update(context, ["1"], TypedUpdate(percent="30", result="đã gửi phiếu", blocked="thiếu kinh phí"))
    return db


def _context() -> Context:
    return open_context(_database(), ContextRequest(author="Người thử"), lambda: NOW)


@cache
def _lines() -> list[bytes]:
    return exported(_database())


def _export(rng: Random) -> list[bytes]:
    """Return the lines of an export, one of them another, or another than it was but with its own hash."""
    lines = list(_lines())
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        match rng.randint(0, 4):
            case 0:
                lines[at] = damaged(rng, lines[at], _BYTES, 1)
            case 1:
                lines[at] = rng.choice(lines)
            case 2:
                del lines[at]
            case 3:
                lines[at] = _other_value(rng, lines[at])
            case _:
                lines.insert(at, rng.choice(lines))
        if not lines:
            return [b""]
    return _headed(lines) if rng.random() < 0.7 else lines


def _other_value(rng: Random, line: bytes) -> bytes:
    """Return a fact with another value, written as facts are."""
    fact = read_fact(line)
    if fact is None or fact[0] == "head":
        return line
    name = rng.choice([*fact[1]])
    value: object = rng.choice(
        (None, "", 0, -1, 2**63, 1.5, "x", True, [], {}, "2024-02-30", "\udcff", _cells().made(rng))
    )
    with contextlib.suppress(UnicodeEncodeError):
        return fact_line(
            fact[0], [*fact[1]], [value if own == name else own_value for own, own_value in fact[1].items()]
        )
    return line


def _headed(lines: list[bytes]) -> list[bytes]:
    """Put a head over lines that is right for them, as far as they are facts."""
    import hashlib

    head = read_head(_lines()[0])
    assert head is not None
    counts = dict.fromkeys(head.counts, 0)
    for line in lines[1:]:
        fact = read_fact(line)
        if fact and fact[0] in counts:
            counts[fact[0]] += 1
    return [
        head_line(head._replace(counts=counts, sha256=hashlib.sha256(b"".join(lines[1:])).hexdigest())),
        *lines[1:],
    ]


def hold_export(lines: list[bytes]) -> None:
    """Hold that what is restored is what stands in the lines, and nothing otherwise."""
    if read_head(lines[0]) is None:
        return
    with empty_database() as db:
        put_back(db, lines)
        assert exported(db)[1:] == lines[1:]


def hold_line(line: bytes) -> None:
    """Hold that a line is a fact or a head as it is written, or is none."""
    fact, head = read_fact(line), read_head(line)
    assert fact is None or fact_line(fact[0], [*fact[1]], [*fact[1].values()]) == line
    assert head is None or head.format != FORMAT or head_line(head) == line


def _line(rng: Random) -> bytes:
    line = rng.choice(_lines())
    return _other_value(rng, line) if rng.random() < 0.3 else damaged(rng, line, _BYTES, rng.randint(1, 4))


def _form_bytes() -> bytes:
    context = _context()
    (view,) = make_forms(context, ("hlhpn",)).forms
    data = form_workbook(form_page(view, VI))
    put_form(context, _folder() / "bieu.xlsx", data, view.form)
    return data


def _form(rng: Random) -> tuple[str, bytes]:
    return "xlsx", _repacked(
        rng, "form", ("sheet1.xml", "sheet2.xml", "sharedStrings.xml", "styles.xml", "workbook.xml")
    )


def hold_form(made: tuple[str, bytes]) -> None:
    """Hold that a form is understood, or refused."""
    look_into(open_form(_context(), _written(made[1], "xlsx")))


def _template(rng: Random) -> bytes:
    return _repacked(
        rng, "template", ("document.xml", "styles.xml", "settings.xml", ".rels", "[Content_Types].xml")
    )


def hold_template(data: bytes) -> None:
    """Hold that a template is filled in, or refused."""
    assert b"".join(render_into(REPORT, data, "mau.docx", FIELDS))


def hold_search(text: str) -> None:
    """Hold that whatever is searched for is found or not, and that nothing of it is read as a question."""
    list_tasks(_context(), text.split("\n"))


# --- mail ---

_URLS: Final = (
    *(
        "smtp://u:p@mail.example.org:587/?from=a@example.org",
        "smtps://mail.example.org",
        "smtp+starttls://u%40x:p%2F@[::1]:25",
    ),
    *(
        "smtp://127.0.0.1:2525",
        "smtp://ủ:mật@máy.vn",
        "smtps://u@h?from=Tổng%20hợp%20<a@b.vn>",
        "smtp://h:99999",
        "smtp:///x",
    ),
)
_ADDRESSES: Final = (
    *(
        "a@example.org",
        "Nguyễn Văn A <a@example.org>",
        '"A, B" <a@example.org>, b@example.org',
        "<a@b>",
        "a@bücher.example",
        "đ@máy.vn",
    ),
    *(
        "a@@b",
        "a@[127.0.0.1]",
        '"a b"@c.d',
        "a@b.c,,d@e.f",
        "A <a@b> B",
        "a@xn--.vn",
        "x" * 64 + "@b.c",
        "a@" + "b." * 120 + "c",
    ),
)


def hold_url(text: str) -> None:
    """Hold that what is shown of a mail server has no password, be it a failure, and that it is read as the same server."""
    environment = {"PLANTRACK_SMTP_URL": text, "PLANTRACK_SMTP_PASSWORD": "bimat-cua-toi"}
    try:
        server = server_from(environment)
    except Failure as failure:
        assert "bimat-cua-toi" not in " ".join(sentence(VI, failure))
        raise
    shown = without_password(text)
    again = server_from({**environment, "PLANTRACK_SMTP_URL": shown})
    assert (again.scheme, again.host, again.port, again.user, again.sender) == server[:4] + (
        server.sender,
    ), shown
    assert (
        len(server.password) < 4
        or server.password in (server.user, "smtp")
        or server.password not in repr(server)
    )
    assert server.masked(f"x {server.password} y") is not None


def hold_address(text: str) -> None:
    """Hold that an address is read again as itself."""
    for address in parse_addresses([text]):
        assert parse_address(address.spec).spec == address.spec
        assert not any(c in address.spec for c in "\r\n\0 <>,;:")


def hold_message(text: str) -> None:
    """Hold that a letter has the headers that it has, one sender and one receiver, whatever it is about and to whom."""
    subject = clean_line(text, what="title")
    (to, *_) = parse_addresses([rng_free(text)]) or parse_addresses(["a@example.org"])
    content = MailContent(
        subject, f"{text[:200]}\n".encode("utf-8", "replace").decode(), "<p>x</p>", (), "vi"
    )
    data = build_message(content, parse_address("Tổng hợp <t@example.org>"), to, "<1@example.org>", NOW)
    read: Any = email.message_from_bytes(data, policy=email.policy.default)
    assert sorted(read.keys()) == sorted(_HEADERS), read.keys()
    assert [str(a.addr_spec) for a in read["To"].addresses] == [to.spec]
    assert " ".join(str(read["Subject"]).split()) == subject


_HEADERS: Final = (
    *(
        "Date",
        "From",
        "To",
        "Message-ID",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    ),
)


def rng_free(text: str) -> str:
    """Return a text as the name of somebody with an address."""
    plain = "".join(c for c in text if c not in '<>,"')[:60]
    return f"{plain} <a@example.org>"


def _texts(seeds: Sequence[str], words: Sequence[str] = ()) -> Callable[[Random], str]:
    mutator = Mutator(seeds, words, most=600)

    def make(rng: Random) -> str:
        return mutator.made(rng)

    return make


_SUBJECTS: Final = (
    "Tổng hợp tiến độ tuần từ 15/07/2024",
    "A" * 120,
    "=?utf-8?q?x?=",
    "[Ví dụ] KH 468, tuần 29",
    "a  b",
)
_SEARCHES: Final = (
    "tập huấn",
    '"thực địa"',
    "họp OR khảo",
    "NEAR(a b)",
    "tap*",
    "an",
    "phiếu\nkinh phí",
    "text:gửi phiếu",
    "%",
    "_",
)
_SHEETS: Final = (
    "sheet1.xml",
    "sharedStrings.xml",
    "styles.xml",
    "workbook.xml",
    ".rels",
    "[Content_Types].xml",
)
TARGETS: Final = (
    Target("plan", _plan, hold_plan, 60),
    Target(
        "annex docx",
        _annex(_DOCX, ("document.xml", "numbering.xml", "styles.xml", ".rels", "[Content_Types].xml")),
        hold_annex,
        25,
    ),
    Target("annex xlsx", _annex(_XLSX, _SHEETS), hold_annex, 25),
    Target("CSV", _csv, hold_table, 150),
    Target("JSON lines", _jsonl, hold_table, 150),
    Target("xlsx", _xlsx, hold_table, 60),
    Target("import", _any_table, hold_import, 40),
    Target("export lines", _line, hold_line, 300),
    Target("export", _export, hold_export, 5),
    Target("form", _form, hold_form, 25),
    Target("template", _template, hold_template, 15),
    Target("search", _texts(_SEARCHES, ("AND", "OR", "NOT", "*", '"', ":", "^", "text:")), hold_search, 60),
    Target(
        "mail server", _texts(_URLS, ("smtp://", "@", ":", "%", "?from=", "/", "[::1]", "#")), hold_url, 300
    ),
    Target("addresses", _texts(_ADDRESSES, ("@", "<", ">", ",", '"', ".", "example.org")), hold_address, 300),
    Target(
        "message", _texts((*_SUBJECTS, *_ADDRESSES), ("=?utf-8?q?", "?=", "\r\n", "Bcc:")), hold_message, 60
    ),
)
