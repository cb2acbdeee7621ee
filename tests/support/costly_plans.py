"""Files made to be slow or to fill the memory, and a process that checks one of them within limits."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.reader import MAX_COPIES, MAX_VALUES
from plantrack.planfile.parsing.source_text import MAX_BYTES, MAX_LINES
from tests.support.plan_cases import AREAS, HEAD, ORGS

resource = pytest.importorskip("resource", reason="only POSIX limits what a process may take")

MEGABYTE = 1024 * 1024
#: What each file takes of what a file may have: all of it, or a part (`limit_to`).
most_bytes, most_lines, most_values, most_copies = MAX_BYTES, MAX_LINES, MAX_VALUES, MAX_COPIES
#: As many keys, or keys and values, as a file may have.
half = most_values // 2 - 100
#: What the pace is taken of.
PACE = "[" + "x, " * 20_000 + "]"
#: What no whole file may take, three times what the slowest does; a cost that grows with the square takes hundreds of times more.
FAST = 200.0
#: What no whole file may fill; and what is filled before there is a file.
LARGE_MB, BARE_MB = 200.0, 30.0


class Cost(NamedTuple):
    """What the check of a file took, and how many problems it found; none when the process died."""

    #: How many times as much of the processor as `pace` takes, measured beside it: the same on every machine.
    paces: float
    peak_mb: float
    problems: int | None


def filled(piece: str, limit: int = MAX_BYTES, begin: str = HEAD, end: str = "") -> str:
    """Return a file that is nearly as large as may be, or has nearly as many pieces."""
    room = most_bytes - len((begin + end).encode()) - 100
    return begin + piece * min(limit, room // len(piece.encode())) + end


def activities(line: str, number: int, begin: str = HEAD + ORGS + AREAS + "    activities:\n") -> str:
    """Return a plan with many activities; `{n}` stands for the number of each."""
    lines = (f"      - {line.replace('{n}', str(n))}\n" for n in range(number))
    text, room = [begin], most_bytes - len(begin.encode()) - 100
    for each in lines:
        room -= len(each.encode())
        if room < 0:
            break
        text.append(each)
    return "".join(text)


def chain(line: str, levels: int) -> str:
    """Return lines of which each names the one before it."""
    first = "k0: &k0 {a: 1, b: [x, x]}\n"
    return first + "".join(line.format(n=n, m=n - 1) for n in range(1, levels))


TEXTS: dict[str, Callable[[], str]] = {
    "spaces": lambda: filled(" ", begin=""),
    "line ends": lambda: filled("\n", begin=""),
    "carriage returns": lambda: filled("\r", begin=""),
    "comments": lambda: filled("# a\n"),
    "comments in as many lines as may be": lambda: filled("# a\n", most_lines - 10),
    "remarks to fill": lambda: filled("# CẦN ĐIỀN: x\n", most_lines - 10),
    "opening brackets": lambda: filled("[", begin=""),
    "opening braces": lambda: filled("{", begin=""),
    "question marks": lambda: filled("? ", begin=""),
    "dashes": lambda: filled("- ", begin=""),
    "dashes in lines": lambda: filled("- \n", most_lines - 10, begin=""),
    "quotes": lambda: filled("'", begin=""),
    "double quotes": lambda: filled('"\\"', begin=""),
    "tabs": lambda: filled("\t", begin="a:\n"),
    "exclamation marks": lambda: filled("! ", begin="a: "),
    "percent signs": lambda: filled("%a\n", most_lines - 10, begin=""),
    "documents": lambda: filled("--- a\n", most_lines - 10, begin=""),
    "one long text": lambda: filled("a", begin=HEAD + 'number: "', end='"\n'),
    "one long text with marks": lambda: filled("ế", begin=HEAD + 'number: "', end='"\n'),
    "one long text in parts": lambda: filled("e\u0302\u0301", begin=HEAD + 'number: "', end='"\n'),
    "one long text in TCVN3": lambda: filled("kÕ ho¹ch ", begin=HEAD + 'number: "', end='"\n'),
    "one long text misread": lambda: filled("Há»™i ", begin=HEAD + 'number: "', end='"\n'),
    "escapes": lambda: filled("\\u1EBF", begin=HEAD + 'number: "', end='"\n'),
    "one long word": lambda: filled("a", begin=HEAD + "number: "),
    "one long number": lambda: filled("9", begin=HEAD + "number: "),
    "one long time": lambda: filled("9:", begin=HEAD + "number: ", end="9\n"),
    "one long key": lambda: filled("k", begin=HEAD, end=": 1\n"),
    "folded lines": lambda: filled("  a\n", most_lines - 10, begin=HEAD + "number: >\n"),
    "hidden signs": lambda: filled("\u200b", begin=HEAD + 'number: "'),
    "refused signs": lambda: filled("\x01", begin=HEAD),
    "placeholders": lambda: filled("{{a}} ", begin=HEAD + 'number: "', end='"\n'),
    "placeholders that do not close": lambda: filled("{{", begin=HEAD + 'number: "', end='"\n'),
    "conflicts": lambda: filled("<<<<<<< a\n", most_lines - 10),
    "values": lambda: filled("1,", most_values - 100, HEAD + "contributes_to: [", "]\n"),
    "empty mappings": lambda: filled("{},", most_values - 100, HEAD + "contributes_to: [", "]\n"),
    "mappings that lack three keys": lambda: filled("{},", most_values - 100, HEAD + "retired: [", "]\n"),
    "more values than may be": lambda: filled("1,", begin=HEAD + "contributes_to: [", end="]\n"),
    "lists of values": lambda: filled(
        "[" + "1," * 1000 + "],", most_values // 1002, HEAD + "places: [", "]\n"
    ),
    "unknown keys": lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(half)),
    "repeated keys": lambda: filled("title: x\n", half),
    "unknown keys near others": lambda: activities('{code: "ND1.{n}", titel: "x", leed: []}', half // 3),
    "unknown organisations": lambda: activities('{code: "ND1.{n}", title: "x", lead: ["a{n}"]}', half // 4),
    "repeated codes": lambda: activities('{code: "ND1.1", title: "x", lead: ["ubdt"], time: "x"}', half // 5),
    "nothing stated": lambda: activities('{code: "ND1.{n}", title: "x"}', half // 3),
    "null everywhere": lambda: activities(
        '{code: "ND1.{n}", title: "x", lead: ~, due: ~, note: ~}', half // 6
    ),
    "wrong days": lambda: activities('{code: "ND1.{n}", title: "x", due: "{n}/2024"}', half // 4),
    "days of all kinds": lambda: activities('{code: "ND1.{n}", title: "x", due: "2024-02-{n}"}', half // 4),
    "hard spaces": lambda: activities('{code: "ND1.{n}", title: "x\u00a0x", note: "\u00a0"}', half // 4),
    "old encodings": lambda: activities('{code: "ND1.{n}", title: "KÕ ho¹ch §¸nh gi¸"}', half // 3),
    "texts that end at a sign": lambda: activities("{code: 'ND1.{n}', title: x #y\n        }", half // 5),
    "moves in a row": lambda: _rows("moved", '  "ND{n}": "ND{m}"', half - 10),
    "organisations in a row": lambda: _rows(
        "organisations", '  - {id: "o{n}", name: "x", parent: "o{m}", successor: "o{m}"}', half // 5
    ),
    "aliases": lambda: filled("*a,", most_copies - 10, HEAD + "number: &a x\ncontributes_to: [", "]\n"),
    "aliases of mistakes": lambda: filled(
        "*a,",
        most_copies // 12,
        HEAD + "programme: &a {a: 1, b: 2, c: 3, d: 4, e: 5}\ncontributes_to: [",
        "]\n",
    ),
    "anchors": lambda: filled("&a x,", most_values - 100, HEAD + "contributes_to: [", "]\n"),
    "unknown aliases": lambda: filled("*a,", most_copies - 10, HEAD + "contributes_to: [", "]\n"),
    "aliases in aliases": lambda: chain("k{n}: &k{n} [*k{m}, *k{m}, *k{m}, *k{m}]\n", 50),
    "merges": lambda: activities(
        '{<<: *m, code: "ND1.{n}"}',
        half // 4,
        HEAD + ORGS + AREAS + '    short: &m {vi: "x", en: "x"}\n    activities:\n',
    ),
    "merges in merges": lambda: chain("k{n}: &k{n} {{<<: [*k{m}, *k{m}, *k{m}], c{n}: *k{m}}}\n", 50),
    "a wide mapping merged in many": lambda: (
        f"{HEAD}programme: {'{<<: ' * 20}{{{', '.join(f'k{n}: 1' for n in range(half))}}}{'}' * 20}\n"
    ),
    "levels": lambda: HEAD + "topics: " + "[" * 29 + "1," * 250_000 + "]" * 29 + "\n",
    "a very good plan": lambda: activities(
        '{code: "ND1.{n}", title: "Tập huấn cán bộ hội cơ sở về giới", lead: ["ubdt"], time: "Quý II", '
        'due: "2024-Q2", deliverable: "Báo cáo", note: "Ghi chú của hoạt động", topics: ["a", "b"]}',
        half // 9,
    ),
}
BYTES: dict[str, Callable[[], bytes]] = {
    "noughts": lambda: b"\0" * most_bytes,
    "noughts among letters": lambda: (b"a" * 50 + b"\0") * (most_bytes // 51),
    "no letters": lambda: b"\xff" * most_bytes,
    "half a letter at the end": lambda: filled("ế").encode()[:-1] + b"\xe1\xba",
    "another encoding": lambda: HEAD.encode("utf-16") + "ế".encode("utf-16-le") * (most_bytes // 3),
    "too much": lambda: b"a: b\n" * most_bytes,
    "noise": lambda: random.Random(468).randbytes(most_bytes),
}
NAMES = (*TEXTS, *BYTES)
#: What takes longest, what fills the memory most, and what the reader itself ends: the suite makes these whole.
WHOLE = frozenset({
    *("a very good plan", "moves in a row", "repeated codes", "remarks to fill", "one long number", "noise"),
    *("more values than may be", "levels", "merges"),
})  # fmt: skip


def part_of(name: str) -> int:
    """Return what part of a file the suite makes: what grows with the square shows in a quarter too."""
    return 1 if name in WHOLE else 4


def limit_to(part: int) -> None:
    """Let each file be a part of the largest one."""
    global most_bytes, most_lines, most_values, most_copies, half
    most_bytes, most_lines = MAX_BYTES // part, MAX_LINES // part
    most_values, most_copies = MAX_VALUES // part, MAX_COPIES // part
    half = most_values // 2 - 100


def _rows(key: str, line: str, number: int) -> str:
    """Return a plan with many entries, each of which names the next one."""
    rows = (line.replace("{n}", str(n)).replace("{m}", str(n + 1)) for n in range(2, number + 2))
    return f"{HEAD}{AREAS}{key}:\n" + "\n".join(rows) + "\n"


def made(name: str) -> bytes:
    """Make a file."""
    return TEXTS[name]().encode() if name in TEXTS else BYTES[name]()


def cost(name: str, part: int = 1, memory_mb: int = 1000, paces: int = 1000) -> Cost:
    """Make and check a file in a process of its own, which ends when it takes more."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        limit_to(part)
        _measure(made(name), writer, memory_mb, paces)
    os.close(writer)
    with os.fdopen(reader) as file:
        said = file.read().split()
    os.waitpid(child, 0)
    if not said:
        return Cost(float(paces), float(memory_mb), None)
    return Cost(float(said[0]), float(said[1]), int(said[2]))


