import pytest


@pytest.fixture
def drawn(monkeypatch):
    """Drawing takes a second: here a PDF is its data and how many have been drawn."""
    made = []

    def draw(source):
        made.append(source)
        return b"%PDF-" + str(len(made)).encode() + source.attachment

    monkeypatch.setattr("agreements.actions.records.render_pdf", draw)
    return made
