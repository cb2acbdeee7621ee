"""Whatever a file holds, the check ends soon and says where it stands."""

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.planfile.load import check_document
from plantrack.planfile.parsing.codes import SEVERITY
from tests.support.plan_cases import AREAS, CASES, HEAD, MARK
from tests.support.tries import tries

HERE = Path(__file__).parent
PLANS = [
    HERE.parents[1] / "plans" / "kh-468-2024.yaml",
    HERE / "full.yaml",
    HERE / "many.yaml",
    *sorted((HERE / "bad").glob("*.yaml")),
]
SEEDS = [
    *(path.read_bytes() for path in PLANS),
    *(c.text.replace(MARK, "").encode("utf-8", "surrogateescape") for c in CASES if len(c.text) < 2000),
]
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
    """Return a plan with some bytes cut out and others put in their place."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 40))
        data = data[:start] + draw(pieces) + data[end:]
    return data


@st.composite
def mixed(draw: st.DrawFn) -> bytes:
    """Return lines of several plans in one, some of them twice or at another depth."""
    lines = b"\n".join(draw(st.lists(st.sampled_from(SEEDS), min_size=2, max_size=3))).split(b"\n")
    for _ in range(draw(st.integers(1, 8))):
        place, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        lines[place] = draw(st.sampled_from([b"", b" ", b"  ", b"\t", b"- ", b"? "])) + lines[other]
    return b"\n".join(lines)


names = st.sampled_from(["a", "b", "c"])
keys = st.sampled_from(
    ["code", "title", "lead", "due", "areas", "activities", "moved", "<<", "vi", "x", '"<<"']
)
leaves = st.sampled_from(
    [
        '"ND1"',
        '"ND1.1"',
        "~",
        "no",
        "04",
        "2024-02-30",
        '"x"',
        "''",
        "|\n x\n",
        "[]",
        "{}",
        "!!str x",
        "“x”",
        "{{x}}",
    ]
)
#: YAML in one line, in which parts have names, and repeat and take over one another.
nodes = st.recursive(
    leaves | names.map("*{}".format),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(keys, inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
        st.tuples(names, inner).map(lambda pair: f"&{pair[0]} {pair[1]}"),
    ),
    max_leaves=25,
)
huge = st.tuples(pieces, st.integers(1, 30_000), pieces).map(lambda part: part[0] * part[1] + part[2])


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


@tries(3)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"? " * 5000)
@example(b"? #a >: {{*a, ? : ")
@example(b"#a #b\n? null[null- ")
@example(b"[" * 5000)
@example(b"a: 1" + b"0" * 5000)
def test_any_bytes(data: bytes) -> None:
    hold(data)


@tries(3)
@given(st.lists(pieces, max_size=30).map(b"".join))
def test_any_signs(data: bytes) -> None:
    hold(HEAD.encode() + data)


@tries(3)
@given(damaged())
def test_any_damage(data: bytes) -> None:
    hold(data)


@tries(2)
@given(mixed())
def test_any_mixture(data: bytes) -> None:
    hold(data)


@tries(3)
@given(st.lists(st.tuples(keys, nodes), max_size=5))
def test_any_names_and_merges(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in pairs)
    hold((HEAD + AREAS + text).encode())
    hold(text.encode())


@given(st.lists(huge | st.sampled_from(SEEDS), max_size=4).map(b"".join))
def test_any_long_lines(data: bytes) -> None:
    hold(data)
