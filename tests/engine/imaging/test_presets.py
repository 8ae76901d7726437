from dataclasses import replace

import numpy as np
import pytest

from engine import DataError
from engine.imaging import (
    auto_window_of,
    presets_fault,
    presets_path,
    read_window_presets,
    window_menu,
    window_presets,
)
from engine.resources import resource_path
from engine.types import Frame, FrameHeader, Image, VoiLut, Window

OWN = '[[window]]\nname = "Spine"\ncenter = 40\nwidth = 300\nunit = "HU"\n'


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv("ROWSCOPE_CONFIG", str(tmp_path))
    return tmp_path / "windows.toml"


def film(modality="CT", unit="HU", voi=()):
    values = np.linspace(-1000, 1000, 400, dtype=np.float32).reshape(20, 20)
    image = Image("film", "DICOM", "", 1, 20, 20, 12, "MONOCHROME2", modality=modality)
    return Frame(image, 0, values, header=FrameHeader((-1024.0, 3071.0), unit, voi=voi))


def names(menu):
    return [voi.explanation for voi in menu.vois]


def test_that_the_menu_is_in_the_order_dicom_auto_full_range_modality():
    lut = VoiLut(np.linspace(0, 1, 5, dtype=np.float32), 0.0, "CURVE")
    menu = window_menu(film(voi=(Window(40, 400, "ABD"), lut)))
    assert names(menu)[:6] == ["ABD", "CURVE", "auto", "full range", "Lung", "Bone"]
    assert menu.first is menu.vois[0]


@pytest.mark.parametrize(
    ("modality", "unit"), [("MR", ""), ("CT", ""), ("PT", "BQML"), ("MR", "HU")]
)
def test_that_windows_in_hounsfield_units_are_for_ct_in_hounsfield_units(modality, unit):
    assert names(window_menu(film(modality, unit))) == ["auto", "full range"]


def test_that_the_shipped_file_has_what_radiologists_ask_for():
    found = {one.name: (one.center, one.width) for one in window_presets()}
    asked = "Lung, Bone, Brain, Soft tissue, Abdomen, Mediastinum, Stroke, Liver"
    assert set(asked.split(", ")) <= set(found)
    assert found["Lung"] == (-600, 1500)
    assert all(one.unit == "HU" for one in window_presets())


def test_that_a_series_may_give_its_own_automatic_window():
    shown = film()
    auto = replace(auto_window_of([shown]), center=7.0)
    menu = window_menu(shown, auto)
    assert menu.first is auto
    assert menu.vois[0] is auto


def test_that_a_readers_own_file_goes_first_and_an_edit_is_seen(own_file):
    own_file.write_text(OWN)
    assert presets_path() == own_file
    assert [one.name for one in window_presets()] == ["Spine"]
    own_file.write_text(OWN.replace("Spine", "Kidneys"))
    assert [one.name for one in window_presets()] == ["Kidneys"]
    assert presets_fault() is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("window = [", "not TOML"),
        (b"\xff\xfe", "not TOML"),
        (OWN.replace("width", "widht"), "in window 1, it knows no key “widht”"),
        (OWN.replace("width = 300\n", ""), "in window 1, “width” is missing"),
        (OWN.replace("300", "0"), "“width” must be 1 or more"),
        (OWN.replace("300", "true"), "“width” must be a number"),
        (OWN.replace("300", "inf"), "“width” must be a number"),
        (OWN.replace("300", "nan"), "“width” must be a number"),
        (OWN.replace('"Spine"', "7"), "“name” must be a text"),
        (OWN.replace("Spine", "\\u202espine"), "“name” must be a text"),
        ("[window]\nname = 1\n", "each window must begin with [[window]]"),
        ("colour = 1\n", "it knows no key “colour”"),
        (OWN * 65, "more than 64 windows"),
        ("#" * 70_000, "larger than 64 kB"),
    ],
)
def test_that_a_broken_file_gives_one_sentence_and_the_shipped_windows(own_file, text, why):
    own_file.write_bytes(text if isinstance(text, bytes) else text.encode())
    fault = presets_fault()
    assert why in fault
    assert fault.startswith("windows.toml cannot be used: ")
    assert fault.count(". ") == 1
    assert window_presets() == read_window_presets(resource_path("windows.toml"))


def test_that_a_folder_in_the_place_of_the_file_is_a_broken_file(own_file):
    own_file.mkdir()
    assert presets_fault() is not None
    assert len(window_presets()) > 5


def test_that_a_file_that_is_read_on_purpose_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(DataError, match=r"nowhere\.toml cannot be used"):
        read_window_presets(tmp_path / "nowhere.toml")
