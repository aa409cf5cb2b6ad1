"""The language of the window, switched while it is open: our words, Qt's own words, and Qt's dates."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from crmdesk.system.i18n import LANGUAGES, Words, words

LOCALES = {"ru": "ru_RU", "uk": "uk_UA", "en": "en_GB"}
NAMES = {"ru": "Русский", "uk": "Українська", "en": "English"}  # each in itself: found by whoever needs it


class Language(QObject):
    """The words in force. `changed` makes every widget say its texts anew (`retranslate`)."""

    changed = Signal()

    def __init__(self, app: QApplication, lang: str | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._translator: QTranslator | None = None  # Qt keeps no reference
        self.words: Words = words("en")
        self.use(lang or system_language())

    @property
    def lang(self) -> str:
        """ "ru", "uk" or "en"."""
        return self.words.lang

    def use(self, lang: str) -> None:
        """Speaks this language from now on; an unknown one means English."""
        self.words = words(lang if lang in LANGUAGES else "en")
        QLocale.setDefault(QLocale(LOCALES[self.words.lang]))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.words.lang != "en" and translator.load(f"qtbase_{self.words.lang}", folder):
            self._app.installTranslator(translator)
            self._translator = translator
        self.changed.emit()


def system_language() -> str:
    """The language of this computer, if it is one of ours."""
    lang = QLocale.system().name().partition("_")[0]
    return lang if lang in LANGUAGES else "en"
