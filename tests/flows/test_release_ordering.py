"""The order of rows in files: that of the keys as text, by whichever way it is found."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.release.ordering import sort_by_key
from transforms import schema
from transforms.errors import SchemaError
from transforms.identity import hash_id


def claims(ids: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"claim_id": pd.array(ids, dtype="str")})


def links(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    first, second = zip(*pairs, strict=True) if pairs else ((), ())
    return pd.DataFrame(
        {"report_a": pd.array(first, dtype="str"), "report_b": pd.array(second, dtype="str")}
    )


HASHED = st.text("0123456789abcdef", min_size=16, max_size=16)
ALIKE = st.text("01", min_size=16, max_size=16)
GIVEN = st.text(max_size=18)


@pytest.mark.parametrize("kind", [HASHED, ALIKE, GIVEN], ids=["hashed", "alike", "given"])
def test_single_keys_stand_in_the_order_of_their_bytes(kind: st.SearchStrategy[str]) -> None:
    @settings(deadline=None)
    @given(st.lists(kind, unique=True, max_size=30))
    def check(ids: list[str]) -> None:
        order = sort_by_key("claims", claims(ids))
        assert [ids[i] for i in order] == sorted(ids, key=lambda i: i.encode())

    check()


@settings(deadline=None)
@given(st.lists(st.tuples(ALIKE, ALIKE), unique=True, max_size=30))
def test_pairs_of_keys_too(pairs: list[tuple[str, str]]) -> None:
    order = sort_by_key("links", links(pairs))
    assert [pairs[i] for i in order] == sorted(pairs)


def test_keys_of_several_types() -> None:
    articles = pd.DataFrame(
        {"article_id": ["b", "a", "a"], "version": pd.array([1, 10, 9], dtype="Int32")}
    )
    assert sort_by_key("articles", articles).tolist() == [2, 1, 0]


@pytest.mark.parametrize("length", [16, 7])
def test_repeated_key_is_named(length: int) -> None:
    ids = [hash_id(n)[:length] for n in range(1000)]
    with pytest.raises(SchemaError, match=rf"claims: the key \['{ids[77]}'\] stands in more"):
        sort_by_key("claims", claims([*ids, ids[77]]))


def test_slice_of_a_frame_is_ordered_by_itself() -> None:
    ids = [hash_id(n) for n in range(50)]
    part = claims(ids).iloc[20:30]
    assert [ids[20 + i] for i in sort_by_key("claims", part)] == sorted(ids[20:30])


@pytest.mark.parametrize("table", sorted(schema.TABLES))
def test_empty_table_has_an_order(table: str) -> None:
    assert sort_by_key(table, schema.empty_frame(table)).tolist() == []


def test_many_ids_agree_with_the_slow_way() -> None:
    rng = np.random.default_rng(5)
    ids = [f"{a:08x}{b:08x}" for a, b in zip(rng.integers(0, 50, 5000), range(5000), strict=True)]
    order = sort_by_key("claims", claims(ids))
    assert [ids[i] for i in order] == sorted(ids)
