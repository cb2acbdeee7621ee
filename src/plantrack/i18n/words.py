"""The words of one language: texts by key, numbers, days and periods as its readers write them."""

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from os import path

from plantrack.model.days import weekday
from plantrack.model.grouping import label_ranges
from plantrack.model.indicator import written_out
from plantrack.model.moments import local_moment
from plantrack.model.people.hidden_name import HIDDEN, HIDDEN_NAME
from plantrack.model.text import quoted

LANGUAGES = ("vi", "en")
#: What the program is called in every text.
PROGRAM = "plantrack"
#: As many labels, or ranges of them, stand in a sentence.
_LABELLED = 30
_LOCALE = path.join(path.dirname(__file__), "locale")
#: What ends a sentence.
ENDS = (".", "…", "?", "!")
#: A place that is a word of a command: `person merge "{old}" "{known}"`.
_COMMAND_WORD = re.compile(r'"\{(\w+)\}"')
#: Commands that are of no database, or that name theirs themselves.
_ANYWHERE = frozenset({"init", "demo", "help", "completion", "schema"})
#: The program in texts where a command follows that is for somebody else or for another place.
ELSEWHERE = "{plantrack}"
#: What the keys of help begin with, which says what there is and not what to do next.
OF_HELP = ("arg.", "cmd.", "help.", "opt.", "topic.")
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


def locale_language() -> str | None:
    """Return the language of the locale, where it is one of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else None
    return None


class _Unknown(NullTranslations):
    """Behind a catalogue: a key that it lacks is a mistake, never a text."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)

    def ngettext(self, msgid1: str, _msgid2: str, n: int) -> str:
        raise KeyError(msgid1)


@cache
def _catalogue(language: str) -> GNUTranslations:
    with open(path.join(_LOCALE, f"{language}.mo"), "rb") as file:
        catalogue = GNUTranslations(file)
    catalogue.add_fallback(_Unknown())
    return catalogue


@cache
def _template(language: str, key: str) -> str:
    return _catalogue(language).gettext(key)


def _filled(key: str, text: str, params: dict[str, object]) -> str:
    if '"{' in text:
        text, params = _in_safe_quotes(text, params)
    if "}." in text:
        text = ended_once(text, params)
    try:
        return text.format(**params)
    except KeyError as missing:
        raise KeyError(f"{key}: no parameter {missing.args[0]!r}") from None


