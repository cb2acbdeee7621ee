"""The parsers of what people type: filters, days, periods, money, documents, labels, names, forms, addresses."""

import contextlib
import io
import shlex
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

import typer

from plantrack.cli.completion.shell_words import ShellWord, for_bash, read_bash
from plantrack.cli.completion.typed_line import read_line
from plantrack.cli.form_text import FormEntry, form_text, read_form
from plantrack.cli.session import Session
from plantrack.cli.typer_adapter import parse
from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.model.choosing.filter_line import split_filter
from plantrack.model.choosing.organisation_filter import organisations_passing
from plantrack.model.choosing.task_range import parse_task_range
from plantrack.model.days import valid_day
from plantrack.model.filters import Filter, parse_filter, parse_log_terms
from plantrack.model.indicator import parse_amount, written_out
from plantrack.model.moments import parse_moment
from plantrack.model.names import Names, label_of
from plantrack.model.status import (
    parse_deadline_state,
    parse_every,
    parse_level,
    parse_priority,
    parse_status,
)
from plantrack.model.text import (
    clean_line,
    clean_text,
    fold,
    match_key,
    natural_key,
    nearest,
    nfc,
    person_name,
    toned,
    vi_key,
    visible,
)
from plantrack.model.typed.days import (
    parse_day,
    parse_due,
    parse_period,
    parse_range,
    parse_start,
    parse_week,
    parse_weekday,
)
from plantrack.model.typed.issued_document import parse_document
from plantrack.model.typed.money import parse_money, read_number, unit_in_heading
from plantrack.planfile.annex.money_cells import read_money
from plantrack.planfile.annex.party_cells import names_in
from plantrack.planfile.annex.time_cells import read_time
from plantrack.planfile.annex.title_numbers import split_number
from plantrack.planfile.load import check_document
from plantrack.services.writing.status_updates import parse_percent
from plantrack.tables.csv_line import LineSplitter
from plantrack.tables.encoding import garbled
from tests.fuzz.mutator import Mutator
from tests.fuzz.target import Target
from tests.support.people import people_called

TODAY: Final = "2024-07-18"
ZONE: Final = "Asia/Ho_Chi_Minh"
VI, EN = Words("vi"), Words("en")
_FILE: Final = Path(__file__).parents[2] / "plans" / "kh-468-2024.yaml"


def _names() -> Names:
    plan, _ = check_document(_FILE, _FILE.read_bytes())
    assert plan is not None
    people = people_called("Lê Văn An", "Lê Thị An", "H’Nhuên Ksơ̆r", "Trần Bình (ubdt)")
    return Names(plan, people, ("ND8", "ND9.1"), lambda: ["Trần Bình", "may-chu"])


NAMES: Final = _names()


def _named(name: str) -> tuple[str, ...]:
    if name != "mine":
        raise Failure("unknown-filter", name=name, near=())
    return ("area:ND3", "overdue", "họp")


def _filter(args: list[str]) -> Filter:
    return parse_filter(args, NAMES, TODAY, ("vi",), _named)


def _meaning(read: Filter) -> tuple[object, ...]:
    return [(t.field, t.values, t.refused, t.span) for t in read.terms], read.texts


def hold_filter(line: str) -> None:
    """Hold that a filter as it is printed is read as the same one."""
    read = _filter(split_filter(line))
    if read.terms or read.texts:
        again = _filter(split_filter(read.spelled()))
        assert _meaning(again) == _meaning(read), read.spelled()


def hold_arguments(line: str) -> None:
    """Hold that terms, one an argument, end in a filter or a failure; a history's, too."""
    args = line.split("\n")
    for read in (lambda: _filter(args), lambda: parse_log_terms(args, NAMES, TODAY)):
        with contextlib.suppress(Failure):
            read()
    organisations_passing(line, NAMES, TODAY)


