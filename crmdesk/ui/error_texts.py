"""The sentences of errors: what happened, where, what to do. Keys are those of CrmError; no Qt here."""

from __future__ import annotations

from crmdesk.system.errors import CrmError
from crmdesk.system.i18n import Words


def N_(text: str) -> str:
    """Marks a text for translation; returns it as it is."""
    return text


TEXTS: dict[str, str] = {
    "no_office": N_("There is no office at {address}. Create one with: crmdesk init {address}"),
    "office_exists": N_("Something is already at {address}. Choose another place for the new office."),
    "office_busy": N_("The office has been busy for {seconds} seconds: another program is writing. Try again."),
    "unknown_zone": N_("There is no time zone “{zone}”. An example of a right one: Europe/Moscow."),
    "unknown_currency": N_("“{currency}” is not a currency. Give its three letters: RUB, UAH, EUR…"),
    "bad_login": N_("“{login}” cannot be a login: use 1 to 63 letters or digits, without spaces at the ends."),
    "login_taken": N_("Somebody already has the login “{login}”. Choose another one."),
    "login_is_the_servers": N_("The server knows you as “{known}”; you cannot work as “{login}” over this connection."),
    "say_who_you_are": N_("Several people work in this office. Say who you are: --as LOGIN"),
    "user_disabled": N_("The user “{login}” is disabled. Ask the owner of the office."),
    "no_such_user": N_("There is no user “{login}” in this office. See the list: crmdesk user list"),
    "last_owner": N_("“{login}” is the only owner. Make somebody else an owner first."),
}


def sentence(error: CrmError, words: Words) -> str:
    """The error in the person's language. An unknown key is a bug, and says its own name."""
    text = TEXTS.get(error.key)
    if text is None:
        return str(error)
    return words.gettext(text, **error.values)
