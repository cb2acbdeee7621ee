"""Names in what arrives: whoever was taken out here is known by the salt that comes with the name."""

from plantrack.model.people.hidden_name import HIDDEN
from plantrack.store.exchange.arrived_names import ArrivedNames
from plantrack.store.sealing.row_hashes import name_hash
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened

SALT = "0" * 32


def test_a_hidden_name_is_hidden_again_and_another_one_gets_its_salt(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, "2024-07-01")
    hidden = HIDDEN + name_hash("Ví Dụ", SALT)
    names = ArrivedNames(db)
    names._hidden_here = {hidden}
    names.learn({"Ví Dụ": SALT, "Người mới": SALT, "Người thử": SALT})
    told = names.hidden("status_update", {"told_by": "Ví Dụ", "result": "Ví Dụ"})
    assert told == {"told_by": hidden, "result": "Ví Dụ"}
    names.note("status_update", [told, {"told_by": "Người mới"}])
    assert names.said == {"Người mới"}
    salts: dict[str, str] = dict(db.query("SELECT who, salt FROM salt"))
    assert salts["Người mới"] == SALT
    assert "Ví Dụ" not in salts
    assert salts["Người thử"] != SALT  # this one's own seals stand on it
    assert not names.hide_here("b.jsonl", "HN")
