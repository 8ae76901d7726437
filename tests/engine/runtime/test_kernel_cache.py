"""Compiled code comes back from the user's cache only as it was put there, by that user."""

import pytest

from engine.runtime.kernel import compiler


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "kernels"
    compiler.keep(folder / "code", b"code")
    return folder / "code"


def test_that_code_comes_back_as_it_was_kept(place):
    assert compiler.kept(place) == b"code"
    assert compiler.kept(place.with_name("other")) is None
    assert [path.name for path in place.parent.iterdir()] == ["code"]


def test_that_damaged_code_is_not_run(place):
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    assert compiler.kept(place) is None
    place.write_bytes(b"")
    assert compiler.kept(place) is None


@pytest.mark.parametrize("of", ["file", "folder"])
def test_that_code_that_others_can_write_is_not_run(place, of):
    (place if of == "file" else place.parent).chmod(0o777)
    assert compiler.kept(place) is None


def test_that_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    compiler.keep(tmp_path / "file" / "code", b"code")
    assert compiler.kept(tmp_path / "file" / "code") is None


def test_that_kept_code_is_used_again_and_answers_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(compiler, "user_cache_dir", lambda _: str(tmp_path))
    written, write = [], compiler.write_project
    monkeypatch.setattr(
        compiler, "write_project", lambda *a, **k: written.append(1) or write(*a, **k)
    )
    made = [compiler.kernel_of.__wrapped__("rnn") for _ in range(2)]
    assert len(written) == len(list((tmp_path / "kernels").iterdir())) == 1
    assert made[0].project is not made[1].project
