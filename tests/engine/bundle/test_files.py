"""A bundle's files may be anything: pipes, links, folders, endless or empty."""

import hashlib
import os
import shutil
import socket
import stat
from types import SimpleNamespace

import pytest
import torch

import engine.bundle
from engine import load
from engine.bundle import find_bundle, is_bundle, list_models, read_file, read_metadata
from engine.errors import BundleError
from engine.resources import resource_path
from engine.weights import load_bundle
from tests.engine.bundle_parts import change_metadata, weights_of

FILES = ("metadata.json", "model.safetensors")


def a_pipe(path, _elsewhere):
    os.mkfifo(path)


def a_folder(path, _elsewhere):
    path.mkdir()


def a_link_out(path, elsewhere):
    path.symlink_to(elsewhere)


def a_link_to_a_device(path, _elsewhere):
    path.symlink_to("/dev/zero")


def a_link_to_itself(path, _elsewhere):
    path.symlink_to(path.name)


def a_socket(path, _elsewhere):
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # the path of a socket may only be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.fchdir(here)
    os.close(here)


def endless(path, _elsewhere):
    path.touch()
    os.truncate(path, 2**40)


def empty(path, _elsewhere):
    path.touch()


ODD = [
    a_pipe,
    a_folder,
    a_link_out,
    a_link_to_a_device,
    a_link_to_itself,
    a_socket,
    endless,
    empty,
]


@pytest.fixture(params=ODD, ids=lambda make: make.__name__)
def odd(request, own_bundle, tmp_path):
    """Puts something odd in the place of one of the bundle's files."""

    def replace(name):
        elsewhere = shutil.copy(own_bundle / name, tmp_path / "elsewhere")
        (own_bundle / name).unlink()
        request.param(own_bundle / name, elsewhere)
        return own_bundle

    return replace


@pytest.mark.parametrize("name", FILES)
def test_that_an_odd_file_is_refused_by_its_name(odd, name):
    with pytest.raises(BundleError, match=f"tiny/{name}"):
        load_bundle(odd(name))


@pytest.mark.parametrize("name", FILES)
def test_that_the_reading_process_refuses_an_odd_file_too(odd, name):
    with pytest.raises(BundleError, match=f"tiny/{name}"):
        load(odd(name))


def test_that_the_list_leaves_out_a_bundle_with_odd_metadata(odd):
    assert list_models(odd("metadata.json").parent) == ()


def test_that_the_list_leaves_out_weights_larger_than_any_such_network(own_bundle):
    os.truncate(weights_of(own_bundle), 2**40)
    assert list_models(own_bundle.parent) == ()


def test_that_missing_weights_are_a_bundle_error_to_the_reading_process(own_bundle):
    weights_of(own_bundle).unlink()
    with pytest.raises(BundleError, match=r"model\.safetensors cannot be read"):
        load(own_bundle)


def test_that_the_card_and_other_files_are_never_opened(own_bundle, tmp_path):
    (own_bundle / "README.md").unlink()
    os.mkfifo(own_bundle / "README.md")
    trap = f"open({str(tmp_path / 'sprung')!r}, 'w')"
    for name in ("__init__.py", "model.py", "conftest.py"):
        (own_bundle / name).write_text(trap)
    load_bundle(own_bundle)
    assert not (tmp_path / "sprung").exists()


def test_that_the_hash_is_that_of_the_weights_that_answer(own_bundle, make_bundle, monkeypatch):
    data = weights_of(own_bundle).read_bytes()
    other = weights_of(make_bundle(cell="rnn")).read_bytes()
    read_file = engine.bundle.read_file

    def read_and_replace(folder, name, *, most):
        found = read_file(folder, name, most=most)
        weights_of(folder).write_bytes(other)
        return found

    rows = torch.rand(1, 16, 12)
    before = load_bundle(own_bundle).network(rows)
    monkeypatch.setattr(engine.bundle, "read_file", read_and_replace)
    loaded = load_bundle(own_bundle)
    assert loaded.info.sha256 == hashlib.sha256(data).hexdigest()
    assert torch.equal(loaded.network(rows), before)


