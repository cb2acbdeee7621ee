"""Whatever a file holds, the check ends soon and says where it stands."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plantrack.planfile.codes import SEVERITY
from plantrack.planfile.load import check_document
from tests.planfile.cases import CASES, HEAD, MARK

PLAN = (Path(__file__).parents[2] / "plans" / "kh-468-2024.yaml").read_bytes()
SEEDS = [c.text.replace(MARK, "").encode("utf-8", "surrogateescape") for c in CASES if len(c.text) < 2000]
SIGNS = [
    b"- ",
    b"? ",
    b": ",
    b"&a ",
    b"*a",
    b"[",
    b"]",
    b"{",
    b"}",
    b"!",
    b"|",
    b">",
    b'"',
    b"'",
    b"#",
    b"\t",
]
NOISE = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\xe2\x80\xa8",
    b"\\U00110000",
    b"---\n",
    b"%YAML 1.1\n",
]
WORDS = [b"areas:", b"lead", b"moved:", b"include: ['x\\0']", b"null", b"2024-02-30", b"<<: *a", b"9" * 5000]

pieces = st.sampled_from([*SIGNS, *NOISE, *WORDS]) | st.binary(max_size=4)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Give a plan with some bytes cut out and others put in their place."""
    data = draw(st.sampled_from([PLAN, *SEEDS]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 40))
        data = data[:start] + draw(pieces) + data[end:]
    return data


def hold(data: bytes) -> None:
    """Check that a check of `data` has a result, and that its problems stand in the file."""
    plan, problems = check_document(Path(tempfile.gettempdir()) / "không-có" / "x.yaml", data)
    assert (plan is None) == any(p.severity == "error" for p in problems)
    assert [(p.line, p.column) for p in problems] == sorted((p.line, p.column) for p in problems)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for problem in problems:
        assert problem.code in SEVERITY
        assert 0 <= problem.line <= lines
        assert (problem.line == 0) == (problem.column == 0)
        assert all(value.isprintable() for value in problem.params.values())


@settings(max_examples=400, deadline=1000)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"? " * 5000)
@example(b"[" * 5000)
@example(b"a: 1" + b"0" * 5000)
def test_any_bytes(data: bytes) -> None:
    hold(data)


@settings(max_examples=400, deadline=1000)
@given(st.lists(pieces, max_size=30).map(b"".join))
def test_any_signs(data: bytes) -> None:
    hold(HEAD.encode() + data)


@settings(max_examples=400, deadline=1000)
@given(damaged())
def test_any_damage(data: bytes) -> None:
    hold(data)
