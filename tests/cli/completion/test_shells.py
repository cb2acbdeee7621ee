"""The real shells: keys are typed at a terminal, TAB is pressed, and the line is read."""

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from plantrack.cli.app import main
from tests.support.shells import SETTINGS, Shell

pytestmark = pytest.mark.slow

TAB = "\t"


@pytest.fixture(scope="module", params=SETTINGS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of a shell that is installed here."""
    shell = str(request.param)
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    return shell


@pytest.fixture(scope="module")
def shell(name: str, example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A shell in a copy of the example, which several tests type into: each begins with an empty line."""
    folder = tmp_path_factory.mktemp(name)
    shutil.copytree(example, folder / "w")
    (folder / "home").mkdir()
    started = Shell(name, folder / "w", folder / "home")
    yield started
    started.end()


def test_tab_completes_the_line(shell: Shell, name: str) -> None:
    typed = {
        # commands and options, by either name
        "plantrack hoan": "plantrack hoan-tac ",
        "plantrack undo --xem": "plantrack undo --xem-truoc ",
        "plantrack ke-hoach carr": "plantrack ke-hoach carry-over ",
        # a colon in the word, an equals sign, a comma, a quote, an escaped space
        "plantrack list are": "plantrack list area:",
        "plantrack list area:ND3": "plantrack list area:ND3 ",
        "plantrack list status:don": "plantrack list status:done ",
        "plantrack giao 3 --chu-tri=ub": "plantrack giao 3 --chu-tri=ubdt ",
        "plantrack giao 3 -l hlhpn,ub": "plantrack giao 3 -l hlhpn,ubdt ",
        'plantrack giao 3 -t "Ví dụ B': 'plantrack giao 3 -t "Ví dụ B" ',
        r"plantrack giao 3 -t Ví\ dụ\ B": r"plantrack giao 3 -t Ví\ dụ\ B ",
        # without tones, by the last word
        "plantrack giao 3 -t b": r"plantrack giao 3 -t Ví\ dụ\ B ",
        "plantrack giao 3 --lead 'uy ban": "plantrack giao 3 --lead 'Uỷ ban Dân tộc' ",
        # what the database has
        "plantrack xong 19": "plantrack xong 19 ",
        "plantrack list --plan kh": "plantrack list --plan kh-468-2024 ",
        "plantrack undo c54": "plantrack undo c54 ",
        # files where files are meant, and nowhere else
        "plantrack plan check plan": "plantrack plan check plan",
        "plantrack plan check plans/kh": "plantrack plan check plans/kh-468-2024.yaml ",
        "plantrack list --output=plans/k": "plantrack list --output=plans/kh-468-2024.yaml ",
        "plantrack add plans/k": "plantrack add plans/k",
        "plantrack khong-co ": "plantrack khong-co ",
    }
    got = {line: shell.line(line + TAB) for line in typed}
    if name == "fish":  # it knows no tones: what it puts in is the same name to the program
        assert shell_reads(got.pop("plantrack giao 3 --lead 'uy ban")) == "uỷ ban dân tộc"
        typed.pop("plantrack giao 3 --lead 'uy ban")
    assert got == typed


def test_a_shorter_name_is_completed_as_the_manual_has_it(shell: Shell, name: str) -> None:
    shell.line("alias kh=plantrack\r")
    if name == "bash":
        shell.line("complete -o nosort -F _plantrack kh\r")
    assert shell.line("kh hoan" + TAB) == "kh hoan-tac "


def shell_reads(line: str) -> str:
    """Return the last word of a line, without what it is quoted by."""
    word = line.strip().partition("--lead ")[2].strip("'").replace("\\", "")
    return unicodedata.normalize("NFC", word).lower()


def test_a_name_is_one_word_whatever_it_holds(shell: Shell) -> None:
    hostile = "Zed'; touch pwned; $(touch pwned) `touch pwned` \"& \\"
    assert (
        main(["-C", str(shell.folder), "-q", "add", "Họp", "--area", "3", "--to", hostile, "--new-person"])
        == 0
    )
    for n, quote in enumerate(("", "'", '"')):
        line = shell.line(f"plantrack -q list --format json to:{quote}zed{TAB}")
        assert "pwned" in line, quote
        shell.line(f"plantrack -q list --format json to:{quote}zed{TAB} > found-{n}.json\r")
        shell.line("")
        assert not (shell.folder / "pwned").exists(), quote
        assert "Họp" in (shell.folder / f"found-{n}.json").read_text("utf-8"), quote


def test_letters_in_nfd_are_completed(shell: Shell) -> None:
    typed = unicodedata.normalize("NFD", r"plantrack giao 3 -t Ví\ dụ\ B")
    assert unicodedata.normalize("NFC", shell.line(typed + TAB)) == r"plantrack giao 3 -t Ví\ dụ\ B "


def test_several_are_shown_with_what_they_mean(name: str, example: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    shell = Shell(name, example, tmp_path / "home")
    assert shell.line(f"plantrack xong 1{TAB}") == "plantrack xong 1"
    assert shell.line(f"plantrack tu{TAB}") == "plantrack tuan "
    seen = shell.end()
    assert "Sơ kết công tác phối hợp năm 2024" in seen


def test_a_script_that_is_installed_for_the_machine_is_found(
    name: str, example: Path, tmp_path: Path
) -> None:
    if name == "bash" and not Path("/usr/share/bash-completion/bash_completion").exists():
        pytest.skip("bash-completion is not installed")
    (tmp_path / "home").mkdir()
    shell = Shell(name, example, tmp_path / "home", installed=True)
    for _ in range(2):  # loaded at the first TAB
        assert shell.line(f"plantrack hoan-{TAB}") == "plantrack hoan-tac "
        assert shell.line(f"plantrack list area:ND3{TAB}") == "plantrack list area:ND3 "
    shell.end()


def test_english_is_offered_where_english_is_spoken(name: str, example: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    shell = Shell(name, example, tmp_path / "home", language="en")
    assert shell.line(f"plantrack undo --dr{TAB}") == "plantrack undo --dry-run "
    assert shell.line(f"plantrack progress --by o{TAB}") == "plantrack progress --by org "
    assert shell.line(f"plantrack hoan-{TAB}") == "plantrack hoan-tac "
    shell.end()


def test_without_a_workspace_there_is_silence(name: str, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "w").mkdir()
    shell = Shell(name, tmp_path / "w", tmp_path / "home")
    assert shell.line(f"plantrack xong {TAB}") == "plantrack xong "
    assert shell.line(f"plantrack khoi{TAB}") == "plantrack khoi-tao "
    assert "Lỗi" not in shell.end()
