"""Tasks on which people at several sites reported from the same state, none of them seeing the others."""

from collections.abc import Collection, Iterator

from plantrack.model.grouping import chunks, grouped
from plantrack.model.history import Update, fact_order
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.commands import Command, commands_by_uid
from plantrack.store.connection import Connection
from plantrack.store.facts import updates_in
from plantrack.store.scope import Scope


class SideBySide(NamedTuple):
    """Updates of a task that were made on the same one, from several sites, in their order; and the last of the task."""

    task: str
    updates: tuple[Update, ...]
    last: Update
    commands: dict[str, Command]

    @property
    def others(self) -> list[Update]:
        """Return those from other sites than the last one of the task."""
        site = self.commands[self.last.command].site
        return [u for u in self.updates if self.commands[u.command].site != site]


def side_by_side(db: Connection, tasks: Collection[str], arrived: Collection[str]) -> Iterator[SideBySide]:
    """Yield what was reported side by side of some tasks, where one of the reports is of some commands."""
    for some in chunks(sorted(tasks)):
        standing = updates_in(db, Scope.of(some).standing())
        last = {update.task: update for update in standing}
        made_on = grouped(((update.task, update.base), update) for update in standing)
        several = [own for own in made_on.values() if len(own) > 1 and any(u.command in arrived for u in own)]
        by = commands_by_uid(db, {u.command for own in several for u in (*own, last[own[0].task])})
        for own in several:
            if len({by[update.command].site for update in own}) > 1:
                task = own[0].task
                yield SideBySide(task, tuple(sorted(own, key=fact_order)), last[task], by)
