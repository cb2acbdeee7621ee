"""What readers of typed text refuse."""

import pytest

from plantrack.errors import Failure


def code_of(read: object, text: str) -> str:
    """Return the code that reading `text` fails with; it names the text as typed."""
    assert callable(read)
    with pytest.raises(Failure) as caught:
        read(text)
    assert caught.value.params == {"text": text}
    return caught.value.code
