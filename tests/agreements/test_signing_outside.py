"""Way (a), on the pages: the frozen file is downloaded, signed outside by one after the other, and brought back."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext as _

from tests.agreements import signing_kit as kit
from tests.agreements import signing_world as world
from tests.agreements.test_signing_pages import page, pdf
from tests.pages import main_text, tree
from tests.verapdf import check


def next_file(client, signing):
    """What the page gives to be signed next."""
    words = _("Download the file to be signed next")
    [link] = [one for one in tree(client.get(signing.get_absolute_url())).iter("a") if one.text == words]
    return client.get(link.get("href")).content


@pytest.mark.verapdf
def test_each_signs_the_latest_file_and_the_last_one_completes_the_round(cast, settings, tmp_path):
    root = tmp_path / "root.pem"
    root.write_bytes(kit.authority()[1].public_bytes(Encoding.PEM))
    settings.TYM_SIGNING_ROOTS = [str(root)]
    signing = world.opened(cast, "outside")
    clients = [cast.client(one) for one in (cast.ta, cast.hva, cast.kela)]
    authority, county, *kela = [place.pk for place in world.places(signing)]
    given = []
    for client, name, places in zip(clients, ("Aino", "Heikki", "Kirsi"), ([authority], [county], kela), strict=True):
        given.append(next_file(client, signing))
        told = {"signers": places, "signed_on": "2.6.2025", "checked": "on", "upload": pdf(kit.signed(given[-1], name))}
        assert client.post(page("signing_bring", signing.pk), told).status_code == 302
    done = world.fresh(signing)
    signed = bytes(done.end.record.file.content)
    assert given[0] == bytes(done.frozen.file.content)
    assert all(later.startswith(earlier) for earlier, later in zip(given, [*given[1:], signed], strict=True))
    assert kit.poppler_says(signed).count("Signature is Valid") == 3
    check(signed, "3a", "ua1")
    told = main_text(clients[0].get(signing.get_absolute_url()))
    assert told.count(_("certificate trusted")) == 3
