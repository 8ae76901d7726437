"""Names in every character set of PS3.3 C.12.1.1.2, and as they are miswritten in the field."""

import pytest

from engine import read_image
from engine.imaging.charset import decode_text
from engine.imaging.text import person_name
from tests.engine.imaging_files import ramp, write

NAME, TEXT = b"^=\\", b"\\"


def told(data, *terms):
    return person_name(decode_text(data, terms, delimiters=NAME).text)


@pytest.mark.parametrize(
    ("terms", "codec", "name"),
    [
        (("ISO_IR 100",), "latin_1", "Jäger^Zoë"),
        (("ISO_IR 101",), "iso8859_2", "Łukasiewicz^Żaneta"),
        (("ISO_IR 109",), "iso8859_3", "Ĉapek^Ĝoja"),
        (("ISO_IR 110",), "iso8859_4", "Kaļķis^Ģirts"),
        (("ISO_IR 144",), "iso8859_5", "Берег^Анна"),
        (("ISO_IR 127",), "iso8859_6", "قباني^لنزار"),
        (("ISO_IR 126",), "iso8859_7", "Πέτρα^Νίκη"),
        (("ISO_IR 138",), "iso8859_8", "שרון^דבורה"),
        (("ISO_IR 148",), "iso8859_9", "Çavuşoğlu^Şule"),
        (("ISO_IR 203",), "iso8859_15", "Œuvre^Žofie"),
        (("ISO_IR 166",), "tis_620", "นามสกุล^ชื่อ"),
        (("ISO_IR 13",), "shift_jis", "ｱｵｷ^ｹﾝ"),
        (("ISO_IR 192",), "utf_8", "Jäger^Zoë=林^海"),
        (("GB18030",), "gb18030", "Lin^Hai=林^海"),
        (("GBK",), "gbk", "Lin^Hai=林^海"),
        (("ISO_IR 149",), "euc_kr", "Bak^Sora=박^소라"),
        (("ISO-IR 58",), "gb2312", "Lin^Hai=林^海"),
        (("UTF-8",), "utf_8", "Jäger^Zoë"),
        (("iso_ir_192",), "utf_8", "Jäger^Zoë"),
    ],
)
def test_that_a_name_is_read_in_its_character_set(terms, codec, name):
    assert told(name.encode(codec), *terms) == person_name(name)


@pytest.mark.parametrize(
    ("terms", "data", "name"),
    [
        (
            ("", "ISO 2022 IR 149"),
            b"Bak^Sora=\x1b$)C" + "박".encode("euc_kr") + b"^\x1b$)C" + "소라".encode("euc_kr"),
            "Bak, Sora (박, 소라)",
        ),
        (
            ("", "ISO 2022 IR 58"),
            b"Lin^Hai=\x1b$)A" + "林".encode("gb2312") + b"^\x1b$)A" + "海".encode("gb2312"),
            "Lin, Hai (林, 海)",
        ),
        (
            ("", "ISO 2022 IR 87"),
            b"Aoki^Ken=" + "青木".encode("iso2022_jp") + b"^" + "健".encode("iso2022_jp"),
            "Aoki, Ken (青木, 健)",
        ),
        (
            ("ISO 2022 IR 13", "ISO 2022 IR 87"),
            b"\xb1\xb5\xb7^\xb9\xdd=\x1b$B\x40\x44\x4c\x5a\x1b(J^\x1b$B\x37\x72\x1b(J",
            "ｱｵｷ, ｹﾝ (青木, 健)",
        ),
        (
            ("ISO 2022 IR 100", "ISO 2022 IR 144"),
            b"J\xe4ger^\x1b-L\xb0\xdd\xdd\xd0",
            "Jäger, Анна",
        ),
        (("", "ISO 2022 IR 159"), b"X^Y=\x1b$(D\x30\x21\x1b(B", "X, Y (丂)"),
    ],
)
def test_that_code_extensions_are_followed(terms, data, name):
    assert told(data, *terms) == name


def test_that_a_delimiter_begins_the_character_set_anew():
    data = b"\x1b-L\xb0\xdd^J\xe4ger"
    assert told(data, "ISO 2022 IR 100", "ISO 2022 IR 144") == "Ан, Jäger"


@pytest.mark.parametrize("data", [b"A\x1b$)Z\xb0\xa1", b"A\x1b", b"\x1b(B\x1b)", b"A\x1b-Q\xe4B"])
def test_that_an_escape_sequence_is_never_shown(data):
    text = decode_text(data, ("", "ISO 2022 IR 58")).text
    assert "\x1b" not in text
    assert "$" not in text or b"$)Z" in data


@pytest.mark.parametrize("terms", [(), ("ISO_IR 100",), ("KLINGON",)])
def test_that_unsaid_utf8_is_guessed_and_told(terms):
    found = decode_text("Jäger^Zoë".encode(), terms)
    assert (found.text, found.guessed) == ("Jäger^Zoë", True)


def test_that_latin_letters_that_are_no_utf8_stay_latin():
    assert decode_text("Jäger".encode("latin_1"), ("ISO_IR 100",)).text == "Jäger"
    assert not decode_text("Jäger".encode("latin_1"), ("ISO_IR 100",)).guessed


def named(path, data, charset):
    """A film whose name and character set are these bytes."""
    write(path, ramp(), PatientName="X" * (len(data) + len(data) % 2))
    raw = path.read_bytes()
    at = raw.index(b"\x10\x00\x10\x00PN") + 8
    raw = raw[:at] + data.ljust(len(data) + len(data) % 2) + raw[at + len(data) + len(data) % 2 :]
    value = charset.ljust(len(charset) + len(charset) % 2)
    element = b"\x08\x00\x05\x00CS" + len(value).to_bytes(2, "little") + value
    at = raw.index(b"\x08\x00\x16\x00UI")
    path.write_bytes(raw[:at] + element + raw[at:])
    return read_image(path)


@pytest.mark.parametrize(
    ("charset", "data", "name"),
    [
        (b"\\ISO 2022 IR 58", b"Lin^Hai=\x1b$)A\xc1\xd6^\x1b$)A\xba\xa3", "Lin, Hai (林, 海)"),
        (b"ISO_IR 149", b"Bak^Sora=\xb9\xda^\xbc\xd2\xb6\xf3", "Bak, Sora (박, 소라)"),
        (b"ISO_IR 192", "Jäger^Zoë".encode(), "Jäger, Zoë"),
    ],
)
def test_that_the_name_of_a_film_is_read(tmp_path, charset, data, name):
    assert named(tmp_path / "film", data, charset).identity.patient_name == name


def test_that_a_guessed_character_set_is_noted(tmp_path):
    image = named(tmp_path / "film", "Jäger^Zoë".encode(), b"ISO_IR 6")
    assert image.identity.patient_name == "Jäger, Zoë"
    assert "charset" in [note.code for note in image.notes]
