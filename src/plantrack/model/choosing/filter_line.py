"""A filter in one line, as `--where` has it: which terms it is made of."""

import re

from plantrack.errors import Failure

#: A quoted part; what stands by itself up to a space or to a quote that begins a part: at the beginning, or behind a
#: sign (`to:"Ví A"`). Behind a letter a quote is one of the word: `H'Nhuên`.
_PART = re.compile(r"""(?<!\w)(?:"([^"]*)"|'([^']*)')|[^\s"']|(?<=\w)["']""")
_TERM = re.compile(r"\S")


def split_filter(line: str) -> list[str]:
    """Split a filter into its terms at spaces, as a shell does: what stands in quotes belongs together.

    Fails with `filter-quote` for a quote that is not closed, and with `filter-empty` where nothing is left.
    """
    terms, place = list[str](), 0
    while begin := _TERM.search(line, place):
        term, place = _term(line, begin.start())
        terms.append(term)
    if not any(term.strip() for term in terms):
        raise Failure("filter-empty")
    return terms


def _term(line: str, place: int) -> tuple[str, int]:
    """Return the term that begins at a place, without its quotes, and the place behind it."""
    parts = []
    while place < len(line) and not line[place].isspace():
        part = _PART.match(line, place)
        if part is None:
            raise Failure("filter-quote", excerpt=line, column=place + 1)
        quoted = part[1] if part[1] is not None else part[2]
        parts.append(part[0] if quoted is None else quoted)
        place = part.end()
    return "".join(parts), place
