"""Plan files that are read and found good, and whether one is newer than what was applied."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Plan
from plantrack.model.problem import Problem, ProblemsFound
from plantrack.model.text import fingerprint, visible
from plantrack.model.views.plan import GitState
from plantrack.services.context import Context
from plantrack.store import plans
from plantrack.store.connection import Connection
from plantrack.store.plans import Revision

#: What gives the bytes of an included file.
Opener = Callable[[Path], bytes]


class Files(NamedTuple):
    """The hashes of what a plan was read from: of its document, and of what it includes, by name from the workspace on."""

    sha256: str
    included: tuple[tuple[str, str], ...]


class Draft(NamedTuple):
    """A plan file that was read and found good."""

    plan: Plan
    #: Its name from the workspace on, as it is shown and stored.
    file: str
    document: bytes
    files: Files
    git: GitState
    warnings: tuple[Problem, ...] = ()
    #: The number of that revision; None: the plan was read from its file.
    revision: int | None = None

    @property
    def is_unfilled(self) -> bool:
        """Return whether fields are still marked to be filled in."""
        return any(problem.code == "P910" for problem in self.warnings)


def read_draft(file: Path, root: Path | None, db: Connection | None = None) -> Draft:
    """Read a plan file; one with errors is `plan-has-problems`, with all of them.

    `root`: the folder that it may include files from and is called from; without one, that of its own workspace.
    `db`: what was applied there last is known by its hash, and not read again.

    Raises: plan-has-problems; those of `read_document`.
    """
    from plantrack.planfile.git_origin import git_state
    from plantrack.planfile.parsing.file_bytes import read_bytes, read_document

    document, name = read_document(file), shown_name(file, root)
    git = git_state(real_file(file))
    if db and (known := _standing(db, document, root_of(file, root))):
        plan, files = plans.load_revision(db, known.plan, known.revision), files_of(db, known)
        return Draft(plan, name, document, files, git, revision=known.revision)
    plan_read, found, files = checked(file, document, root_of(file, root), read_bytes)
    problems = tuple(p._replace(file=shown_name(Path(p.file), root)) for p in found)
    if plan_read is None:
        raise ProblemsFound("plan-has-problems", problems, file=name)
    return Draft(plan_read, name, document, files, git, problems)


def _standing(db: Connection, document: bytes, root: Path) -> Revision | None:
    """Return the revision that a document was applied as, where all that it includes is what it was too.

    A newer program reads the same in it: a format keeps its meaning, with the keys of later versions no file of an
    earlier one was accepted, and what a file leaves out is left out of what is kept. What had warnings is read
    again, for they are told each time.
    """
    from plantrack.planfile.parsing.file_bytes import read_bytes

    found = plans.standing_revision(db, fingerprint(document))
    if found is None or found.warnings != 0:
        return None
    included = plans.included(db, found.plan, found.revision)
    try:
        return found if all(fingerprint(read_bytes(root / file)) == was for file, was in included) else None
    except OSError:  # reading the plan says what is wrong
        return None


def files_of(db: Connection, revision: Revision) -> Files:
    """Return the hashes of what a revision was read from."""
    return Files(revision.sha256, tuple(plans.included(db, revision.plan, revision.revision)))


def read_drafts(files: Sequence[Path], root: Path | None, db: Connection | None = None) -> list[Draft]:
    """Read plan files; two of one plan are refused, since one would overwrite the other.

    Raises: plan-id-twice; those of `read_draft`.
    """
    drafts = [read_draft(file, root, db) for file in files]
    seen: dict[str, str] = {}
    for draft in drafts:
        if draft.plan.id in seen:
            raise Failure("plan-id-twice", plan=draft.plan.id, file=seen[draft.plan.id], other=draft.file)
        seen[draft.plan.id] = draft.file
    return drafts


def root_of(file: Path, root: Path | None) -> Path:
    """Return the folder that a plan file may include files from."""
    if root:
        return root
    from plantrack.planfile.include import workspace_root

    return workspace_root(file)


def plans_among(files: Sequence[Path], root: Path | None, db: Connection | None = None) -> list[Path]:
    """Return the plans among files, without the lists that they include; `db`: what was applied there is not read."""
    if len(files) < 2:
        return list(files)
    from plantrack.planfile import include
    from plantrack.planfile.parsing.file_bytes import read_bytes

    def known(file: Path) -> include.FileInclusion | None:
        try:
            found = plans.standing_revision(db, fingerprint(read_bytes(file))) if db else None
        except OSError:  # reading it says what is wrong
            return None
        # Of earlier revisions nobody kept what they include.
        if db is None or found is None or found.warnings is None:
            return None
        names = [name for name, _ in plans.included(db, found.plan, found.revision)]
        return include.FileInclusion(names, is_list=False)

    return include.plans_among(files, root, known)


def id_of(file: Path, db: Connection | None = None) -> str | None:
    """Return the id of the plan in a file, None where none can be read; `db`: what was applied there is not read.

    Raises: those of `read_document`.
    """
    from plantrack.planfile.load import plan_id
    from plantrack.planfile.parsing.file_bytes import read_document

    document = read_document(file)
    found = plans.standing_revision(db, fingerprint(document)) if db else None
    return found.plan if found else plan_id(document)


def real_file(file: Path) -> Path:
    """Return the file that a link leads to: git has its text there."""
    return Path(os.path.realpath(file))


def checked(
    file: Path, document: bytes, root: Path, read: Opener
) -> tuple[Plan | None, Sequence[Problem], Files]:
    """Check a plan's document, and return it with its problems and the hashes of all that it is made of."""
    from plantrack.planfile.load import check_document

    hashes: dict[str, str] = {}

    def opened(path: Path) -> bytes:
        data = read(path)
        hashes[shown_name(path, root)] = fingerprint(data)
        return data

    plan, problems = check_document(file, document, root, opened)
    return plan, problems, Files(fingerprint(document), tuple(sorted(hashes.items())))


def located(file: Path) -> Path:
    """Return the one path of a file, from whatever folder it was named; a file that is a link keeps its name."""
    return Path(os.path.realpath(file.parent)) / file.name


def shown_name(file: Path, root: Path | None) -> str:
    """Name a file from the workspace on, where it is in it."""
    file = located(file)
    return visible(str(file.relative_to(root)) if root and file.is_relative_to(root) else str(file))


#: Some file systems know the time of a change to two seconds only.
_COARSE_S = 2


def newer_file(context: Context, root: Path) -> str | None:
    """Name the first file of the plan that differs from what was applied; None when a past state is asked for."""
    if context.when.known_at is not None:
        return None
    files = _files(context)
    return next((name for name, sha256, applied in files if _is_newer(root / name, sha256, applied)), None)


def _files(context: Context) -> Iterator[tuple[str, str, float]]:
    """Yield each file of the current revision with its hash, and the moment that it was applied, in seconds."""
    last = plans.revisions(context.db, context.plan.id)[0]
    applied = datetime.fromisoformat(last.recorded_at).timestamp()
    document, included = files_of(context.db, last)
    yield last.file, document, applied
    yield from ((file, sha256, applied) for file, sha256 in included)


def _is_newer(path: Path, sha256: str, applied: float) -> bool:
    """Look at the time first: a file that nobody touched is not read."""
    try:
        seen = os.stat(path)
        # A file that was put in its place keeps its own time, and has a new one of the change.
        if max(seen.st_mtime, seen.st_ctime) <= applied - _COARSE_S:
            return False
        return fingerprint(path.read_bytes()) != sha256
    except OSError:  # the workspace may well be without its files
        return False
