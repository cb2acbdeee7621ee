"""What YAML makes of values without quotes, and which signs a text may have."""

from datetime import date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.parsing.nodes import Mapping, Node, Scalar, Sequence, SourceFile, Unread
from plantrack.planfile.parsing.scalars import UNTYPED, Kind, kind, plain

SOURCE = SourceFile("x.yaml", 0, [])


def written(text: str, quoted: bool = False) -> Scalar:
    return Scalar(SOURCE, 1, 1, text, quoted)


@pytest.mark.parametrize(
    ("kind_of", "texts"),
    [
        (Kind.TEXT, ("Kế hoạch", "ND1", "1.5.2", "a1", "2024-03-21x", "", "<<x", "-", "1 000")),
        (Kind.TRUTH, ("true", "False", "yes", "NO", "on", "Off", "y", "N")),
        (
            Kind.NUMBER,
            ("1", "-1", "1.5", ".inf", "-.INF", ".nan", "0x1F", "012", "08", "1_000", "1e3", "0o17", "12:30"),
        ),
        (Kind.DAY, ("2024-03-21", "2024-03-21 12:00:00", "2024-03-21T12:00:00Z")),
        (Kind.NOTHING, ("null", "~", "Null")),
    ],
)
def test_what_a_value_without_quotes_is(kind_of: Kind, texts: tuple[str, ...]) -> None:
    assert {text: kind(written(text)) for text in texts if text} == {text: kind_of for text in texts if text}
    assert {kind(written(text, quoted=True)) for text in texts} == {Kind.TEXT}


values = (
    st.text(max_size=6)
    | st.text("0123456789-+.:_exoTZ~ynulstrafe ", max_size=10)
    | st.from_regex("[-+]?[0-9]{1,4}([.:_-][0-9]{1,2}){0,2}", fullmatch=True)
)


@given(values)
def test_what_yaml_takes_for_no_text_is_none_here(text: str) -> None:
    own = {bool: Kind.TRUTH, int: Kind.NUMBER, float: Kind.NUMBER, date: Kind.DAY, datetime: Kind.DAY}
    try:
        read = yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):  # a day that no calendar has; signs of YAML
        return
    if type(read) in own and not text.isspace():
        assert kind(written(text.strip())) is own[type(read)]


@given(st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-(10**9), 10**9).map(lambda x: round(x, 6)))
def test_a_plain_decimal_is_the_number_that_it_is_everywhere(number: float) -> None:
    text = f"{number:.6f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
    assert plain(written(text)) == yaml.safe_load(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text", ["012", "1_000", "1e3", "0x1F", ".inf", "12:30", "9" * 16, "1.1234567", "+1", "yes", "~"]
)
def test_what_readers_do_not_agree_on_is_no_value(text: str) -> None:
    assert plain(written(text)) is UNTYPED
    assert plain(written(text, quoted=True)) == text


def test_values_without_their_positions() -> None:
    pairs: dict[str, tuple[Scalar, Node]] = {
        "a": (written("a"), written("1")),
        "b": (written("b"), Unread(SOURCE, 1, 1)),
    }
    tree = Mapping(
        SOURCE, 1, 1, {**pairs, "c": (written("c"), Sequence(SOURCE, 1, 1, [written("true"), written("x")]))}
    )
    assert plain(tree) == {"a": 1, "b": UNTYPED, "c": [True, "x"]}
