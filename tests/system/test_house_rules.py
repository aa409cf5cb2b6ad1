"""What the house does not do. Each rule has a planted breach that it must find."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.source import NOT_OURS, ROOT, called, dotted, modules, name, nodes, texts, where

PROGRAM = modules("crmdesk", "dev.py")
TESTS = modules("tests")
LONGEST = 500  # lines; a longer module is about more than one thing
MAY_CATCH_ALL = {"crmdesk/ui/tasks.py", "crmdesk/ui/crash.py"}
MAY_TELL_THE_TIME = {"crmdesk/system/clock.py", "crmdesk/system/ids.py", "dev.py"}
MAY_PRINT = re.compile(r"crmdesk/(cli/\w+|__main__)\.py|dev\.py|tests/bench/.*")

Rule = Callable[[str, ast.AST], bool]


def keyclicks(file: str, node: ast.AST) -> bool:
    """QTest.keyClicks aborts the process on Cyrillic: tests type with their own helper."""
    return called(node).endswith(".keyClicks")


def exec_of_a_dialog(file: str, node: ast.AST) -> bool:
    """Dialogs open(): exec() starts a second event loop. Only the program's own loop is exec'd."""
    return called(node).endswith((".exec", ".exec_")) and file != "crmdesk/app.py"


def catching_everything(file: str, node: ast.AST) -> bool:
    """Only the two doors that report bugs may keep what they do not know; others may tidy up and raise it again."""
    if not isinstance(node, ast.ExceptHandler) or file in MAY_CATCH_ALL:
        return False
    last = node.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    caught = ast.unparse(node.type) if node.type else "BaseException"
    return bool(re.search(r"\b(Base)?Exception\b", caught))


def swallowing(file: str, node: ast.AST) -> bool:
    """contextlib.suppress(Exception) is the same in disguise."""
    return bool(re.fullmatch(r"(contextlib\.)?suppress", called(node))) and "Exception" in {
        ast.unparse(argument) for argument in getattr(node, "args", [])
    }


def telling_the_time(file: str, node: ast.AST) -> bool:
    """Today and now come from the office's clock."""
    python = r"(datetime\.)?(datetime\.(now|utcnow|today)|date\.today)|time\.(time|localtime|gmtime)"
    names = python + r"|.*\.currentDate(Time)?"
    return bool(re.fullmatch(names, called(node))) and file not in MAY_TELL_THE_TIME


def printing(file: str, node: ast.AST) -> bool:
    """A window has no standard output: only the command line prints."""
    return called(node) == "print" and not MAY_PRINT.fullmatch(file)


def unfinished(file: str, node: ast.AST) -> bool:
    """Nothing is left for later."""
    return isinstance(node, ast.Raise) and node.exc is not None and "NotImplemented" in ast.unparse(node.exc)


def dangerous(file: str, node: ast.AST) -> bool:
    """No code out of data."""
    return called(node) in {"eval", "exec", "pickle.load", "pickle.loads", "os.system", "marshal.loads"}


def open_without_encoding(file: str, node: ast.AST) -> bool:
    """A Windows PC reads cp1251 unless told otherwise."""
    call = called(node)
    if not isinstance(node, ast.Call) or not re.fullmatch(r"open|.+\.(open|read_text|write_text)", call):
        return False
    if any(keyword.arg in (None, "encoding") for keyword in node.keywords):
        return False
    if call.endswith("read_text"):
        return not node.args
    if call.endswith("write_text"):
        return len(node.args) < 2
    mode = next((k.value for k in node.keywords if k.arg == "mode"), None)
    spare = node.args[1:] if call == "open" else node.args
    first = mode or (spare[0] if spare else None)
    if call != "open" and first is not None and not isinstance(first, ast.Constant):
        return False
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return "b" not in first.value and bool(re.fullmatch(r"[rwaxt+]+", first.value))
    return call == "open" or _is_path(call)


def _is_path(call: str) -> bool:
    return bool(re.search(r"(path|file|Path\(.*\))\.open$", call))


def fixed_wait(file: str, node: ast.AST) -> bool:
    """A test waits for something to become true, never for time to pass."""
    return bool(re.fullmatch(r"(time\.)?sleep|.*\.(sleep|qWait|qSleep)|qtbot\.wait|QThread\.m?sleep", called(node)))


def skipping(file: str, node: ast.AST) -> bool:
    """A test that does not run proves nothing."""
    named = dotted(node) if isinstance(node, ast.Attribute) else ""
    return bool(re.fullmatch(r"pytest\.(skip|xfail|importorskip|mark\.(skip|skipif|xfail))", named))


def mocking(file: str, node: ast.AST) -> bool:
    """Our own code is tested as it is."""
    if isinstance(node, ast.ImportFrom):
        return node.module in {"unittest.mock", "unittest"} and any("mock" in n.name.lower() for n in node.names)
    return isinstance(node, ast.Import) and any("mock" in alias.name for alias in node.names)


