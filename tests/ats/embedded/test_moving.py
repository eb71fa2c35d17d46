"""A restore that is cut off half way is finished by whoever comes next."""

from pathlib import Path

from ats.embedded import moving


def test_the_moves_that_are_left_are_done_and_the_stage_goes(tmp_path: Path) -> None:
    stage = moving.stage(tmp_path)
    (stage / "postgres").mkdir(parents=True)
    (stage / "postgres" / "PG_VERSION").write_text("18")
    (stage / "secret-key").write_text("newer")
    (tmp_path / "secret-key").write_text("older, which has signed nothing")
    (tmp_path / "files").mkdir()
    assert moving.finish(tmp_path) is False  # it is not all there yet

    moves = [(stage / "files", tmp_path / "files")]  # this one was done before the cut
    moves += [(stage / name, tmp_path / name) for name in ("secret-key", "postgres")]
    moving.ready(tmp_path, moves)

    assert moving.finish(tmp_path) is True
    assert (tmp_path / "postgres" / "PG_VERSION").read_text() == "18"
    assert (tmp_path / "secret-key").read_text() == "newer"
    assert not stage.exists()
    assert moving.finish(tmp_path) is False
