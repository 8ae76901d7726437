"""Phantoms on disk: DICOM, PNG, data sets with their truth, the demo study."""

import csv
from dataclasses import replace

import numpy as np
import pydicom
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.errors import DataError
from engine.imaging import describe_frame, read_frame, read_image
from engine.phantoms import (
    DEMO_PARTS,
    DatasetPlan,
    PhantomSpec,
    demo_part,
    demo_study,
    draw_phantom,
    files,
    write_dataset,
    write_phantom,
    write_png,
)


@pytest.fixture(scope="module")
def phantom():
    return draw_phantom(PhantomSpec(seed=3, rows=96, columns=80, opacity=True))


@pytest.fixture
def small_demo(monkeypatch):
    films = tuple(
        replace(film, spec=replace(film.spec, rows=32, columns=32)) for film in files._FILMS
    )
    monkeypatch.setattr(files, "_FILMS", films)


def table(folder):
    with (folder / "truth.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_that_pydicom_reads_back_what_was_drawn(phantom, tmp_path):
    write_phantom(phantom, tmp_path / "a.dcm")
    assert np.array_equal(pydicom.dcmread(tmp_path / "a.dcm").pixel_array, phantom.values)


def test_that_the_engine_reads_back_what_was_drawn(phantom, tmp_path):
    write_phantom(phantom, tmp_path / "a.dcm")
    image = read_image(tmp_path / "a.dcm")
    assert np.array_equal(read_frame(image, 0).values, phantom.values)
    assert image.notes == ()
    assert describe_frame(image).spacing.kind == "at detector"
    assert (describe_frame(image).orientation.left, describe_frame(image).orientation.right) == (
        "R",
        "L",
    )
    assert len(describe_frame(image).voi) == 3


def test_that_monochrome1_is_the_inverse_of_monochrome2(phantom, tmp_path):
    write_phantom(phantom, tmp_path / "one.dcm", photometric="MONOCHROME1")
    write_phantom(phantom, tmp_path / "two.dcm", photometric="MONOCHROME2")
    one, two = (pydicom.dcmread(tmp_path / name) for name in ("one.dcm", "two.dcm"))
    assert np.array_equal(one.pixel_array, 4095 - two.pixel_array)
    assert one.PresentationLUTShape == "INVERSE"
    assert one.SOPInstanceUID != two.SOPInstanceUID


def test_that_the_same_phantom_is_the_same_file(phantom, tmp_path):
    write_phantom(phantom, tmp_path / "a.dcm")
    write_phantom(phantom, tmp_path / "b.dcm")
    assert (tmp_path / "a.dcm").read_bytes() == (tmp_path / "b.dcm").read_bytes()


def test_that_the_file_says_that_it_is_drawn_and_what_is_true(phantom, tmp_path):
    write_phantom(phantom, tmp_path / "a.dcm")
    dataset = pydicom.dcmread(tmp_path / "a.dcm")
    top, bottom = phantom.opacity_rows
    assert str(dataset.PatientName).startswith("Phantom^")
    assert f"opacity rows {top}-{bottom - 1}" in dataset.ImageComments
    assert dataset.PresentationIntentType == "FOR PRESENTATION"
    assert dataset.preamble == bytes(128)


def test_that_uids_are_well_formed_and_follow_from_the_seed(phantom, tmp_path):
    write_phantom(phantom, tmp_path / "a.dcm")
    other = draw_phantom(PhantomSpec(seed=4, rows=96, columns=80, opacity=True))
    write_phantom(other, tmp_path / "b.dcm")
    one, two = (pydicom.dcmread(tmp_path / name) for name in ("a.dcm", "b.dcm"))
    for uid in (one.StudyInstanceUID, one.SeriesInstanceUID, one.SOPInstanceUID):
        assert uid.is_valid
        assert uid.startswith("2.25.")
    assert one.StudyInstanceUID != two.StudyInstanceUID


def test_that_a_png_holds_the_same_film_in_16_bits(phantom, tmp_path):
    write_png(phantom.values, tmp_path / "a.png")
    values = read_frame(read_image(tmp_path / "a.png"), 0).values
    assert values / 65535 == pytest.approx(phantom.values / 4095, abs=1e-5)


def test_that_a_data_set_comes_with_its_truth(tmp_path):
    plan = DatasetPlan(6, 32, seed=5)
    written = list(write_dataset(tmp_path, plan))
    lines = table(tmp_path)
    assert [tmp_path / line["file"] for line in lines] == written
    assert [line["class"] for line in lines].count("opacity") == 3
    for line in lines:
        assert (line["opacity_first_row"] != "") == (line["class"] == "opacity")


def test_that_the_table_holds_the_rows_of_the_drawing(tmp_path):
    list(write_dataset(tmp_path, DatasetPlan(1, 64, opacity_share=1, seed=9)))
    phantom = draw_phantom(PhantomSpec(9, 64, 64, opacity=True))
    line = table(tmp_path)[0]
    rows = (int(line["opacity_first_row"]), int(line["opacity_last_row"]) + 1)
    assert rows == phantom.opacity_rows


def test_that_a_split_keeps_classes_even_and_patients_apart(tmp_path):
    plan = DatasetPlan(20, 32, by_class=True, split=(0.8, 0.1, 0.1))
    list(write_dataset(tmp_path, plan))
    counts = {
        (part, kind): len(list((tmp_path / part / kind).glob("*.png")))
        for part in ("train", "val", "test")
        for kind in ("normal", "opacity")
    }
    assert list(counts.values()) == [8, 8, 1, 1, 1, 1]
    assert len({line["seed"] for line in table(tmp_path)}) == 20


def test_that_two_processes_draw_what_one_draws(tmp_path):
    plan = DatasetPlan(3, 32)
    one = list(write_dataset(tmp_path / "one", plan))
    two = list(write_dataset(tmp_path / "two", plan, processes=2))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize(
    "plan",
    [
        DatasetPlan(0, 32),
        DatasetPlan(2, 8),
        DatasetPlan(2, 32, opacity_share=1.5),
        DatasetPlan(2, 32, split=(0.5, 0.2, 0.2)),
        DatasetPlan(2, 32, split=(0.5, 0.5)),
    ],
)
def test_that_a_plan_without_sense_is_refused_with_a_sentence(plan, tmp_path):
    with pytest.raises(DataError):
        list(write_dataset(tmp_path, plan))


def test_that_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DataError, match="file"):
        demo_study(tmp_path / "file")