def misnamed(file: str, node: ast.AST) -> bool:
    """A test's name states a truth."""
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test") and not node.name.startswith("test_that_")


IN_PROGRAM: list[Rule] = [
    exec_of_a_dialog,
    catching_everything,
    swallowing,
    telling_the_time,
    printing,
    unfinished,
    dangerous,
    open_without_encoding,
]
IN_TESTS: list[Rule] = [keyclicks, exec_of_a_dialog, open_without_encoding, fixed_wait, skipping, mocking, misnamed]
BREACHES: dict[Rule, list[str]] = {
    keyclicks: ["qtbot.keyClicks(field, 'имя')", "QTest.keyClicks(field, 'x')"],
    exec_of_a_dialog: ["dialog.exec()", "menu.exec_()"],
    catching_everything: ["try: pass\nexcept Exception: pass", "try: pass\nexcept: pass"],
    swallowing: ["with contextlib.suppress(Exception): pass"],
    telling_the_time: ["datetime.now(UTC)", "date.today()", "time.time()", "QDate.currentDate()"],
    printing: ["print(1)"],
    unfinished: ["raise NotImplementedError"],
    dangerous: ["eval(text)", "pickle.loads(data)"],
    open_without_encoding: ["open(name)", "open(name, 'w')", "path.open()", "path.read_text()", "p.write_text(x)"],
    fixed_wait: ["time.sleep(1)", "qtbot.wait(100)", "QTest.qWait(5)"],
    skipping: ["pytest.skip('x')", "@pytest.mark.xfail\ndef test_that_x(): pass"],
    mocking: ["from unittest import mock", "from unittest.mock import Mock", "import unittest.mock"],
    misnamed: ["def test_saving(): pass"],
}


def found(rule: Rule, files: tuple[Path, ...]) -> list[str]:
    """Every place that breaks a rule."""
    return [where(file, node) for file in files for node in nodes(file) if rule(name(file), node)]


@pytest.mark.parametrize("rule", IN_PROGRAM, ids=lambda rule: rule.__name__)
def test_that_the_program_has_no(rule: Rule) -> None:
    assert found(rule, PROGRAM) == [], rule.__doc__


@pytest.mark.parametrize("rule", IN_TESTS, ids=lambda rule: rule.__name__)
def test_that_the_tests_have_no(rule: Rule) -> None:
    assert found(rule, TESTS) == [], rule.__doc__


@pytest.mark.parametrize("rule", sorted({*IN_PROGRAM, *IN_TESTS}, key=lambda r: r.__name__), ids=lambda r: r.__name__)
def test_that_each_rule_finds_its_breach(rule: Rule) -> None:
    for text in BREACHES[rule]:
        assert any(rule("crmdesk/x.py", node) for node in ast.walk(ast.parse(text))), text


def test_that_modules_are_short_enough_to_be_about_one_thing() -> None:
    lengths = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in (*PROGRAM, *TESTS)}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST} == {}


def test_that_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}
    assert [name(file) for file in PROGRAM if drawers & {part.removesuffix(".py") for part in file.parts}] == []


def test_that_every_room_is_a_package() -> None:
    folders = {file.parent for file in modules("crmdesk", "tests")}
    resources = {folder for folder in folders if "resources" in folder.parts}
    steps = {ROOT / "crmdesk/data/migrations", ROOT / "crmdesk/data/migrations/versions"}  # Alembic's, never imported
    bare = folders - resources - steps
    assert [name(folder) for folder in sorted(bare) if not (folder / "__init__.py").exists()] == []


def _left_for_later() -> Iterator[str]:
    mark = re.compile(r"#.*\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
    for file in (*PROGRAM, *TESTS):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if mark.search(line):
                yield f"{name(file)}:{number}"


def test_that_nothing_is_left_for_later() -> None:
    assert list(_left_for_later()) == []


def test_that_no_file_knows_the_machine_it_was_written_on() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/\w|[A-Z]:\\\\?Users\\\\?\w", re.I)
    excused = {name(Path(__file__))}
    places = [
        f"{name(file)}: {hit.group()}"
        for file in texts()
        if name(file) not in excused
        for hit in [machine.search(file.read_text(encoding="utf-8", errors="replace"))]
        if hit
    ]
    assert places == []


def test_that_no_lock_file_or_address_of_a_registry_is_kept() -> None:
    locks = [name(p) for p in ROOT.rglob("*") if re.fullmatch(r"uv\.lock|pylock.*\.toml|poetry\.lock", p.name)]
    ours = [lock for lock in locks if not NOT_OURS & set(Path(lock).parts)]
    assert ours == []
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; .+)?", line)] == []
