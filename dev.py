#!/usr/bin/env python3
"""Everything a developer does, on a bare machine: needs Python 3.11–3.14 and nothing else.

    python3 dev.py demo       a demo print shop: every manager's sheet as PDF, then the window
    python3 dev.py run        the program, on the office opened last
    python3 dev.py test       every test (--fast: only the quick ones; pytest's own options may follow)
    python3 dev.py check      the gate: style, types, imports, words, papers, every test
    python3 dev.py bench      how fast it is, beside the bare database (--json, --size l)
    python3 dev.py shots      the pictures of README and the manual, made anew
    python3 dev.py installer  the program in one folder that needs no Python, proved by its own self-test (dist/)
    python3 dev.py pin        constraints.txt anew: the newest versions that pyproject.toml allows

On Windows: py dev.py demo, and so on. Everything lands in .venv beside this file; on Debian and Ubuntu the missing
system libraries are installed (as root) or named in one sudo line. Only the standard library is imported here.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import locale
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import venv
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
CONSTRAINTS = ROOT / "constraints.txt"
PICTURES = ROOT / "docs" / "pictures"

# What Qt opens at start on Debian and Ubuntu: widgets, X11 and printing.
LIBRARIES = (
    *(
        "ca-certificates",
        "tzdata",
        "libegl1",
        "libgl1",
        "libxkbcommon0",
        "libdbus-1-3",
        "libfontconfig1",
        "libglib2.0-0",
    ),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-image0", "libxcb-render-util0"),
    *("libxkbcommon-x11-0", "libxcb-randr0", "libxcb-shape0", "libxcb-xkb1", "libx11-xcb1", "libcups2"),
)
# The pictures of the papers: name, view, options of `crmdesk shot`.
SHOTS = (  # the name of the picture, what is on it
    ("today", "today"),
    ("card", "card"),
    ("week", "calendar"),
    ("month", "calendar-month"),
    ("sheet", "sheet-cell"),
    ("sheet-dark", "sheet", "--dark"),
)
SHOWN_DAY = "2026-11-02T09:30"
DRAW_PAGE = """
import sys, pypdfium2
page = pypdfium2.PdfDocument(sys.argv[1])[1]  # the first page is the cover
page.render(scale=1.6).to_pil().convert("P", palette=1, colors=32).save(sys.argv[2], optimize=True)
"""
SHRINK = """
import sys, PIL.Image
for name in sys.argv[1:]:
    PIL.Image.open(name).convert("RGB").quantize(256, kmeans=1).save(name, optimize=True)
"""
FAST = ("-m", "not slow and not postgres and not gui", "tests/domain", "tests/data", "tests/ui", "tests/system")


# ---- the machine -------------------------------------------------------------------------------------


def install_libraries(packages: tuple[str, ...]) -> None:
    """Debian and Ubuntu: installs what is missing when root, otherwise prints the one line that does."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    missing = [name for name in packages if not _is_installed(name)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        say("Some system libraries are missing. If the program does not start, run:\n  sudo " + " ".join(command))
        return
    say("Installing system libraries: " + " ".join(missing))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
    done = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit("The system libraries could not be installed. Try: " + " ".join(command))


def _is_installed(package: str) -> bool:
    """Whether dpkg has the package, or one that took its place (libglib2.0-0t64 for libglib2.0-0)."""
    for name in (package, package + "t64"):
        asked = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", name]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        if answer.returncode == 0 and answer.stdout.startswith("ii"):
            return True
    return False


