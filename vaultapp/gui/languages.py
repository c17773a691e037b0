"""The languages of the window, and the change from one to another while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from vaultapp.core import resources
from vaultapp.gui.look import Look

_FOLDER = "i18n"


class Language(StrEnum):
    """A language that everything in the window is written in, by its name in a catalogue."""

    ENGLISH = "en"
    CHINESE = "zh_CN"


def desktop_languages() -> Sequence[str]:
    """Return the languages that the desktop is set to, the first one first, such as ``zh-Hans-CN``."""
    return QLocale.system().uiLanguages()


def spoken(wanted: Sequence[str]) -> Language:
    """Return the first of these languages that there is; English where there is none."""
    for name in wanted:
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return Language.ENGLISH
        # Who reads traditional letters only is better served by what comes next.
        if locale.language() == QLocale.Language.Chinese and locale.script() == QLocale.Script.SimplifiedHanScript:
            return Language.CHINESE
    return Language.ENGLISH


class Languages(QObject):
    """Which language is shown. Qt's own words, numbers, dates and the type follow it.

    English is what the sources are written in: nothing is read for it.

    Args:
        app: Gets the catalogues.
        look: Chinese letters are set in another way.
        wanted: Returns the desktop's languages, for as long as the person chose none.

    Attributes:
        shown: The language now.
    """

    changed = Signal()

    def __init__(
        self,
        app: QCoreApplication,
        look: Look,
        wanted: Callable[[], Sequence[str]] = desktop_languages,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._look = look
        self._wanted = wanted
        self._catalogues: list[QTranslator] = []
        self.shown = Language.ENGLISH

    def choose(self, value: str) -> None:
        """Show a language by its value; that of the desktop for an empty one, and for one that is not known."""
        chosen = next((language for language in Language if language == value), None)
        language = chosen or spoken(self._wanted())
        QLocale.setDefault(_locale(language, chosen=chosen is not None))
        if language is self.shown:
            return
        self.shown = language
        for catalogue in self._catalogues:
            self._app.removeTranslator(catalogue)
        self._catalogues = [] if language is Language.ENGLISH else [*self._read(language)]
        self._look.type.set_han(han=language is Language.CHINESE)
        self._look.theme.set_type()
        # The one that is installed last is asked first.
        for catalogue in self._catalogues:
            self._app.installTranslator(catalogue)
        self.changed.emit()

    def _read(self, language: Language) -> Sequence[QTranslator]:
        qt, ours = QTranslator(self), QTranslator(self)
        # A system that packs Qt apart may have left its words out: then they stay English.
        qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        ours.load(f"vaultapp_{language}", str(resources.folder() / _FOLDER))
        return qt, ours


def _locale(language: Language, *, chosen: bool) -> QLocale:
    """Return how numbers and dates are written: as the desktop does, unless it does so in another language."""
    system, own = QLocale.system(), QLocale(language)
    followed = language is Language.ENGLISH and not chosen
    same = (system.language(), system.script()) == (own.language(), own.script())
    return system if followed or same else own
