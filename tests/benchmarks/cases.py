"""What is measured: each group yields its figures, each beside its floor, in rounds by turns."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.benchmarks.bulk import DATABASE, taken, write_table
from tests.benchmarks.figures import Figure, figure
from tests.benchmarks.measure import Command, Run, interleaved, ratios, run, spread
from tests.benchmarks.workspaces import Workspaces

#: The unit of most aims: what no program with a database can do without.
S = "import sqlite3"
_RICH_ROWS = (
    "from rich.console import Console; from rich.table import Table; t = Table(*'abcdefg');"
    "[t.add_row(*[f'công việc {i} {j}' for j in range(7)]) for i in range(10000)]; Console().print(t)"
)
NO_AIMS: Mapping[int, float] = MappingProxyType({})


class Bench(NamedTuple):
    """What every group needs."""

    python: str
    spaces: Workspaces
    sizes: Sequence[int]
    rounds: int
    #: About how long the rounds of one case may take.
    seconds: float
    wanted: Callable[[str], bool]
    #: Whether `list` can be cut to a page.
    pages: bool

    def floor(self, code: str = S, *, terminal: bool = False) -> Callable[[], Command]:
        """Return what starts the environment's Python with some code."""
        return lambda: Command([self.python, "-c", code], self.spaces.work, terminal)

    def ours(
        self, words: Sequence[str], tasks: int, *, writes: bool = False, completed: bool = False
    ) -> Callable[[], Command]:
        """Return what starts the program."""
        return lambda: self.spaces.command(words, tasks, writes=writes, completed=completed)

    def page(self, *words: str) -> list[str]:
        """Return the words of a list of twenty."""
        return ["list", *words, *(["--limit", "20"] if self.pages else [])]


class Sized(NamedTuple):
    """A command at every size; aims are of what it takes more than at the least one, or as a whole."""

    name: str
    words: Sequence[str]
    aims: Mapping[int, float] = NO_AIMS
    whole: bool = False
    writes: bool = False
    #: Whether a shell asks for what may stand at its end.
    completed: bool = False


def sized(bench: Bench) -> list[Sized]:
    """Return the commands whose cost is followed over the sizes."""
    flat = {100_000: 0.5, 1_000_000: 1.5}
    return [
        Sized("list", bench.page(), flat),
        Sized("completion", ["done", ""], flat, completed=True),
        Sized("show", ["show", "{task}"], flat),
        Sized("add", ["add", "Họp rà soát", "--area", "3"], flat, writes=True),
        Sized("update", ["update", "{task}", "-r", "đã họp", "-n", "gửi báo cáo"], flat, writes=True),
        Sized("list nước sạch", bench.page("nước sạch"), {100_000: 2}),
        Sized("list tập huấn cán bộ", bench.page("tập huấn cán bộ"), {100_000: 2}),
        Sized("progress", ["progress"], {100_000: 4, 1_000_000: 35}),
        Sized("progress --as-of", ["progress", "--as-of", "{past}"], {100_000: 25, 1_000_000: 250}),
        Sized("db check", ["db", "check"], whole=True),
        Sized("db check --quick", ["db", "check", "--quick"], whole=True),
        Sized("weekly", ["weekly", "--format", "md"], {10_000: 12, 100_000: 60}, whole=True),
    ]


def over_sizes(bench: Bench) -> Iterator[Figure]:
    """Compare what many tasks cost with what a hundred cost, in units of S."""
    for case in sized(bench):
        if not bench.wanted(case.name):
            continue
        runs = interleaved(
            {"S": bench.floor()} | {
                str(n): bench.ours(case.words, n, writes=case.writes, completed=case.completed)
                for n in bench.sizes
            },
            bench.rounds, bench.seconds,
        )  # fmt: skip
        least = runs[str(bench.sizes[0])]
        for tasks in bench.sizes:
            ours, floor = runs[str(tasks)], runs["S"]
            more = ratios(ours, floor, least) if tasks > bench.sizes[0] and not case.whole else None
            yield figure(
                "sizes", case.name, tasks, ours, "S", floor, ratios(ours, floor), case.aims.get(tasks), more
            )


class Start(NamedTuple):
    """A command over a floor of its own, at a thousand tasks."""

    name: str
    words: Sequence[str]
    over: str
    code: str
    aim: float
    tasks: int = 1_000
    terminal: bool = False
    writes: bool = False
    completed: bool = False


def starts(bench: Bench) -> Iterator[Figure]:
    """Compare the commands of a day with the floor under each."""
    page, update = bench.page(), ["update", "{task}", "-r", "đã họp"]
    for case in (
        Start("--version", ["--version"], "pass", "pass", 1.0),
        Start("--help", ["--help"], "import typer", "import typer", 1.1),
        Start("add", ["add", "Họp rà soát", "--area", "3"], "S", S, 2.25, writes=True),
        Start("update", update, "S", S, 2.25, writes=True),
        Start("list", page, "S", S, 2.25),
        Start("completion", ["done", ""], "S", S, 2.25, completed=True),
        Start("show", ["show", "{task}"], "S", S, 2.5),
        Start("progress", ["progress"], "S", S, 2.6),
        Start("list, terminal", page, "import rich", "import rich.console, rich.table", 1.4, terminal=True),
        Start("list --all, pipe", ["list", "--all"], "Rich's rows", _RICH_ROWS, 0.03, 10_000),
    ):
        if bench.wanted(case.name):
            yield _started(bench, case)


