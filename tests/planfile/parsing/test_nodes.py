"""The tree of a file: each value where it stands, and what is asked of it by key."""

from hypothesis import given
from hypothesis import strategies as st

from plantrack.planfile.parsing.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    SourceFile,
    Unread,
    child,
    every_scalar,
    items,
    scalar,
    scalars,
)

SOURCE = SourceFile("x.yaml", 0, ["a", "b"])


def word(text: str) -> Scalar:
    return Scalar(SOURCE, 1, 1, text, quoted=True)


def listed(*texts: str | Node) -> Sequence:
    return Sequence(SOURCE, 1, 1, [word(t) if isinstance(t, str) else t for t in texts])


def mapped(**values: Node) -> Mapping:
    return Mapping(SOURCE, 1, 1, {key: (word(key), value) for key, value in values.items()})


def test_a_value_by_its_key_and_nothing_where_it_is_of_another_kind() -> None:
    tree = mapped(one=word("x"), many=listed("a", listed("b"), "c"), gap=Unread(SOURCE, 1, 1))
    assert child(tree, "one") == scalar(tree, "one") == word("x")
    assert child(tree, "many") == listed("a", listed("b"), "c")
    assert scalar(tree, "many") is scalar(tree, "gap") is None
    assert items(tree, "one") == items(tree, "gap") == []
    assert [one.text for one in scalars(tree, "many")] == ["a", "c"]


def test_what_has_no_keys_has_no_values() -> None:
    for node in (None, word("x"), listed("x"), Unread(SOURCE, 0, 0), mapped()):
        assert child(node, "x") is scalar(node, "x") is None
        assert items(node, "x") == scalars(node, "x") == []


@given(st.integers(-3, 5))
def test_a_line_that_is_not_there_is_empty(number: int) -> None:
    assert SOURCE.line(number) == {1: "a", 2: "b"}.get(number, "")


trees = st.recursive(
    st.text(max_size=3).map(word) | st.just(Unread(SOURCE, 1, 1)),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: Sequence(SOURCE, 1, 1, found))
        | st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(lambda found: mapped(**found))
    ),
    max_leaves=12,
)


def texts(node: Node) -> list[tuple[str, bool]]:
    """Return texts in the order of the file, and whether each is a key."""
    if isinstance(node, Scalar):
        return [(node.text, False)]
    if isinstance(node, Sequence):
        return [text for item in node.items for text in texts(item)]
    if isinstance(node, Mapping):
        return [
            *((key.text, True) for key, _ in node.pairs.values()),
            *(t for _, v in node.pairs.values() for t in texts(v)),
        ]
    return []


@given(trees)
def test_every_text_of_a_tree_is_met_once(tree: Node) -> None:
    met = [(value.text, is_key) for value, is_key in every_scalar(tree)]
    assert sorted(met) == sorted(texts(tree))
    assert [text for text, is_key in met if not is_key] == [
        text for text, is_key in texts(tree) if not is_key
    ]


def test_a_tree_of_any_depth_is_walked() -> None:
    tree: Node = word("x")
    for _ in range(50_000):
        tree = Sequence(SOURCE, 1, 1, [tree])
    assert [value.text for value, _ in every_scalar(tree)] == ["x"]
    while isinstance(tree, Sequence) and tree.items:  # or taking it apart would go as deep
        tree = tree.items.pop()