def make_environment(*groups: str) -> None:
    """Makes .venv with the pinned versions; done again only when pyproject, constraints or Python have changed."""
    stamp = VENV / "crmdesk-stamp.json"
    wanted = hashlib.sha256(
        (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes() + platform.python_version().encode()
    ).hexdigest()
    have: set[str] = set()
    if PYTHON.exists() and stamp.exists():
        read = json.loads(stamp.read_text(encoding="utf-8"))
        have = set(read["groups"])
        if read["hash"] == wanted and have.issuperset(groups):
            compile_words()
            return
    if not PYTHON.exists():
        _need_venv()
        say("Making .venv; the first time takes a minute or two …")
        venv.create(VENV, with_pip=True)
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", CONSTRAINTS, "uv")
    together = sorted(have.union(groups))
    chosen = [word for group in together for word in ("--group", group)]
    uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
    call(*uv, "-c", CONSTRAINTS, "--build-constraints", CONSTRAINTS, "-e", ".", *chosen)
    stamp.write_text(json.dumps({"hash": wanted, "groups": together}), encoding="utf-8")
    compile_words()


def compile_words() -> None:
    """The .mo beside each .po that has changed; the program starts a second faster with them."""
    for po in (ROOT / "resources" / "locale").glob("*/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            call(PYTHON, "-c", "from crmdesk.system import i18n; i18n.compile_catalogues()")
            return


def _need_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off
        install_libraries((f"python3.{sys.version_info.minor}-venv",))
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise SystemExit("Python's venv module is missing. On Debian and Ubuntu: sudo apt-get install python3-venv")


def environment(*, screen: bool) -> dict[str, str]:
    """What the program's processes are given; without a screen Qt draws into memory."""
    made = {**os.environ, "PYTHONUTF8": "1"}
    if not screen:
        made.setdefault("QT_QPA_PLATFORM", "offscreen")
    return made


def has_screen() -> bool:
    """Whether a window can be opened here."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(*words: object, screen: bool = True) -> None:
    """Runs a command in the project's folder; its failure ends this program with its exit code."""
    done = subprocess.run([str(word) for word in words], check=False, cwd=ROOT, env=environment(screen=screen))
    if done.returncode:
        raise SystemExit(done.returncode)


def crmdesk(*words: object, screen: bool = False) -> None:
    """Runs the program itself."""
    call(PYTHON, "-m", "crmdesk", *words, screen=screen)


def say(text: str) -> None:
    """One line for the person, in order with what the commands print."""
    print(text, flush=True)


# ---- the commands ------------------------------------------------------------------------------------


def demo(folder: str | None, language: str | None) -> None:
    """A demo office, every manager's sheet on paper, the window; without a screen, its pictures."""
    install_libraries(LIBRARIES)
    make_environment()
    place = Path(folder).resolve() if folder else _data_folder() / "demo"
    place.mkdir(parents=True, exist_ok=True)
    lang = language or _own_language()
    name = f"demo-{date.today().isoformat()}-{lang}"
    office, paper = place / f"{name}.crmdesk", place / f"{name}-sheets.pdf"
    if office.exists():
        say(f"The demo office of today is there already: {office}")
    else:
        crmdesk("init", office, "--demo", "small", "--lang", lang)
    crmdesk("sheet", "--all", "--office", office, "--out", paper, "--lang", lang)
    say(f"Office: {office}\nSheets: {paper}")
    if has_screen():
        say("Opening the window …")
        crmdesk("--office", office, "--lang", lang, screen=True)
        return
    say("There is no screen here, so instead of the window you get a picture of each view:")
    for view in _answer("from crmdesk import app; print(*app.VIEWS)").split():
        crmdesk("shot", view, "--office", office, "--out", place / f"{view}.png", "--lang", lang)


def _own_language() -> str:
    """The person's, when the program speaks it; a machine that does not say gets the language it was designed in."""
    said = (locale.getlocale()[0] or os.environ.get("LANG") or "").lower()
    return {"uk": "uk", "en": "en"}.get(said[:2], "ru")


def _data_folder() -> Path:
    return Path(_answer("from crmdesk.system import paths; print(paths.data_dir())").strip())


def _answer(code: str) -> str:
    asked = [str(PYTHON), "-c", code]
    done = subprocess.run(asked, check=True, cwd=ROOT, env=environment(screen=False), capture_output=True, text=True)
    return done.stdout


def run(words: list[str]) -> None:
    """The program as it is installed."""
    install_libraries(LIBRARIES)
    make_environment()
    crmdesk(*words, screen=True)


def test(words: list[str], *, fast: bool) -> None:
    """The whole suite on two cores, on SQLite and on a Postgres it starts itself; screens drawn into memory."""
    install_libraries(LIBRARIES)
    make_environment("test", "lint")
    call(PYTHON, "-m", "pytest", "-n", "2", *(FAST if fast else ()), *words, screen=False)


def check(words: list[str]) -> None:
    """What must pass before anything is shared."""
    make_environment("test", "lint")
    tidy = ("crmdesk", "tests", "dev.py")
    call(PYTHON, "-m", "ruff", "check", *tidy)
    call(PYTHON, "-m", "ruff", "format", "--check", *tidy)
    call(PYTHON, "-m", "mypy")
    call(PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])")
    test(words, fast=False)


def bench(words: list[str]) -> None:
    """The rows of the performance targets, each beside its raw twin."""
    install_libraries(LIBRARIES)
    make_environment("test")
    call(PYTHON, "-m", "tests.bench", *words, screen=False)


def shots() -> None:
    """The pictures in README and the manual: an example office of a fixed day, the same for everybody."""
    install_libraries(LIBRARIES)
    make_environment()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        office, paper = Path(folder) / "example.crmdesk", Path(folder) / "sheets.pdf"
        always = ("--now", SHOWN_DAY, "--lang", "en")
        crmdesk("init", office, "--demo", "small", *always)
        crmdesk("sheet", "--all", "--office", office, "--out", paper, *always)
        call(PYTHON, "-c", DRAW_PAGE, paper, PICTURES / "paper.png", screen=False)
        for name, view, *options in SHOTS:
            crmdesk("shot", view, "--office", office, "--out", PICTURES / f"{name}.png", *always, *options)
        call(PYTHON, "-c", SHRINK, *(PICTURES / f"{name}.png" for name, *_ in SHOTS))


def installer() -> None:
    """The one-folder build in dist/; on Windows with makensis at hand also the setup program."""
    install_libraries((*LIBRARIES, "binutils"))
    make_environment("build")
    dist = ROOT / "dist"
    work = ROOT / "build"
    options = ("--noconfirm", "--log-level", "WARN", "--distpath", dist, "--workpath", work)
    call(PYTHON, "-m", "PyInstaller", *options, ROOT / "installer" / "crmdesk.spec", screen=False)
    built = dist / "crmdesk"
    call(built / ("crmdesk.exe" if WINDOWS else "crmdesk"), "self-test", screen=False)
    makensis = shutil.which("makensis") if WINDOWS else None
    if makensis:
        version = _answer("import crmdesk; print(crmdesk.__version__)").strip()
        call(makensis, f"-DVERSION={version}", f"-DFOLDER={built}", ROOT / "installer" / "windows.nsi")
    say(f"Built: {built}")


def pin() -> None:
    """Writes constraints.txt: every version, for every system and Python we support, without addresses."""
    make_environment("test", "lint")
    compiled = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-annotate", "--no-header"]
    groups = [word for group in ("test", "lint", "tools", "build") for word in ("--group", group)]
    call(*compiled, "--upgrade", "--python-version", "3.11", "pyproject.toml", *groups, "-o", CONSTRAINTS)


def main() -> None:
    """Reads the command line."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        raise SystemExit(f"CRMDesk needs Python 3.11 to 3.14; this is {platform.python_version()}.")
    if len(sys.argv) == 1:
        raise SystemExit(__doc__)
    parser = argparse.ArgumentParser(
        prog="dev.py", allow_abbrev=False, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    demos = verbs.add_parser("demo", help="a demo office, its sheets, the window")
    demos.add_argument("--folder", help="where to; otherwise the person's data folder")
    demos.add_argument("--lang", choices=("ru", "uk", "en"), help="otherwise the person's own")
    verbs.add_parser("test", help="every test").add_argument("--fast", action="store_true")
    for verb in ("run", "check", "bench", "shots", "installer", "pin"):
        verbs.add_parser(verb, add_help=False)  # what follows belongs to the program behind it, --help too
    chosen, rest = parser.parse_known_args()
    os.chdir(ROOT)
    if chosen.verb == "demo":
        demo(chosen.folder, chosen.lang)
    elif chosen.verb == "test":
        test(rest, fast=chosen.fast)
    elif chosen.verb in ("shots", "installer", "pin"):
        {"shots": shots, "installer": installer, "pin": pin}[chosen.verb]()
    else:
        {"run": run, "check": check, "bench": bench}[chosen.verb](rest)


if __name__ == "__main__":
    main()
