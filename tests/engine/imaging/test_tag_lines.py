"""The header of a file as lines for people: up to the pixels, cleaned, within limits."""

import struct

import numpy as np
import pytest
from pydicom.dataset import Dataset

from engine import ImageError
from engine.imaging import guarded, read, read_tags
from engine.processes import LostError
from engine.words import Sentence
from tests.engine.imaging_files import (
    BIG_ENDIAN,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    file,
    png,
    ramp,
    write,
)

FILM = ramp()
SYNTAXES = [EXPLICIT, IMPLICIT, BIG_ENDIAN, DEFLATED]


def nested(depth):
    """A data set within `depth` sequences, the innermost with a code meaning."""
    made = Dataset()
    made.CodeMeaning = "innermost"
    for _ in range(depth):
        outer = Dataset()
        outer.ContentSequence = [made]
        made = outer
    return made


def line(path, tag):
    return next(one for one in read_tags(path) if one.tag == tag)


def lines_or_sentence(path):
    """The values of the lines, or the one sentence in their place."""
    try:
        return [str(one.value) for one in read_tags(path)]
    except ImageError as error:
        return [str(error)]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_that_lines_run_from_the_meta_information_to_the_pixels(tmp_path, syntax):
    path = write(tmp_path / "a.dcm", FILM, syntax, PatientName="Doe^Jane", PixelSpacing=[0.5, 2])
    lines = read_tags(path)
    assert lines[0].tag == "(0002,0000)"
    assert [one.tag for one in lines] == sorted(one.tag for one in lines)
    name, rows = line(path, "(0010,0010)"), line(path, "(0028,0010)")
    assert (name.depth, name.vr, name.name) == (0, "PN", "Patient's Name")
    assert (name.value, name.length) == ("Doe^Jane", 8)
    assert (rows.vr, rows.value, rows.length) == ("US", "12", 2)
    assert line(path, "(0028,0030)").value == "0.5\\2.0"
    assert lines[-1].name == "Pixel Data"
    assert lines[-1].value == "240 bytes"


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_that_items_of_sequences_are_set_in(tmp_path, syntax):
    code = Dataset()
    code.CodeMeaning = "postero-anterior"
    path = write(tmp_path / "a.dcm", FILM, syntax, ViewCodeSequence=[code, Dataset()])
    lines = read_tags(path)
    at = next(place for place, one in enumerate(lines) if one.tag == "(0054,0220)")
    found = [(one.depth, one.tag, str(one.value)) for one in lines[at : at + 4]]
    assert found == [
        (0, "(0054,0220)", ""),
        (1, "(FFFE,E000)", ""),
        (2, "(0008,0104)", "postero-anterior"),
        (1, "(FFFE,E000)", ""),
    ]
    assert lines[at + 3].name == "Item 2"
    assert lines[at + 4].depth == 0


def test_that_sequences_are_followed_to_a_depth_of_32(tmp_path):
    deep = write(tmp_path / "a.dcm", FILM, ContentSequence=[nested(31)])
    assert "innermost" in [one.value for one in read_tags(deep)]
    deeper = write(tmp_path / "b.dcm", FILM, ContentSequence=[nested(32)])
    lines = read_tags(deeper)
    assert "innermost" not in [one.value for one in lines]
    assert "Not shown: it lies within 32 sequences." in [one.value for one in lines]
    assert lines[-1].name == "Pixel Data"


def test_that_private_elements_are_named_so(tmp_path):
    made = tmp_path / "a.dcm"
    extra = Dataset()
    block = extra.private_block(0x0043, "GEMS_PARM_01", create=True)
    block.add_new(0x4E, "FL", 10.5)
    mine = extra.private_block(0x0045, "NOBODY", create=True)
    mine.add_new(0x01, "LO", "inside")
    write(made, FILM, ContentSequence=[extra])
    names = {one.tag: str(one.name) for one in read_tags(made)}
    assert names["(0043,0010)"] == "Private creator"
    assert names["(0043,104E)"] == "Private: Duration of X-ray on"
    assert names["(0045,1001)"] == "Private, of NOBODY"
    assert line(made, "(0045,1001)").value == "inside"


