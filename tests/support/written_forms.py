"""Files of the worked example, as a command writes them."""

from collections.abc import Callable

from plantrack.services.verbs.demo import WEEK

#: The fixture `made`.
Made = Callable[..., bytes]


def weekly(made: Made, form: str, lang: str = "vi") -> bytes:
    """Return the summary of the example's week in a form."""
    return made("weekly", form, "--week", WEEK, lang=lang)
