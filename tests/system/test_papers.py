"""The papers are true: what they point to is there, what they say to type works."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest

from tests.system.source import NOT_OURS, ROOT, pyproject

PAPERS = [p for p in sorted(ROOT.rglob("*.md")) if not NOT_OURS & set(p.relative_to(ROOT).parts)]
PICTURE_LIMIT = 400_000  # bytes


def said(paper: str) -> str:
    """The text of a paper."""
    return (ROOT / paper).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows but heads and rules."""
    lines = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines]
    return [row for i, row in enumerate(cells) if not set(row[0]) <= set("-: ") and not _is_head(cells, i)]


def _is_head(cells: list[list[str]], i: int) -> bool:
    return i + 1 < len(cells) and bool(cells[i + 1][0]) and set(cells[i + 1][0]) <= set("-: ")


def test_that_everything_looked_for_is_where_the_table_says() -> None:
    table = said("ARCHITECTURE.md").partition("## Looking for")[2].partition("\n## ")[0]
    found = rows(table)
    assert len(found) > 20
    paths = [(row[0], path) for row in found for path in re.findall(r"`([^`]+)`", row[1])]
    assert len({question for question, _ in paths}) == len(found), "a question without an answer"
    assert [f"{question}: {path}" for question, path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_that_every_path_and_link_in_a_paper_leads_somewhere(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    gone = [link for link in links if not (paper.parent / link).exists()]
    paths = re.findall(r"`((?:crmdesk|tests|resources|docs)/[\w./-]*\w)`", text)
    gone += [path for path in paths if not (ROOT / path).exists()]
    assert gone == []


def test_that_every_room_is_in_the_table_of_rooms() -> None:
    rooms = {p.name for p in (ROOT / "crmdesk").iterdir() if (p / "__init__.py").exists()}
    told = set(re.findall(r"^\| `crmdesk/(\w+)`", said("ARCHITECTURE.md"), re.MULTILINE))
    assert rooms == told


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_that_every_command_in_a_paper_is_there(paper: str) -> None:
    text = said(paper)
    developer = set(re.findall(r'add_parser\("(\w+)"', said("dev.py"))) | set(
        re.findall(r'"(\w+)"', re.findall(r"for verb in \(([^)]*)\)", said("dev.py"))[0])
    )
    asked = set(re.findall(r"dev\.py (\w+)", text))
    assert asked <= developer, asked - developer
    parser = said("crmdesk/cli/parser.py")
    program = set(re.findall(r'self\.verb\("([\w-]+)"', parser))
    assert {"init", "sheet"} <= program
    asked = set(re.findall(r"(?:^|`)crmdesk ([a-z][\w-]+)", text, re.MULTILINE))
    assert asked <= program, asked - program


def test_that_decisions_are_numbered_and_whole() -> None:
    papers = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(p.name[:4]) for p in papers] == list(range(1, len(papers) + 1))
    for paper in papers:
        text = paper.read_text(encoding="utf-8")
        assert text.startswith(f"# {paper.name[:4]}. ")
        assert re.findall(r"^(?:## (\w+)|(Status): \w+)", text, re.MULTILINE) == [
            ("", "Status"),
            ("Context", ""),
            ("Decision", ""),
            ("Consequences", ""),
        ], paper.name


def test_that_the_glossary_knows_every_word_in_three_languages() -> None:
    words = rows(said("docs/glossary.md"))
    assert len(words) > 30
    assert [row[0] for row in words if len(row) != 4 or not all(row)] == []
    assert [row[0] for row in words if not re.search("[а-я]", row[1], re.I) and row[0] != "VVV"] == []
    assert len({row[0] for row in words}) == len(words)


def test_that_the_changelog_knows_this_version() -> None:
    headings = re.findall(r"^## \[(.+?)\]", said("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert pyproject()["project"]["version"] in headings


def test_that_every_package_we_stand_on_is_thanked() -> None:
    thanked = {
        re.sub(r"[-_.]+", "-", name.strip().lower())
        for row in rows(said("THIRD_PARTY_NOTICES.md"))
        for name in re.sub(r"\(.*?\)", "", row[0]).split(",")
    }
    needed: set[str] = set()
    waiting = [_name(line) for line in pyproject()["project"]["dependencies"]]
    while waiting:
        package = waiting.pop()
        if package not in needed:
            needed.add(package)
            if package != "tzdata":
                waiting += [_name(line) for line in importlib.metadata.requires(package) or [] if _is_ours(line)]
    assert needed - thanked == set()


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found.group().lower())


def _is_ours(requirement: str) -> bool:
    return "extra ==" not in requirement and "python_version <" not in requirement.replace('"3.13"', "")


def test_that_fonts_and_icons_have_their_licence_beside_them() -> None:
    folders = {p.parent for p in (ROOT / "resources").rglob("*") if p.suffix in {".ttf", ".otf", ".svg"}}
    assert folders
    for folder in folders:
        licences = [p for p in folder.iterdir() if re.search("licen[cs]e|OFL", p.name, re.I)]
        assert licences, folder
        assert folder.relative_to(ROOT).as_posix() in said("THIRD_PARTY_NOTICES.md")


def test_that_pictures_are_small_and_shown() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    shown = "".join(paper.read_text(encoding="utf-8") for paper in PAPERS)
    assert [p.name for p in pictures if p.stat().st_size > PICTURE_LIMIT or p.name not in shown] == []
