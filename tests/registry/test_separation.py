"""Each party its own: every address of the registry, asked and posted to with another party's keys."""

import pytest
from django.urls import get_resolver, reverse

from registry.models import AccessRight, Destruction
from registry.views import duties
from tests.factories import RecordFactory
from tests.pages import stored
from tests.registry import access_table, destruction_kit, kit

PERSON, TASK = "Salli Salainen", "salainen tehtävä"
KINDS = {"retention_set": "notice", "right_export": "xlsx"}
REFUSED = (403, 404, 405)


def addresses(cast, theirs, record, *, order):
    """Every address of the registry with the keys of another party in it: name, whether it names a party, address."""
    for path in next(
        one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "registry"
    ).url_patterns:
        told = {
            "pk": cast.agreement.pk, "order": order, "right_pk": theirs.pk, "record_pk": record.pk, "key": "10-3",
            "kind": KINDS.get(path.name), "on": "2025-06-02", "scope": "omat",
            "destruction_pk": Destruction.objects.get().pk,
        }  # fmt: skip
        asked = {name: told[name] for name in path.pattern.converters}
        yield path.name, asked, reverse(f"registry:{path.name}", kwargs=asked)


def body_of(name, theirs):
    """What would be accepted, with the key of another's right wherever a form has a place for one."""
    told = access_table.bodies(None).get(f"registry:{name}", dict)()
    keys = {"seen": str(theirs.pk), "needed": [theirs.pk], "known": theirs.pk, "right_pk": theirs.pk, "party": "2"}
    return {**told, **keys, **({"rows-0-known": theirs.pk} if name == "right_import" else {})}


@pytest.mark.parametrize("who", ["kela", "kela_main_user", "coordinator", "member"])
def test_no_address_shows_or_changes_what_is_another_partys(cast, who, monkeypatch):
    monkeypatch.setattr(duties, "render_pdf", lambda source: source.html.encode() + source.attachment)
    theirs = kit.right(cast, cast.hva, person=PERSON, task=TASK)
    record = RecordFactory(agreement=cast.agreement, party=cast.hva.party)
    kit.copies(cast)
    destruction_kit.proposed(cast, by=cast.hva)
    client, before, asked = cast.client(getattr(cast, who)), stored(), 0
    for name, keys, url in addresses(cast, theirs, record, order=cast.hva.party.order):
        answers = [client.get(url), client.post(url, body_of(name, theirs))]
        told = b"".join(answer.content for answer in answers).decode(errors="replace")
        assert [word for word in (PERSON, TASK) if word in told] == [], url
        assert answers[1].status_code in REFUSED or name == "archive_copy", url
        if "order" in keys or name == "document_publicity":
            assert {answer.status_code for answer in answers} <= set(REFUSED), url
            asked += 1
    assert asked > 10
    assert stored() == before
    if who.startswith("kela"):
        _under_ones_own_address(cast, client, theirs, record, before)


def _under_ones_own_address(cast, client, theirs, record, before):
    """The right of another under one's own number is not there, by any way."""
    own = cast.kela.party.order
    urls = {name: url for name, keys, url in addresses(cast, theirs, record, order=own) if "right_pk" in keys}
    assert {client.get(url).status_code for url in urls.values()} == {404}
    assert {client.post(url, body_of(name, theirs)).status_code for name, url in urls.items()} == {404}
    assert stored() == before
    assert AccessRight.objects.get().person == PERSON
