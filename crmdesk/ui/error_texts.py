"""The sentences of errors: what happened, where, what to do. Keys are those of CrmError; no Qt here."""

from __future__ import annotations

from crmdesk.system.errors import CrmError
from crmdesk.system.i18n import Words


def N_(text: str) -> str:
    """Marks a text for translation; returns it as it is."""
    return text


TEXTS: dict[str, str] = {
    "no_office": N_("There is no office at {address}. Create one with: crmdesk init {address}"),
}


def sentence(error: CrmError, words: Words) -> str:
    """The error in the person's language. An unknown key is a bug, and says its own name."""
    text = TEXTS.get(error.key)
    if text is None:
        return str(error)
    return words.gettext(text, **error.values)
