"""How a person works the page: with a mouse, or with the keyboard alone."""

MOST_TABS = 400


class Mouse:
    def __init__(self, page):
        self.page = page

    def press(self, role, name):
        """Follow a link or push a button."""
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def write(self, label, text):
        """Into the first box of the main part with such a label."""
        self._box(label).fill(text)

    def choose(self, label):
        self.page.get_by_role("radio", name=label).check()

    def _box(self, label):
        return self.page.locator("main").get_by_label(label).first


class Keyboard(Mouse):
    """Tab, Enter, Space, arrows and typing. Where the focus is to go is looked up; only keys move it."""

    def press(self, role, name):
        self._reach(self.page.get_by_role(role, name=name, exact=True).first)
        self.page.keyboard.press("Enter")

    def write(self, label, text):
        self._reach(self._box(label))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, label):
        """A group of choices is one stop of the Tab key; arrows move inside it."""
        wanted = self.page.get_by_role("radio", name=label)
        self._reach(self.page.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _arrow in range(self.page.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} was not reached with the arrow keys")

    def _reach(self, target):
        target.wait_for()
        for _tab in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} was not reached with the Tab key")
