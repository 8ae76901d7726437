"""Which stacks files are: what is leafed through together, and what is listed by itself."""

import numpy as np

from tests.engine.imaging_files import png, ramp, write
from viewer.session.stacks import place_files


def slices(folder, count, series="1.2.1", **given):
    folder.mkdir(exist_ok=True)
    return [
        write(
            folder / f"IM{number:03}",
            ramp() + np.uint16(number),
            **{
                "Modality": "CT",
                "PatientID": "A",
                "StudyInstanceUID": "1.2",
                "SeriesInstanceUID": series,
                "SOPInstanceUID": f"{series}.{number + 1}",
                "InstanceNumber": number + 1,
                "ImagePositionPatient": [0, 0, -number],
                "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
                **given,
            },
        )
        for number in range(count)
    ]


def pictures(folder, *names):
    folder.mkdir(exist_ok=True)
    data = png(np.arange(48, dtype=np.uint8).reshape(6, 8))
    paths = tuple(folder / name for name in names)
    for path in paths:
        path.write_bytes(data)
    return paths


def listed(placed):
    """The names of the files of every stack."""
    return [[path.name for path in stack.paths] for stack in placed.stacks]


def test_that_a_stack_is_in_the_order_of_space(tmp_path):
    paths = slices(tmp_path / "ct", 4)
    (stack,) = place_files((), tuple(paths), frozenset()).stacks
    assert [frame.path for frame in stack.frames] == paths[::-1]
    assert [stack.place_of(path) for path in paths] == [3, 2, 1, 0]
    assert stack.study.identity.patient_id == "A"


def test_that_a_stack_keeps_its_key_while_more_of_its_files_are_read(tmp_path):
    paths = tuple(slices(tmp_path / "ct", 6))
    first = place_files((), paths[:2], frozenset())
    whole = place_files(first.heads, paths[2:], frozenset())
    assert [len(first.stacks[0]), len(whole.stacks[0])] == [2, 6]
    assert first.stacks[0].key == whole.stacks[0].key


def test_that_stacks_are_listed_in_the_order_in_which_their_files_were_opened(tmp_path):
    late = slices(tmp_path / "a", 2, "1.2.9", SeriesNumber=9)
    soon = slices(tmp_path / "b", 2, "1.2.1", SeriesNumber=1)
    placed = place_files((), (*late, *soon), frozenset())
    assert [stack.series.uid for stack in placed.stacks] == ["1.2.9", "1.2.1"]


def test_that_numbered_rasters_of_a_folder_are_a_series_in_natural_order(tmp_path):
    paths = pictures(tmp_path / "a", "slice 10.png", "slice 9.png", "slice 1.png")
    placed = place_files((), paths, frozenset(paths))
    assert listed(placed) == [["slice 1.png", "slice 9.png", "slice 10.png"]]


def test_that_rasters_with_names_of_their_own_and_those_that_were_chosen_are_films(tmp_path):
    named = pictures(tmp_path / "a", "smith.png", "jones.png")
    assert len(place_files((), named, frozenset(named)).stacks) == 2
    chosen = pictures(tmp_path / "b", "1.png", "2.png")
    assert len(place_files((), chosen, frozenset()).stacks) == 2


def test_that_what_cannot_be_read_is_listed_by_itself(tmp_path):
    paths = slices(tmp_path / "ct", 3)
    paths[1].write_bytes(b"nothing of the kind" * 20)
    placed = place_files((), tuple(paths), frozenset())
    assert sorted(map(len, placed.stacks)) == [1, 2]


def test_that_a_copy_of_a_film_is_listed_and_a_copy_of_a_slice_is_not(tmp_path):
    series, film = slices(tmp_path / "ct", 3), write(tmp_path / "film", ramp())
    copies = [tmp_path / "copy of film", tmp_path / "copy of slice"]
    copies[0].write_bytes(film.read_bytes())
    copies[1].write_bytes(series[0].read_bytes())
    placed = place_files((), (*series, film, *copies), frozenset())
    assert sorted(map(len, placed.stacks)) == [1, 1, 3]
