"""Settings come back as they were stored; what cannot be used falls back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from viewer.__main__ import _parser, _settings
from viewer.session.settings import Memory, Settings


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_that_values_survive_a_restart(store, tmp_path):
    first = Settings(store)
    first.model, first.strength, first.folder = "digits", 0.4, tmp_path
    first.geometry = QByteArray(b"\x01packed")
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert (again.model, again.strength, again.folder) == ("digits", 0.4, tmp_path)
    assert again.geometry == QByteArray(b"\x01packed")


def test_that_the_first_start_has_defaults(store):
    settings = Settings(store)
    assert (settings.model, settings.strength, settings.folder) == ("", 0.7, Path.home())
    assert settings.geometry.isEmpty()


@pytest.mark.parametrize("stored", ["strong", "", "nan", "inf", "-inf", ["0.2", "0.3"]])
def test_that_a_strength_that_is_no_number_falls_back(store, stored):
    store.setValue("strength", stored)
    assert Settings(store).strength == 0.7


@pytest.mark.parametrize(("stored", "used"), [("-3", 0.0), ("7", 1.0), ("0.25", 0.25)])
def test_that_a_strength_stays_in_its_range(store, stored, used):
    store.setValue("strength", stored)
    assert Settings(store).strength == used


@pytest.mark.parametrize("stored", ["/nowhere/at/all", "", "x" * 5000, "a\0b", ["a", "b"]])
def test_that_a_folder_that_is_gone_falls_back(store, stored):
    store.setValue("folder", stored)
    assert Settings(store).folder == Path.home()


def test_that_a_folder_that_may_not_be_looked_into_falls_back(store, tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError

    monkeypatch.setattr(Path, "is_dir", refuse)
    store.setValue("folder", str(tmp_path))
    assert Settings(store).folder == Path.home()


@pytest.mark.parametrize("stored", ["wide", 12, ["a"]])
def test_that_a_geometry_that_is_no_bytes_falls_back(store, stored):
    store.setValue("geometry", stored)
    assert Settings(store).geometry.isEmpty()


def test_that_nothing_of_a_file_is_stored(store, tmp_path):
    settings = Settings(store)
    settings.model, settings.strength, settings.folder = "one", 0.5, tmp_path
    assert set(store.allKeys()) == {"model", "strength", "folder"}


def test_that_the_models_of_one_s_own_survive_a_restart(store):
    first = Settings(store)
    first.remember_model(Path("/models/one"))
    first.remember_model(Path("/models/two"))
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert again.own_models == (Path("/models/two"), Path("/models/one"))


def test_that_a_single_model_of_one_s_own_survives_a_restart(store):
    Settings(store).remember_model(Path("/models/one"))
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert again.own_models == (Path("/models/one"),)


def test_that_a_model_used_again_comes_first_and_once(store):
    settings = Settings(store)
    for name in ("one", "two", "one"):
        settings.remember_model(Path("/models", name))
    assert settings.own_models == (Path("/models/one"), Path("/models/two"))


def test_that_only_the_last_few_models_are_remembered(store):
    settings = Settings(store)
    for number in range(9):
        settings.remember_model(Path(f"/models/{number}"))
    assert settings.own_models == tuple(Path(f"/models/{number}") for number in (8, 7, 6, 5, 4))


@pytest.mark.parametrize("stored", ["", "relative/model", 7, [3, "here"], None])
def test_that_folders_of_models_that_cannot_be_are_none(store, stored):
    store.setValue("own_models", stored)
    assert Settings(store).own_models == ()


def test_that_films_and_models_have_folders_of_their_own(store, tmp_path):
    settings = Settings(store)
    settings.model_folder = tmp_path
    assert (settings.model_folder, settings.folder) == (tmp_path, Path.home())


def test_that_memory_keeps_settings_without_a_file():
    settings = Settings(Memory())
    settings.model = "digits"
    settings.remember_model(Path("/models/one"))
    assert (settings.model, settings.own_models) == ("digits", (Path("/models/one"),))
    assert Settings(Memory()).model == ""


def test_that_a_picture_remembers_nothing():
    options = _parser().parse_args(["--screenshot", "out.png"])
    assert isinstance(_settings(options)._store, Memory)


def test_that_a_folder_on_a_share_that_hangs_is_not_asked(store, tmp_path, monkeypatch):
    def asked(_path):
        raise AssertionError

    settings = Settings(store)
    settings.folder = tmp_path
    settings.answering = lambda folder: folder != tmp_path
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_dir", asked)
        assert settings.folder == Path.home()
    settings.answering = lambda _folder: True
    assert settings.folder == tmp_path


def test_that_the_environments_language_goes_before_the_one_that_is_stored(monkeypatch):
    monkeypatch.delenv("ROWSCOPE_LANGUAGE", raising=False)
    settings = Settings(Memory())
    assert (settings.language, settings.theme) == ("en", "dark")
    settings.language = "zh"
    assert settings.language == "zh"
    monkeypatch.setenv("ROWSCOPE_LANGUAGE", "de")
    assert settings.language == "de"


def test_that_new_settings_have_defaults_and_survive_a_restart(store):
    first = Settings(store)
    assert (first.wheel, first.smooth, first.memory) == ("scroll", True, 1024)
    assert (first.keep_recent, first.call_first, first.hangs) == (False, False, True)
    first.wheel, first.smooth, first.memory, first.call_first = "zoom", False, 512, True
    first.keys = {"fit": ("Q", "Ctrl+Q")}
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert (again.wheel, again.smooth, again.memory, again.call_first) == (
        "zoom",
        False,
        512,
        True,
    )
    assert again.keys == {"fit": ("Q", "Ctrl+Q")}


@pytest.mark.parametrize("stored", ["", "perhaps", ["a"], 12, "{"])
def test_that_what_is_no_such_setting_counts_as_the_first_start(store, stored):
    for key in ("wheel", "smooth", "memory", "keep_recent", "keys"):
        store.setValue(key, stored)
    settings = Settings(store)
    assert (settings.wheel, settings.smooth, settings.memory) == ("scroll", True, 1024)
    assert not settings.keep_recent
    assert settings.keys == {}


@pytest.mark.parametrize("stored", ['{"fit": "Q"}', '{"fit": [1]}', '["fit"]', "3"])
def test_that_keys_that_are_no_lists_of_texts_are_left_out(store, stored):
    store.setValue("keys", stored)
    assert Settings(store).keys == {}


def test_that_no_path_is_remembered_unless_the_reader_wants_it(store, tmp_path):
    settings = Settings(store)
    settings.remember(tmp_path / "Jane Doe.dcm")
    assert settings.recent == ()
    assert store.value("recent") is None
    settings.keep_recent = True
    settings.remember(tmp_path / "one")
    settings.remember(tmp_path / "two")
    settings.remember(tmp_path / "one")
    assert settings.recent == (tmp_path / "one", tmp_path / "two")
    settings.keep_recent = False
    assert settings.recent == ()
    assert not store.value("recent")


def test_that_a_value_that_may_not_be_chosen_is_refused(store):
    with pytest.raises(ValueError, match="spin"):
        Settings(store).wheel = "spin"
