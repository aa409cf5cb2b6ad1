"""The one style sheet, written from the tokens. It dresses Qt's own controls; `draw` paints the rows. No Qt here."""

from __future__ import annotations

from pathlib import Path

from crmdesk.ui.theme.tokens import BODY, HEADING, SMALL, Tokens


def style_sheet(t: Tokens, arrow: Path, check: Path) -> str:
    """QSS for the whole application; `arrow` and `check` are files: drawings in this theme's colours.

    A focus ring must not move anything: the border grows by one pixel and the padding shrinks by one. A QSS
    `color` on a line edit makes its placeholder half transparent, hence `placeholder-text-color`.
    """
    field = "QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QDateEdit"
    edge = t.control if t.name == "dark" else t.hair  # a popup on a dark page needs a visible border
    focused = ", ".join(f"{name.strip()}:focus" for name in field.split(","))
    return f"""
    * {{ font-family: "CRMDesk Sans"; font-size: {BODY}px; }}
    QMainWindow, QDialog, #main, #topbar, #inspector {{ background: {t.surface}; }}
    QDialog {{ background: {t.raised}; }}
    #topbar {{ border-top: 1px solid {t.hair}; border-bottom: 1px solid {t.hair}; }}
    #rail {{ background: {t.sunken}; border-right: 1px solid {t.hair}; }}
    #status {{ background: {t.sunken}; border-top: 1px solid {t.hair}; }}
    #inspector {{ border-left: 1px solid {t.hair}; }}
    #popup {{ background: {t.raised}; border: 1px solid {edge}; border-radius: 8px; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.control}; padding: 3px 6px; }}
    QMenuBar {{ background: {t.sunken}; border: 0; padding: 0 4px; }}
    QMenuBar::item {{ background: transparent; padding: 6px 10px 5px 10px; color: {t.text}; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {t.hover}; }}
    QMenu {{ background: {t.raised}; border: 1px solid {edge}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; color: {t.text}; min-height: 18px; }}
    QMenu::item:selected {{ background: {t.primary_tint}; }}
    QMenu::item:disabled {{ color: {t.control}; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::separator {{ height: 1px; background: {t.hair}; margin: 4px 8px; }}
    QLabel {{ background: transparent; }}
    QLabel[k="muted"] {{ color: {t.muted}; }}
    QLabel[k="small"] {{ color: {t.muted}; font-size: {SMALL}px; }}
    QLabel[k="head"] {{ font-size: {HEADING}px; font-weight: 600; }}
    QLabel[k="strong"] {{ font-weight: 600; }}
    QLabel[k="error"] {{ color: {t.over}; font-size: {SMALL}px; }}
    QPushButton {{ min-height: 26px; padding: 0 11px; border: 1px solid {t.control}; border-radius: 6px;
        background: {t.surface}; color: {t.text}; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:pressed, QPushButton:checked {{ background: {t.primary_tint}; }}
    QPushButton:focus {{ border: 2px solid {t.primary}; padding: 0 10px; min-height: 24px; }}
    QPushButton:disabled {{ color: {t.control}; border-color: {t.hair}; background: {t.sunken}; }}
    QPushButton::menu-indicator {{ image: url({arrow.as_posix()}); width: 14px; height: 14px;
        subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }}
    QPushButton[menu="true"] {{ padding-right: 26px; }}
    QPushButton[menu="true"]:focus {{ padding-right: 25px; }}
    QPushButton[k="primary"] {{ background: {t.primary}; color: {t.on_primary}; border-color: {t.primary};
        font-weight: 600; }}
    QPushButton[k="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[k="primary"]:disabled {{ background: {t.sunken}; color: {t.control}; border-color: {t.hair}; }}
    QPushButton[k="flat"] {{ border: 1px solid transparent; background: transparent; color: {t.primary};
        padding: 0 7px; }}
    QPushButton[k="flat"]:hover {{ background: {t.hover}; }}
    QPushButton[k="flat"]:focus {{ border: 2px solid {t.primary}; padding: 0 6px; }}
    QPushButton[k="choice"] {{ text-align: left; padding: 0 12px; min-height: 42px; }}
    QPushButton[k="choice"]:checked {{ border-color: {t.primary}; background: {t.primary_tint}; font-weight: 600; }}
    QPushButton[k="choice"]:focus {{ padding: 0 11px; min-height: 40px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 6px; background: transparent; padding: 5px;
        color: {t.text}; }}
    QToolButton:hover {{ background: {t.hover}; }}
    QToolButton:pressed, QToolButton:checked {{ background: {t.primary_tint}; }}
    QToolButton:focus {{ border: 2px solid {t.primary}; padding: 4px; }}
    {field} {{ min-height: 26px; border: 1px solid {t.control}; border-radius: 6px; padding: 0 8px;
        background: {t.surface}; color: {t.text}; placeholder-text-color: {t.muted};
        selection-background-color: {t.primary}; selection-color: {t.on_primary}; }}
    {focused} {{ border: 2px solid {t.primary}; padding: 0 7px; min-height: 24px; }}
    QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
    QSpinBox, QSpinBox:focus {{ padding: 0; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
    QLineEdit[bad="true"] {{ border: 2px solid {t.over}; padding: 0 7px; min-height: 24px; }}
    QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {t.control}; border-color: {t.hair}; }}
    QComboBox::drop-down {{ border: 0; width: 22px; }}
    QComboBox::down-arrow {{ image: url({arrow.as_posix()}); width: 14px; height: 14px; }}
    QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.control}; padding: 4px; outline: 0;
        selection-background-color: {t.primary_tint}; selection-color: {t.text}; }}
    QTableView, QListView, QListWidget, QScrollArea {{ border: 0; background: {t.surface}; outline: 0;
        gridline-color: {t.hair}; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QDialog QScrollArea {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: {t.surface}; border: 0; }}
    QTableWidget::item {{ padding: 0 8px; }}
    QHeaderView {{ background: {t.surface}; border: 0; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.hair};
        padding: 0 8px; font-size: {SMALL}px; font-weight: 500; }}
    QScrollBar:vertical {{ width: 12px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: 12px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: {t.thumb}; border: 3px solid {t.surface}; border-radius: 6px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {t.control}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent;
        width: 0; height: 0; }}
    QProgressBar {{ border: 0; border-radius: 3px; background: {t.hair}; max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {t.primary}; border-radius: 3px; }}
    QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; background: transparent; }}
    QCheckBox::indicator, QListView::indicator {{ width: 14px; height: 14px; border: 1px solid {t.control};
        border-radius: 4px; background: {t.surface}; }}
    QCheckBox::indicator:checked, QListView::indicator:checked {{ background: {t.primary};
        border-color: {t.primary}; image: url({check.as_posix()}); }}
    QCheckBox::indicator:focus {{ border: 2px solid {t.primary}; width: 12px; height: 12px; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.control}; border-radius: 8px;
        background: {t.surface}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.primary}; }}
    QRadioButton::indicator:focus {{ border-color: {t.primary}; }}
    QRadioButton::indicator:disabled {{ border-color: {t.hair}; }}
    QListView::item {{ min-height: 26px; border-radius: 6px; color: {t.text}; }}
    QListView::item:selected {{ background: {t.primary_tint}; color: {t.text}; }}
    """
