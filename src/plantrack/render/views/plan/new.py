"""What stands in the draft of a plan beside its keys: for readers of both languages."""

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.model.plan_renewal import Mark
from plantrack.model.text import visible

#: More of what stood there before is not repeated.
_MOST = 120


def remark(mark: Mark, year: int) -> str:
    """Say a mark in Vietnamese, and after it in English; `year` is that of the plan before."""
    said = [_half(mark, year, Words(language)) for language in LANGUAGES]
    if not mark.path:
        return "\n".join(said)
    key = f"{mark.path.rpartition('/')[2]} – " if mark.fill else ""
    return key + " / ".join(said)


def _half(mark: Mark, year: int, words: Words) -> str:
    params = {name: words.day(value) if name == "day" else value for name, value in mark.params.items()}
    said = words(f"draft.{mark.code}", **params)
    if mark.was is None:
        return said
    was = visible(" ".join(mark.was.split()), _MOST)
    return f"{said} ({words('draft.was', year=year, was=was)})"
