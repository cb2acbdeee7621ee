"""`plantrack plan apply`."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from typer import Context, Option

from plantrack.cli.feedback import answer, saved
from plantrack.cli.params import listed
from plantrack.cli.session import Session
from plantrack.cli.verbs.plan.chosen_files import Files, all_files, of_plan
from plantrack.cli.verbs.plan.diff import show_diffs
from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.pairing import moved_line
from plantrack.model.text import visible
from plantrack.model.views.plan import RecordedBeside
from plantrack.render.views.plan import check as render
from plantrack.render.views.plan.diff import count_kinds, said_pairs
from plantrack.render.views.plan.diff import data as diff_data
from plantrack.services.plan_files import plans_among
from plantrack.services.verbs.plan import apply as service
from plantrack.services.verbs.plan.diff import diff, obstructed, refuse_other_id


def apply(
    ctx: Context,
    files: Files = None,
    reason: Annotated[str | None, Option("-m", "--reason", metavar="TEXT", help="opt.plan_reason")] = None,
    correction: Annotated[bool, Option("--correction", help="opt.correction")] = False,
    same_as: Annotated[list[str] | None, Option("--same-as", metavar="ORG", help="opt.apply_same_as")] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="opt.apply_dry_run")] = False,
) -> None:
    """Carry the plan into the database."""
    session: Session = ctx.obj
    if not session.author:
        raise Failure("no-author")
    workspace = session.workspace()
    named = [(session.here / f).absolute() for f in files or ()]
    db = session.db() if session.has_database else None
    if db is not None:
        service.refuse_at_site(db)
    found = plans_among(named, workspace.root, db) if named else all_files(workspace, db)
    chosen = of_plan(session, found, db)
    if dry_run:
        _preview(session, chosen, workspace.root, listed(same_as))
        return
    done = service.apply(
        session.db(), chosen, workspace.root, session.author, session.clock, reason=reason, correction=correction,
        same_as=listed(same_as),
        only_ready=not files, typist=session.typist,
    )  # fmt: skip
    for file in done.left_out:
        session.say("reply.plan-left-out", file=file)
    if not done.applied:
        return
    session.options["plan"] = done.applied[0].plan  # the answer in JSON is of it
    tell_applied(session, done)
    with saved(", ".join(plan.plan for plan in done.applied if plan.changed or plan.commit_added)):
        answer(
            session,
            [label for plan in done.applied for label in plan.tasks],
            partial(_data, done),
            lambda words: [render.problem_data(p, words) for p in done.warnings],
        )


def _preview(session: Session, files: list[Path], root: Path, same_as: Sequence[str]) -> None:
    """Print what would be carried in; what stands in the way is refused as it would be."""
    session.db().snapshot()
    views = diff(session.db(), files, root)
    refusals = [obstructed(view) for view in views if view.obstacles]
    if not (refusals and session.wants_json):  # then the refusal is the one answer in JSON
        show_diffs(session, views)
    if refusals:
        raise refusals[0]
    for view in views:
        refuse_other_id(view, same_as)
    session.say("reply.plan-would-apply")


def _data(done: service.Applying, words: Words) -> list[Any]:
    """Return what was done, for JSON."""
    return [
        {
            **{name: value for name, value in plan._asdict().items() if name not in ("came", "command")},
            "tasks": list(plan.tasks),
            "diff": diff_data([plan.diff], words)[0],
            **plan.came._asdict(),
        }
        for plan in done.applied
    ]


def _key(plan: service.Applied) -> str:
    if plan.commit_added:
        return "reply.plan-commit-added"
    return "reply.plan-applied" if plan.changed else "reply.plan-unchanged"


def _tell_commit(session: Session, plan: service.Applied) -> None:
    """Tell that no commit was recorded, and why."""
    if plan.came.git_refusal:
        session.say("reply.plan-git-refused", reason=visible(plan.came.git_refusal))
    elif plan.came.dirty:
        session.say("reply.plan-not-committed")


def _tell_organisations(session: Session, recorded: RecordedBeside) -> None:
    """Tell which organisations that were recorded the plan has now, and which it has not."""
    if recorded.taken_over:
        session.say("reply.plan-took-over", ids=", ".join(recorded.taken_over))
    for other, own in recorded.same_named:
        session.say("reply.plan-same-as", other=other, id=own)
    if recorded.lacking:
        session.say("reply.plan-lacks", ids=", ".join(o.id for o in recorded.lacking))


def tell_applied(session: Session, done: service.Applying) -> None:
    """Tell what was carried in, in the language of the first plan, and the warnings of the files."""
    session.language = done.applied[0].diff.plan.reporting.language
    words = session.words
    for plan in done.applied:
        key = _key(plan)
        session.tell(
            words(key, plan=plan.plan, revision=plan.revision, areas=plan.areas, activities=plan.activities)
        )
        _tell_commit(session, plan)
        if plan.changed and plan.revision > 1:
            session.tell(words("diff.summary", **count_kinds(plan.diff)))
        if plan.changed and plan.diff.renamed:
            session.say(
                "reply.plan-renamed", pairs=said_pairs(plan.diff.renamed), moved=moved_line(plan.diff.renamed)
            )
        _tell_organisations(session, plan.diff.recorded)
        if plan.tasks:
            session.tell(words.plural("reply.plan-tasks", len(plan.tasks), labels=words.labels(plan.tasks)))
    for line in render.warnings_of_files(done.warnings, words):
        session.tell(line)
