"""A failure in words: the sentence that says what is wrong, and the hint that says what to do."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.status import DeadlineState, Every, Level, Priority, Status
from plantrack.model.text import visible, without_account
from plantrack.model.typed.database_address import is_address

if TYPE_CHECKING:
    from plantrack.model.importing.fields import FieldHeadings

#: Parameters that repeat what somebody typed: shortened, so that the sentence around them is seen.
#: Paths, commands and lists of labels are needed whole.
_TYPED = frozenset(
    {"text", "word", "value", "name", "title", "area", "activity", "organisation", "person", "place", "task"}
    | {"field", "term", "percent", "verb", "option", "language", "format", "by", "topic", "argument", "plan"}
)
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9A-Fa-f]+>")
#: Values of closed lists, and what begins the keys of their names.
_NAMED_KINDS: Mapping[type, str] = {
    Status: "status",
    DeadlineState: "deadline",
    Priority: "priority",
    Level: "level",
    Every: "every",
}
#: Columns of the database whose fields have another name.
_FIELDS: Mapping[str, str] = {"next_step": "next", "recorded_at": "moment"}
_COUNTS = ("length", "limit", "count")
_MOMENTS = ("moment", "now")
_DAYS = ("day", "today", "opened", "due", "last")


def sentence(words: Words, failure: Failure, *, at_site: bool = False) -> tuple[str, str]:
    """Return the message and the hint of a failure; `at_site`: where plans come from the hub."""
    key = f"error.{failure.code}"
    params = {name: _shown(words, name, value) for name, value in failure.params.items()}
    if "reason" in params:  # libraries that were given bytes name them by where they lie in memory
        name = str(params.get("file", "…"))
        params["reason"] = _reason(words, params) or _ADDRESS.sub(lambda _: name, str(params["reason"]))
    if "table" in params:
        params["reason"] = words("damage.row", **params)
    of_hint = _hint_key(words, key, failure, at_site=at_site)
    hint = words(of_hint, **params)
    if near_words(words, failure) and "{near}" not in words.template(of_hint):
        own = f"hint.near.{failure.code}"
        hint = f"{words(own if words.has(own) else 'hint.near', near=params['near'])} {hint}"
    return words(key, **params), hint


def _hint_key(words: Words, key: str, failure: Failure, *, at_site: bool) -> str:
    """Return the key of a hint: what helps a file may not help what a server has, nor the hub a site."""
    is_on_server = is_address(str(failure.params.get("file", "")))
    kind = "site" if at_site else "server" if is_on_server else ""
    own = f"hint.{kind}.{failure.code}"
    return own if kind and words.has(own) else f"{key}.hint"


def near_words(words: Words, failure: Failure) -> str:
    """Return the nearest of what could have been typed, as it is printed; empty where nothing is near."""
    return str(_shown(words, "near", failure.params.get("near") or ""))


def cell_sentence(words: Words, failure: Failure) -> tuple[str, str]:
    """Return the message and the hint of a failure of a cell in a file: there nothing is mended by an option."""
    message, hint = sentence(words, failure)
    key = f"cell.{failure.code}"
    params = {name: _shown(words, name, value) for name, value in failure.params.items()}
    if words.has(key):
        message = words(key, **params)
    return message, words(f"{key}.hint", **params) if words.has(f"{key}.hint") else hint


def explained(words: Words, key: str) -> str:
    """Return a message and its hint for any case: an ellipsis stands for what differs from case to case."""
    texts = [words.template(k) for k in (key, f"{key}.hint")]
    return "\n".join(re.sub(r"\{\w+\}", "…", text) for text in texts)


def _key(words: Words, name: str, value: str) -> str | None:
    """Return the key of the words for a value that is one of a closed list."""
    if name == "role":
        role = f"member.role.{value}"
        return role if words.has(role) else None
    if name == "argument":
        metavar = f"meta.{value.strip('[.]')}"
        return metavar if words.has(metavar) else None
    if name == "named_column":
        named = (f"{of}.{_FIELDS.get(value, value)}" for of in ("field", "column"))
        return next(filter(words.has, named), None)
    return {
        "what": f"what.{value}",
        "outcome": f"outcome.{value}",
        "status": f"status.{value}",
        "every": f"every.{value}",
        "weekday": f"weekday.{value}",
        "month": f"month.{value}.long",
    }.get(name)


def _reason(words: Words, params: Mapping[str, object]) -> str:
    """Return a reason in the reader's words, empty where it has none; of the system's own it is in English."""
    key = f"reason.{'-'.join(re.findall('[a-z0-9]+', str(params['reason']).lower()))}"
    return words(key, **params) if words.has(key) else ""


def _named(words: Words, item: object) -> str:
    """Return the name of a value of a closed list, empty for any other."""
    kind = next((name for of, name in _NAMED_KINDS.items() if isinstance(item, of)), None)
    return words(f"{kind}.{item}") if kind else ""


def _field_said(words: Words, one: "FieldHeadings") -> str:
    said = f"“{one.title.within(words.language)}” ({one.field})"
    return f"{said}: {', '.join(visible(text, limit=60) for text in one.headings)}" if one.headings else said


def _moment(words: Words, moment: str) -> str:
    from plantrack.model.plan import Reporting

    try:
        return words.moment(moment, Reporting().timezone)
    except ValueError:
        return visible(moment, limit=60)


def _upgraded(words: Words, told: tuple[str, str]) -> str:
    return words("newer.upgraded", by=visible(told[0], limit=60), moment=_moment(words, told[1]))


def _shown(words: Words, name: str, value: object) -> object:
    if isinstance(value, Failure):  # what it goes back to
        return sentence(words, value)[0]
    if name == "upgraded":
        return _upgraded(words, value) if isinstance(value, tuple) else ""
    if name == "amounts" and isinstance(value, tuple):
        return words.series([words.money(amount) for amount in value], "or")
    if name == "tasks" and isinstance(value, tuple):
        return words.counted_labels(value)
    if name == "fields_of_table" and isinstance(value, tuple):
        return "; ".join(_field_said(words, one) for one in value)
    if name == "kinds" and isinstance(value, tuple):
        return words.series([words(f"import.kind.{kind}") for kind in value], "or")
    if name == "commands" and isinstance(value, tuple):
        return "; ".join(words.command(_harmless(words, one, None)) for one in value)
    if name == "meanings" and isinstance(value, tuple):
        return ", ".join(f"`{words.command(_harmless(words, one, 60))}`" for one in value)
    if isinstance(value, (tuple, list)):
        limit = None if name == "codes" else 60  # with labels and titles, which are needed whole
        return ", ".join(_named(words, item) or _harmless(words, str(item), limit) for item in value)
    if name in _DAYS:
        return words.day(str(value))
    if name in _MOMENTS:
        return _moment(words, str(value))
    if name in _COUNTS and isinstance(value, int):
        return words.number(value)
    if key := _key(words, name, str(value)):
        return words(key)
    return _harmless(words, value, 60 if name in _TYPED else None) if isinstance(value, str) else value


def _harmless(words: Words, text: str, limit: int | None) -> str:
    """Return text as it may be shown: it does nothing to a terminal, has no password, and no hash of a name."""
    return visible(without_account(words.with_hidden_names(text)), limit)
