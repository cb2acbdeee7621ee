"""What people were called when a fact was recorded: the history says of each what was written then."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from plantrack.model.withdrawal import Withdrawal, withdrawn
from plantrack.store.connection import Connection
from plantrack.store.facts import PartyName
from plantrack.store.people import PersonFact, standing


def names_then(db: Connection, said: Sequence[PersonFact], undone: Sequence[Withdrawal]) -> PartyName:
    """Return what names each party as it was called at a moment; an organisation by the id that was written.

    `said`: all that was said of people; `undone`: the undos of that.
    """
    came = dict[str, str]()
    for fact in said:
        came.setdefault(fact.person, fact.uid)
    changes = {fact.recorded_at for fact in said if came[fact.person] != fact.uid}
    moments = sorted(changes.union(w.recorded_at for w in undone))

    @cache
    def labels(place: int) -> dict[str, str]:
        """Return what everybody was called until the next change; who came meanwhile has a name too."""
        until = moments[place] if place < len(moments) else None
        facts = [fact for fact in said if until is None or fact.recorded_at < until]
        gone = withdrawn([w for w in undone if until is None or w.recorded_at < until])
        return standing(db, facts, gone).labels

    return lambda party, moment: labels(bisect_right(moments, moment)).get(party, party)
