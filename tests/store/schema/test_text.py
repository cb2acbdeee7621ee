"""The text of the schema."""

from plantrack.store.schema.text import read_schema, schema_for


def test_words_in_braces_are_each_engine_s() -> None:
    text = schema_for({"strict": " STRICT", "int64": "INTEGER"})
    assert "{" not in text
    assert text.count(" STRICT;") == read_schema().count("{strict};")
