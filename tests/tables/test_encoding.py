"""Letters that went wrong: what is called so is, and what people rightly write is not."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.tables.encoding import VIETNAMESE, garbled, has_placeholder, is_plain, may_be_odd

PLAN = (Path(__file__).parents[2] / "plans" / "kh-468-2024.yaml").read_text("utf-8")
RIGHT = [
    "Ksor H’Nhuên, Y Nhơ̆n Niê, H’Nghĩa Êban, Buôn Ƀuôr, Č̣ư̆ Ê Đê ê̆ ô̆",
    "“CẤP XÃ”, ‘SỐ MÃ’, «Phụ nữ», §5, 10 m², 30 °C, 1·2, Microsoft®, © 2024",
    "Zürich, München, Köln, Genève, Malmö, Łódź",
    "Israël, Noël; España",
    "5 µm – 10 µm; 25 ¢; ½; ¼",
    "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM",
    "UÔN ÊN ÒA ÓA ÕA",
    "iPhone ÓNG thiế Ý",
]
TCVN3 = [
    "KÕ ho¹ch ®¸nh gi¸",
    "Phô n÷ d©n téc thiÓu sè",
    "B¸o c¸o kÕt qu¶ thùc hiÖn",
    "Ñy ban D©n téc vµ miÒn nói",
]
VNI = [
    "Hoäi Lieân hieäp Phuï nöõ Vieät Nam",
    "Uyû ban Daân toäc vaø mieàn nuùi",
    "Baùo caùo ñaùnh giaù keát quaû",
]
MISREAD = ["Há»™i LiÃªn hiá»‡p", "Káº¿ hoáº¡ch", "Æ°u tiÃªn", "Äáº¡i há»™i"]


@pytest.mark.parametrize("text", [*RIGHT, *PLAN.split("\n")])
def test_what_is_right_is_left_alone(text: str) -> None:
    assert garbled(text) is None


@pytest.mark.parametrize("text", TCVN3)
def test_tcvn3(text: str) -> None:
    found = garbled(text)
    assert found
    assert (found.code, found.params["encoding"]) == ("P008", "TCVN3 (ABC)")
    assert found.params["word"] in text.split()


@pytest.mark.parametrize("text", VNI)
def test_vni(text: str) -> None:
    found = garbled(text)
    assert found
    assert (found.code, found.params["encoding"]) == ("P008", "VNI")


@pytest.mark.parametrize("text", MISREAD)
def test_utf8_that_was_read_as_something_else(text: str) -> None:
    found = garbled(text)
    assert found
    assert found.code == "P009"
    assert set(found.near[0]) & VIETNAMESE


def misread(text: str) -> str:
    """Read UTF-8 as Windows-1252 does, that lets some bytes pass as they are."""
    data = (bytes([byte]) for byte in text.encode())
    return "".join(one.decode("cp1252" if one not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for one in data)


@given(st.lists(st.sampled_from(sorted(c for c in VIETNAMESE if c > "\xff")), min_size=1).map("".join))
def test_whatever_was_misread_is_read_again(text: str) -> None:
    found = garbled(f"a {misread(text)} b")
    assert found
    assert found.near == (f"a {text} b",)


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=5))
def test_a_plain_text_needs_no_second_look(text: str) -> None:
    if is_plain(text):
        assert unicodedata.is_normalized("NFC", text)
        assert all(c.isprintable() or c in "\n\t\r" for c in text)
        assert garbled(text) is None


def test_the_shipped_plan_is_plain() -> None:
    assert is_plain(PLAN.replace("’", ""))
    assert not may_be_odd(PLAN)
    assert all(map(may_be_odd, ['"a\\u200b"', "a\u00a0b", "{{a}}", "a: “a”", "e\u0301"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("{{a}}", True), ("x {{ a }}", True), ("}} {{", False), ("{{", False), ("{a}", False)],
)
def test_placeholders(text: str, expected: bool) -> None:
    assert has_placeholder(text) == expected
