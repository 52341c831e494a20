import pytest

from transforms.coding.explaining.marks import Mark, cut_pieces


def shown(pieces):
    """The text with figures in brackets and triggers in braces."""
    signs = {"figure": "[{}]", "trigger": "{{{}}}"}
    return "".join(signs[p.mark.role].format(p.text) if p.mark else p.text for p in pieces)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([(1, 3, "figure")], "a[bc]def"),
        ([(0, 6, "figure")], "[abcdef]"),
        ([(1, 3, "figure"), (3, 5, "trigger")], "a[bc]{de}f"),
        ([(1, 4, "trigger"), (3, 5, "figure")], "abc[de]f"),
        ([(1, 3, "figure"), (1, 3, "figure")], "a[bc]def"),
    ],
)
def test_pieces(spans, expected):
    marks = [Mark(start, end, role, 1, "incident") for start, end, role in spans]
    assert shown(cut_pieces("abcdef", marks)) == expected
