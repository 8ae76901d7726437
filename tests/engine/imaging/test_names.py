"""Names in every character set of PS3.3 C.12.1.1.2, and as they are wrongly written."""

import pytest

from engine.imaging import decode_text, read_image
from tests.engine.imaging_files import dataset, ramp

KANJI = b"\x1b$B@DLZ\x1b(B^\x1b$B7r\x1b(B"  # 青木^健 in JIS X 0208

NAMES = {
    "korean": (r"\ISO 2022 IR 149", b"Bak^Sora=\x1b$)C\xb9\xda^\x1b$)C\xbc\xd2\xb6\xf3",
               "Bak, Sora (박, 소라)"),
    "japanese": (r"\ISO 2022 IR 87", b"Aoki^Ken=" + KANJI, "Aoki, Ken (青木, 健)"),
    "kana": (r"ISO 2022 IR 13\ISO 2022 IR 87",
             b"\xb1\xb5\xb7^\xb9\xdd=" + KANJI.replace(b"(B", b"(J"), "ｱｵｷ, ｹﾝ (青木, 健)"),
    "supplementary": (r"\ISO 2022 IR 159", b"A=" + b"\x1b$(D\x30\x21\x1b(B", "A (丂)"),
    "simplified": (r"\ISO 2022 IR 58", b"Lin^Hai=\x1b$)A\xc1\xd6^\x1b$)A\xba\xa3",
                   "Lin, Hai (林, 海)"),
    "gb18030": ("GB18030", "Lin^Hai=林^海".encode("gb18030"), "Lin, Hai (林, 海)"),
    "gbk": ("GBK", "Zhang=張".encode("gbk"), "Zhang (張)"),
    "utf8": ("ISO_IR 192", "Jäger^Zoë=林^海".encode(), "Jäger, Zoë (林, 海)"),
    "latin1": ("ISO_IR 100", "Jäger^Zoë".encode("latin1"), "Jäger, Zoë"),
    "latin2": ("ISO_IR 101", "Łęcki^Żak".encode("iso8859_2"), "Łęcki, Żak"),
    "latin3": ("ISO_IR 109", "Ĉu^Ŝi".encode("iso8859_3"), "Ĉu, Ŝi"),
    "latin4": ("ISO_IR 110", "Ķirsis^Ņina".encode("iso8859_4"), "Ķirsis, Ņina"),
    "latin5": ("ISO_IR 148", "Ağca^İnci".encode("iso8859_9"), "Ağca, İnci"),
    "latin9": ("ISO_IR 203", "Šœ^Ÿ".encode("iso8859_15"), "Šœ, Ÿ"),
    "cyrillic": ("ISO_IR 144", "Берег^Анна".encode("iso8859_5"), "Берег, Анна"),
    "arabic": ("ISO_IR 127", "قباني^لنزار".encode("iso8859_6"), "قباني, لنزار"),
    "greek": ("ISO_IR 126", "Πέτρα^Νίκη".encode("iso8859_7"), "Πέτρα, Νίκη"),
    "hebrew": ("ISO_IR 138", "שרון^דבורה".encode("iso8859_8"), "שרון, דבורה"),
    "thai": ("ISO_IR 166", "สมชาย^ใจ".encode("cp874"), "สมชาย, ใจ"),
    "extended": (r"ISO 2022 IR 100\ISO 2022 IR 144",
                 "Jäger".encode("latin1") + b"=\x1b-L" + "Егер".encode("iso8859_5"),
                 "Jäger (Егер)"),
}  # fmt: skip