def test_that_the_demo_study_mixes_classes_photometrics_and_modalities(small_demo, tmp_path):
    paths = demo_study(tmp_path / "demo")
    datasets = [pydicom.dcmread(path) for path in paths]
    assert [dataset.Modality for dataset in datasets] == ["DX"] * 8 + ["CT", "MR"]
    assert "MONOCHROME1" in {dataset.PhotometricInterpretation for dataset in datasets}
    assert len({str(dataset.PatientName).split()[0] for dataset in datasets[:6]}) == 2


def test_that_the_demo_study_is_drawn_once(small_demo, tmp_path):
    first = {path: path.stat().st_mtime_ns for path in demo_study(tmp_path)[:6]}
    assert {path: path.stat().st_mtime_ns for path in demo_study(tmp_path)[:6]} == first


def test_that_the_first_film_of_the_demo_study_can_be_had_before_the_second_is_drawn(
    small_demo, tmp_path
):
    assert demo_part(tmp_path, 0) == [tmp_path / "phantom-1.dcm"]
    assert [path.name for path in tmp_path.glob("*.dcm")] == ["phantom-1.dcm"]
    parts = [path for place in range(DEMO_PARTS) for path in demo_part(tmp_path, place)]
    assert parts == demo_study(tmp_path)


def test_that_a_film_on_its_side_says_nothing_of_its_orientation(small_demo, tmp_path):
    upright, turned = tmp_path / "upright.dcm", tmp_path / "turned.dcm"
    drawn = draw_phantom(PhantomSpec(8, 40, 24))
    write_phantom(drawn, upright)
    write_phantom(drawn, turned, quarters=1)
    first, second = (read_frame(read_image(path)) for path in (upright, turned))
    np.testing.assert_array_equal(np.rot90(first.values), second.values)
    assert first.header.orientation is not None
    assert second.header.orientation is None


def test_that_a_newer_drawing_replaces_the_demo_study(small_demo, tmp_path):
    first = {path: path.stat().st_mtime_ns for path in demo_study(tmp_path)[:6]}
    (tmp_path / "version.txt").write_text("0")
    second = {path: path.stat().st_mtime_ns for path in demo_study(tmp_path)[:6]}
    assert all(second[path] > first[path] for path in first)