def _measure(data: bytes, writer: int, memory_mb: int, paces: int) -> None:
    code = 1
    try:
        before = pace()
        limit = int(time.process_time() + before * paces) + 1
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        start = time.process_time()
        _, problems = check_document(Path("/không-có/x.yaml"), data)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writer, f"{spent / max(before, pace())} {peak} {len(problems)}".encode())
        code = 0
    finally:
        sys.stdout.flush()
        os._exit(code)


def pace() -> float:
    """Return what the processor takes to read the events of a short file: the measure of all others."""
    start = time.process_time()
    assert sum(1 for _ in yaml.parse(PACE, Loader=yaml.CSafeLoader)) > 10_000
    return time.process_time() - start


def settled(name: str, part: int) -> Cost:
    """Return what a file costs; one that seems slow is measured again, since another program may have been in the way."""
    best = cost(name, part)
    for _ in range(4):
        if best.problems is None or best.paces < FAST / part:
            break
        again = cost(name, part)
        best = again._replace(paces=min(best.paces, again.paces), peak_mb=max(best.peak_mb, again.peak_mb))
    return best


def costs() -> dict[str, Cost]:
    """Return what each file costs, or its part, from a fresh process, which is small."""
    command = [sys.executable, "-m", "tests.support.costly_plans", "--json"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, check=True)
    return {name: Cost(*each) for name, each in json.loads(done.stdout).items()}


def main() -> None:
    """Print what each whole file costs, the slowest last: `python -m tests.support.costly_plans [NAME...]`."""
    if sys.argv[1:] == ["--json"]:
        json.dump({name: settled(name, part_of(name)) for name in NAMES}, sys.stdout)
        return
    for each, name in sorted((cost(name), name) for name in sys.argv[1:] or NAMES):
        print(f"{each.paces:6.1f} paces {each.peak_mb:6.0f} MB {each.problems!s:>5}  {name}")


if __name__ == "__main__":
    main()
