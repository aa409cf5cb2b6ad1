"""The project's own files, as the house-rule tests read them."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "build", "dist", "out", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis"}
TEXT = {".py", ".toml", ".md", ".txt", ".po", ".json", ".sql", ".svg", ".csv", ".sh", ".iss", ".nsi", ".yml", ""}


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """The Python files of some folders (or single files), sorted."""
    found: list[Path] = []
    for room in rooms:
        place = ROOT / room
        found += [place] if place.is_file() else [p for p in place.rglob("*.py") if not NOT_OURS & set(p.parts)]
    return tuple(sorted(found))


def texts() -> Iterator[Path]:
    """Every text file that is written by hand."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.is_file() and not path.is_symlink() and path.suffix in TEXT and not NOT_OURS & set(inside.parts):
            yield path


def name(file: Path) -> str:
    """The path as people say it: crmdesk/domain/tasks.py."""
    return file.relative_to(ROOT).as_posix()


def where(file: Path, node: ast.AST) -> str:
    """file:line."""
    return f"{name(file)}:{getattr(node, 'lineno', 0)}"


JUDGED = (ast.Call, ast.ExceptHandler, ast.Raise, ast.Attribute, ast.Import, ast.ImportFrom, ast.FunctionDef)


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """The nodes of a module that rules are about."""
    return tuple(node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, JUDGED))


def called(node: ast.AST) -> str:
    """`a.b.c` for a call of a.b.c(…), with whatever stands before the first dot; "" for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    known: str | None = getattr(node, "called", None)
    if known is None:
        known = dotted(node.func)
        vars(node)["called"] = known  # asked by every rule
    return known


def dotted(node: ast.AST) -> str:
    """`a.b.c` for names with dots; what is no name is written as Python would, only when something follows it."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = node.value
        inner = isinstance(before, (ast.Name, ast.Attribute))
        return f"{dotted(before) if inner else ast.unparse(before)}.{node.attr}"
    return ""


@cache
def pyproject() -> dict[str, Any]:
    """pyproject.toml, read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
