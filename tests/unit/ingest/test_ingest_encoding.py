"""Bytes to text: nothing changed, nothing guessed, clear errors."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, UsageError
from onrecord.ingest.encoding import decode
from onrecord.ingest.guess import guess_encoding

RU = "Министр заявил: «Переговоры продолжаются, но мы не уступим», — сказала Анна Петрова журналистам."
SAMPLES = {
    "cp1251": RU,
    "koi8-u": "Міністр заявила, що переговори тривають. Ми не поступимося, сказала вона.",
    "cp866": "Министр заявил: переговоры продолжаются, но мы не уступим.",
    "iso-8859-5": "Министр заявил: переговоры продолжаются, но мы не уступим.",
    "cp1252": "Le ministre a déclaré : « Les négociations continuent ». Il l’a répété à l’Élysée.",
    "cp1250": "Minister powiedział, że rozmowy trwają, ale „źródło” w rządzie temu zaprzeczyło.",
    "iso-8859-2": "Ministr řekl, že jednání šla dobře. Žádný ústupek nebude, dodal mluvčí.",
    "cp1253": "Ο υπουργός δήλωσε ότι οι διαπραγματεύσεις συνεχίζονται.",
    "cp1254": "Bakan görüşmelerin sürdüğünü, değişiklik için çalıştığını açıkladı.",
    "cp1255": "השר אמר כי המשא ומתן נמשך ולא ניסוג מעמדותינו",
    "cp1256": "قال الوزير إن المفاوضات مستمرة ولن نتراجع عن مواقفنا",
    "cp932": "大臣は交渉が続いていると述べた。「我々は譲歩しない」と記者団に語った。",
    "euc_jp": "大臣は交渉が続いていると述べた。「我々は譲歩しない」と記者団に語った。",
    "gb18030": "部长说谈判正在继续。我们不会让步,他对记者说。这是一个重要的问题。",
    "big5": "部長說談判正在繼續。我們不會讓步,他對記者說。這是一個重要的問題。",
    "cp949": "장관은 협상이 계속되고 있다고 말했다. 우리는 양보하지 않을 것이다.",
}
WORDS = "He said “no”, twice.\r\nمرحبا — שלום 👩‍👩‍👧 e\u0301 naïve.\n"

# Text as it is met: no share of control characters that would make it binary.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"))).filter(lambda text: bool(text.strip()))


def code_of(data: bytes, encoding: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        decode(data, encoding=encoding)
    return caught.value.code


@given(texts.filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_keeps_every_code_point(text: str) -> None:
    # Four ASCII letters, so that no text begins like a ZIP archive.
    assert decode(("Text" + text).encode()) == "Text" + text


@given(texts)
@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides_and_is_dropped(name: str, text: str) -> None:
    assert decode(("\ufeff" + text).encode(name)) == text


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [WORDS, RU + "\n" + RU, *SAMPLES.values()], ids=range(len(SAMPLES) + 2))
def test_utf16_without_a_mark(name: str, text: str) -> None:
    text = f"BBC News, 4 March 2026\n\n{text}\n"
    assert decode(text.encode(name)) == text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=("Cc",)), min_size=8))
def test_utf16_is_never_found_in_valid_utf8(text: str) -> None:
    if text.strip() and not text.startswith(("%PDF-", "BZh", "{\\rtf", "GIF8", "PAR1", "WARC/")):
        assert decode(text.encode()) == text


def test_stray_nul_bytes_stay_text() -> None:
    text = "He said\0 so, and she said\0 otherwise.\0"
    assert decode(text.encode()) == text


def test_marks_inside_the_text_stay() -> None:
    assert decode("\ufeff\ufeffone\ufefftwo".encode()) == "\ufeffone\ufefftwo"


@pytest.mark.parametrize("name", SAMPLES)
def test_legacy_encodings_are_named_and_not_guessed_silently(name: str) -> None:
    data = SAMPLES[name].encode(name, "ignore")
    with pytest.raises(InputError) as caught:
        decode(data, place="a.txt")
    assert caught.value.code == "OR-104"
    assert f"looks like {name}" in caught.value.message
    assert f"--encoding {name}" in caught.value.hint
    assert decode(data, encoding=name) == data.decode(name)


@given(st.binary(max_size=400))
def test_a_guess_can_be_followed(data: bytes) -> None:
    name = guess_encoding(data)
    if name is not None:
        codecs.lookup(name)


def test_a_single_foreign_byte_is_reported_with_its_place() -> None:
    with pytest.raises(InputError, match=r"byte 0x92 at offset 2"):
        decode(b"it\x92s a long story, the minister said to the press")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04" + bytes(40),
        b"{\\rtf1\\ansi Hello}",
        bytes(range(256)) * 4,
        b"\0" * 100,
        b"\x00\x01\x02\x03\x04\x05\x06\x07" * 20,
        b"\x01\x00\xff\x00\x17\x00\x03\x00" * 20,
        b"x" * 257 + b"ustar" + b"x" * 300,
    ],
    ids=["png", "pdf", "zip", "rtf", "all", "zeros", "low", "numbers", "tar"],
)
def test_binary(data: bytes) -> None:
    assert code_of(data) == "OR-103"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t", "\ufeff \u2003\n".encode()])
def test_empty(data: bytes) -> None:
    assert code_of(data) == "OR-102"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (RU.encode("cp1251"), "utf-8"),
        (RU.encode(), "ascii"),
        (b"abc", "utf-16"),
        (b"\xff\xfeabc", None),
        (b"\xef\xbb\xbfabc\xff", None),
    ],
)
def test_bytes_that_do_not_fit_the_encoding(data: bytes, encoding: str | None) -> None:
    assert code_of(data, encoding) == "OR-104"


def test_a_named_encoding_that_makes_control_characters_of_it() -> None:
    assert code_of(bytes(range(32)) * 8, "latin-1") == "OR-103"


@pytest.mark.parametrize("name", ["no-such-thing", "hex", "rot13", "a\0b", ""])
def test_unknown_encodings_are_the_callers_fault(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        decode(b"abc", encoding=name)
    assert caught.value.code == "OR-001"


@given(
    st.binary(),
    st.sampled_from([None, "utf-8", "utf-16", "cp1251", "shift_jis", "utf-7", "idna", "punycode"]),
)
def test_any_bytes_are_text_or_an_input_error(data: bytes, encoding: str | None) -> None:
    try:
        text = decode(data, encoding=encoding)
    except InputError as error:
        assert error.code in {"OR-102", "OR-103", "OR-104"}
    else:
        assert text.strip()
