"""The inventory of dialogs: each is a form or a choice, its button a verb; nothing that can be undone asks first."""

from __future__ import annotations

import ast

from tests.system.source import modules

FORMS = {
    "TaskForm", "DayDialog", "ReleaseDialog", "OrderForm", "NewClientForm", "_Asking", "NameDialog", "TasksDialog",
    "FactorsDialog", "ImportDialog", "PaperDialog", "SpreadDialog", "GoToDay",
}  # fmt: skip
"""What is typed or chosen before anything can be done."""
CHOICES = {"ClashDialog", "CrashDialog", "KeysDialog", "AboutDialog"}
"""Two people's work, a bug, and what is only read."""
BUILT_IN = {"QMessageBox", "QDialogButtonBox", "QInputDialog", "QErrorMessage"}


def test_that_no_dialog_asks_whether_one_is_sure() -> None:
    found = {
        node.name
        for file in modules("crmdesk/ui")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and "Dialog" in {base.id for base in node.bases if isinstance(base, ast.Name)}
    }
    assert found == FORMS | CHOICES


def test_that_every_button_of_a_dialog_is_a_verb() -> None:
    said: set[str] = set()
    for file in modules("crmdesk/ui"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id in BUILT_IN), file
            if isinstance(node, ast.keyword) and node.arg == "verb":
                said |= {str(one.value) for one in ast.walk(node.value) if isinstance(one, ast.Constant)}
    assert len(said) > 10
    assert not said & {"OK", "Ok", "Yes", "Confirm"}