def test_that_a_long_value_is_cut_and_a_bulk_one_said_by_its_length(tmp_path):
    path = write(
        tmp_path / "a.dcm", FILM, ImageComments="é" * 5000, SpecificCharacterSet="ISO_IR 192",
        ICCProfile=bytes(range(200)),
    )  # fmt: skip
    comments = line(path, "(0020,4000)")
    assert comments.value == "é" * 255 + "…"
    assert comments.length == 10_000
    assert line(path, "(0028,2000)").value == "200 bytes"


def test_that_hostile_letters_steer_nothing(tmp_path):
    text = "A\u202egnp.exe\u2066 B\n\tC\x1b[31m\x07"
    path = write(
        tmp_path / "a.dcm", FILM, StudyDescription=text, SpecificCharacterSet="ISO_IR 192"
    )
    assert line(path, "(0008,1030)").value == "Agnp.exe B C31m"


def test_that_at_most_5000_lines_are_listed_and_that_this_is_said(tmp_path):
    path = write(tmp_path / "a.dcm", FILM, ContentSequence=[Dataset() for _ in range(6000)])
    lines = read_tags(path)
    assert len(lines) == 5001
    assert lines[-1].value == "Only the first 5,000 lines are shown."


def test_that_a_file_without_pixels_and_one_that_ends_early_are_listed(tmp_path):
    whole = write(tmp_path / "a.dcm", FILM, PatientID="4711", ImageComments="x" * 400)
    data = whole.read_bytes()
    cut = file(tmp_path, data[: data.index(b"x" * 400) + 7], "cut.dcm")
    assert line(cut, "(0010,0020)").value == "4711"
    assert read_tags(cut)[-1].value == "The file ends before this value does."


@pytest.mark.parametrize("place", range(132, 420, 3))
def test_that_a_damaged_header_is_listed_or_refused_in_one_sentence(tmp_path, place):
    data = bytearray(write(tmp_path / "a.dcm", FILM, ContentSequence=[nested(2)]).read_bytes())
    data[place : place + 4] = b"\xff\xff\xff\xff"
    said = lines_or_sentence(file(tmp_path, bytes(data)))
    assert len(said) <= 5001
    assert all(one.isprintable() and len(one) <= 256 for one in said)


def test_that_a_chain_of_empty_lengths_ends(tmp_path):
    head = bytes(128) + b"DICM" + struct.pack("<HH2sHL", 0x0040, 0xA730, b"SQ", 0, 0xFFFFFFFF)
    endless = head + struct.pack("<HHL", 0xFFFE, 0xE00D, 0) * 200_000
    assert len(read_tags(file(tmp_path, endless))) == 1


def test_that_of_a_raster_file_is_listed_what_the_reader_knows(tmp_path):
    path = file(tmp_path, png(ramp(12, 10, dtype=np.uint16)), "film.png")
    said = {str(one.name): str(one.value) for one in read_tags(path)}
    assert said["Format"] == "PNG"
    assert (said["Rows"], said["Columns"], said["Bits"]) == ("12", "10", "16")
    assert {one.tag for one in read_tags(path)} == {""}
    assert all(isinstance(one.name, Sentence) for one in read_tags(path))


def test_that_what_is_no_film_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(ImageError) as caught:
        read_tags(file(tmp_path, b"GIF89a" + bytes(500), "film.gif"))
    assert caught.value.reason == "unknown-format"
    assert str(caught.value).startswith("film.gif cannot be read: ")


def test_that_a_header_that_costs_the_process_its_life_is_refused(tmp_path, monkeypatch):
    path = write(tmp_path / "a.dcm", FILM)
    asked = []

    class Lost:
        def call(self, _within, *arguments):
            asked.append(arguments)
            raise LostError("it crashed", "crashed")

    monkeypatch.setattr(guarded, "_crew", Lost())
    monkeypatch.setattr(guarded, "_faults", {})
    with pytest.raises(ImageError) as caught:
        read_tags(path)
    assert caught.value.reason == "crashed"
    assert asked[0] == (read.read_tags, (path,))
