"""Storages are told apart by the text of paths, never by asking them."""

from pathlib import Path

import pytest

from viewer.session import loading
from viewer.session.loading import Storages

TABLE = """sysfs /sys sysfs rw 0 0
overlay / overlay rw 0 0
server:/films /mnt/pacs nfs4 rw 0 0
server:/old /mnt/pacs/old\\040films nfs4 rw 0 0
tmpfs /mnt/pacs2 tmpfs rw 0 0
"""


@pytest.fixture
def storages(tmp_path):
    table = tmp_path / "mounts"
    table.write_text(TABLE)
    return Storages(table)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/mnt/pacs/a/b.dcm", "/mnt/pacs"),
        ("/mnt/pacs", "/mnt/pacs"),
        ("/mnt/pacs/old films/b.dcm", "/mnt/pacs/old films"),
        ("/mnt/pacs2/b.dcm", "/mnt/pacs2"),
        ("/mnt/pacs/../home/b.dcm", "/"),
        ("/home/b.dcm", "/"),
        ("/Volumes/STICK/b.dcm", "/Volumes/STICK"),
    ],
)
def test_that_the_longest_place_that_holds_a_path_is_its_storage(storages, path, place):
    assert storages.of(Path(path)) == place


def test_that_a_system_without_a_table_has_one_storage(tmp_path):
    assert Storages(tmp_path / "nothing").of(Path("/home/b.dcm")) == "/"


def test_that_a_share_that_is_mounted_later_is_seen(storages, tmp_path, monkeypatch):
    assert storages.of(Path("/media/stick/b.dcm")) == "/"
    (tmp_path / "mounts").write_text(TABLE + "/dev/sdb1 /media/stick vfat rw 0 0\n")
    monkeypatch.setattr(loading, "_FRESH", 0.0)
    assert storages.of(Path("/media/stick/b.dcm")) == "/media/stick"


def test_that_nothing_is_asked_of_the_path_itself(storages, monkeypatch):
    def asked(*_arguments, **_others):
        raise AssertionError

    table = storages._table()
    monkeypatch.setattr(storages, "_table", lambda: table)
    for name in ("stat", "lstat", "readlink", "scandir", "open"):
        monkeypatch.setattr(loading.os, name, asked)
    assert storages.of(Path("/mnt/pacs/a/b.dcm")) == "/mnt/pacs"
