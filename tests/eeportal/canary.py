"""A person made of words that stand nowhere else, and a visitor who types them into every form there is."""

from dataclasses import replace
from html.parser import HTMLParser

from django.test import Client

from tests.eeportal.addresses import every_address
from tests.personas import AMARA

PERSON = replace(AMARA, username="qzheronquill", given_names="Quillonax", family_name="Vextorbin")
EMAIL = "qzmailbird@example.org"
PASSWORD = "Plumbagozenith-4417"
ANSWER, HINT, QUESTION = "Wombatquartz", "Hintlebrook", "Wherequoxle"
CODE = "QZ4455667788"
PHONE = "6135550177"
ANYTHING = "Zorblattine"
NAMES = (PERSON.username, PERSON.given_names, PERSON.family_name, EMAIL, "qzmailbird")
SECRETS = (PASSWORD, ANSWER, HINT, QUESTION, CODE)
WORDS = (*NAMES, *SECRETS, PHONE, ANYTHING)

TYPED = {
    "username": PERSON.username, "login": PERSON.username, "password": PASSWORD, "email": EMAIL, "code": CODE,
    "answer": ANSWER, "hint": HINT, "own": QUESTION, "family": PERSON.family_name, "given": PERSON.given_names,
    "name": PERSON.signature, "phone": PHONE,
}  # fmt: skip
FINAL = ("logout", "close", "delete", "withdraw", "discard", "end", "setlang", "clock", "travel")
"""Parts of the addresses whose forms would end the walk."""


class Forms(HTMLParser):
    """The forms of a page: where each goes, and the names of its fields with the values that they show."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((told.get("method", "get").lower(), told.get("action", ""), {}))
        elif tag in {"input", "textarea", "select", "button"} and self.found and told.get("name"):
            hidden = told.get("type") in {"hidden", "submit", "radio", "checkbox"} or tag == "button"
            self.found[-1][2].setdefault(told["name"], told.get("value", "on") if hidden else "")


def filled(fields: dict[str, str]) -> dict[str, str]:
    """The person's words in every field that waits for some."""
    return {
        name: value or next((word for part, word in TYPED.items() if part in name.lower()), ANYTHING)
        for name, value in fields.items()
    }


def type_everywhere(client: Client) -> int:
    """Open every page's address and send each form on it, filled with the person's words; return how many were sent."""
    sent = 0
    for address in (address for address in every_address() if address.startswith("/en/")):
        page = client.get(address)
        if page.status_code != 200 or not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        forms = Forms()
        forms.feed(page.content.decode())
        for method, action, fields in forms.found:
            goes_to = action or address
            if method != "post" or any(word in goes_to for word in FINAL):
                continue
            client.post(goes_to, filled(fields))
            sent += 1
    return sent
