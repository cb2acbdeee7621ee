"""What a search means, from all the texts there are, and the tasks that the store finds."""

from collections.abc import Iterable, Mapping

from plantrack.model.counting import Cutoffs
from plantrack.model.search import PART_AS_TYPED, rank_of
from plantrack.store.connection import Connection
from plantrack.store.questions.search import SearchPlace, look_for
from plantrack.store.questions.task_source import TaskSource


def ranks_of(text: str, own: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return those in whose texts a free text is found, each with its rank; inside a word only where nothing begins so."""
    ranks = {name: rank for name, texts in own.items() if (rank := rank_of(text, texts)) is not None}
    begun = {name: rank for name, rank in ranks.items() if rank < PART_AS_TYPED}
    return begun or ranks


def found(db: Connection, place: SearchPlace, texts: Iterable[str]) -> set[str]:
    """Return the tasks of a plan on a day in which each text is found, as the store answers it."""
    every = TaskSource(db, place.plan, Cutoffs(*[place.day] * 3), past=True)
    return {*every.meeting(look_for(db, place, texts).condition).uids()}