def hold_day(text: str) -> None:
    """Hold that a day is one, and is read again as itself."""
    reads: tuple[Callable[[], str | None], ...] = (
        lambda: parse_day(text, today=TODAY),
        lambda: parse_day(text, today="2024-02-29", in_year=2024),
        lambda: parse_start(text, today=TODAY, year=2024),
        lambda: parse_due(text, today=TODAY, year=2024).day,
    )
    for read in reads:
        with contextlib.suppress(Failure):
            day = read()
            assert day is None or valid_day(day), day
            assert day is None or parse_day(day, today=TODAY) == day


def hold_range(text: str) -> None:
    """Hold that a range as it is printed is read as the same one."""
    span = parse_range(text, today=TODAY, year=2024)
    assert span is None or parse_range(span.spelled(), today=TODAY, year=2024) == span, span


def hold_period(text: str) -> None:
    """Hold that periods and weeks are read again by their names."""
    with contextlib.suppress(Failure):
        week = parse_week(text, today=TODAY)
        assert parse_week(week.name, today=TODAY) == week
    with contextlib.suppress(Failure):
        parse_weekday(text)
    period = parse_period(text, today=TODAY, closing_day=14)
    assert parse_period(period.name, today=TODAY, closing_day=14) == period
    assert period.first <= period.last


def hold_moment(text: str) -> None:
    """Hold that a moment is read again as itself."""
    moment = parse_moment(text, timezone=ZONE, today=TODAY)
    assert len(moment) == len("2024-07-18T00:00:00.000Z"), moment
    assert parse_moment(moment, timezone=ZONE, today=TODAY) == moment


def hold_money(text: str) -> None:
    """Hold that an amount as it is printed is read as the same one, in both languages."""
    read_number(text)
    unit_in_heading(text)
    with contextlib.suppress(Failure):
        value = parse_amount(text)
        assert parse_amount(written_out(value)) == value or "." in written_out(value)
    with contextlib.suppress(Failure):
        parse_percent(text)
    amount = parse_money(text)
    assert 0 <= amount < 2**63
    for words in (VI, EN):
        assert parse_money(words.money(amount)) == amount, words.money(amount)


def hold_document(text: str) -> None:
    """Hold that a document has only words that were typed."""
    read = parse_document(text, lambda day: parse_day(day, today=TODAY, in_year=2024))
    said = [part for part in (read.number, read.issuer, read.title and read.title.vi) if part]
    assert all(part in " ".join(nfc(text).split()) for part in said), read


def hold_label(text: str) -> None:
    """Hold that labels and ranges of them are small numbers."""
    label = label_of(text)
    assert label is None or label_of(label) == label, label
    found = parse_task_range(text)
    assert found is None or len(found) <= 1000


def hold_word(text: str) -> None:
    """Hold that what names something else ends in that or in a failure."""
    reads: tuple[Callable[[str], Any], ...] = (
        *(parse_status, parse_priority, parse_deadline_state, parse_level, parse_every),
        *(
            NAMES.area,
            NAMES.activity,
            NAMES.organisation,
            NAMES.organisation_meant,
            NAMES.place,
            NAMES.author,
        ),
        *(NAMES.person, NAMES.person_meant, NAMES.person_to_write, NAMES.known_code),
    )
    for read in reads:
        with contextlib.suppress(Failure):
            read(text)


def hold_text(text: str) -> None:
    """Hold that a text is cleaned once for all, and that nothing that is shown of one is a control character."""
    for clean in (lambda s: clean_line(s, what="title"), lambda s: clean_text(s, what="result"), person_name):
        with contextlib.suppress(Failure):
            once = clean(text)
            assert clean(once) == once
    assert fold(fold(text)) == fold(text)
    assert match_key(match_key(text)) == match_key(text)
    for read in (toned, vi_key, natural_key, garbled):
        read(text)
    nearest(text, ("họp", "xong", "ND3"))
    assert not any(
        c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" for c in visible(text) if c != "\n"
    )


_ENTRIES: Final = [
    FormEntry("result", "Kết quả", ("result", "Result", "Kết quả")),
    FormEntry("next", "Việc tiếp theo", ("next", "Next", "Việc tiếp theo")),
    FormEntry("blocked", "Vướng mắc", ("blocked", "Difficulty", "Vướng mắc"), "trước: x\n# y"),
]


