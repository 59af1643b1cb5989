"""Who gets which answer on the pages of reviews, the end and disputes. Read by test_access.py."""

from agreements.models import Dispute, RelatedAgreement
from tests.agreements import lasting_kit as kit

TABLE = """
agreements:lasting_detail      ours                     GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:lasting_detail      ours                     POST login 405 405 405 405 405 405 405 405 405
agreements:lasting_detail      theirs                   GET  login ok  404 404 404 404 404 404 404 404
agreements:review_state        ours/year=2025,order=3   GET  login 404 404 403 403 403 ok  403 403 403
agreements:review_state        ours/year=2025,order=3   POST login 404 404 403 403 403 go  403 403 403
agreements:review_state        ours/year=2031,order=3   POST login 404 404 403 403 403 404 403 403 403
agreements:review_conclude     ours/year=2025           GET  login 404 404 403 403 403 403 403 ok  403
agreements:review_conclude     all_stated/year=2025     POST login 404 404 403 403 403 403 403 go  403
agreements:review_conclude     ours/year=2025           POST login 404 404 403 403 403 403 403 409 403
agreements:review_due_propose  ours                     GET  login 404 404 403 403 403 403 403 ok  403
agreements:review_due_propose  ours                     POST login 404 404 403 403 403 403 403 go  403
agreements:review_due_propose  theirs                   POST login 403 404 404 404 404 404 404 404 404
agreements:related_add         ours                     GET  login 404 404 403 403 403 403 ok  ok  403
agreements:related_add         ours                     POST login 404 404 403 403 403 403 go  go  403
agreements:related_end         related/related_pk=?     GET  login 404 404 403 403 403 403 ok  ok  403
agreements:related_end         related/related_pk=?     POST login 404 404 403 403 403 403 go  go  403
agreements:related_end         theirs/related_pk=9999   POST login 403 404 404 404 404 404 404 404 404
agreements:agreement_terminate ours/order=3             GET  login 404 404 403 403 403 ok  403 ok  403
agreements:agreement_terminate ours/order=3             POST login 404 404 403 403 403 go  403 go  403
agreements:dispute_open        ours/order=3             GET  login 404 404 403 403 403 ok  403 403 403
agreements:dispute_open        ours/order=3             POST login 404 404 403 403 403 go  403 403 403
agreements:dispute_open        ours/order=9             POST login 404 404 404 404 404 404 404 404 404
agreements:dispute_detail      disputed/dispute_pk=?    GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
agreements:dispute_detail      disputed/dispute_pk=?    POST login 405 405 405 405 405 405 405 405 405
agreements:dispute_detail      disputed/dispute_pk=9999 GET  login 404 404 404 404 404 404 404 404 404
agreements:dispute_note        disputed/dispute_pk=?    GET  login 405 405 405 405 405 405 405 405 405
agreements:dispute_note        disputed/dispute_pk=?    POST login 404 404 403 go  go  go  go  go  403
agreements:dispute_end         disputed/dispute_pk=?    GET  login 404 404 403 ok  ok  ok  403 ok  403
agreements:dispute_end         disputed/dispute_pk=?    POST login 404 404 403 go  go  go  403 go  403
"""


def subjects(cast):
    def all_stated():
        kit.all_stated(cast)
        return cast.agreement

    return {
        "all_stated": all_stated,
        "disputed": lambda: kit.dispute(cast).agreement,
        "related": lambda: kit.related(cast).agreement,
    }


def dispute_pk():
    return Dispute.objects.latest("pk").pk


def related_pk():
    return RelatedAgreement.objects.latest("pk").pk


def bodies(file):
    decided = {"organ": "Hallitus", "decided_on": "2.6.2025", "section": "4", "last_day": "31.12.2025"}
    told = {
        "review_state": {"outcome": "keep", "confirm": "1"},
        "review_conclude": {"outcome": "no_change", "confirm": "1"},
        "review_due_propose": {"due": "30.11.", "valid_from": "2.6.2025", "confirm": "1"},
        "related_add": {"kind": "youth", "title": "Ohjaamo", "upload": file, "checked": "on"},
        "related_end": {"day": "2.6.2025", "reason": "Päättyi.", "confirm": "1"},
        "agreement_terminate": {**decided, "extract": file, "checked": "on"},
        "dispute_open": {"subject": "Tilat", "disputed_on": "2.6.2025", "confirm": "1"},
        "dispute_note": {"day": "2.6.2025", "body": "Neuvoteltiin."},
        "dispute_end": {"outcome": "agreed", "day": "2.6.2025", "said": "Sovittiin.", "confirm": "1"},
    }
    return {f"agreements:{name}": body for name, body in told.items()}
