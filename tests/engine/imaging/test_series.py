"""Files to studies and series: the rules of DICOM, and what is done where files break them."""

import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from pydicom.dataset import Dataset

from engine.imaging import read_frame, read_image, read_studies
from engine.imaging.dicom import pixels
from engine.types import Uids
from tests.conftest import DATA
from tests.engine.enhanced_files import enhanced, group
from tests.engine.imaging_files import file, png, ramp, write

AXIAL, CORONAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]
OBLIQUE = [0.8, 0.6, 0, -0.36, 0.48, 0.8]
SERIES = DATA / "dicom-mr-7t-series-384.tar.gz"


def section(folder, number, z=None, **given):
    """A file of one MR section at height z, with a UID of its own."""
    where = {} if z is None else {"ImagePositionPatient": [0, 0, z]}
    known = {
        "Modality": "MR",
        "PatientID": "A",
        "StudyInstanceUID": "1.2",
        "SeriesInstanceUID": "1.2.1",
        "SOPInstanceUID": f"1.2.1.{number}",
        "InstanceNumber": number,
        "ImageOrientationPatient": AXIAL,
    }
    pixels = given.pop("pixels", ramp())
    return write(folder / f"IM{number}", pixels, **(known | where | given))


def one_series(paths, **options):
    studies, unread = read_studies(paths, **options)
    assert unread == ()
    (study,) = studies
    (series,) = study.series
    return series


def parts(paths):
    """The series of the one study."""
    (study,), _ = read_studies(paths)
    return study.series


def numbers(series):
    return [frame.number for frame in series.frames]


def codes(series):
    return {note.code: note.count for note in series.notes}


# ------------------------------------------------------------------ the order of space
def test_that_sections_are_in_the_order_of_space_whatever_names_and_numbers_say(tmp_path):
    paths = [section(tmp_path, number, z) for number, z in ((1, 5), (2, -3), (3, 1), (4, -7))]
    series = one_series(paths)
    assert (numbers(series), series.order, codes(series)) == ([4, 2, 3, 1], "space", {})
    assert series.step_mm == pytest.approx(4)


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(7)), st.sampled_from([AXIAL, CORONAL, OBLIQUE]))
def test_that_any_order_of_files_gives_one_order_of_space(order, cosines):
    normal = np.cross(cosines[:3], cosines[3:])
    with tempfile.TemporaryDirectory() as name:
        paths = [
            section(
                Path(name),
                number,
                ImageOrientationPatient=[f"{cosine:.6g}" for cosine in cosines],
                ImagePositionPatient=[f"{part:.6f}" for part in normal * (2.5 * place - 40)],
            )
            for number, place in enumerate(order)
        ]
        series = one_series(paths)
        assert [order[number] for number in numbers(series)] == list(range(7))
        assert series == one_series(paths[::-1])
        assert series.step_mm == pytest.approx(2.5, abs=1e-3)


def test_that_uneven_steps_are_told(tmp_path):
    series = one_series([section(tmp_path, number, z) for number, z in enumerate((0, 2, 4, 9))])
    assert (series.order, series.step_mm, codes(series)) == ("space", None, {"uneven": 4})


def test_that_without_positions_the_instance_numbers_decide(tmp_path):
    paths = [section(tmp_path, number, z) for number, z in ((3, 1), (1, None), (10, 3))]
    series = one_series(paths)
    assert (numbers(series), series.order) == ([1, 3, 10], "number")
    assert codes(series) == {"no-position": 3}


def test_that_without_numbers_either_names_decide_in_natural_order(tmp_path):
    paths = [section(tmp_path, number, InstanceNumber=1) for number in (10, 9, 2)]
    series = one_series(paths)
    assert [frame.path.name for frame in series.frames] == ["IM2", "IM9", "IM10"]
    assert (series.order, set(codes(series))) == ("name", {"no-position", "no-number"})


def test_that_sections_at_one_place_that_nothing_tells_apart_stay_together(tmp_path):
    series = one_series([section(tmp_path, number, z) for number, z in ((2, 5), (1, 5), (3, 0))])
    assert (numbers(series), series.order) == ([1, 2, 3], "number")
    assert codes(series) == {"positions-coincide": 3}


@pytest.mark.parametrize("broken", [[1, 0, 0, 1, 0, 0], [2, 0, 0, 0, 1, 0], ["1", "0", "0"]])
def test_that_directions_that_are_none_give_no_place(tmp_path, broken):
    paths = [section(tmp_path, n, 3 - n, ImageOrientationPatient=broken) for n in (1, 2)]
    series = one_series(paths)
    assert (numbers(series), series.order, codes(series)) == ([1, 2], "number", {"no-position": 2})


