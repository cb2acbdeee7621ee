"""What tests share: a workspace with the real plan, a clock that stands where a test puts it, the program in-process."""

import contextlib
import gc
import importlib
import os
import pkgutil
import sqlite3
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

import plantrack
from plantrack import system
from plantrack.cli.app import main
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.init import init
from plantrack.store.connection import Connection
from plantrack.store.sqlite import connection
from plantrack.store.sqlite.connection import SQLite, connect
from tests.support.engines import ENGINES, engines_of, once_more_on_a_server
from tests.support.postgres_server import PostgresServer, running_server

if TYPE_CHECKING:
    from tests.support.offices import Office
    from tests.support.postgres import FilledAgain

# How long an example takes says something of the machine, and nothing of the program. Tests with a fixture of
# pytest's make anew for each example whatever an example changes.
# CI tries the same examples each time, so that what it says is of the change; everywhere else they are new ones.
# Twenty-five examples find what a change broke; `--hypothesis-profile=deep` looks for what nobody thought of.
settings.register_profile(
    "any machine",
    deadline=None,
    max_examples=25,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("deep", settings.get_profile("any machine"), max_examples=1000)
settings.load_profile("any machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Share out only the whole suite: for a few tests, starting others costs more than they do."""
    return None if _is_whole(config) else 0


def _is_whole(config: pytest.Config) -> bool:
    """Return whether no tests were named."""
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS


_MEASURING = pytest.StashKey[Coverage | None]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Leave the slow proofs out of a run of everything, and let coverage see all modules being imported.

    It looks on in one process: later on it may not when a module is first needed.
    """
    if _is_whole(config) and not (config.option.markexpr or config.option.keyword):
        config.option.markexpr = "not slow"
    if Coverage.current() is not None and not hasattr(config, "workerinput"):
        for module in pkgutil.walk_packages(plantrack.__path__, "plantrack."):
            importlib.import_module(module.name)


def _load_a_share(config: pytest.Config) -> None:
    """Load some of the test modules first: what they are compiled to, the other workers read, which load others first.

    To compile them takes half a minute, on a machine that has not done so before.
    """
    worker: dict[str, Any] = getattr(config, "workerinput", {})
    if not (worker and _is_whole(config)):
        return
    number, of = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    files = sorted(config.rootpath.glob("tests/**/test_*.py"), key=lambda file: (file.stat().st_size, file))
    for file in files[number::of]:
        with contextlib.suppress(Exception, pytest.skip.Exception):  # told when it is collected
            importlib.import_module(".".join(file.relative_to(config.rootpath).with_suffix("").parts))


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Collect without looking for garbage, since what is made here stays to the end, and without measuring."""
    gc.disable()
    # A Python that has `sys.monitoring` measures for nothing, and is left alone.
    measuring = session.config.stash[_MEASURING] = Coverage.current() if sys.gettrace() else None
    if measuring is not None:
        measuring.stop()
    _load_a_share(session.config)
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Measure what a test does: not what is made for it, nor examples by the hundred, which go where others go.

    Nor what it does on a server: but for the engine itself, which has tests of its own, that is what it does in a file.
    What coverage looks at takes twice its time.
    """
    measuring = item.config.stash[_MEASURING]
    if measuring is None:
        return (yield)
    callspec = getattr(item, "callspec", None)
    on_server = callspec is not None and callspec.params.get("engine") == "postgres"
    if not on_server and not any(map(item.get_closest_marker, ("hypothesis", "no_cover"))):
        measuring.start()
    try:
        return (yield)
    finally:
        measuring.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is tried once more on a server as slow.

    Skip what needs POSIX itself where there is none, or where it is hidden (`tests/support/without_posix`).
    """
    for item in once_more_on_a_server(items):
        item.add_marker(pytest.mark.slow)
    if os.name == "posix" and vars(system)["os"] is os:
        return
    from tests.support.only_posix import posix_needs

    for item in items:
        if isinstance(item, pytest.Function) and (needs := posix_needs(item.path).get(item.originalname)):
            item.add_marker(pytest.mark.skip(reason=f"only POSIX has {needs}"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests of the store and of the services have their database on either engine."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines_of(metafunc.definition, metafunc.fixturenames), indirect=True)


class Hands:
    """A clock that shows the morning of a day in Viet Nam, and a minute more each time it is read."""

    def __init__(self, day: str = "2024-08-01") -> None:
        self.set(day)

    def set(self, day: str) -> None:
        self.now = datetime.fromisoformat(day).replace(hour=2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Ended(NamedTuple):
    """How a run of the program ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the person who runs the tests reaches the program."""
    for name in (
        *("PLANTRACK_DB", "PLANTRACK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"),
        *("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PAGER", "PLANTRACK_PAGER", "LESS"),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLANTRACK_USER", "Người thử")
    monkeypatch.setenv("PLANTRACK_DEBUG", "1")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):  # where the log of defects is
        monkeypatch.setenv(name, str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture(autouse=True)
def patience_with_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is waited for, however busy the machine."""
    monkeypatch.setattr("plantrack.planfile.git_origin._PATIENCE_S", 3600.0)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is handed to the system, and not waited for on the disk: no test in this process pulls the plug."""
    set_up = connection._set_up

    def quickly(db: SQLite) -> None:
        set_up(db)
        db.driver.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(connection, "_set_up", quickly)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the run's own; where none can be started, the test is skipped."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def office_made(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Office"]:
    """A database on the server with members of every role, and tasks of two provinces."""
    from tests.support.offices import new_office

    with contextlib.ExitStack() as made:
        with pytest.MonkeyPatch.context() as patch:  # others begin with the surroundings as they are
            patch.setenv("PLANTRACK_LANG", "en")
            patch.delenv("PLANTRACK_USER", raising=False)
            folder = tmp_path_factory.mktemp("office")
            office = made.enter_context(new_office(postgres_server, folder, Hands()))
        yield office


@pytest.fixture
def office(office_made: "Office", monkeypatch: pytest.MonkeyPatch) -> "Office":
    """The same, for people whom only the server names."""
    monkeypatch.delenv("PLANTRACK_USER", raising=False)
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    office_made.clock.set("2024-07-20")
    return office_made


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the real plan, to copy from."""
    folder = tmp_path_factory.mktemp("made")
    init(folder, None, "Người thử", Hands("2024-03-25"))
    return folder


@pytest.fixture
def workspace(made_once: Path, tmp_path: Path) -> Path:
    """A workspace of the test's own, made on 25/3/2024."""
    folder = tmp_path / "w"
    (folder / "plans").mkdir(parents=True)
    for name in ("plans/kh-468-2024.yaml", "plantrack.db", ".gitignore"):
        (folder / name).write_bytes((made_once / name).read_bytes())
    return folder


@pytest.fixture(scope="session")
def filled_again(postgres_server: PostgresServer, made_once: Path) -> Iterator["FilledAgain"]:
    """A database on the server with what the workspace that all copy from has."""
    from tests.support.postgres import FilledAgain

    with contextlib.closing(FilledAgain(postgres_server, made_once / "plantrack.db")) as database:
        yield database


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Where `db` is: in a file, or on a server."""
    return str(getattr(request, "param", ENGINES[0]))


@pytest.fixture
def db(engine: str, workspace: Path, request: pytest.FixtureRequest) -> Iterator[Connection]:
    if engine == "postgres":
        with request.getfixturevalue("filled_again").opened() as opened:
            yield opened
        return
    with contextlib.closing(connect(workspace / "plantrack.db")) as opened:
        yield opened


@pytest.fixture
def context_on(db: Connection, clock: Hands) -> Callable[..., Context]:
    """Open the context of a day: `context_on("2024-07-18", as_of="2024-07-01")`."""

    def sit(day: str | None = None, author: str = "Người thử", **asked: str) -> Context:
        if day is not None:
            clock.set(day)
        return open_context(db, ContextRequest(author=author)._replace(**asked), clock)  # type: ignore[arg-type]

    return sit


@pytest.fixture
def run(
    workspace: Path, clock: Hands, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the program in this process, in the workspace: `run("add", "Họp", "--area", "3")`."""
    monkeypatch.chdir(workspace)

    def go(*args: str) -> Ended:
        capsys.readouterr()
        code = main(args, clock)
        return Ended(code, *capsys.readouterr())

    return go


def dump(path: Path) -> list[str]:
    """Return all that a database holds, to see that nothing changed."""
    with contextlib.closing(sqlite3.connect(path)) as driver:
        return list(driver.iterdump())
