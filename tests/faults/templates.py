"""Workspaces to copy from: one with a history in nearly every table, one with a second plan, one with nothing yet."""

import contextlib
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from plantrack.services.verbs import demo
from plantrack.services.workspace import DATABASE
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.exchange.fact_lines import MARK
from tests.conftest import Hands
from tests.faults.processes import inside
from tests.support.filled_forms import filled
from tests.support.older import made_by_version
from tests.support.plan_edits import PLAN, swap

#: What stands in the name of a file that commands replace.
OLD = "what stood here before\n"
_INDICATOR = '        indicators: [{id: "so-lop", title: "Số lớp", unit: "lớp"}]\n'
_ACTIVITY = '      - code: "ND3.1"\n'
_ORGANISATION = '  - id: "don-vi"\n    name: {vi: "Đơn vị (ví dụ)"}\n    level: "unit"\n    parent: "ubdt"\n'
_TABLE = "Tên nhiệm vụ,Nội dung,Chủ trì,Hạn,Tiến độ\nViệc nhập một,ND2,ubdt,Quý IV,10\nViệc nhập hai,ND2,hlhpn,Quý IV,\n"
_HALF_BAD = "Nhiệm vụ,Tiến độ,Kết quả\n13,100,đã xong hết\n9999,1,không có\n"
#: What is done after the example: a recurring task, people, a filter, forms that came back.
_MORE = """
add Giao ban --area 2 --due 31/8/2024 --every month --until 30/11/2024
part 20 "một việc" hai
add Phỏng vấn --area 3 --to An --new-person
assign 14 --to Bình --new-person
filter save gấp area:3
org add so-nv "Sở Nội vụ (ví dụ)"
org set hlhpn --email a@example.org
indicator record so-lop 7 --period Q2
undo
form make hlhpn --week 2024-W31 --output bieu-1.xlsx
form make ubdt --week 2024-W31 --output bieu-2.xlsx
weekly --week 2024-W29 --output old.md
"""


class Templates:
    """Each is made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tries = folder
        self._made: dict[str, Path] = {}

    def copy(self, name: str, to: Path) -> Path:
        """Copy a workspace to a folder that is not there."""
        return Path(shutil.copytree(self.named(name), to))

    def named(self, name: str) -> Path:
        """Return a workspace that nobody may write in."""
        if name not in self._made:
            _MAKERS[name](self, folder := self.folder / name)
            assert not list(folder.glob(f"{DATABASE}-*"))
            self._made[name] = folder
        return self._made[name]

    def try_folder(self) -> Path:
        """Return the name of a folder for one try."""
        return Path(tempfile.mkdtemp(dir=self._tries, prefix="try-")) / "w"

    @contextlib.contextmanager
    def at(self, folder: Path) -> Iterator[None]:
        """Have the folders of tries in another folder."""
        before, self._tries = self._tries, folder
        try:
            yield
        finally:
            self._tries = before


def _worked(_: Templates, folder: Path) -> None:
    demo.build(folder)
    clock = Hands("2024-08-01")
    swap(folder, _ACTIVITY, _ACTIVITY + _INDICATOR, PLAN)
    for line in ("plan apply", *_MORE.strip().splitlines()):
        ended = inside(folder, shlex.split(line), clock)
        assert ended.code == 0, (line, ended)
    filled(
        folder / "bieu-1.xlsx", {"1": {"result": "đã họp"}, "+1": {"title": "Ngoài kế hoạch", "area": "ND2"}}
    )
    filled(folder / "bieu-2.xlsx", {"4": {"result": "đã gửi"}})
    swap(folder, "organisations:\n", f"organisations:\n{_ORGANISATION}", PLAN)
    (folder / "viec.csv").write_text(_TABLE, "utf-8")
    (folder / "sai.csv").write_text(_HALF_BAD, "utf-8")
    (folder / "old.md").write_text(OLD, "utf-8")
    (folder / "list.xlsx").write_text(OLD, "utf-8")
    (folder / "xuat.jsonl").write_text(MARK.decode() + OLD, "utf-8")  # only an export is replaced by one


def _renewed(templates: Templates, folder: Path) -> None:
    templates.copy("worked", folder)
    clock = Hands("2024-12-20")
    new = "plans/kh-2025.yaml"
    for words in (
        ("plan", "new", new, "--from", "kh-468-2024", "--year", "2025"),
        ("plan", "apply", new),
    ):
        ended = inside(folder, words, clock)
        assert ended.code == 0, (words, ended)


def _backed(templates: Templates, folder: Path) -> None:
    """Make a workspace with a backup, and commands after it."""
    templates.copy("worked", folder)
    clock = Hands("2024-08-02")
    for line in ("db backup sao.db", "add Việc-sau --area 2", "update 1 -p 70"):
        ended = inside(folder, shlex.split(line), clock)
        assert ended.code == 0, (line, ended)


def _older(templates: Templates, folder: Path) -> None:
    """Make a workspace of the version before."""
    made_by_version(SCHEMA_VERSION - 1, templates.copy("worked", folder) / DATABASE)


def _empty(_: Templates, folder: Path) -> None:
    folder.mkdir(parents=True)


def _planned(_: Templates, folder: Path) -> None:
    """Make a folder with the plan's file, of which a server has the database."""
    assert inside(Path(folder.parent), ("init", str(folder))).code == 0
    (folder / DATABASE).unlink()


def _exported(templates: Templates, folder: Path) -> None:
    """Make a folder with nothing but a whole export."""
    folder.mkdir(parents=True)
    worked = templates.named("worked")
    ended = inside(worked, ("export", "--output", str(folder / "all.jsonl")))
    assert ended.code == 0, ended


def _site(templates: Templates, folder: Path) -> None:
    """Make a folder with nothing but the first bundle for a site."""
    folder.mkdir(parents=True)
    worked = templates.named("worked")
    ended = inside(worked, ("bundle", "export", str(folder / "hn.bundle"), "--site", "HN"))
    assert ended.code == 0, ended


def _hub(templates: Templates, folder: Path) -> None:
    """Make a workspace with a bundle of what a site recorded meanwhile."""
    templates.copy("worked", folder)
    site = templates.copy("site", templates.try_folder())
    clock = Hands("2024-08-02")
    for line in (
        "bundle import hn.bundle",
        "add Việc-ở-tỉnh --area 2",
        "update 1 -p 70",
        f"bundle export {folder / 've.bundle'}",
    ):
        ended = inside(site, shlex.split(line), clock)
        assert ended.code == 0, (line, ended)
    shutil.rmtree(site.parent)


_MAKERS: dict[str, Callable[[Templates, Path], None]] = {
    "worked": _worked,
    "renewed": _renewed,
    "backed": _backed,
    "older": _older,
    "empty": _empty,
    "planned": _planned,
    "exported": _exported,
    "site": _site,
    "hub": _hub,
}