WRONG = {
    "korean as one set": ("ISO_IR 149", b"Bak=" + "박".encode("euc_kr"), "Bak (박)"),
    "korean not switched to": (r"\ISO 2022 IR 149", b"Bak=" + "박".encode("euc_kr"), "Bak (박)"),
    "chinese as one set": ("ISO_IR 58", b"Lin=" + "林".encode("gb2312"), "Lin (林)"),
    "utf-8 unsaid": (None, "Jäger^Zoë".encode(), "Jäger, Zoë"),
    "utf-8 by its name": ("UTF-8", "Jäger^Zoë".encode(), "Jäger, Zoë"),
    "utf-8 as latin": ("ISO_IR 100", "Jäger^Zoë".encode(), "Jäger, Zoë"),
    "other marks between": ("ISO-IR_100", "Jäger".encode("latin1"), "Jäger"),
    "escapes unsaid": (None, b"Aoki^Ken=" + KANJI, "Aoki, Ken (青木, 健)"),
    "shift-jis as kana": ("ISO_IR 13", "青木^健".encode("cp932"), "青木, 健"),
    "latin as utf-8": ("ISO_IR 192", "Jäger".encode("latin1"), "Jäger"),
    "an escape of no set": ("ISO_IR 100", b"Doe\x1b%/Z^John", "Doe, John"),
    "an escape without end": ("ISO_IR 100", b"Doe^John\x1b", "Doe, John"),
}


def read(tmp_path, terms, raw, *, implicit=False):
    """Read a film whose name is these bytes, under these terms, as nobody would write them."""
    raw += b" " * (len(raw) % 2)
    made = dataset(ramp(), "1.2.840.10008.1.2" if implicit else "1.2.840.10008.1.2.1")
    made.PatientName = "X" * len(raw)
    if terms is not None:
        made.add_new("SpecificCharacterSet", "CS", "Y" * (len(terms) + len(terms) % 2))
    path = tmp_path / "film"
    made.save_as(path, enforce_file_format=True)
    data = path.read_bytes().replace(b"X" * len(raw), raw)
    if terms is not None:
        padded = terms.encode() + b" " * (len(terms) % 2)
        data = data.replace(b"Y" * len(padded), padded)
    path.write_bytes(data)
    return read_image(path)


@pytest.mark.filterwarnings("ignore::UserWarning")  # pydicom, of what is written on purpose
@pytest.mark.parametrize("case", NAMES)
def test_that_a_name_of_a_standard_set_is_read(tmp_path, case):
    terms, raw, expected = NAMES[case]
    image = read(tmp_path, terms, raw)
    assert image.identity.patient_name == expected
    assert [note.code for note in image.notes] == ["spacing"]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("case", WRONG)
def test_that_a_name_that_is_wrongly_written_is_still_told(tmp_path, case):
    terms, raw, expected = WRONG[case]
    assert read(tmp_path, terms, raw).identity.patient_name == expected


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("case", ["utf-8 unsaid", "latin as utf-8"])
def test_that_a_guessed_set_is_said(tmp_path, case):
    terms, raw, _ = WRONG[case]
    assert "charset" in [note.code for note in read(tmp_path, terms, raw).notes]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_that_text_without_value_representations_is_decoded_too(tmp_path):
    terms, raw, expected = NAMES["simplified"]
    assert read(tmp_path, terms, raw, implicit=True).identity.patient_name == expected


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "raw", [b"\x1b$B\x21", b"\xff\xfe\x81", b"\x1b$)A\xc1", b"\x1b$(D\x7e\x7e"]
)
@pytest.mark.parametrize("terms", [None, r"\ISO 2022 IR 87", "ISO_IR 192", "GB18030", "NONSENSE"])
def test_that_damaged_text_has_neither_escapes_nor_replacement_marks(tmp_path, terms, raw):
    name = read(tmp_path, terms, b"Doe" + raw).identity.patient_name
    assert name.startswith("Doe")
    assert not set(name) & set("\x1b\ufffd$()")


def test_that_the_sets_parts_may_contain_delimiters():
    # The second byte of 昨 is a backslash in Shift-JIS, and of 昞 a circumflex in GBK.
    assert decode_text("張^昞".encode("gbk"), ("GBK",), name=True).text == "張^昞"


def test_that_a_state_ends_with_its_part_of_the_name():
    raw = b"\x1b-L\xb1^\xe4"  # Cyrillic in the first part only
    assert decode_text(raw, ("ISO 2022 IR 100", "ISO 2022 IR 144"), name=True).text == "Б^ä"
