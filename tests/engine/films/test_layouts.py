"""Collections as they are published, read by the recipes of the help."""

import re
import tomllib

import numpy as np
import pytest

from engine.films import divide, layout_of, read_films
from engine.recipe import recipe_of
from engine.resources import resource_path
from tests.engine.imaging_files import write as write_dicom
from tests.engine.written_films import write_film

SIZES = [28, 64, 128, 224]


def recipe_in_the_help(name, **given):
    """What the help says about a collection, made a whole recipe."""
    help_text = resource_path("help", "training.md").read_text(encoding="utf-8")
    section = help_text.split("### Layouts that exist", maxsplit=1)[1]
    block = re.search(rf"^\*\*{name}.*?^```toml\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    said = tomllib.loads(block[1])
    words = dict.fromkeys(("name", "title", "version", "task", "intended_use", "data_source"), "a")
    rest = {
        "input": {"rows": 8, "columns": 8, "intensity": "full-range"} | given,
        "network": {"cell": "gru", "hidden_size": 4},
        "training": {"epochs": 1, "batch_size": 4},
    }
    data = {"source": "a test", "licence": "none"} | said.pop("data")
    return recipe_of(words | rest | said | {"data": data}, name)


def read(name, source, **given):
    return read_films(source, layout_of(recipe_in_the_help(name, **given)))


def label_by(films):
    return dict(zip(films.names.tolist(), films.labels.tolist(), strict=True))


def dicom(path, seed):
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.random.default_rng(seed).integers(0, 4096, (20, 16), dtype=np.uint16)
    write_dicom(path, values, BitsStored=12, HighBit=11)


@pytest.fixture
def nih(tmp_path):
    """Twelve films in folders of four; the header has commas in its names, as it is published."""
    header = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender"
    more = "View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],"
    lines = [f"{header},{more}"]
    findings = ("No Finding", "Effusion", "Infiltration|Effusion", "Mass|Nodule")
    for number in range(12):
        name = f"{number:08}_000.png"
        write_film(tmp_path / f"images_{number // 4 + 1:03}" / "images" / name, seed=number)
        lines.append(f"{name},{findings[number % 4]},0,{number // 2},058Y,M,PA,16,20,0.1,0.1,")
    (tmp_path / "Data_Entry_2017.csv").write_text("\n".join(lines))
    (tmp_path / "BBox_List_2017.csv").write_text("Image Index,Finding Label,Bbox [x,y,w,h],,,\n")
    (tmp_path / "test_list.txt").write_text("00000010_000.png\n00000011_000.png\n")
    return tmp_path / "Data_Entry_2017.csv"


def test_that_chestxray14_is_read(nih):
    films = read("NIH ChestX-ray14", nih)
    assert films.labels.tolist() == [0, 1, 1, 0] * 3
    assert films.names[5] == "images_002/images/00000005_000.png"
    assert films.patients.tolist() == [str(number // 2) for number in range(12)]
    assert films.names[films.where("test")].tolist() == films.names[10:].tolist()
    assert set(films.groups["Patient Gender"]) == {"M"}


def test_that_the_official_test_of_chestxray14_stays_the_test(nih):
    recipe = recipe_in_the_help("NIH ChestX-ray14")
    films = divide(read_films(nih, layout_of(recipe)), recipe.data, seed=0)
    assert films.where("test").tolist() == [10, 11]
    assert len(films.where("val"))


def test_that_chexpert_is_read(tmp_path):
    root = tmp_path / "CheXpert-v1.0-small"
    lines = ["Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Pneumonia,Support Devices"]
    said = ["1.0", "0.0", "-1.0", "", "1.0", "0.0"]
    for number, word in enumerate(said):
        name = f"train/patient{number // 2:05}/study{number % 2 + 1}/view1_frontal.jpg"
        write_film(root / name, seed=number)
        lines.append(f"CheXpert-v1.0-small/{name},Female,68,Frontal,AP,,{word},1.0")
    (root / "train.csv").write_text("\n".join(lines))
    films = read("CheXpert", root / "train.csv")
    assert films.labels.tolist() == [1, 0, 1, 0]
    assert films.patients.tolist() == ["patient00000"] * 2 + ["patient00002"] * 2
    assert not films.skipped


def test_that_vindr_cxr_is_read(tmp_path):
    lines = ["image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max"]
    readers = {
        "0a1b": ["No finding", "No finding", "No finding"],
        "50a4": ["Cardiomegaly", "No finding", "Aortic enlargement"],
        "9a5c": ["Aortic enlargement", "Nodule/Mass", "No finding"],
        "f00d": ["Cardiomegaly", "Cardiomegaly", "Cardiomegaly"],
    }
    for seed, (name, words) in enumerate(readers.items()):
        dicom(tmp_path / "train" / f"{name}.dicom", seed)
        lines += [f"{name},{word},14,R{place},1.5,2,3,4" for place, word in enumerate(words)]
    (tmp_path / "train.csv").write_text("\n".join(lines))
    labels = label_by(read("VinDr-CXR", tmp_path / "train.csv"))
    assert labels == {f"train/{name}.dicom": n % 2 for n, name in enumerate(readers)}


def test_that_rsna_pneumonia_is_read(tmp_path):
    lines = ["patientId,x,y,width,height,Target"]
    for number in range(4):
        dicom(tmp_path / "stage_2_train_images" / f"0004cfab-{number}.dcm", number)
        boxes = (
            ["264.0,152.0,213.0,379.0,1", "562.0,152.0,256.0,453.0,1"] if number % 2 else [",,,,0"]
        )
        lines += [f"0004cfab-{number},{box}" for box in boxes]
    (tmp_path / "stage_2_train_labels.csv").write_text("\n".join(lines))
    (tmp_path / "stage_2_detailed_class_info.csv").write_text("patientId,class\n")
    films = read("RSNA pneumonia", tmp_path / "stage_2_train_labels.csv")
    assert films.labels.tolist() == [0, 1, 0, 1]
    assert films.patients.tolist() == [f"0004cfab-{number}" for number in range(4)]


def test_that_kermanys_folders_are_read(tmp_path):
    for split in ("train", "val", "test"):
        for number in range(2):
            normal = f"NORMAL/IM-{number + 115:04}-0001.jpeg"
            ill = f"PNEUMONIA/person{number}_virus_{number + 6}.jpeg"
            for place, name in enumerate((normal, ill)):
                write_film(tmp_path / "chest_xray" / split / name, seed=10 * number + place)
    films = read("Kermany", tmp_path / "chest_xray")
    assert films.labels.tolist() == [0, 0, 1, 1] * 3
    assert films.patients[:4].tolist() == ["IM-0115", "IM-0116", "person0", "person1"]
    assert [len(films.where(split)) for split in ("train", "val", "test")] == [4, 4, 4]


@pytest.mark.parametrize("channels", [(), (3,)])
@pytest.mark.parametrize("size", SIZES)
def test_that_medmnist_of_every_size_is_read(tmp_path, size, channels):
    rng = np.random.default_rng(size)
    arrays = {}
    for split, count in (("train", 4), ("val", 2), ("test", 2)):
        shape = (count, size, size, *channels)
        arrays[f"{split}_images"] = rng.integers(0, 256, shape, dtype=np.uint8)
        arrays[f"{split}_labels"] = (np.arange(count)[:, None] % 2).astype(np.uint8)
    path = tmp_path / f"pneumoniamnist_{size}.npz"
    np.savez_compressed(path, **arrays)
    films = read("MedMNIST", path, colour=bool(channels))
    assert films.labels.tolist() == [0, 1] * 4
    assert [len(films.where(split)) for split in ("train", "val", "test")] == [4, 2, 2]
    first = arrays["val_images"][0]
    grey = first @ [0.299, 0.587, 0.114] if channels else first
    assert abs(films.rows[4].mean() - grey.mean() / 255) < 1e-3