def test_that_the_command_writes_films_by_class(tmp_path):
    arguments = [
        "phantoms",
        str(tmp_path),
        "--count",
        "2",
        "--rows",
        "32",
        "--by-class",
        "--format",
        "dicom",
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert sorted(path.parent.name for path in tmp_path.rglob("*.dcm")) == ["normal", "opacity"]


def test_that_the_command_writes_the_demo_study(small_demo, tmp_path):
    result = CliRunner().invoke(app, ["phantoms", str(tmp_path), "--demo"])
    assert (result.exit_code, len(list(tmp_path.glob("*.dcm")))) == (0, 10)


@pytest.mark.parametrize("split", ["a,b,c", "0.5,0.6"])
def test_that_the_command_refuses_a_bad_split_with_a_sentence(tmp_path, split):
    result = CliRunner().invoke(app, ["phantoms", str(tmp_path), "--rows", "32", "--split", split])
    assert result.exit_code == 1
    assert "such as 0.8,0.1,0.1" in result.output


@pytest.mark.parametrize("opacities", [None, (2, 2)])
def test_that_a_mask_is_where_the_table_says_that_an_opacity_lies(tmp_path, opacities):
    plan = DatasetPlan(2, 48, opacity_share=0.5, opacities=opacities, masks=True)
    list(write_dataset(tmp_path, plan))
    with (tmp_path / "truth.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    boxes = tmp_path / "boxes.csv"
    for line in lines:
        mask = np.asarray(Image.open(tmp_path / "masks" / line["file"]))
        assert mask.shape == (48, 48)
        rows = np.flatnonzero(mask.any(axis=1))
        if line["opacity_first_row"]:
            ends = int(line["opacity_first_row"]), int(line["opacity_last_row"])
            assert (rows[0], rows[-1]) == ends
        assert bool(mask.any()) == (line["class"] == "opacity")
    assert boxes.exists() == (opacities is not None)


# ------------------------------------------------------------------------ several opacities


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    folder = tmp_path_factory.mktemp("several")
    plan = DatasetPlan(6, 64, seed=7, by_class=True, opacities=(0, 2))
    list(write_dataset(folder, plan))
    return folder


def boxes(folder):
    with (folder / "boxes.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_that_every_number_of_opacities_comes_alike_often_with_a_box_for_each(several):
    found = [line["path"] for line in boxes(several)]
    counts = sorted(found.count(line["file"]) for line in table(several))
    assert counts == [0, 0, 1, 1, 2, 2]
    assert all((several / name).is_file() for name in found)
    for line in table(several):
        assert line["class"] == ("opacity" if line["file"] in found else "normal")
        assert bool(line["opacity_first_row"]) == (found.count(line["file"]) == 1)


def test_that_boxes_lie_on_the_film_with_their_size_and_contrast(several):
    for line in boxes(several):
        left, top, right, bottom = (int(line[one]) for one in ("left", "top", "right", "bottom"))
        assert 0 <= left < right <= 64
        assert 0 <= top < bottom <= 64
        assert 3.5 < float(line["size_mm"]) < 65
        across = (right - left) * 410 / 64  # mm; a cell of this grid is 6.4 mm wide
        assert across < 2.5 * float(line["size_mm"]) + 13
        assert 0.1 < float(line["contrast"]) < 2


def test_that_opacities_brighten_the_film_where_their_boxes_are():
    plain = draw_phantom(PhantomSpec(5, 96, 96))
    spotted = draw_phantom(PhantomSpec(5, 96, 96, several=3))
    assert len(spotted.known) == 3
    change = spotted.values.astype(float) - plain.values
    inside = np.zeros(change.shape, bool)
    for one in spotted.known:
        left, top, right, bottom = one.box
        inside[top:bottom, left:right] = True
        assert change[top:bottom, left:right].mean() > 40
    assert abs(np.median(change[~inside])) < 20


def test_that_films_of_one_opacity_keep_the_name_that_their_uids_follow_from():
    name = "PhantomSpec(seed=3, rows=8, columns=8, opacity=True, strength=1.0)"
    assert PhantomSpec(3, 8, 8, opacity=True).name == name
    assert PhantomSpec(3, 8, 8, opacity=True, several=2).name != name


def test_that_a_range_of_opacities_that_makes_no_sense_is_refused(tmp_path):
    for words, said in (("4-1", "two numbers from 0 to 12"), ("many", "not a range such as 0-4")):
        found = CliRunner().invoke(app, ["phantoms", str(tmp_path), "--opacities", words])
        assert found.exit_code != 0
        assert said in " ".join(found.output.split())
