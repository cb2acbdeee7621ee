"""Vietnamese texts, with the letters of the Highlands, in any form."""

import unicodedata

from hypothesis import strategies as st

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzƀčñĭŏŭĕAĂÂĐÊÔƠƯƁ"


MARKS = "\u0300\u0301\u0303\u0306\u0309\u0323\u031b"


vietnamese = st.text(LETTERS + MARKS + " '’‘-–\u00a00123456789.")


def nfd(s: str) -> str:
    """Return what a macOS file name or some PDFs hold."""
    return unicodedata.normalize("NFD", s)