def hold_form_text(text: str) -> None:
    """Hold that a value stands in a form so that it is read as itself."""
    with contextlib.suppress(Failure):
        value = clean_text(text, what="result")
        filled = [_ENTRIES[0]._replace(value=value), *_ENTRIES[1:]]
        assert read_form(form_text("đầu", filled), filled) == {"result": value}
    read_form(text, _ENTRIES)


def hold_shell_word(text: str) -> None:
    """Hold that a value is one word to a shell, and that any line can be read."""
    read_bash(text, " \t\n\"'><=;|&(:")
    with contextlib.suppress(Failure):
        read_line(text.split(" ")[:-1], text.split(" ")[-1])
    value = clean_line(text, what="title")
    assert shlex.split(for_bash(value, ShellWord())) == [value]
    assert shlex.split(f"'{for_bash(value, ShellWord(quote=chr(39)))}'") == [value]


def hold_options(line: str) -> None:
    """Hold that a command line ends in values, in a page, or in a failure, which is told in both languages."""
    args = line.split("\x1f")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            parse([*args, "list", "list"] if args[0].startswith("-") else args, Session())
    except (typer.Exit, typer.Abort):
        return
    except Failure as failure:
        for words in (VI, EN):
            assert all("{" not in part or "{" in line for part in sentence(words, failure))
        raise


def hold_csv_line(text: str) -> None:
    """Hold that lines of CSV come apart as they were written."""
    import csv

    rows = [[cell.replace("\n", " ") for cell in line.split("\x1f")] for line in text.split("\x1e")]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    splitter = LineSplitter("x.csv", ",")
    read = [row for _, row in splitter.rows(iter(enumerate(out.getvalue().split("\n")[:-1], 1)))]
    assert read == rows
    for _ in splitter.rows(iter(enumerate(text.split("\n"), 1))):
        pass


def hold_cell(text: str) -> None:
    """Hold that cells of an annex can be read whatever is in them."""
    read_time(text, 2024)
    read_money(text, None, "triệu đồng")
    names_in(text)
    split_number(text)


