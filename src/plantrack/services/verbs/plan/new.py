"""Write the draft of a plan: out of one of another year, or out of the table of an annex."""

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path

from plantrack.errors import Failure, reason_of
from plantrack.model.grouping import grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Area, Plan, Text
from plantrack.model.plan_renewal import Mark, Renewal, renewed
from plantrack.model.problem import Problem, ProblemsFound
from plantrack.model.text import match_key, nearest, nfc
from plantrack.model.views.plan import NewPlan
from plantrack.services.plan_files import read_draft
from plantrack.services.workspace import Workspace
from plantrack.store import plans
from plantrack.store.connection import Connection

#: Returns a mark of the draft in the reader's language.
Worded = Callable[[Mark, int], str]
_YEARS = (1900, 2199)
_PLAN_ENDINGS = (".yaml", ".yml")
#: What is the name of a file, whether it can be read or is refused with the reason.
_ANNEX_ENDINGS = (".docx", ".xlsx", ".doc", ".xls", ".docm", ".xlsm", ".odt", ".ods", ".pdf", ".rtf", ".csv")
#: Problems of a file that has more than any plan.
_TOO_LARGE = ("P001", "P005")


class NewPlanRequest(NamedTuple):
    """What a person asked for."""

    file: Path
    #: The id of a plan, or the file of an annex.
    source: str
    year: str
    #: The id of the new plan; without one, it comes from the file's name.
    plan: str | None = None


class _Origin(NamedTuple):
    """The plan to start from, and the files it includes."""

    plan: Plan
    include: tuple[str, ...]


class _NewPlanDraft(NamedTuple):
    """A plan that is not written yet, with what is said in its file."""

    plan: Plan
    remarks: Mapping[str, Sequence[str]]
    text: str
    replaced: tuple[tuple[str, str], ...] = ()
    to_check: int = 0


def new(
    wanted: NewPlanRequest, here: Path, workspace: Workspace | None, db: Connection | None, worded: Worded
) -> NewPlan:
    """Write a draft into a file that is not there yet; a plan that has errors is never written.

    Fails with `plan-file-ending`, `file-exists`, `bad-number`, `plan-id-form`, `plan-id-taken`, with `no-such-plan`
    or `draft-source-problems` for a plan to start from, with what `read_annex` says of an annex, with
    `draft-too-large`, and with `output-failed`.

    Raises: bad-number, draft-too-large, file-exists, output-failed, plan-file-ending, plan-id-form,
    plan-id-taken; those of `read_annex`.
    """
    _refuse_file(wanted.file)
    year = _year(wanted.year)
    known = _Known(workspace, db)
    own = _own_id(wanted, year, known)
    if is_annex(wanted.source):
        draft = _from_annex(here / wanted.source, year, own, wanted.file)
    else:
        root = known.root
        inside = root and Path(os.path.realpath(wanted.file.parent)).is_relative_to(root)
        source = known.plan(wanted.source)
        draft = _NextPlan(source, own, year, wanted.file, root if inside else None, worded).draft()
    _write(wanted.file, draft.text)
    return _told(draft)


def is_annex(source: str) -> bool:
    """Return whether a draft is to start from the file of an annex."""
    return source.lower().endswith(_ANNEX_ENDINGS)


def _told(draft: _NewPlanDraft) -> NewPlan:
    from plantrack.planfile.format.dump import TO_FILL

    plan = draft.plan
    return NewPlan(
        plan.id, plan.year, plan.reporting.language, areas=len(plan.areas),
        activities=sum(len(area.activities) for area in plan.areas),
        to_fill=sum(text.startswith(TO_FILL) for texts in draft.remarks.values() for text in texts),
        to_check=draft.to_check, replaced=draft.replaced,
    )  # fmt: skip


def _refuse_file(file: Path) -> None:
    if file.suffix not in _PLAN_ENDINGS:
        raise Failure("plan-file-ending", file=str(file), endings=_PLAN_ENDINGS)
    if os.path.lexists(file):
        raise Failure("file-exists", file=str(file))


