"""The examples in the help of each command: what runs them all, and what the program does besides answering.

`python -m tests.support.examples [COMMAND …]` runs them in a worked example of its own, for whoever traces the process:
`strace -f -e trace=network python -m tests.support.examples`.
"""

import contextlib
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from plantrack.cli.app import main
from plantrack.cli.commands import COMMANDS
from plantrack.cli.help_text import page
from plantrack.errors import Exit
from plantrack.i18n.words import Words
from plantrack.services.verbs.demo import build


def examples_of(command: str, language: str) -> list[str]:
    """Return the examples that a command's help has."""
    return Words(language)(f"cmd.{command.replace(' ', '.')}.example").split("\n")


def make_ready(command: str, language: str) -> None:
    """Put the files that a command's examples read into the folder of a worked example, the one that this runs in."""
    lines = examples_of(command, language)
    if command == "import":
        main(["export", "--output", shlex.split(lines[-1])[2]])
        Path(shlex.split(lines[0])[2]).write_text(example_file(page(language, "import")), "utf-8")
    if command == "db restore":
        named = Path(shlex.split(lines[0])[3])
        named.parent.mkdir(exist_ok=True)
        main(["db", "backup", str(named)])
    if command == "bundle import":
        from_site, for_site = (shlex.split(line)[-1] for line in lines)
        main(["bundle", "export", "--site", "HN", for_site])
        main(["--db", "at-hn.db", "bundle", "import", for_site])
        main(["--db", "at-hn.db", "update", "1", "--note", "x"])
        main(["--db", "at-hn.db", "bundle", "export", from_site])
    if command == "form read":
        for name in {word for line in lines for word in shlex.split(line) if word.endswith(".xlsx")}:
            main(["form", "make", "ubdt" if "ubdt" in name else "hlhpn", "--output", name])


def example_file(text: str) -> str:
    """Return the table that a page has as an example: its first lines that stand in from the margin."""
    lines = text.split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("    "))
    return "\n".join(line[4:] for line in lines[first : lines.index("", first)])


def needs_server(line: str) -> bool:
    """Return whether an example asks a server, which the worked example has not."""
    return "postgresql://" in line and "--print" not in line


def ends_with(command: str, line: str) -> Exit:
    """Return how an example ends in the worked example."""
    if "--from-plan" in line or line == "plantrack undo":
        return Exit.NOT_NOW  # it has a task for each activity already, and was recorded long ago
    if command == "db restore" and "--dry-run" not in line:
        return Exit.FILE if "/media/" in line else Exit.NOT_NOW  # no such stick; nobody to be asked
    if command == "db status" and "--fail-on" in line:
        return Exit.FOUND  # it was never backed up, and sent no mail
    if command.startswith("member"):
        return Exit.USAGE  # a file has no members
    # No indicators are made up for a real plan.
    return Exit.NO_SUCH if command == "indicator record" else Exit.DONE


class Watched(NamedTuple):
    """What the interpreter did: the events that open a way to the network, and the arguments of other programs."""

    network: list[str]
    programs: list[list[str]]


_watching: list[Watched] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    for watched in _watching:
        if event.startswith("socket.") and event != "socket.gethostname":
            watched.network.append(f"{event} {args!r}")
        elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn"):
            watched.programs.append([os.fsdecode(word) for word in args[1]])


@contextlib.contextmanager
def watched() -> Iterator[Watched]:
    """Watch this process by an audit hook, which the interpreter itself calls."""
    if not hasattr(watched, "hooked"):
        sys.addaudithook(_hook)
        watched.hooked = True  # type: ignore[attr-defined] # a hook stays as long as the process
    found = Watched([], [])
    _watching.append(found)
    try:
        yield found
    finally:
        _watching.remove(found)


def run_examples(commands: Sequence[str], language: str) -> int:
    """Run the examples of commands, each command in a worked example of its own; return how many there were."""
    count = 0
    for command in commands:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            build(Path(folder))
            make_ready(command, language)
            for line in (one for one in examples_of(command, language) if not needs_server(one)):
                assert main(shlex.split(line)[1:]) == ends_with(command, line), line
                count += 1
    return count


if __name__ == "__main__":
    os.environ.setdefault("PLANTRACK_USER", "Ví dụ A")
    ran = run_examples(sys.argv[1:] or [*COMMANDS], "vi")
    sys.stderr.write(f"{ran} examples of {len(sys.argv[1:] or COMMANDS)} commands\n")
