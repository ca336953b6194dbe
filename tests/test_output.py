"""A result's folder: whole or not at all, and no file in it that somebody else wrote is ever touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recover.drafts import NAME, read_manifest, sweep
from recover.errors import OutputTaken, UnwritableOutput
from recover.pipeline.output import REVIEW_LOG, adding, building

FILES = {"document.json": "{}", "document.md": "text", "figures/page-0001-r1.png": "ink"}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def build(target: Path, files: dict[str, str]) -> None:
    with building(target) as draft:
        write(draft, files)


def fail_half_way(target: Path) -> None:
    with building(target) as draft:
        write(draft, {"document.json": "half"})
        raise OSError(28, "No space left on device")


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "a link"
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink()
    }


def without_list(folder: Path) -> dict[str, str]:
    return {name: text for name, text in content(folder).items() if name != NAME}


def test_a_folder_lists_what_was_written(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    manifest = read_manifest(tmp_path / "a")
    assert manifest is not None
    assert set(manifest.files) == set(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_own_files_go_and_others_stay(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    others = {REVIEW_LOG: "a person's", "notes/mine.txt": "note", "thesis.docx": "years"}
    write(tmp_path / "a", others)
    (tmp_path / "a" / "link").symlink_to("nowhere")
    (tmp_path / "a" / "empty").mkdir()
    build(tmp_path / "a", {"document.json": "new"})
    assert without_list(tmp_path / "a") == {"document.json": "new", **others, "link": "a link"}
    assert (tmp_path / "a" / "empty").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    "foreign", [{"thesis.docx": "mine"}, {"document.md": "mine", "thesis.docx": "mine"}, {"document.json": "{}"}]
)
def test_a_folder_without_a_list_is_left_alone(tmp_path: Path, foreign: dict[str, str]) -> None:
    write(tmp_path / "a", foreign)
    with pytest.raises(OutputTaken, match="did not write"):
        build(tmp_path / "a", FILES)
    assert content(tmp_path) == {f"a/{name}": text for name, text in foreign.items()}


def test_a_changed_file_is_left_alone(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    write(tmp_path / "a", {"document.md": "polished by hand"})
    before = content(tmp_path)
    with pytest.raises(OutputTaken, match=r"document\.md: was changed"):
        build(tmp_path / "a", FILES)
    assert content(tmp_path) == before


def test_a_foreign_file_where_a_new_one_belongs(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    write(tmp_path / "a", {"document.docx": "mine"})
    before = content(tmp_path)
    with pytest.raises(OutputTaken, match=r"document\.docx"):
        build(tmp_path / "a", {**FILES, "document.docx": "ours"})
    assert content(tmp_path) == before


def test_corrections_alone_are_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path / "a", {REVIEW_LOG: "a person's"})
    build(tmp_path / "a", FILES)
    assert without_list(tmp_path / "a") == {**FILES, REVIEW_LOG: "a person's"}


def test_what_is_appended_meanwhile_is_kept(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    write(tmp_path / "a", {REVIEW_LOG: "one "})
    with (tmp_path / "a" / REVIEW_LOG).open("a") as log:
        build(tmp_path / "a", FILES)
        log.write("two")
    assert (tmp_path / "a" / REVIEW_LOG).read_text() == "one two"


def test_a_result_behind_a_link_keeps_its_link(tmp_path: Path) -> None:
    build(tmp_path / "real", FILES)
    (tmp_path / "a").symlink_to("real")
    build(tmp_path / "a", {"document.json": "new"})
    assert (tmp_path / "a").is_symlink()
    assert without_list(tmp_path / "real") == {"document.json": "new"}


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    before = content(tmp_path)
    with pytest.raises(UnwritableOutput):
        fail_half_way(tmp_path / "a")
    assert content(tmp_path) == before


def test_more_formats_join_and_may_be_written_again(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    for text in ("first", "second"):
        with adding(tmp_path / "a") as draft:
            write(draft, {"document.docx": text})
    assert without_list(tmp_path / "a") == {**FILES, "document.docx": "second"}
    write(tmp_path / "a", {"document.docx": "polished by hand"})
    with pytest.raises(OutputTaken), adding(tmp_path / "a") as draft:
        write(draft, {"document.docx": "third"})
    assert (tmp_path / "a" / "document.docx").read_text() == "polished by hand"


def test_an_old_folder_that_a_killed_run_left_comes_back_or_gives_up_its_notes(tmp_path: Path) -> None:
    build(tmp_path / "a", FILES)
    write(tmp_path / "a", {"note.txt": "mine"})
    draft = tmp_path / ".recover-abcdefgh.part"
    (draft / "new").mkdir(parents=True)
    (draft / "lock").write_text("a")
    (tmp_path / "a").rename(draft / "old")
    sweep(tmp_path, "a")
    assert without_list(tmp_path / "a") == {**FILES, "note.txt": "mine"}
    (draft / "new").mkdir(parents=True)
    (draft / "lock").write_text("a")
    (tmp_path / "a").rename(draft / "old")
    write(tmp_path / "a", {"document.json": "new"})
    sweep(tmp_path)
    assert without_list(tmp_path / "a") == {"document.json": "new", "note.txt": "mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


NAMES = st.sampled_from(
    ["document.json", "document.md", "document.docx", "figures/a.png", "figures", "note.txt", REVIEW_LOG, NAME]
)

RESULTS = NAMES.filter(lambda name: name != NAME)


@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("user"), NAMES, st.sampled_from(["x", "y", "{}"])),
            st.tuples(st.sampled_from(["build", "add"]), st.sets(RESULTS), st.text("ab")),
        ),
        max_size=8,
    )
)
def test_no_run_changes_what_it_did_not_write(steps: list, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a user puts into the folder, and whatever is built there: the user's bytes stay."""
    target = tmp_path_factory.mktemp("out") / "a"
    users: dict[str, str] = {}
    for kind, names, text in steps:
        if kind == "user":
            try:
                write(target, {names: text})
            except OSError:
                continue
            users[names] = text
            continue
        files = {name: text for name in names if name not in ("figures", REVIEW_LOG)}
        try:
            with building(target) if kind == "build" else adding(target) as draft:
                write(draft, files)
        except UnwritableOutput:
            pass
        else:
            users = {name: kept for name, kept in users.items() if files.get(name) != kept}
        assert {name: (target / name).read_text() for name in users} == users
        assert all(not path.name.endswith(".part") for path in target.parent.rglob("*"))
