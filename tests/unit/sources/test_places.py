"""What the caller names becomes streams, in order, each once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.sources.interface import Rejected
from reportedly.sources.places import Place, find_places


def paths(*inputs: str | Path) -> list[str]:
    return [
        f"!{place.reason}" if isinstance(place, Rejected) else place.path for place in find_places([*map(str, inputs)])
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.HTML",
        "sub/deep/d.jsonl",
        "README.md",
        "SOURCES.md",
        "Licence.txt",
        "x.pdf",
        ".e.txt",
        ".git/f.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_a_folder_gives_its_articles_sorted_and_nothing_else(folder: Path) -> None:
    assert [os.path.relpath(path, folder) for path in paths(folder)] == [
        "a.md",
        "b.txt",
        "sub/c.HTML",
        "sub/deep/d.jsonl",
    ]


def test_what_is_named_is_read_whatever_its_name(folder: Path) -> None:
    named = [folder / "README.md", folder / ".e.txt", folder / "x.pdf"]
    assert paths(*named) == [str(name) for name in named]


def test_a_glob_names_files(folder: Path) -> None:
    assert paths(folder / "**" / "*.[Hj]*") == [str(folder / "sub/c.HTML"), str(folder / "sub/deep/d.jsonl")]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(folder: Path) -> None:
    (folder / "[1].txt").write_text("x")
    assert paths(folder / "[1].txt") == [str(folder / "[1].txt")]


def test_link_loops_end(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "self.txt").symlink_to(folder / "sub" / "self.txt")
    found = paths(folder)
    assert found.count("!unreadable") == 1, "the link to itself"
    assert len(found) == 5
    assert len(paths(folder / "**" / "*.txt")) == 2, "b.txt and Licence.txt, each once"


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder nested beyond Python's recursion limit; taken down by hand, since rmtree recurses."""
    here, levels = os.getcwd(), 1050
    os.chdir(tmp_path)
    for _ in range(levels):
        os.mkdir("d")
        os.chdir("d")
    yield tmp_path
    for _ in range(levels):
        os.chdir("..")
        os.rmdir("d")
    os.chdir(here)


def test_a_deep_folder_is_walked_without_recursion(deep: Path) -> None:
    (deep / "z.txt").write_text("x")
    assert str(deep / "z.txt") in paths(deep)


def test_what_is_missing_beside_others_is_one_record(folder: Path) -> None:
    assert paths(folder / "b.txt", folder / "nix.txt", folder / "*.xyz", "a\0b") == [
        str(folder / "b.txt"), "!not_found", "!not_found", "!not_found",
    ]  # fmt: skip


@pytest.mark.parametrize("inputs", [[], ["nix.txt"], ["nix/*.txt", "b\0"]])
def test_nothing_at_all_is_an_error_of_use(inputs: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        find_places(inputs)
    assert "folder" in error.value.advice


def test_an_empty_folder_alone_is_an_error_of_use(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    with pytest.raises(UsageError, match="holds no article"):
        find_places([str(tmp_path)])


def test_a_dash_is_standard_input() -> None:
    (place,) = find_places(["-"])
    assert isinstance(place, Place)
    assert place.name == "standard input"