def test_that_directions_that_differ_by_rounding_are_one_plane(tmp_path):
    tilted = [1, 0, 0.001, 0, 1, 0]
    paths = [section(tmp_path, 1, 0, ImageOrientationPatient=tilted), section(tmp_path, 2, 3)]
    assert len(one_series(paths).frames) == 2


# ------------------------------------------------------------------ one stack or several
@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"pixels": ramp(10, 12)}, "size"),
        ({"PhotometricInterpretation": "MONOCHROME1"}, "kind"),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7"}, "kind"),
        ({"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, "localizer"),
        ({"FrameOfReferenceUID": "1.9"}, "reference"),
        ({"ImageOrientationPatient": CORONAL}, "orientation"),
    ],
)
def test_that_what_cannot_be_one_stack_falls_apart_and_says_why(tmp_path, other, reason):
    paths = [section(tmp_path, number, number) for number in (1, 2, 3)]
    paths += [section(tmp_path, number, number, **other) for number in (4, 5)]
    found = parts(paths)
    assert [numbers(one) for one in found] == [[1, 2, 3], [4, 5]]
    assert [one.apart for one in found] == [(reason,)] * 2
    assert {one.uid for one in found} == {"1.2.1"}


@pytest.mark.parametrize(
    ("keyword", "values", "reason"),
    [
        ("EchoNumbers", (1, 2), "echo"),
        ("EchoTime", (4.6, 9.2), "echo"),
        ("TemporalPositionIdentifier", (1, 2), "time"),
        ("TriggerTime", (0, 40), "time"),
        ("DiffusionBValue", (0.0, 1000.0), "diffusion"),
        ("AcquisitionNumber", (1, 2), "acquisition"),
        ("ImageType", (["ORIGINAL", "PRIMARY", "M"], ["ORIGINAL", "PRIMARY", "P"]), "type"),
    ],
)
def test_that_volumes_at_the_same_places_are_told_apart(tmp_path, keyword, values, reason):
    paths = [
        section(tmp_path, 10 * volume + z, z, **{keyword: value})
        for volume, value in enumerate(values, start=1)
        for z in range(3)
    ]
    found = parts(paths)
    assert [numbers(one) for one in found] == [[10, 11, 12], [20, 21, 22]]
    assert [(one.order, one.apart, one.notes) for one in found] == [("space", (reason,), ())] * 2


def test_that_two_things_may_tell_volumes_apart_together(tmp_path):
    paths = [
        section(tmp_path, 100 * echo + 10 * time + z, z, EchoNumbers=echo,
                TemporalPositionIdentifier=time)
        for echo in (1, 2) for time in (1, 2, 3) for z in range(2)
    ]  # fmt: skip
    found = parts(paths)
    assert [len(one.frames) for one in found] == [2] * 6
    assert {one.apart for one in found} == {("echo", "time")}


def test_that_an_acquisition_number_of_each_sections_own_tells_nothing_apart(tmp_path):
    paths = [section(tmp_path, number, number, AcquisitionNumber=number) for number in range(4)]
    assert one_series(paths).order == "space"
    again = [section(tmp_path, 9 + n, n, AcquisitionNumber=9 + n) for n in range(4)]
    assert codes(one_series(paths + again)) == {"positions-coincide": 8}


# ------------------------------------------------------------------ files of several frames
def placed(z, cosines=AXIAL, **more):
    return group(
        PlanePositionSequence={"ImagePositionPatient": [0, 0, z]},
        PlaneOrientationSequence={"ImageOrientationPatient": cosines},
        **more,
    )


def test_that_the_frames_of_an_enhanced_object_are_in_the_order_of_space(tmp_path):
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 4), [placed(z) for z in (6, 2, 4, 0)])
    series = one_series([path])
    assert [frame.index for frame in series.frames] == [3, 1, 2, 0]
    assert (series.order, series.step_mm) == ("space", pytest.approx(2))


def test_that_planes_and_echoes_within_one_object_are_stacks_of_their_own(tmp_path):
    groups = [placed(z, MREchoSequence={"EffectiveEchoTime": echo}) for echo in (5.0, 9.0)
              for z in (1, 0)]  # fmt: skip
    groups += [placed(z, CORONAL) for z in (0, 0)]
    found = parts([enhanced(tmp_path / "f", np.stack([ramp()] * 6), groups)])
    assert [[frame.index for frame in one.frames] for one in found] == [[1, 0], [3, 2], [4, 5]]
    assert [one.order for one in found] == ["space", "space", "frame"]
    assert [one.apart for one in found] == [("orientation", "echo")] * 2 + [("orientation",)]


def test_that_a_classic_object_keeps_its_frames_in_their_order(tmp_path):
    made = {"ImagePositionPatient": [0, 0, 5], "ImageOrientationPatient": AXIAL}
    series = one_series([enhanced(tmp_path / "f", np.stack([ramp()] * 12), [], **made)])
    assert [frame.index for frame in series.frames] == list(range(12))
    assert (series.order, codes(series)) == ("frame", {"no-position": 12})


