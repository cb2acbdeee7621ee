"""Files made to be slow or to fill the memory, and a process that checks one of them within limits."""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from plantrack.planfile.load import check_document
from plantrack.planfile.source import MAX_BYTES
from plantrack.planfile.tree import MAX_COPIES, MAX_VALUES
from tests.planfile.cases import AREAS, HEAD, ORGS

MEGABYTE = 1024 * 1024


class Cost(NamedTuple):
    """What the check of a file took, and how many problems it found; none when the process died."""

    seconds: float
    peak_mb: float
    problems: int | None


def filled(piece: str, limit: int = MAX_BYTES, begin: str = HEAD, end: str = "") -> str:
    """Give a file that is nearly as large as may be, or has nearly as many pieces."""
    room = MAX_BYTES - len((begin + end).encode()) - 100
    return begin + piece * min(limit, room // len(piece.encode())) + end


def activities(line: str, number: int, begin: str = HEAD + ORGS + AREAS + "    activities:\n") -> str:
    """Give a plan with many activities; `{n}` stands for the number of each."""
    lines = (f"      - {line.replace('{n}', str(n))}\n" for n in range(number))
    text, room = [begin], MAX_BYTES - len(begin.encode()) - 100
    for each in lines:
        room -= len(each.encode())
        if room < 0:
            break
        text.append(each)
    return "".join(text)


def chain(line: str, levels: int) -> str:
    """Give lines of which each names the one before it."""
    first = "k0: &k0 {a: 1, b: [x, x]}\n"
    return first + "".join(line.format(n=n, m=n - 1) for n in range(1, levels))


def _texts() -> Iterator[tuple[str, str]]:
    half = MAX_VALUES // 2 - 100
    yield "spaces", filled(" ", begin="")
    yield "line ends", filled("\n", begin="")
    yield "carriage returns", filled("\r", begin="")
    yield "comments", filled("# a\n")
    yield "remarks to fill", filled("# CẦN ĐIỀN: x\n")
    yield "opening brackets", filled("[", begin="")
    yield "opening braces", filled("{", begin="")
    yield "question marks", filled("? ", begin="")
    yield "dashes", filled("- ", begin="")
    yield "dashes in lines", filled("- \n", begin="")
    yield "quotes", filled("'", begin="")
    yield "double quotes", filled('"\\"', begin="")
    yield "tabs", filled("\t", begin="a:\n")
    yield "exclamation marks", filled("! ", begin="a: ")
    yield "percent signs", filled("%a\n", begin="")
    yield "documents", filled("--- a\n", begin="")
    yield "one long text", filled("a", begin=HEAD + 'number: "', end='"\n')
    yield "one long text with marks", filled("ế", begin=HEAD + 'number: "', end='"\n')
    yield "one long text in parts", filled("e\u0302\u0301", begin=HEAD + 'number: "', end='"\n')
    yield "one long text in TCVN3", filled("kÕ ho¹ch ", begin=HEAD + 'number: "', end='"\n')
    yield "one long text misread", filled("Há»™i ", begin=HEAD + 'number: "', end='"\n')
    yield "escapes", filled("\\u1EBF", begin=HEAD + 'number: "', end='"\n')
    yield "one long word", filled("a", begin=HEAD + "number: ")
    yield "one long number", filled("9", begin=HEAD + "number: ")
    yield "one long key", filled("k", begin=HEAD, end=": 1\n")
    yield "folded lines", filled("  a\n", begin=HEAD + "number: >\n")
    yield "hidden signs", filled("\u200b", begin=HEAD + 'number: "')
    yield "refused signs", filled("\x01", begin=HEAD)
    yield "placeholders", filled("{{a}} ", begin=HEAD + 'number: "', end='"\n')
    yield "placeholders that do not close", filled("{{", begin=HEAD + 'number: "', end='"\n')
    yield "conflicts", filled("<<<<<<< a\n")
    yield "values", filled("1,", MAX_VALUES - 100, HEAD + "contributes_to: [", "]\n")
    yield "empty mappings", filled("{},", MAX_VALUES - 100, HEAD + "contributes_to: [", "]\n")
    yield "more values than may be", filled("1,", begin=HEAD + "contributes_to: [", end="]\n")
    yield "unknown keys", HEAD + "".join(f"k{n}: 1\n" for n in range(half))
    yield "repeated keys", filled("title: x\n", half)
    yield "unknown keys near others", activities('{code: "ND1.{n}", titel: "x", leed: []}', half // 3)
    yield "unknown organisations", activities('{code: "ND1.{n}", title: "x", lead: ["a{n}"]}', half // 4)
    yield "repeated codes", activities('{code: "ND1.1", title: "x", lead: ["ubdt"], time: "x"}', half // 5)
    yield "nothing stated", activities('{code: "ND1.{n}", title: "x"}', half // 3)
    yield "null everywhere", activities('{code: "ND1.{n}", title: "x", lead: ~, due: ~, note: ~}', half // 6)
    yield "wrong days", activities('{code: "ND1.{n}", title: "x", due: "{n}/2024"}', half // 4)
    yield "hard spaces", activities('{code: "ND1.{n}", title: "x\u00a0x", note: "\u00a0"}', half // 4)
    yield "moves in a row", HEAD + AREAS + "moved:\n" + "".join(
        f'  "ND{n}": "ND{n + 1}"\n' for n in range(2, half // 2)
    )  # fmt: skip
    yield "organisations in a row", HEAD + "organisations:\n" + "".join(
        f'  - {{id: "o{n}", name: "x", parent: "o{n + 1}", successor: "o{n - 1}"}}\n'
        for n in range(half // 5)
    ) + AREAS  # fmt: skip
    yield "aliases", filled("*a,", MAX_COPIES - 10, HEAD + "number: &a x\ncontributes_to: [", "]\n")
    yield "aliases of mistakes", filled(
        "*a,", MAX_COPIES // 12, HEAD + "programme: &a {a: 1, b: 2, c: 3, d: 4, e: 5}\ncontributes_to: [", "]\n"
    )
    yield "anchors", filled("&a x,", MAX_VALUES - 100, HEAD + "contributes_to: [", "]\n")
    yield "unknown aliases", filled("*a,", MAX_COPIES - 10, HEAD + "contributes_to: [", "]\n")
    yield "aliases in aliases", chain("k{n}: &k{n} [*k{m}, *k{m}, *k{m}, *k{m}]\n", 50)
    yield "merges", activities('{<<: *m, code: "ND1.{n}"}', half // 4).replace(
        '- {<<: *m, code: "ND1.0"}', '- &m {code: "ND1.0", title: "x", time: "x", lead: ["ubdt"], note: no}', 1
    )
    yield "merges in merges", chain("k{n}: &k{n} {{<<: [*k{m}, *k{m}, *k{m}], c{n}: *k{m}}}\n", 50)
    wide = ", ".join(f"k{n}: 1" for n in range(MAX_VALUES // 2 - 100))
    yield "a wide mapping merged in many", f"{HEAD}programme: {'{<<: ' * 20}{{{wide}}}{'}' * 20}\n"
    yield "levels", HEAD + "topics: " + "[" * 29 + "1," * 250_000 + "]" * 29 + "\n"
    yield "a very good plan", activities(
        '{code: "ND1.{n}", title: "Tập huấn cán bộ hội cơ sở về giới", lead: ["ubdt"], time: "Quý II", '
        'due: "2024-Q2", deliverable: "Báo cáo", note: "Ghi chú của hoạt động", topics: ["a", "b"]}',
        half // 9,
    )


def _bytes() -> Iterator[tuple[str, bytes]]:
    yield "noughts", b"\0" * MAX_BYTES
    yield "noughts among letters", (b"a" * 50 + b"\0") * (MAX_BYTES // 51)
    yield "no letters", b"\xff" * MAX_BYTES
    yield "half a letter at the end", filled("ế").encode()[:-1] + b"\xe1\xba"
    yield "another encoding", HEAD.encode("utf-16") + "ế".encode("utf-16-le") * (MAX_BYTES // 3)
    yield "too much", b"a: b\n" * MAX_BYTES
    yield "random", bytes((n * 2654435761 >> 7) & 0xFF for n in range(MAX_BYTES))


FILES: dict[str, Callable[[], bytes]] = {
    **{name: text.encode for name, text in _texts()},
    **{name: (lambda data=data: data) for name, data in _bytes()},  # type: ignore[misc]
}


def cost(data: bytes, memory_mb: int = 2000, seconds: int = 20) -> Cost:
    """Check a file in a process of its own, which ends when it takes more."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _measure(data, writer, memory_mb, seconds)
    os.close(writer)
    with os.fdopen(reader) as file:
        said = file.read().split()
    os.waitpid(child, 0)
    if not said:
        return Cost(float(seconds), float(memory_mb), None)
    return Cost(float(said[0]), float(said[1]), int(said[2]))


def _measure(data: bytes, writer: int, memory_mb: int, seconds: int) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        before = time.process_time()
        _, problems = check_document(Path("/không-có/x.yaml"), data)
        spent = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writer, f"{spent} {peak} {len(problems)}".encode())
        code = 0
    finally:
        sys.stdout.flush()
        os._exit(code)


def main() -> None:
    """Print what each file costs, the slowest last: `python -m tests.planfile.nasty`."""
    found = sorted((cost(make()), name) for name, make in FILES.items())
    for each, name in found:
        print(f"{each.seconds:6.2f} s {each.peak_mb:6.0f} MB {each.problems!s:>5}  {name}")


if __name__ == "__main__":
    main()