def test_that_a_file_that_grows_while_it_is_read_is_refused(own_bundle, monkeypatch):
    small = SimpleNamespace(st_mode=stat.S_IFREG, st_size=10)  # as it was a moment ago
    monkeypatch.setattr("engine.bundle.strict.os.fstat", lambda descriptor: small)
    with pytest.raises(BundleError, match="is larger than 100 bytes"):
        read_file(own_bundle, "model.safetensors", most=100)


def test_that_a_folder_may_be_a_link_and_keeps_its_name(own_bundle, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "linked").symlink_to(own_bundle)
    assert [info.name for info in list_models(tmp_path / "models")] == ["linked"]
    assert load_bundle(tmp_path / "models" / "linked").info.name == "linked"


@pytest.mark.parametrize("name", ["ti\x1b[31mny", "ti\u202eny", "ti\nny", "ti\u200bny"])
def test_that_a_folder_with_a_hidden_character_in_its_name_is_refused(own_bundle, name):
    folder = own_bundle.rename(own_bundle.with_name(name))
    with pytest.raises(BundleError, match=r"“ti�.*ny” has characters in its name"):
        load_bundle(folder)
    assert list_models(folder.parent) == ()


@pytest.mark.parametrize("file", FILES)
def test_that_no_sentence_repeats_a_hidden_character(own_bundle, file):
    folder = own_bundle.rename(own_bundle.with_name("ti\x1bny"))
    (folder / file).write_bytes(b"\0")
    with pytest.raises(BundleError) as caught:
        load_bundle(folder)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["..", ".", "", "../tiny", "a\0b", "x" * 5000, "\udcff"])
def test_that_an_odd_name_is_no_model(name, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(BundleError, match="no model") as caught:
        find_bundle(name)
    assert str(caught.value).isprintable()


def test_that_a_mere_name_never_leaves_the_folder_of_models(own_bundle, tmp_path, monkeypatch):
    for folder in ("models", "work/here"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(own_bundle / "metadata.json", tmp_path / "metadata.json")
    monkeypatch.setenv("ROWSCOPE_MODELS", str(tmp_path / "models"))
    monkeypatch.chdir(tmp_path / "work" / "here")
    with pytest.raises(BundleError, match=r"no model “\.\.”"):
        find_bundle("..")


def test_that_a_foreign_bundle_cannot_take_the_name_of_a_shipped_one(own_bundle, monkeypatch):
    own_bundle.rename(own_bundle.with_name("digits"))
    monkeypatch.setenv("ROWSCOPE_MODELS", str(own_bundle.parent))
    assert read_metadata("digits").path == resource_path("models", "digits")
    listed = {info.name: info.path for info in list_models()}
    assert listed["digits"] == resource_path("models", "digits")


def test_that_a_damaged_model_is_not_replaced_by_a_foreign_one(own_bundle, tmp_path, monkeypatch):
    shipped, foreign = tmp_path / "shipped", tmp_path / "foreign"
    for root in (shipped, foreign):
        shutil.copytree(own_bundle, root / "model")
    change_metadata(shipped / "model", "title", to=5)
    monkeypatch.setattr("engine.bundle.description.resource_path", lambda *parts: shipped)
    monkeypatch.setenv("ROWSCOPE_MODELS", str(foreign))
    assert list_models() == ()
    with pytest.raises(BundleError, match="must be a text"):
        read_metadata("model")


def test_that_a_folder_of_models_that_may_not_be_read_holds_none(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    for odd in (tmp_path / "file", tmp_path / "nothing", "x" * 5000):
        monkeypatch.setenv("ROWSCOPE_MODELS", str(odd))
        assert "digits" in [info.name for info in list_models()]


def test_that_a_folder_without_metadata_is_named_with_what_is_missing(tmp_path):
    (tmp_path / "films").mkdir()
    with pytest.raises(BundleError, match=r"“films”: it has no metadata\.json"):
        find_bundle(tmp_path / "films")


@pytest.mark.parametrize("missing", ["metadata.json", "model.safetensors"])
def test_that_a_bundle_has_metadata_and_weights(own_bundle, missing):
    assert is_bundle(own_bundle)
    (own_bundle / missing).unlink()
    assert not is_bundle(own_bundle)


@pytest.mark.parametrize("name", ["", ".", "nowhere", "a\0b", "x" * 5000, "\udcff"])
def test_that_an_odd_path_is_no_bundle(name, tmp_path):
    assert not is_bundle(tmp_path / name)
