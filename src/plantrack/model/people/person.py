"""People as they are known at a moment."""

from plantrack.model.named_tuple import NamedTuple


class Person(NamedTuple):
    """A person who is known; no two have the same `name`, which says their organisation where others have theirs."""

    uid: str
    name: str
    #: Without what tells two of one name apart.
    own_name: str
    sort_name: str | None = None
    #: The id of an organisation.
    organisation: str | None = None
    email: str | None = None
    #: As whom the machine knows them.
    login: str | None = None
    #: The day from which they are no longer there.
    left_on: str | None = None
    #: Other names that they had, and those of whoever turned out to be them.
    former: tuple[str, ...] = ()
