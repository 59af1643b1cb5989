import pytest

from agreements import actions
from tests.cast import TODAY


@pytest.fixture
def text_draft(cast):
    """An empty draft of the agreement text by the employment authority."""
    return actions.draft_change(document=cast.main_text, by=cast.ta, on=TODAY)


@pytest.fixture
def edit(cast, text_draft):
    """Calls an action on the draft's text."""

    def edit(name, **told):
        told = {"change": text_draft, "document": cast.main_text, "by": cast.ta, "on": TODAY, **told}
        return getattr(actions, name)(**told)

    return edit
