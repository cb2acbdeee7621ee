"""What is kept stands in every form as it is, wherever it stands, and does nothing there."""

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.hostile.outputs import READ, counted, in_xml, is_nfc, missing, read_csv, read_ics, read_xlsx
from tests.hostile.workspace import SAMPLE, KeptTexts, build, made
from tests.support.table_files import SOFFICE, resaved

pytestmark = [pytest.mark.no_cover, pytest.mark.slow]

#: What is asked, and which of the texts stand in the answer.
VIEWS = {
    "list": (["list", "--all"], ("line",)),
    "people": (["person", "list"], ("name",)),
    "show": (["show", "NUMBERS"], ("line", "text", "name")),
    "weekly": (["weekly", "--week", "2024-W29", "--with-notes", "priority:high"], ("line", "text")),
    "log": (["log", "-n", "all", "NUMBERS"], ("line", "text", "name")),
    "progress": (["progress", "--by", "person", "priority:high"], ("name",)),
    "remind": (["remind", "--days", "30", "priority:high"], ("line",)),
}
FORMS = {
    **dict.fromkeys(("list", "weekly"), (*READ,)),
    **dict.fromkeys(
        ("log", "progress", "people", "remind"), ("txt", "json", "md", "html", "docx", "csv", "xlsx")
    ),
    "show": ("txt", "json", "md", "html", "docx"),
}
#: What is an office's file, whose XML cannot hold all.
OF_XML = ("docx", "xlsx", "ics")
#: Two longer ones have no room in a cell of Excel.
LONGEST_SHOWN = 16_000
#: So much of a title stands in a reminder at least.
CUT = 36


class Hoard:
    """The workspace, and what each command wrote of it, once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: list[KeptTexts] = build(folder)
        self._written = dict[tuple[str, str], bytes]()
        self._parts = dict[tuple[str, str], list[str]]()

    def written(self, view: str, form: str) -> bytes:
        """Return an answer, which is asked for once."""
        if (view, form) not in self._written:
            self._written[view, form] = made(self.folder, form, *self.args(view))
        return self._written[view, form]

    def parts(self, view: str, form: str) -> list[str]:
        """Return the parts of an answer, which is read once."""
        if (view, form) not in self._parts:
            self._parts[view, form] = READ[form](self.written(view, form))
        return self._parts[view, form]

    def args(self, view: str) -> list[str]:
        """Return what is typed for a view: of all, or of those that stand for others."""
        args = VIEWS[view][0]
        numbers = [str(own.number) for own in self.kept if own.is_sample]
        return [*args[:-1], *numbers] if args[-1] == "NUMBERS" else args

    def wanted(self, view: str, form: str) -> list[str]:
        """Return the texts that stand in it."""
        names = ("line",) if form == "ics" else VIEWS[view][1]
        kept = [own for own in self.kept if own.is_sample or view in ("list", "people")]
        texts = [text for own in kept for name in names if len(text := getattr(own, name)) < LONGEST_SHOWN]
        if view == "remind" and form not in ("json", "csv", "xlsx"):
            texts = [text for text in texts if len(text) <= CUT]
        return [in_xml(text) for text in texts] if form in OF_XML else texts


@pytest.fixture(scope="module")
def hoard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hoard]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANTRACK_USER", "Người thử")
        yield Hoard(tmp_path_factory.mktemp("hostile") / "w")


@pytest.mark.parametrize(("view", "form"), [(view, form) for view, forms in FORMS.items() for form in forms])
def test_each_text_stands_there_as_it_is(hoard: Hoard, view: str, form: str) -> None:
    parts = hoard.parts(view, form)
    assert missing(hoard.wanted(view, form), parts) == []
    assert is_nfc(parts)


@pytest.mark.parametrize("form", ["md", "html", "docx", "csv", "xlsx"])
def test_each_title_is_a_cell_of_its_own_in_a_table_with_no_more_and_no_fewer_rows(
    hoard: Hoard, form: str
) -> None:
    assert counted(hoard.wanted("list", form), hoard.parts("list", form)) == {}


def test_there_are_as_many_rows_as_tasks(hoard: Hoard) -> None:
    count = len(hoard.kept)
    assert count > 700
    assert len(read_csv(hoard.written("list", "csv"))) == count + 1
    assert len(read_ics(hoard.written("list", "ics"))) == count
    rows = read_xlsx(hoard.written("list", "xlsx"))
    assert len([row for row in rows if row[0].isdecimal()]) == count


def test_nothing_was_made_beside_the_answers(hoard: Hoard) -> None:
    there = {path.name for path in hoard.folder.iterdir()}
    assert {name for name in there if not name.startswith(("out.", "plantrack.db"))} == {
        "plans", ".gitignore", "texts.jsonl",
    }  # fmt: skip


@pytest.mark.skipif(SAMPLE > 1 or SOFFICE is None, reason="only python -m tests.hostile asks LibreOffice")
@pytest.mark.parametrize(("form", "ending"), [("xlsx", "csv"), ("docx", "odt")])
def test_libreoffice_reads_what_is_kept(hoard: Hoard, tmp_path: Path, form: str, ending: str) -> None:
    file = tmp_path / f"list.{form}"
    file.write_bytes(hoard.written("list", form))
    again = resaved(file, ending, tmp_path / "again")
    if ending == "odt":
        with zipfile.ZipFile(again) as package:
            root = ElementTree.fromstring(package.read("content.xml"))
        said = ["".join(part.itertext()) for part in root.iter() if part.tag.endswith("}p")]
    else:
        said = [
            cell for row in csv.reader(again.read_text("utf-8").splitlines(), delimiter=";") for cell in row
        ]
    # LibreOffice shows a character that is none as nothing.
    wanted = [line for line in hoard.wanted("list", form) if "\\uff" not in line]
    assert missing(wanted, said) == []