def _in_safe_quotes(text: str, params: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Put what stands between quotes, which is a word of a command to be typed, so that a shell runs nothing in it."""
    for name in _COMMAND_WORD.findall(text):
        value = params.get(name)
        if isinstance(value, str) and (written := quoted(value)).startswith("'"):
            text = text.replace(f'"{{{name}}}"', f"{{{name}_quoted}}")
            params = {**params, f"{name}_quoted": written}
    return text, params


def ended_once(text: str, params: Mapping[str, object]) -> str:
    """Take the full stop behind a place that is filled with a text which has its own end."""
    for name, value in params.items():
        if isinstance(value, str) and value.endswith(ENDS):
            text = re.sub(rf"(\{{{name}\}})\.(?![\w.])", r"\1", text)
    return text


def _with_place(text: str, place: str) -> str:
    """Return a text whose commands name the database that they are to be given to."""
    return commands_here().sub(lambda _: f"{PROGRAM} {_unfilled(place)} ", text)


@cache
def commands_here() -> re.Pattern[str]:
    """Return what finds the program in a text where a command follows that is of the database told of."""
    return _before(_ANYWHERE, but=r"(?!db (?:init|copy)\b)")


def _with_program(text: str, program: str) -> str:
    """Return a text whose commands call the program as it was called."""
    return _commands().sub(lambda _: f"{_unfilled(program)} ", text)


@cache
def _commands() -> re.Pattern[str]:
    """Return what finds the program where a command follows, or an option that stands before one."""
    return _before(frozenset(), or_follows="-|")


def _before(without: frozenset[str], but: str = "", or_follows: str = "") -> re.Pattern[str]:
    from plantrack.model.typed.vietnamese_names import COMMANDS

    names = sorted({path.split()[0] for path in COMMANDS} - without)
    follows = rf"{or_follows}(?:{'|'.join(names)})\b|\{{command\}} "
    return re.compile(rf"(?<!\{{)\b{PROGRAM} {but}(?={follows})")


def _unfilled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


class Words:
    """Says things in one language: `words("what.title")`; an unknown key is a KeyError.

    `place`: the options that name the database in commands which are told to be typed, as they were typed; `program`:
    how the program is called in them.
    """

    def __init__(self, language: str, place: str = "", program: str = PROGRAM) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self.language, self.place, self.program = language, place, program

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the text of `key` with `params` filled in; what they hold is never read as a text."""
        return _filled(key, self._placed(key, _template(self.language, key)), params)

    def _placed(self, key: str, text: str) -> str:
        if key.startswith(OF_HELP):
            return text.replace(ELSEWHERE, PROGRAM)
        if self.place:
            text = _with_place(text, self.place)
        if self.program != PROGRAM:
            text = _with_program(text, self.program)
        return text.replace(ELSEWHERE, PROGRAM)

    @property
    def for_others(self) -> "Words":
        """Return the words of what other readers get: it calls the program by its name, and names no place of ours."""
        return Words(self.language)

    def template(self, key: str) -> str:
        """Return the text of `key` with its places unfilled."""
        return _template(self.language, key).replace(ELSEWHERE, PROGRAM)

    def command(self, line: str) -> str:
        """Return a command line that is told to be typed (`plantrack edit 1 …`), with the place; another text as it is."""
        program, _, rest = line.partition(" ")
        return " ".join(filter(None, (self.program, self.place, rest))) if program == PROGRAM else line

    def plural(self, key: str, n: int, /, **params: object) -> str:
        """Return the text of `key` for `n` things; the text has `n` too."""
        text = _catalogue(self.language).ngettext(key, key, n)
        return _filled(key, self._placed(key, text), {"n": self.number(n), **params})

    def has(self, key: str) -> bool:
        """Return whether there is a text of this key."""
        try:
            return bool(self.template(key))
        except KeyError:
            return False

    def with_hidden_names(self, text: str) -> str:
        """Return a text for people: where the hash of a hidden name stands in it, words do, and what tells it from others."""
        if HIDDEN not in text:
            return text
        return HIDDEN_NAME.sub(lambda found: self("person.hidden", signs=found[1]), text)

    def _marks(self, english: str) -> str:
        """Put the marks of a number written the English way as this language has them."""
        return english.translate(_VIETNAMESE_MARKS) if self.language == "vi" else english

    def number(self, n: float) -> str:
        """Write a number: `1.234,5` or `1,234.5`; an amount without a fraction has none."""
        return self._marks(written_out(int(n) if n == int(n) else n, ","))

    def money(self, amount: int) -> str:
        """Write an amount in full: `1.200.000 đồng`, `VND 1,200,000`."""
        return self("money.whole", amount=self._marks(f"{amount:,}"))

    def millions(self, amount: int) -> str:
        """Write an amount in millions of đồng, with one decimal where there is need of it; a half is rounded up."""
        tenths = (amount + 50_000) // 100_000
        if tenths == 0 < amount:
            return self._marks("<0.1")
        return self._marks(f"{tenths // 10:,}.{tenths % 10}".removesuffix(".0"))

    def signed(self, n: int) -> str:
        """Write a difference: `+1`, `-1`, `0`."""
        return self._marks(f"{n:+,}") if n else "0"

    def percent(self, part: int, whole: int) -> str:
        """Write a share to one decimal, a half rounded up; a dash where there is nothing to share."""
        if whole == 0:
            return "–"
        tenths = (2000 * part + whole) // (2 * whole)
        return self._marks(f"{tenths // 10:,}.{tenths % 10}%")

    def day(self, day: str) -> str:
        """Write a day: `21/07/2024`, `21 Jul 2024`."""
        return self._dated("date.day", day, "short")

    def short_day(self, day: str) -> str:
        """Write a day whose year is plain: `21/07`, `21 Jul`."""
        return self._dated("date.short", day, "short")

    def from_day(self, first: str, last: str) -> str:
        """Write the first day of a stretch, without its year where that of the last one says it."""
        return self.short_day(first) if first[:4] == last[:4] else self.day(first)

    def long_day(self, day: str) -> str:
        """Write a day as documents do: `ngày 05 tháng 10 năm 2022`, `5 October 2022`."""
        return self._dated("date.long", day, "long")

    def _dated(self, key: str, day: str, form: str) -> str:
        # Vietnamese documents give a day below 10 its zero, months by a rule that the catalogue has.
        number = day[8:] if self.language == "vi" else day[8:].lstrip("0")
        return self(key, day=number, month=self(f"month.{day[5:7]}.{form}"), year=day[:4])

    def weekday(self, day: str) -> str:
        """Return the name of a day's weekday."""
        return self(f"weekday.{weekday(day)}")

    def period(self, name: str) -> str:
        """Return the name of a period: `Quý II/2024`, `Q2 2024`; a day is one too."""
        if len(name) == len("2024-07-18"):
            return self.day(name)
        year, _, part = name.partition("-")
        if part.startswith("W"):
            return self("period.week", number=int(part[1:]), year=year)
        return self(f"period.{part or 'year'}", year=year)

    def moment(self, moment: str, timezone: str) -> str:
        """Write a moment by the clock on the wall: `00:00 ngày 22/07/2024`."""
        there = local_moment(moment, timezone)
        return self("date.moment", time=f"{there:%H:%M}", day=self.day(there.date().isoformat()))

    def labels(self, labels: Sequence[str]) -> str:
        """Write the labels of tasks that a sentence names: all of some, of many as ranges, as far as there is room."""
        if len(labels) <= _LABELLED:
            return ", ".join(labels)
        parts = label_ranges(labels)
        return ", ".join([*parts[:_LABELLED], *(["…"] if len(parts) > _LABELLED else [])])

    def counted_labels(self, labels: Sequence[str]) -> str:
        """Write labels in a sentence that does not say how many they are; of many it is said here."""
        said = self.labels(labels)
        return said if len(labels) <= _LABELLED else self.plural("labels.counted", len(labels), labels=said)

    def series(self, items: Sequence[str], last: str = "and") -> str:
        """Write items in a row: `a, b và c`; `last` is `and` or `or`."""
        if len(items) < 2:
            return "".join(items)
        return self(f"series.{last}", head=", ".join(items[:-1]), tail=items[-1])
