"""One command as one transaction: it is written whole on the plan that it was read against, or not at all."""

from collections.abc import Callable, Sequence

from plantrack.errors import Failure
from plantrack.services.context import Context, task_uids
from plantrack.services.writing.cautions import clock_behind
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.loaded_tasks import ask_foreseen
from plantrack.services.writing.party_rules import refuse_other_names
from plantrack.services.writing.relation_rules import refuse_cycle, refuse_two_open
from plantrack.services.writing.trial import in_transaction
from plantrack.store import plans
from plantrack.store.sealing.seals import seal
from plantrack.store.server.members import foreign_tasks


def run_command(
    context: Context, verb: str, body: Callable[[CommandWriter], None], *others: Context
) -> CommandResult:
    """Run one command: everything in it is written, or nothing; `others`: further plans that it works on.

    `body` may run twice, where a server asks for a transaction once more: it asks nobody, prints nothing and reads
    no standard input, and what it gives to its surroundings it gives anew. A trial returns what it would have done.

    Raises: no-author, not-yours, plan-changed-meanwhile; those of `refuse_other_names`, `refuse_cycle`, `refuse_two_open`.
    """
    if not context.author:
        raise Failure("no-author")

    reported: dict[str, str] = {}

    def write() -> CommandResult:
        # The plan was read before the lock was had; a command is written on the plan that it was read against.
        known = {at.plan.id: at.revision for at in (context, *others)}
        revisions_asked = plans.ask_revisions_now(context.db, known)
        foreseen = ask_foreseen(context.db, [uid for uid, _ in context.named.values()])
        now, before = revisions_asked()
        for plan, revision in known.items():
            if now.get(plan) != revision:
                raise Failure("plan-changed-meanwhile", plan=plan)
        refuse_other_names((context, *others), before.moment)
        writer = CommandWriter(context, verb, after=before, foreseen=foreseen)
        body(writer)
        reported.update(writer.reported)
        writer.flush()
        refuse_two_open(writer)
        refuse_cycle(writer)
        clock_behind(writer, before.moment)
        result = writer.result()
        if writer.recorded is not None:
            seal(context.db, writer.recorded.uid)
        return result

    try:
        return in_transaction(context.db, write, lambda result: result.command, is_trial=context.is_trial)
    except Failure as failure:
        if failure.code == "not-permitted" and (labels := foreign_tasks(context.db, reported)):
            raise Failure("not-yours", labels=labels, day=max(reported.values())) from failure
        raise


def loaded(writer: CommandWriter, ids: Sequence[str]) -> list[str]:
    """Find the tasks that people mean, and load them.

    Raises: those of `task_uids`.
    """
    uids = task_uids(writer.context, ids)
    writer.load(uids)
    return uids
