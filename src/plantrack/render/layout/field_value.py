"""The value of a field of a task's history, in words."""

from plantrack.i18n.words import Words
from plantrack.model.days import valid_day
from plantrack.render.layout.fact_formatter import one_line, time_said

_DAYS = ("due", "start_day", "opened_on", "left_on", "every_until", "every_from", "document_day")
_AMOUNTS = ("budget", "allocated", "spent")
_CODES = ("status", "priority", "level", "every")


def own_value(field: str, text: str | None, words: Words) -> str:
    """Word the value of a field that speaks of nothing else."""
    if not text:
        return words("log.nothing")
    if field in _DAYS:
        return words.day(text) if valid_day(text) else time_said(text, words)
    if field in _CODES:
        return words(f"{field}.{text}")
    if field in _AMOUNTS:
        return words.money(int(text))
    return f"{text}%" if field == "percent" else one_line(text)