def test_that_what_a_classic_object_says_once_is_not_the_place_of_each_frame(tmp_path):
    made = {"ImagePositionPatient": [0, 0, 5], "ImageOrientationPatient": AXIAL}
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 2), [], **made)
    assert read_frame(read_image(path), 1).header.position is None
    assert read_frame(read_image(section(tmp_path, 1, 5))).header.position == (0, 0, 5)


def test_that_a_file_of_several_frames_is_no_part_of_a_stack_of_single_ones(tmp_path):
    same = {"PatientID": "A", "StudyInstanceUID": "1.2", "SeriesInstanceUID": "1.2.1"}
    several = enhanced(tmp_path / "f", np.stack([ramp()] * 2), [placed(0), placed(1)], **same,
                       InstanceNumber=9, SOPInstanceUID="1.9")  # fmt: skip
    mr = {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.4.1"}
    found = parts([several, section(tmp_path, 1, 0, **mr), section(tmp_path, 2, 1, **mr)])
    assert [(numbers(one), one.apart) for one in found] == [
        ([1, 2], ("file",)),
        ([9, 9], ("file",)),
    ]


def test_that_parts_of_a_concatenation_are_one_stack(tmp_path):
    same = {"PatientID": "A", "StudyInstanceUID": "1.2", "SeriesInstanceUID": "1.2.1"}
    paths = [
        enhanced(tmp_path / f"part{part}", np.stack([ramp()] * 2),
                 [placed(2 * part), placed(2 * part + 1)], ConcatenationUID="1.7",
                 SOPInstanceUID=f"1.7.{part}", **same)
        for part in (2, 1)
    ]  # fmt: skip
    series = one_series(paths)
    assert [frame.position[2] for frame in series.frames] == [2, 3, 4, 5]


# ------------------------------------------------------------------ patients, studies, rasters
def test_that_studies_and_patients_are_kept_apart(tmp_path):
    paths = [
        section(tmp_path, 1, 0, StudyDate="20200102"),
        section(tmp_path, 2, 0, StudyInstanceUID="1.3", StudyDate="20200101"),
        section(tmp_path, 3, 0, PatientID="B", StudyInstanceUID="1.4"),
        section(tmp_path, 4, 1, SeriesInstanceUID="1.2.2", SeriesNumber=2),
    ]
    studies, _ = read_studies(paths)
    found = [(one.identity.patient_id, one.uid, len(one.series)) for one in studies]
    assert found == [("A", "1.3", 1), ("A", "1.2", 2), ("B", "1.4", 1)]


def test_that_one_study_uid_of_two_patients_mixes_them_nowhere(tmp_path):
    studies, _ = read_studies([section(tmp_path, n, 0, PatientID=who) for n, who in ((1, "A"),
                               (2, "B"))])  # fmt: skip
    assert [one.identity.patient_id for one in studies] == ["A", "B"]
    assert [codes(one.series[0]) for one in studies] == [{"patients-differ": 1}] * 2


def test_that_series_are_in_the_order_of_their_numbers(tmp_path):
    paths = [
        section(tmp_path, n, 0, SeriesInstanceUID=f"1.2.{n}", SeriesNumber=number)
        for n, number in ((1, 10), (2, 9))
    ]
    paths.append(section(tmp_path, 3, 0, SeriesInstanceUID="1.2.0"))
    assert [one.number for one in parts(paths)] == [9, 10, None]


def test_that_files_without_uids_of_study_and_series_are_studies_of_one(tmp_path):
    paths = [write(tmp_path / f"f{n}", ramp(), SOPInstanceUID=f"1.2.{n}") for n in (1, 2)]
    studies, _ = read_studies(paths)
    assert [len(one.series[0].frames) for one in studies] == [1, 1]


def test_that_a_raster_file_is_a_study_of_one(tmp_path):
    grey = png(ramp(dtype=np.uint8, top=255))
    studies, _ = read_studies([file(tmp_path, grey, name) for name in ("b.png", "a.png")])
    assert [one.series[0].frames[0].path.name for one in studies] == ["a.png", "b.png"]
    assert [(one.uid, one.series[0].notes) for one in studies] == [("", ())] * 2


def test_that_rasters_of_a_folder_may_be_a_series_in_natural_order(tmp_path):
    grey, other = (png(ramp(*size, dtype=np.uint8, top=255)) for size in ((12, 10), (5, 5)))
    paths = [file(tmp_path, grey, f"im{n}.png") for n in (10, 9, 1)]
    paths.append(file(tmp_path, other, "im2.png"))
    (study,), _ = read_studies(paths, join_rasters=True)
    names = [[frame.path.name for frame in one.frames] for one in study.series]
    assert names == [["im1.png", "im9.png", "im10.png"], ["im2.png"]]
    assert study.series[0].order == "name"


# ------------------------------------------------------------------ identity
def test_that_a_file_that_is_there_twice_is_taken_once(tmp_path):
    paths = [section(tmp_path, number, number) for number in (1, 2)]
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "IM1"
    copy.write_bytes(paths[0].read_bytes())
    series = one_series([*paths, copy, paths[1]])
    assert (numbers(series), codes(series)) == ([1, 2], {"duplicate": 1})


def test_that_a_uid_of_two_films_names_neither(tmp_path):
    paths = [section(tmp_path, number, number, SOPInstanceUID="1.5") for number in (1, 2)]
    series = one_series([*paths, section(tmp_path, 3, 3)])
    uids = [frame.sop_instance_uid for frame in series.frames]
    assert (uids, codes(series)) == ([None, None, "1.2.1.3"], {"uid-twice": 2})


@pytest.mark.parametrize("uid", [b"\0" * 9, b"1" * 9, b"1.2.x.444", b"1.2..3444", b"1.2.3.44."])
def test_that_a_uid_that_is_none_names_no_film(tmp_path, uid):
    paths = [section(tmp_path, number, number, SOPInstanceUID="1.2.3.444") for number in (1, 2)]
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"1.2.3.444", uid))
    series = one_series(paths)
    assert [frame.sop_instance_uid for frame in series.frames] == [None, None]
    assert codes(series) == {"uid": 2}
    image = read_frame(read_image(paths[0])).image
    assert [note.code for note in image.notes if note.code == "uid"] == ["uid"]


