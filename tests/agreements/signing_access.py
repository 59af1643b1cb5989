"""Who gets which answer on the pages of signing. Read by test_access.py; the people are those of access_table.py."""

from agreements.models import SigningRound
from tests.agreements import signing_world as world
from tests.cast import PASSWORD

TABLE = """
agreements:signing_open      agreed                   GET  login 404 404 403 403 403 403 403 ok  403
agreements:signing_open      amendment                POST login 404 404 403 403 403 403 403 409 403
agreements:signing_open      proposed                 GET  login 404 404 403 403 403 403 403 403 403
agreements:signing_detail    here_round               GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:signing_detail    here_round               POST login 405 405 405 405 405 405 405 405 405
agreements:signing_sign      here_round/place_pk=?    GET  login 404 404 403 ok  403 403 403 403 403
agreements:signing_sign      here_round/place_pk=?    POST login 404 404 403 go  403 403 403 403 403
agreements:signing_sign      here_round/place_pk=99999 GET  login 404 404 404 404 404 404 404 404 404
agreements:signing_bring     paper_round              GET  login 404 404 403 ok  ok  ok  ok  ok  403
agreements:signing_bring     paper_round              POST login 404 404 403 409 409 409 409 go  403
agreements:signing_seal      here_round               GET  login 405 405 405 405 405 405 405 405 405
agreements:signing_seal      here_round               POST login 404 404 403 403 403 403 403 409 403
agreements:signing_interrupt paper_round              GET  login 404 404 403 403 403 403 403 ok  403
agreements:signing_interrupt paper_round              POST login 404 404 403 403 403 403 403 go  403
agreements:signing_decline   here_round/place_pk=?    GET  login 404 404 403 ok  403 403 403 403 403
agreements:signing_decline   here_round/place_pk=?    POST login 404 404 403 go  403 403 403 403 403
agreements:signing_replace   here_round/place_pk=?    GET  login 404 404 403 ok  403 403 403 ok  403
agreements:signing_replace   here_round/place_pk=?    POST login 404 404 403 go  403 403 403 go  403
agreements:signing_remind    here_round/place_pk=?    GET  login 405 405 405 405 405 405 405 405 405
agreements:signing_remind    here_round/place_pk=?    POST login 404 404 403 403 403 403 403 go  403
agreements:copy_acknowledge  signed_round/order=3     GET  login 405 405 405 405 405 405 405 405 405
agreements:copy_acknowledge  signed_round/order=3     POST login 404 404 403 403 403 go  go  403 403
agreements:copy_acknowledge  signed_round/order=9     POST login 404 404 404 404 404 404 404 404 404
agreements:file_verify            -                        GET  ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
agreements:file_verify            -                        POST ok    ok  ok  ok  ok  ok  ok  ok  ok  ok
"""


def subjects(cast):
    return {
        "agreed": lambda: world.agreed(cast),
        "here_round": lambda: world.opened(cast, "in_app"),
        "paper_round": lambda: world.opened(cast),
        "signed_round": lambda: world.completed(cast),
    }


def place_pk():
    """The employment authority's place in the latest round."""
    return SigningRound.objects.order_by("pk").last().places.order_by("order").first().pk


def signatories(parties):
    """What names as many as must sign."""
    return {
        f"s{party.order}_{number + 1}_name": f"Nimi {number}"
        for party in parties
        for number in range(party.min_signers)
    }


def bodies(subject, file):
    def opening():
        told = signatories(subject.matter.agreement.parties.all())
        return {"way": "paper", "valid_from": "1.9.2025", "confirm": "1", **told}

    def brought():
        signers = [place.pk for place in world.places(subject)]
        return {"upload": file, "signers": signers, "signed_on": "2.6.2025", "checked": "on"}

    def replaced():
        person = world.places(subject)[0].person
        return {"new_name": person.name, "new_person": person.pk, "reason": "Syy.", "confirm": "1"}

    return {
        "agreements:signing_open": opening,
        "agreements:signing_sign": lambda: {"password": PASSWORD, "sha256": subject.sha256},
        "agreements:signing_bring": brought,
        "agreements:signing_interrupt": lambda: {"reason": "Syy.", "confirm": "1"},
        "agreements:signing_decline": lambda: {"reason": "Syy.", "confirm": "1"},
        "agreements:signing_replace": replaced,
    }