_DAYS: Final = (
    *(
        "2024-07-18",
        "18/7/2024",
        "18-7-2024",
        "18.7",
        "T9",
        "Q2",
        "quý II",
        "tháng 7",
        "hôm nay",
        "hom-qua",
        "-1d",
        "+7d",
    ),
    *(
        "thứ hai",
        "chủ nhật",
        "none",
        "ongoing",
        "thường xuyên",
        "trước 15/8",
        "hết quý II",
        "cuối tháng",
        "end of month",
    ),
    *(
        "2024-W29",
        "tuần 29",
        "tuần trước",
        "last week",
        "2024-Q3",
        "H1",
        "9 tháng đầu năm",
        "6 tháng/2024",
        "năm 2024",
    ),
    *(
        "quý I-II",
        "tháng 7-9/2024",
        "từ tháng 3 đến tháng 5",
        "18 July 2024",
        "ngày 18 tháng 7 năm 2024",
        "29/2",
        "t2",
    ),
    *("15-20/8", "2024", "31/12/9999", "1/1/0001", "w1", "2024-9M", "first half", "nine months 2024"),
)
_MOMENTS: Final = (
    *(
        "2024-07-18T10:30",
        "2024-07-18 10:30:15.5Z",
        "10:30 18/7/2024",
        "10h30 ngày 18/7",
        "00:00 ngày 22/07/2024",
        *_DAYS,
    ),
    *(
        "2024-07-18T24:00",
        "2024-07-18T10:30+07:00",
        "9g hôm qua",
        "18/7 lúc 7h",
        "2024-12-31T23:59:60Z",
        "0001-01-01T00:00Z",
    ),
)
_MONEY: Final = (
    *(
        "1.200.000",
        "1,2 tỷ",
        "8.744 triệu đồng",
        "1 tỷ 200 triệu",
        "VND 1,200,000",
        "12,5",
        "500k",
        "0",
        "1.5 bn",
        "1 234 567",
    ),
    *(
        "999999999999999999 đồng",
        "12 nghìn tỷ",
        "1.234",
        "1.234,5",
        "Kinh phí (triệu đồng)",
        "ĐVT: nghìn đồng",
        "50%",
        "₫5000",
    ),
)
_FILTERS: Final = (
    *(
        "area:ND3,ND4",
        "status:-done,-dropped",
        "due:2024-07-01..2024-09-30",
        "due:..2024-09-30 overdue",
        "updated:-7d..",
        "@mine",
    ),
    *(
        "org:ubdt lead:hlhpn",
        'to:"Lê Văn An"',
        "qua han",
        "overdue:no",
        "text:họp",
        "tag:a,b",
        "deadline:open_overdue",
        "'họp giao ban'",
    ),
    *(
        "place:HN",
        "priority:cao",
        'document:"5/KH"',
        "author:may-chu recorded:2024-07",
        "completed:Q2",
        "activity:3.1",
        "ND3 họp",
    ),
    *(
        "level:province place:HN",
        "verb:add field:title task:3",
        "H'Nhuên",
        "to:an",
        "với:ubdt",
        "khong-han",
        "opened:none",
    ),
)
_DOCUMENTS: Final = (
    "số 123/UBDT-TH ngày 5/6/2024 của Uỷ ban Dân tộc về việc triển khai kế hoạch",
    "Quyết định số 5 ngày 1 tháng 2 năm 2024 phê duyệt chương trình",
    "No. 12/A-B dated 5 June 2024 issued by UBDT regarding the plan", "none", "123/KH (5/6/2024)", "của Ban Chỉ đạo về 5", "ngày 5/6",
)  # fmt: skip
_LABELS: Final = (
    "12",
    "nv12",
    "#12",
    "HN-4",
    "5-9",
    "5..9",
    "nv 3 - nv 9",
    "3,5",
    "c12",
    "0012",
    "2024-07-18",
    "5-",
    "A3-HN-4",
)
_WORDS: Final = (
    *(
        "done",
        "hoàn thành",
        "gấp",
        "ubdt",
        "Uỷ ban Dân tộc",
        "hlhpn",
        "ND3",
        "3.1",
        "nd 3",
        "Lê Văn An",
        "An (ubdt)",
        "Trần Bình",
    ),
    *(
        "hằng tuần",
        "every month",
        "trung ương",
        "province",
        "quá hạn",
        "H'Nhuên",
        "Hội Liên hiệp Phụ nữ Việt Nam",
        "tuần",
    ),
)
_FORMS: Final = (
    "# đầu\n\nKết quả: đã họp\n  dòng hai\n\nVướng mắc: chậm\n# nhận xét\nViệc tiếp theo:\n", "result: x\nnext: y\nblocked: -",
    "Kết quả: a\n Kết quả: b\n  # c", "\ufeffKết quả:\r\nx\r\n",
)  # fmt: skip
_LINES: Final = (
    "plantrack list area:ND3 \"to:Lê", "plantrack update 3 -r 'xong", "plantrack giao 3 -t Ví\\ dụ", "plantrack plan check pl", "a b=c:d",
    "~/x", "plantrack --lang=v",
)  # fmt: skip
_OPTIONS: Final = (
    *(
        "add\x1fHọp\x1f--area\x1f3",
        "update\x1f1\x1f-r\x1fđã họp\x1f-p\x1f50",
        "list\x1foverdue\x1f--format\x1fcsv",
        "xong\x1f4",
    ),
    *(
        "weekly\x1f--week\x1flast",
        "plan\x1fcheck",
        "assign\x1f3\x1f--to\x1fAn\x1f--instead",
        "--lang\x1fen\x1flist\x1f--all",
        "help\x1ffilters",
    ),
    *(
        "extend\x1f1\x1f--due\x1f30/9\x1f--reason\x1fx",
        "edit\x1f1\x1f--title=x",
        "-qClist",
        "progress\x1f--by\x1fdon-vi",
        "import\x1fx.csv",
    ),
    *(
        "form\x1fread\x1fx.xlsx",
        "undo\x1fc4\x1f--dry-run",
        "--version",
        "list\x1f--help",
        "filter\x1fsave\x1fmine\x1foverdue",
    ),
)
_OPTION_WORDS: Final = (
    *(
        "\x1f",
        "\x1f--",
        "\x1f-",
        "--note",
        "-r",
        "-p",
        "--format",
        "--as-of",
        "--lang",
        "-C",
        "--where",
        "--yes",
        "--expect",
        "=",
        "-h",
    ),
    *(
        "--đơn-vị",
        "--kết-quả",
        "--unblocked",
        "-o",
        "-n",
        "-b",
        "-s",
        "\x1f1\x1f",
        "--db",
        "--output",
        "--width",
    ),
)
_CELLS: Final = (
    *(
        "Quý II, III",
        "Trước 30/6/2024",
        "Thường xuyên",
        "Từ tháng 3 đến tháng 5",
        "Chủ trì: Vụ A\nPhối hợp: Vụ B",
        "8.744 triệu đồng",
    ),
    *(
        "- Vụ A\n- Vụ C (đầu mối)",
        "UBDT/HLHPN",
        "1.1. Việc",
        "a) phần",
        "Tháng 11 - 2/2025",
        "15-20/8",
        "100 - 200 triệu",
        "II. NHÓM",
        "1/2",
    ),
)
_CSV: Final = ('a\x1fb\x1fc\x1e"x"\x1f1;2\x1f', 'a,b;c\td\n"q""r",s', "x\x1fy\x1e\x1f", '"a\nb";c')


