"""What people should know of a bundle that was taken in: what of it met something else that was recorded here."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from plantrack.model.history import Update
from plantrack.model.people.name_index import NameIndex
from plantrack.model.plan import Text
from plantrack.model.task import task_label
from plantrack.model.views.bundle import (
    AlikeNames,
    BundleTaken,
    Decider,
    FieldValue,
    GivenCommand,
    HiddenPerson,
    OpenOccurrence,
    OrganisationAdded,
    PeopleMet,
    SameState,
    SameStateReport,
    TwoOpen,
    TwoOrganisations,
    TwoValues,
    WordsOnRemoved,
)
from plantrack.services.verbs.db import reporting_zone
from plantrack.store import commands, people, tasks
from plantrack.store.commands import Command
from plantrack.store.connection import Connection
from plantrack.store.exchange import meetings
from plantrack.store.exchange.fact_lines import BundleHead
from plantrack.store.exchange.merging import Merged
from plantrack.store.questions.same_states import side_by_side
from plantrack.store.task_rows import TaskRow

#: The texts of an update of which the first is told.
_TEXTS: Final = ("result", "blocked", "next", "proposal", "answered", "reason")
#: How many names are told of that resemble one.
_OFFERED: Final = 3


def taken_in(
    db: Connection, file: Path, head: BundleHead, merged: Merged, by: Command | None, *, is_first: bool
) -> BundleTaken:
    """Return what came of a bundle; what a site begins with meets nothing."""
    counts, arrived = merged.counts, frozenset(() if is_first else merged.commands)
    touched = merged.tasks if arrived else frozenset()
    outside, away = tasks.outside_plan(db, touched), meetings.taken_away(db, arrived)
    return BundleTaken(
        file=str(file),
        kind=head.kind,
        site=head.site,
        database=db.name,
        is_new=is_first,
        command=by.label if by else None,
        commands=len(merged.commands),
        tasks=counts["task"],
        updates=counts["status_update"],
        known=merged.known,
        same_states=tuple(_same_states(db, touched, arrived)),
        two_open=tuple(map(_two_open, meetings.two_open(db, touched))),
        on_removed=tuple(map(_on_removed, meetings.removals_met(db, touched, arrived))),
        two_values=tuple(_two_values(db, touched, arrived)),
        people=_people_met(db, merged) if arrived else PeopleMet(),
        two_organisations=tuple(_two_organisations(db, arrived)) if counts["organisation_fact"] else (),
        gone_at_hub=tuple(map(_given, _in_order(db, merged.lacking))),
        dropped=tuple(row.label for row in away.dropped),
        moved=tuple(row.label for row in away.moved),
        outside_plan=tuple(task_label(*label) for label in outside),
        timezone=reporting_zone(db),
        recorded_there=_recorded_there(db, head.site, by) if is_first else 0,
    )


def _recorded_there(db: Connection, site: str, by: Command | None) -> int:
    """Return how many commands of a site came back to it; the one that took them in is its own by now."""
    return commands.how_many_of(db, site) - (by is not None)


def _same_states(db: Connection, touched: frozenset[str], arrived: frozenset[str]) -> Iterator[SameState]:
    """Yield the tasks on which what arrived was reported beside other reports: which stands, and what decided so."""
    found = [*side_by_side(db, touched, arrived)]
    rows = {row.uid: row for row in tasks.own_rows_of(db, {one.task for one in found})}
    for one in found:
        last, before, row = one.last, one.others[-1], rows[one.task]
        if not row.counted:  # it is told that it was removed
            continue
        by: Decider = (
            "day" if last.on > before.on else "moment" if last.recorded_at > before.recorded_at else "uid"
        )
        told = one.updates if last in one.updates else (*one.updates, last)
        reports = tuple(_report(one.commands[update.command], update) for update in told)
        stands = _report(one.commands[last.command], last)
        yield SameState(row.label, _title(row), reports, stands, by, row.status, row.percent)


def _title(row: TaskRow) -> Text:
    return Text(row.title, row.title_en)


def _report(command: Command, update: Update) -> SameStateReport:
    said = next((name for name in _TEXTS if getattr(update, name)), None)
    text = getattr(update, said) if said else None
    return SameStateReport(
        command.label, command.site, command.author, update.on, update.recorded_at, update.status, update.percent,
        text, said,
    )  # fmt: skip


def _two_open(rows: list[TaskRow]) -> TwoOpen:
    return TwoOpen(_title(rows[0]), tuple(OpenOccurrence(row.label, row.site, row.due) for row in rows))


def _on_removed(one: meetings.RemovalMet) -> WordsOnRemoved:
    words = tuple(_given(command, one.updates.get(command.uid)) for command in one.commands)
    return WordsOnRemoved(
        one.row.label, _title(one.row), _given(one.removal), one.row.removed, words, one.is_unseen
    )


def _given(command: Command, update: Update | None = None) -> GivenCommand:
    report = _report(command, update) if update else None
    return GivenCommand(
        command.label, command.site, command.author, command.verb, command.recorded_at, report
    )


def _two_values(db: Connection, touched: frozenset[str], arrived: frozenset[str]) -> Iterator[TwoValues]:
    found = [*meetings.two_values(db, touched, arrived)]
    rows = {row.uid: row for row in tasks.own_rows_of(db, {one.task for one in found})}
    for one in found:
        row = rows[one.task]
        values = (
            FieldValue(by.label, by.site, by.author, by.recorded_at, value) for by, value, _ in one.values
        )
        is_extended = one.values[-1].on is not None
        yield TwoValues(row.label, _title(row), one.field, tuple(values), is_extended)


def _in_order(db: Connection, uids: Sequence[str]) -> list[Command]:
    by = commands.commands_by_uid(db, uids)
    return [by[uid] for uid in uids]


def _two_organisations(db: Connection, arrived: frozenset[str]) -> Iterator[TwoOrganisations]:
    for one in meetings.two_organisations(db, arrived):
        added = (
            OrganisationAdded(by.label, by.site, by.author, by.recorded_at, fact.name or "", fact.level)
            for by, fact in one.added
        )
        yield TwoOrganisations(one.id, tuple(added), one.name, one.level, one.in_plan)


def _people_met(db: Connection, merged: Merged) -> PeopleMet:
    """Return who is easily taken for whom of those who came, and what became of the names of those who were known."""
    known = {person.uid: person for person in people.people(db)} if merged.people else {}
    place = {uid: n for n, uid in enumerate(people.in_order_of_coming(db, [*known]))}
    index = NameIndex(dict.fromkeys(person.own_name for person in known.values()))
    alike, into = list[AlikeNames](), dict[str, str]()
    for person in (person for person in known.values() if person.uid in merged.people):
        names = {person.own_name, *index.resembling(person.own_name)}
        others = [p for p in known.values() if p.own_name in names and p.uid != person.uid]
        others = sorted(others, key=lambda p: p.own_name != person.own_name)[:_OFFERED]
        for other in others:
            first, later = sorted((person.uid, other.uid), key=place.__getitem__)
            into.setdefault(later, first)
        if others:
            alike.append(AlikeNames(person.name, tuple(other.name for other in others)))
    # The last ones first: nobody who is still to be merged is called otherwise after that.
    merges = (
        (known[uid].name, known[into[uid]].name) for uid in sorted(into, key=place.__getitem__, reverse=True)
    )
    by = commands.commands_by_uid(db, {hidden.command for hidden in merged.hidden})
    hidden = tuple(HiddenPerson(one.name, _given(by[one.command])) for one in merged.hidden)
    return PeopleMet(tuple(alike), tuple(merges), merged.renamed, hidden)
