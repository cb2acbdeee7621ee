"""What a command takes, in records of our own: the classes of Typer are known to the adapter only."""

from typing import Final

from plantrack.model.named_tuple import NamedTuple

#: Values that are taken word for word, and others that may have several words.
_TEXTS: Final = frozenset({"TEXT", "REF", "PERSON", "PLACE", "TAG", "NAME"})
_WORDS: Final = _TEXTS | {"ORG", "DATE", "STATUS", "PRIORITY", "PERIOD"}


class Argument(NamedTuple):
    """A value that stands by itself."""

    name: str
    #: What help calls it.
    metavar: str
    #: The key of its words.
    help: str
    is_list: bool


class Option(NamedTuple):
    """An option, with the names it is typed by."""

    name: str
    names: list[str]
    #: What help calls its value.
    metavar: str
    #: The key of its words.
    help: str
    #: Whether it has no value.
    is_flag: bool
    is_required: bool
    is_hidden: bool
    #: Whether its value goes into the session, and not to the command.
    is_shared: bool
    #: Whether it may be given more than once.
    is_list: bool = False

    @property
    def takes_text(self) -> bool:
        """Return whether any text is its value, as it is."""
        return self.metavar in _TEXTS

    @property
    def takes_words(self) -> bool:
        """Return whether its value may have several words."""
        return self.metavar in _WORDS


class CommandParams(NamedTuple):
    """All that a command takes."""

    arguments: list[Argument]
    options: list[Option]
