"""The facts of a bundle added to those of a database, in whatever order bundles come: each command whole, and once.

A command that arrives gets the next number here and a seal of its own; whatever else it says stays as it was recorded.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.task import task_label
from plantrack.model.views.bundle import site_after
from plantrack.model.withdrawal import withdrawn
from plantrack.store import commands, derived_rows, organisations, people, plan_mirrors, plans, tasks
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.connection import Connection, insert
from plantrack.store.exchange.arrived_names import ArrivedNames, HiddenByBundle
from plantrack.store.exchange.checked_lines import CheckedLines, NumberedLine, ReadFact
from plantrack.store.exchange.fact_lines import BundleHead
from plantrack.store.exchange.fact_tables import FactTable
from plantrack.store.exchange.known_facts import KnownFacts, key_of
from plantrack.store.exchange.named_rows import refuse_unknown
from plantrack.store.organisations import OrganisationFact
from plantrack.store.questions import parties
from plantrack.store.scope import among
from plantrack.store.sealing.seal_all import seal_after
from plantrack.store.sealing.seals import salts_of

#: So far may the clocks of two computers be apart.
_AHEAD: Final = timedelta(days=1)
#: The share of the work that reading takes.
_OF_READING: Final = 0.5
#: The tables of facts of a task, besides the task itself.
_OF_TASKS: Final = ("status_update", "deadline", "assignment", "part", "change")


class Merged(NamedTuple):
    """What came with a bundle and was not there."""

    #: The commands, in the order of their numbers.
    commands: tuple[str, ...] = ()
    #: How many facts of each type.
    counts: Mapping[str, int] = Counter()
    #: How many commands were there already.
    known: int = 0
    #: The tasks of which something became otherwise, and the people who were not known.
    tasks: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    #: The commands that came with earlier bundles, and that a newer one does not have: the hub lost them.
    lacking: tuple[str, ...] = ()
    #: Whose names were taken out, and who is called otherwise now: the name before, and the one now.
    hidden: tuple[HiddenByBundle, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


def merge(
    db: Connection,
    file: str,
    head: BundleHead,
    lines: Iterable[NumberedLine],
    now: datetime,
    advance: Advance = unheard,
) -> Merged:
    """Add what a bundle has and a database has not, inside the caller's transaction.

    Fails as `CheckedLines` does, and with `bundle-unknown`, `bundle-lacking`, `bundle-differs`, `bundle-hub-twice`,
    `bundle-site-twice`, `bundle-plan`, `bundle-of-others`, `bundle-ahead`, `bundle-hides`.
    """
    merging = _Merging(db, file, head, _latest(db, head, now))
    facts = CheckedLines(db, file, head, scaled(advance, 0, _OF_READING))
    for table, own in groupby(facts.read(lines), attrgetter("table")):
        for new in merging.arriving(table, own):
            merging.add(table, new)
    return merging.ended(scaled(advance, _OF_READING, 1))


def _latest(db: Connection, head: BundleHead, now: datetime) -> str | None:
    """Return the last moment that may come: all that is recorded later gets moments after it, for good.

    A site comes after the hub whatever the hub's clock did; what a site recorded after such moments of the hub itself
    comes back to it.
    """
    if head.kind == "hub":
        return None
    latest, last = utc_moment(now + _AHEAD), commands.last_moment(db) or ""
    return latest if last <= latest else utc_moment(datetime.fromisoformat(last) + _AHEAD)


class _Merging:
    """Adds facts a table at a time, then what follows from them."""

    def __init__(self, db: Connection, file: str, head: BundleHead, latest: str | None) -> None:
        self.db, self.file, self.head, self.latest = db, file, head, latest
        self.names, self.facts = ArrivedNames(db), KnownFacts(db, file)
        #: The commands that arrive, by uid.
        self.new: dict[str, Mapping[str, Any]] = {}
        self.known, self.lacking = 0, tuple[str, ...]()
        self.before = commands.last_number(db)
        self.revisions: set[tuple[str, int]] = set()
        self.counts = Counter[str]()
        self.touched: set[str] = set()
        self.people: list[str] = []
        self.renamed: list[tuple[str, str]] = []

    def arriving(self, table: FactTable, facts: Iterable[ReadFact]) -> Iterable[list[ReadFact]]:
        """Return those of a table's facts that are not there, as many at once as are to be added together.

        Commands get their numbers in order, and are held whole; of tasks, which name others, those that arrive are.
        """
        some = [[*facts]] if table.name == "command" else chunks(facts)
        new = map(partial(self._not_there, table), some)
        return [[*chain.from_iterable(new)]] if table.name == "task" else new

    def _not_there(self, table: FactTable, facts: Sequence[ReadFact]) -> list[ReadFact]:
        """Return those of some facts of a table that are to be added; of salts none is."""
        if table.name == "salt":
            self.names.learn({fact.row["who"]: fact.row["salt"] for fact in facts})
            return []
        if "site" in table.columns and self.head.kind == "site":
            self._refuse_of_others(facts)
        return self._number(facts) if table.name == "command" else self._new(table, facts)

    def add(self, table: FactTable, new: list[ReadFact]) -> None:
        """Add facts of a table that are not there."""
        self._refuse_ahead(new)
        self._make_ready(table, new)
        new = [fact._replace(row=self.names.hidden(table.name, fact.row)) for fact in new]
        refuse_unknown(self.db, self.file, table.name, new)
        if table.name == "task":
            new.sort(key=lambda fact: str(fact.row["recorded_at"]))  # what another one names comes first
        insert(self.db, table.name, [table.with_stubs(fact.row) for fact in new])
        self._note(table.name, new)

    def _refuse_of_others(self, facts: Sequence[ReadFact]) -> None:
        """Refuse of a site what it did not record: only the hub tells of others, of the site itself too."""
        for fact in facts:
            if fact.row["site"] != self.head.site:
                raise Failure("bundle-of-others", file=self.file, site=self.head.site, line=fact.line)

    def _new(self, table: FactTable, facts: Sequence[ReadFact]) -> list[ReadFact]:
        """Return those of some facts that are of a command that arrives, or of none and not there."""
        new = [fact for fact in facts if self._arrives(fact)]
        of_known = [fact for fact in facts if not self._arrives(fact)]
        there = self.facts.among(of_known)
        missing = [fact for fact in of_known if key_of(fact) not in there]
        if missing and table.name != "form":
            raise Failure("bundle-lacking", file=self.file, line=missing[0].line)
        return new + missing

    def _arrives(self, fact: ReadFact) -> bool:
        """Return whether a fact is of a command that arrives."""
        if fact.table.name == "plan_include":
            return (fact.row["plan"], fact.row["revision"]) in self.revisions
        return fact.row.get("command") in self.new

    def _number(self, facts: Sequence[ReadFact]) -> list[ReadFact]:
        """Return the commands that are not there, with the next numbers here, in the order of their moments."""
        there = self.facts.among(facts)
        new = [fact for fact in facts if key_of(fact) not in there]
        new.sort(key=lambda fact: (fact.row["recorded_at"], fact.row["uid"]))
        self._refuse_twice(new)
        numbers = commands.next_numbers(self.db, command=len(new))["command"]
        new = [f._replace(row={**f.row, "number": n}) for f, n in zip(new, numbers, strict=True)]
        self.known = len(there)
        if self.head.kind == "hub" and there and new:
            told = {fact.row["uid"] for fact in facts}
            here = commands.uids_of_others(self.db, self.head.site)
            self.lacking = tuple(uid for uid in here if uid not in told)
        self.new = {fact.row["uid"]: fact.row for fact in new}
        return new

    def _refuse_ahead(self, new: Sequence[ReadFact]) -> None:
        """Refuse of a site what is still to come."""
        for row in (fact.row for fact in new):
            if self.latest is not None and (moment := row.get("recorded_at", "")) > self.latest:
                next = site_after(self.head.site)
                raise Failure("bundle-ahead", file=self.file, site=self.head.site, moment=moment, next=next)

    def _refuse_twice(self, new: Sequence[ReadFact]) -> None:
        """Refuse commands of a site at the moment of another one of that site: two databases are worked in as one site."""
        for some in chunks(new):
            theirs, params = among("c.recorded_at", "m", [fact.row["recorded_at"] for fact in some])
            there = {*self.db.query(f"SELECT c.site, c.recorded_at FROM command AS c WHERE {theirs}", params)}
            for fact in some:
                if (fact.row["site"], fact.row["recorded_at"]) in there:
                    raise self._worked_in_twice(fact.row["site"])

    def _make_ready(self, table: FactTable, new: Sequence[ReadFact]) -> None:
        """Let there be what facts name that stands in tables which are derived."""
        rows = [fact.row for fact in new]
        if table.name == "plan_revision" and new:
            if self.head.kind == "site":
                raise Failure("bundle-plan", file=self.file, line=new[0].line)
            plans.note_plans(self.db, [row["content"] for row in rows])
            self.revisions |= {(row["plan"], row["revision"]) for row in rows}
        elif table.name == "organisation_fact":
            facts = [OrganisationFact(**row) for row in rows]
            organisations.add_rows(self.db, sorted(facts, key=attrgetter("recorded_at")))
        elif table.name == "task" and new:
            plan_mirrors.fill_mirrors(self.db)
            self._refuse_same_labels(new)

    def _refuse_same_labels(self, new: Sequence[ReadFact]) -> None:
        """Refuse tasks with the label of another one: two databases are worked in as one site."""
        labels = {(fact.row["site"], fact.row["number"]) for fact in new}
        if there := labels & tasks.find(self.db, labels).keys():
            site, number = min(there)
            raise self._worked_in_twice(site, f": {task_label(site, number)}")

    def _worked_in_twice(self, site: str, task: str = "") -> Failure:
        """Return what is said of two databases that are worked in as one site, or as the hub."""
        code, next = ("bundle-site-twice", site) if site else ("bundle-hub-twice", self.head.site)
        return Failure(code, file=self.file, site=site, task=task, next=site_after(next))

    def _note(self, table: str, new: Sequence[ReadFact]) -> None:
        """Note what was added: how much, of which tasks, and who came."""
        rows = [fact.row for fact in new]
        self.counts[table] += len(rows)
        self.names.note(table, rows)
        if table == "plan_revision" and rows:
            plan_mirrors.fill_mirrors(self.db)
        if table == "task":
            self.touched |= {row["uid"] for row in rows}
        elif table in _OF_TASKS:
            self.touched |= {row["task"] for row in rows}
        elif table == "person":
            self.people += [row["uid"] for row in rows]

    def ended(self, advance: Advance) -> Merged:
        """Make what follows from all that was added, and seal it."""
        self.facts.refuse_other_tasks()
        hidden = self.names.hide_here(self.file, self.head.site)
        if self.new:
            self._derive()
            salts_of(self.db, self.names.said)
            seal_after(self.db, self.before, advance=advance)
        return Merged(
            tuple(self.new), self.counts, self.known, frozenset(self.touched), tuple(self.people), self.lacking, hidden,
            tuple(self.renamed),
        )  # fmt: skip

    def _renamed_people(self, kept: Mapping[str, str], meant: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the names of people who were known, and are called otherwise now; who was hidden is told so."""
        known = people.kept_labels(self.db).keys() - {*self.people}
        pairs = ((uid, kept[uid], meant.get(uid, kept[uid])) for uid in sorted(known))
        return [(old, new) for uid, old, new in pairs if old not in (uid, new) and not is_hidden(new)]

    def _derive(self) -> None:
        db = self.db
        before: dict[str, int] = dict(db.query("SELECT command, by_number FROM withdrawn_command"))
        gone = withdrawn(commands.withdrawals(db))
        derived_rows.write_withdrawn(db, before, gone)
        for some in chunks(sorted(before.keys() ^ gone.keys())):
            self.touched |= {*tasks.touched_by(db, some)}
        kept, meant = parties.kept_names(db), parties.meant_names(db)
        renamed = [key for key in kept | meant if kept.get(key, key) != meant.get(key, key)]
        self.touched |= {*tasks.given_to(db, renamed)}
        self.renamed = self._renamed_people(kept, meant)
        derived_rows.derive_parties(db)
        derived_rows.derive_tasks(db, sorted(self.touched), gone)
        if self.revisions or self.counts["task"]:
            plan_mirrors.derive_mirrors(db)
        if (own := tasks.last_own_number(db)) > tasks.number_given(db):
            insert(db, "counter", [{"name": "task", "used": own}], key="name")