def _target(
    name: str,
    hold: Callable[[str], None],
    seeds: tuple[str, ...],
    words: tuple[str, ...] = (),
    few: int = 300,
) -> Target:
    mutator = Mutator(seeds, words)

    def make(rng: Random) -> str:
        return mutator.made(rng)

    return Target(name, make, hold, few)


TARGETS: Final = (
    _target(
        "filters",
        hold_filter,
        _FILTERS,
        ("area:", "due:", "to:", "text:", "@", "overdue", ",", "-", '"', "họp"),
    ),
    _target(
        "arguments", hold_arguments, _FILTERS, ("area:", "due:", "verb:", "field:", "level:", "\n", ",", "-")
    ),
    _target("days", hold_day, _DAYS, _DAYS),
    _target("ranges", hold_range, (*_DAYS, "2024-07-01..2024-09-30", "..Q2", "T7.."), (*_DAYS, "..")),
    _target("periods", hold_period, _DAYS, _DAYS),
    _target("moments", hold_moment, _MOMENTS, ("T", "Z", "+07:00", ":", "lúc", "ngày", "10:30")),
    _target("money", hold_money, _MONEY, (" tỷ", " triệu", " nghìn", " đồng", ".", ",", "000", "VND ", "%")),
    _target(
        "documents",
        hold_document,
        _DOCUMENTS,
        ("ngày ", "của ", "về việc ", "số ", "v/v ", "phê duyệt ", "5/6/2024"),
    ),
    _target("labels", hold_label, _LABELS, ("nv", "#", "-", "..", "HN-", "12")),
    _target("words", hold_word, _WORDS, _WORDS, few=60),
    _target("texts", hold_text, (*_WORDS, *_DOCUMENTS, "dòng một\n  dòng hai\r\n", "oà hoá thuỷ")),
    _target("edited forms", hold_form_text, _FORMS, ("Kết quả:", "result:", "# ", " ", "\n", "Vướng mắc: ")),
    _target(
        "shell words",
        hold_shell_word,
        (*_LINES, *_WORDS),
        ("'", '"', "\\", "$(", "`", " ", "plantrack ", "--"),
    ),
    _target("options", hold_options, _OPTIONS, _OPTION_WORDS, few=100),
    _target("CSV lines", hold_csv_line, _CSV, ('"', '""', ",", "\n", "\x1f", "\x1e", '",')),
    _target(
        "annex cells",
        hold_cell,
        _CELLS,
        ("Chủ trì: ", "Phối hợp: ", "Quý ", "tháng ", "\n", "- ", "; ", "và "),
    ),
)
