"""Somebody who has no mouse: goes through a page by Tab, types, chooses with arrows and letters, presses Enter."""

from itertools import takewhile
from typing import Any

MOST_STOPS = 150
HERE = "element => element === document.activeElement"


class Keyboard:
    """Hands on the keyboard; ``page`` is Playwright's."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, selector: str) -> Any:
        """Press Tab until the first element of a selector has the focus, and return it."""
        wanted = self.page.locator(selector).first
        # Found once: to look for it at each stop takes longer than to press Tab.
        element = wanted.element_handle()
        for _stop in range(MOST_STOPS):
            if element.evaluate(HERE):
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def follow(self, selector: str) -> None:
        """Reach a link or a button and press Enter."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, told: dict[str, Any]) -> None:
        """Answer fields by their names, in the order of the page."""
        for name, value in told.items():
            self.answer(name, value)

    def answer(self, name: str, value: Any) -> None:
        field = self.page.locator(f'main [name="{name}"]').first
        kind = field.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
        if kind == "radio":
            self.choose(name, str(value))
        elif kind == "checkbox":
            self.tick(name, value if isinstance(value, list) else [value])
        elif kind == "select":
            self.select(name, str(value))
        else:
            self.reach(f'main [name="{name}"]')
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(value))

    def choose(self, name: str, value: str) -> None:
        """Go to a group of radios and move by arrow to the one that is meant."""
        group = self.page.locator(f'main [name="{name}"]')
        checked = self.page.locator(f'main [name="{name}"]:checked').count() > 0
        self.reach(f'main [name="{name}"]:checked' if checked else f'main [name="{name}"]')
        if not checked:
            self.page.keyboard.press("Space")
        for _option in range(group.count()):
            if self.page.locator(f'main [name="{name}"][value="{value}"]').is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {value} of {name}")

    def tick(self, name: str, values: list[str]) -> None:
        for value in values:
            box = f'main [name="{name}"]' + ("" if value == "on" else f'[value="{value}"]')
            if not self.reach(box).is_checked():
                self.page.keyboard.press("Space")

    def select(self, name: str, value: str) -> None:
        """Type the beginning of an option, as far as its letters have keys, then move along the list to it."""
        field = self.reach(f'main [name="{name}"]')
        options = field.evaluate("field => [...field.options].map(option => option.value)")
        label = field.locator(f'option[value="{value}"]').inner_text()
        self.page.keyboard.type("".join(takewhile(str.isascii, label[:3])))
        for _step in options:
            steps = options.index(value) - options.index(field.input_value())
            if not steps:
                return
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        raise AssertionError(f"no key leads to {value} of {name}")