def _year(text: str) -> int:
    low, high = _YEARS
    if not (text.isascii() and text.isdigit() and len(text) == 4 and low <= int(text) <= high):
        raise Failure("bad-number", option="--year", value=text, low=low, high=high)
    return int(text)


def _own_id(wanted: NewPlanRequest, year: int, known: "_Known") -> str:
    """Return the new plan's id: as asked, else by the name of its file, else by its year."""
    from plantrack.planfile.load import is_plan_id

    if wanted.plan is not None:
        own = nfc(wanted.plan).strip()
        if not is_plan_id(own):
            raise Failure("plan-id-form", plan=wanted.plan)
    else:
        by_file = match_key(wanted.file.stem).replace(" ", "-")
        own = by_file if is_plan_id(by_file) else f"kh-{year}"
    if own in known.ids():
        raise Failure("plan-id-taken", plan=own, other=known.free(own))
    return own


class _Known:
    """The plans there are: those that were applied, and those of files."""

    def __init__(self, workspace: Workspace | None, db: Connection | None) -> None:
        self.root = workspace.root if workspace else None
        self.db = db
        self.applied = [plan for plan, _ in plans.plan_years(db)] if db else []
        self.files = dict(_plans_of(workspace.plan_files())) if workspace else {}

    def ids(self) -> list[str]:
        """Return the ids of all."""
        return list(dict.fromkeys([*self.applied, *self.files]))

    def free(self, taken: str) -> str:
        """Return an id near to one that is taken."""
        ids = self.ids()
        return next(own for n in count(2) if (own := f"{taken}-{n}") not in ids)

    def plan(self, typed: str) -> _Origin:
        """Find a plan by its id: as it was applied last, else as its file has it."""
        found = self._id(typed)
        if self.db is not None and found in self.applied:
            revision = plans.current_revision(self.db, found)
            include = plans.included(self.db, found, revision)
            return _Origin(plans.load_plan(self.db, found), tuple(file for file, _ in include))
        return _of_file(self.files[found], self.root or self.files[found].parent)

    def _id(self, typed: str) -> str:
        wanted, ids = nfc(typed).strip(), self.ids()
        alike = [wanted] if wanted in ids else [own for own in ids if match_key(own) == match_key(wanted)]
        if len(alike) != 1:
            raise Failure("no-such-plan", plan=typed, near=nearest(wanted, ids))
        return alike[0]


def _plans_of(files: Iterable[Path]) -> Iterable[tuple[str, Path]]:
    from plantrack.planfile.load import plan_id
    from plantrack.planfile.parsing.file_bytes import read_document

    for file in files:
        with contextlib.suppress(Failure):  # one that cannot be read is nobody's plan
            if own := plan_id(read_document(file)):
                yield own, file


def _of_file(file: Path, root: Path) -> _Origin:
    try:
        draft = read_draft(file, root)
    except ProblemsFound as found:
        raise ProblemsFound("draft-source-problems", found.problems, file=str(file)) from found
    return _Origin(draft.plan, tuple(name for name, _ in draft.files.included))


def _from_annex(annex: Path, year: int, own: str, file: Path) -> _NewPlanDraft:
    from plantrack.planfile.annex import count_to_check, read_annex

    plan, remarks = read_annex(annex, year, own)
    text = _text(plan, remarks)
    _refuse_errors(text, file, None)
    return _NewPlanDraft(plan, remarks, text, to_check=count_to_check(remarks))


