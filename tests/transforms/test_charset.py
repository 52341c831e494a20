"""Bytes to characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.charset import as_utf8, decode_document

TEXT = "<p>Tête “café” 12</p>"
PROLOG = '<?xml version="1.0" encoding="{}"?>'.format


@pytest.mark.parametrize(
    ("body", "content_type", "language", "text", "guessed"),
    [
        (TEXT.encode(), None, None, TEXT, False),
        (TEXT.encode(), "text/html; charset=utf-8", None, TEXT, False),
        (TEXT.encode(), "text/html; charset=ISO-8859-1", None, TEXT, False),
        (TEXT.encode(), "text/html; charset=windows-1251", None, TEXT, True),
        (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1", None, TEXT, False),
        (TEXT.encode("cp1252"), None, None, TEXT, True),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8", "fr", TEXT, True),
        (TEXT.encode() + b"\xe9", None, None, TEXT + "é", True),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/xml; charset=latin-1", None, TEXT, False),
        (TEXT.encode("utf-16"), None, None, TEXT, False),
        (TEXT.encode("utf-16-be"), None, None, TEXT, False),
        (TEXT.encode("utf-16-le"), "text/html; charset=utf-8", None, TEXT, False),
        ("<p>взрыв</p>".encode("cp1251"), None, "ru", "<p>взрыв</p>", True),
        ("<p>انفجار</p>".encode("cp1256"), None, "ar", "<p>انفجار</p>", True),
        ("<p>爆炸</p>".encode("gb18030"), "text/html; charset=gb2312", None, "<p>爆炸</p>", False),
        ("<p>爆発</p>".encode("cp932"), None, "ja", "<p>爆発</p>", True),
        (
            '<meta charset="euc-kr">폭발'.encode("cp949"),
            None,
            None,
            '<meta charset="euc-kr">폭발',
            False,
        ),
        (b"plain", "text/html; charset=nonsense", None, "plain", False),
        (b"", None, None, "", False),
    ],
)
def test_decoding(body, content_type, language, text, guessed):
    decoded = decode_document(body, content_type, language)
    assert (decoded.text, decoded.guessed) == (text, guessed)
    assert as_utf8(body, content_type, language) == text.encode()


def test_the_document_outweighs_a_servers_default():
    body = (PROLOG("windows-1251") + "взрыв").encode("cp1251")
    assert decode_document(body, "text/xml; charset=ISO-8859-1").text.endswith("взрыв")


def test_seven_bit_encodings_are_undone():
    body = PROLOG("utf-7").encode() + b"+ADw-p+AD4-"
    decoded = decode_document(body)
    assert decoded.text.endswith("<p>")
    assert as_utf8(body).endswith(b"<p>")
    assert decoded.guessed


@pytest.mark.parametrize("name", ["hex", "rot13", "zip", "base64", "idna", "punycode", "undefined"])
def test_codecs_that_are_no_character_sets_are_not_used(name):
    assert decode_document(PROLOG(name).encode() + b"caf\xe9").text.endswith("café")


@given(st.binary(max_size=100), st.sampled_from([None, "text/html; charset=shift_jis", "x", ""]))
def test_any_bytes_give_text(body, content_type):
    decoded = decode_document(body, content_type, "ja")
    assert isinstance(decoded.text, str)
    assert as_utf8(body, content_type, "ja") == decoded.text.encode("utf-8", "replace")
    if "\ufffd" in decoded.text and b"\xef\xbf\xbd" not in body:
        assert decoded.guessed