@pytest.mark.parametrize(("length", "known"), [(64, True), (65, False)])
def test_that_a_uid_has_64_characters_at_most(length, known):
    uid = "1.".ljust(length, "2")
    assert Uids(instance=uid).sop_instance == (uid if known else None)


# ------------------------------------------------------------------ files that cannot be read
def test_that_a_bad_file_costs_itself_only(tmp_path):
    good = [section(tmp_path, number, number) for number in (1, 2)]
    bad = [
        file(tmp_path, b"nothing", "text.dcm"),
        file(tmp_path, good[0].read_bytes()[:300], "cut.dcm"),
        tmp_path / "missing.dcm",
        tmp_path,
    ]
    studies, unread = read_studies([*bad, *good])
    assert [numbers(one.series[0]) for one in studies] == [[1, 2]]
    reasons = {one.path: one.reason for one in unread}
    assert set(reasons) == set(bad)
    assert (reasons[bad[0]], reasons[bad[2]]) == ("unknown-format", "missing")
    assert all(one.path.name in one.sentence for one in unread)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_that_no_damage_to_a_header_stops_the_others(data):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good, hurt = section(folder, 1, 1), section(folder, 2, 2)
        content = bytearray(hurt.read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        hurt.write_bytes(content)
        studies, unread = read_studies([good, hurt])
        found = [frame.path for study in studies for one in study.series for frame in one.frames]
        assert good in found
        assert len(found) + len(unread) == 2


def test_that_values_that_are_no_numbers_give_no_place(tmp_path):
    path = section(tmp_path, 1, ImagePositionPatient=[0, 0, 123.75])
    content = path.read_bytes().replace(b"123.75", b"123,75", 1)
    assert content != path.read_bytes()
    path.write_bytes(content)
    series = one_series([path, section(tmp_path, 2, 2)])
    assert (series.order, codes(series)) == ("number", {"no-position": 2})


def test_that_no_pixels_are_read(tmp_path, monkeypatch):
    paths = [section(tmp_path, number, number) for number in (1, 2)]
    for decode in ("decode_codestream", "decode_rle", "inflate_frame", "read_at"):
        monkeypatch.delattr(pixels, decode)
    assert one_series(paths).order == "space"


def test_that_an_item_of_the_wrong_kind_in_a_group_is_passed_over(tmp_path):
    odd = Dataset()
    odd.PlanePositionSequence = []
    path = enhanced(tmp_path / "f", np.stack([ramp()] * 2), [odd, placed(1)])
    found = parts([path])
    assert [[frame.index for frame in one.frames] for one in found] == [[0], [1]]
    assert {one.apart for one in found} == {("orientation",)}


@pytest.mark.data
def test_that_the_384_sections_of_a_head_are_one_series_in_the_order_of_space(tmp_path):
    if not SERIES.exists():
        pytest.skip(f"{SERIES.name} is not beside the project")
    with tarfile.open(SERIES) as archive:
        archive.extractall(tmp_path, filter="data")
    paths = sorted(tmp_path.rglob("*.dcm"), key=lambda path: hash(path.name))
    series = one_series(paths)
    assert (len(series.frames), series.order, series.notes) == (384, "space", ())
    assert numbers(series) == list(range(1, 385))
    assert series.step_mm == pytest.approx(0.6667, abs=1e-3)