def _started(bench: Bench, case: Start) -> Figure:
    def ours() -> Command:
        return bench.spaces.command(
            case.words, case.tasks, writes=case.writes, terminal=case.terminal, completed=case.completed
        )

    pair = {"ours": ours, "floor": bench.floor(case.code, terminal=case.terminal)}
    runs = interleaved(pair, bench.rounds, bench.seconds)
    ratio = ratios(runs["ours"], runs["floor"])
    return figure("start", case.name, case.tasks, runs["ours"], case.over, runs["floor"], ratio, case.aim)


#: Forms, and what a process may have at its peak; the log only in those that are text.
_TEXTS = {"plain": 100, "md": 100, "csv": 100, "json": 100}
_FORMS = {**_TEXTS, "html": 300, "docx": 300, "xlsx": 300}


def memory(bench: Bench) -> Iterator[Figure]:
    """Take the peak of lists and summaries of a hundred thousand tasks, and of the log of ten thousand, each once."""
    many, fewer = (
        max((n for n in bench.sizes if n <= most), default=bench.sizes[0]) for most in (100_000, 10_000)
    )
    known = f"{date.today().isoformat()}T00:00"
    reports = [(["list", "--all"], many), (["list", "--known-at", known], many), (["weekly"], many)]
    for form, most in _FORMS.items():
        for words, tasks in (*reports, *([(["log"], fewer)] if form in _TEXTS else [])):
            name = f"memory: {words[0]}{' ' + words[1] if words[1:] else ''} {form}"
            if bench.wanted(name):
                yield _peak(bench, name, [*words, "--format", form], tasks, most)


def _peak(bench: Bench, name: str, words: Sequence[str], tasks: int, most: float) -> Figure:
    ours, floor = [run(bench.spaces.command(words, tasks))], [run(bench.floor()())]
    peak = spread([ours[0].peak])
    return figure("memory", name, tasks, ours, "MB", floor, peak, most)


def plans(bench: Bench) -> Iterator[Figure]:
    """Compare reading a large plan with PyYAML's quickest reading, and one that is unchanged with a small one."""
    many, few = (bench.spaces.of_plan(n) for n in (10_000, 100))
    program, file = bench.spaces.program, "plans/kh-lon.yaml"
    if bench.wanted("plan check"):
        code = f"import yaml; yaml.load(open({file!r}, encoding='utf-8'), yaml.CSafeLoader)"
        pair = {
            "ours": lambda: Command([program, "plan", "check", file], many),
            "floor": lambda: Command([bench.python, "-c", code], many),
        }
        runs = interleaved(pair, bench.rounds, bench.seconds)
        ratio = ratios(runs["ours"], runs["floor"])
        yield figure("plan", "plan check", 10_000, runs["ours"], "yaml.load", runs["floor"], ratio, 0.4)
    if bench.wanted("plan apply, unchanged"):
        runs = interleaved(
            {"S": bench.floor(), "ours": _applied(program, many), "few": _applied(program, few)},
            bench.rounds, bench.seconds,
        )  # fmt: skip
        whole, more = ratios(runs["ours"], runs["S"]), ratios(runs["ours"], runs["S"], runs["few"])
        yield figure("plan", "plan apply, unchanged", 10_000, runs["ours"], "S", runs["S"], whole, 0.5, more)


def _applied(program: str, folder: Path) -> Callable[[], Command]:
    """Carry a plan in, and return what does so again."""
    run(Command([program, "init", "."], folder))
    return lambda: Command([program, "plan", "apply", "plans/kh-lon.yaml"], folder)


def bulk(bench: Bench) -> Iterator[Figure]:
    """Compare commands that record a hundred thousand tasks with `executemany` of the same rows, time and memory."""
    tasks = max((n for n in bench.sizes if n <= 100_000), default=bench.sizes[0])
    table = bench.spaces.work / "tasks.csv"
    write_table(table, tasks)
    words = [bench.spaces.program, "import", str(table), "--kind", "tasks", "--new-person", "--yes"]
    for name, command in (
        ("a command of many tasks", [bench.python, "-c", _BULK, "record", ".", str(tasks)]),
        ("import of a table", words),
    ):
        if bench.wanted(name):
            ours, floor = _in_bulk(bench, command)
            yield figure("bulk", name, tasks, ours, "executemany", floor, ratios(ours, floor), 2.5)
            peak = spread([one.peak for one in ours])
            yield figure("bulk", f"memory: {name}", tasks, ours, "MB", floor, peak, 200)


def _in_bulk(bench: Bench, command: Sequence[str]) -> tuple[list[Run], list[Run]]:
    """Run a command and its floor by turns, each in a workspace of the plan alone."""
    ours, floor = list[Run](), list[Run]()
    began = time.monotonic()
    while not ours or (len(ours) < bench.rounds and time.monotonic() - began < bench.seconds / 2):
        made, loaded = (bench.spaces.of_plan_alone(name) for name in ("recorded", "loaded"))
        load = [bench.python, "-c", _BULK, "load", ".", str(made / DATABASE)]
        for runs, folder, words in ((ours, made, command), (floor, loaded, load)):
            took = run(Command(words, folder))
            runs.append(took._replace(cpu=taken(folder) or took.cpu))
    return ours, floor


#: Starts the benchmark's own code on the program that the environment has.
_BULK = (
    f"import sys; sys.path.append({str(Path(__file__).parents[2])!r}); "
    "from tests.benchmarks.bulk import main; main(*sys.argv[1:])"
)