class _NextPlan(NamedTuple):
    """The next plan; lists that the other one includes are included again where they can be."""

    origin: _Origin
    own: str
    year: int
    file: Path
    #: The folder that the new file may include files from.
    root: Path | None
    worded: Worded

    def draft(self) -> _NewPlanDraft:
        """Return the draft; a list that cannot be included any more is written into it."""
        return self._including() or self._whole()

    def _whole(self) -> _NewPlanDraft:
        draft = self._renewed(self.origin.plan)
        _refuse_errors(draft.text, self.file, self.root)
        return draft

    def _including(self) -> _NewPlanDraft | None:
        include = tuple(dict.fromkeys(self._later(name) for name in self.origin.include))
        before, lists = (self._lists(names) for names in (self.origin.include, include))
        if not include or before is None or lists is None:
            return None
        draft = self._renewed(_with(_without(self.origin.plan, before), lists), lists, include)
        return draft if _checked(draft.text, self.file, self.root)[0] == draft.plan else None

    def _renewed(self, plan: Plan, lists: Plan | None = None, include: tuple[str, ...] = ()) -> _NewPlanDraft:
        renewal = renewed(plan, self.own, self.year)
        remarks = self._remarks(renewal)
        own = renewal.plan if lists is None else _without(renewal.plan, lists)
        return _NewPlanDraft(renewal.plan, remarks, _text(own, remarks, include), renewal.replaced)

    def _later(self, name: str) -> str:
        """Return the list of places of the new year in the place of that of the years before."""
        from plantrack.planfile.shipped import PLACES

        old, later = PLACES
        if not name.endswith(old) or f"{self.year}-12-31" < later[-15:-5]:
            return name
        other = name.removesuffix(old) + later
        return other if self.root and (self.root / other).is_file() else name

    def _lists(self, include: tuple[str, ...]) -> Plan | None:
        """Return a plan that has nothing but what is in the files of these names, where they can be read."""
        bare = Plan("x", self.year, Text("x"), (Area("X1", Text("x")),))
        return _checked(_text(bare, {}, include), self.file, self.root)[0]

    def _remarks(self, renewal: Renewal) -> Mapping[str, Sequence[str]]:
        from plantrack.planfile.format.dump import TO_FILL

        year = self.origin.plan.year
        return grouped(
            (mark.path, f"{TO_FILL}: " * mark.fill + self.worded(mark, year)) for mark in renewal.marks
        )


def _with(plan: Plan, lists: Plan) -> Plan:
    return plan._replace(
        organisations=plan.organisations + lists.organisations, places=plan.places + lists.places
    )


def _without(plan: Plan, lists: Plan) -> Plan:
    organisations, places = ({x.id for x in listed} for listed in (lists.organisations, lists.places))
    return plan._replace(
        organisations=tuple(o for o in plan.organisations if o.id not in organisations),
        places=tuple(p for p in plan.places if p.id not in places),
    )


def _text(plan: Plan, remarks: Mapping[str, Sequence[str]], include: Sequence[str] = ()) -> str:
    from plantrack.planfile.format.dump import dump

    return dump(plan, remarks, include=include)


def _checked(text: str, file: Path, root: Path | None) -> tuple[Plan | None, Sequence[Problem]]:
    from plantrack.planfile.load import check_document

    return check_document(file, text.encode("utf-8"), root)


def _refuse_errors(text: str, file: Path, root: Path | None) -> None:
    """Refuse a draft that is too large; any other error would be our mistake, and nobody else could mend it."""
    errors = [p for p in _checked(text, file, root)[1] if p.severity == "error"]
    if any(p.code in _TOO_LARGE for p in errors):
        raise Failure("draft-too-large", file=str(file))
    if errors:
        raise RuntimeError(f"a draft has errors: {[f'{p.line}: {p.code} {p.params}' for p in errors]}")


def _write(file: Path, text: str) -> None:
    """Write the file whole; a folder `plans` that is not there yet is made for it."""
    from plantrack.deliver.files import write_new

    folder = file.parent
    made = folder.name == "plans" and not folder.exists()
    try:
        if made:
            folder.mkdir()
        write_new(file, text.encode("utf-8"))
    except OSError as error:
        raise Failure("output-failed", file=str(file), reason=reason_of(error)) from error
    except Failure:
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
