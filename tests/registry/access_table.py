"""Who gets which answer on the pages of the registry: more rows for tests/agreements/test_access.py, in its columns."""

from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.models import Record
from registry.exchange import headings
from registry.models import AccessRight, Destruction
from tests.factories import RecordFactory
from tests.registry import destruction_kit, kit
from tym.core import sheets

ALL = "login 404 404 ok  ok  ok  ok  ok  ok  ok"
NONE = "login 405 405 405 405 405 405 405 405 405"
KELA = "login 404 404 403 403 403 {0} {0} 403 403"
MAIN_USER = KELA.replace("{0}", "403", 1).replace("{0}", "ok")
NOWHERE = "login" + " 404" * 9
# name, subject, further arguments, who reads, who writes
PAGES = (
    ("retention_list", "ours", "", ALL, NONE),
    ("retention_set", "ours", "order=3,kind=notice", KELA, KELA),
    ("destruction_propose", "due", "order=3,scope=omat", KELA, KELA),
    ("destruction_propose", "due", "order=3,scope=yhteiset", KELA, KELA.replace("{0}", "ok")),
    ("destruction_propose", "due", "order=3,scope=muut", KELA.replace("{0}", "404"), None),
    ("destruction_detail", "to_destroy", "destruction_pk=?", ALL, NONE),
    ("destruction_detail", "ours", "destruction_pk=1", NOWHERE, NONE),
    ("destruction_confirm", "to_destroy", "destruction_pk=?,order=3", MAIN_USER, MAIN_USER.replace("ok", "409")),
    ("destruction_decline", "to_destroy", "destruction_pk=?,order=3", KELA, KELA),
    ("destruction_decline", "to_destroy", "destruction_pk=?,order=2", KELA.replace("{0}", "403"), None),
    ("own_data", "-", "", "login" + " ok" * 9, NONE),
    ("own_data_file", "-", "", "login" + " ok" * 9, NONE),
    ("privacy_notice", "-", "", "ok" + " ok" * 9, "405" + " 405" * 9),
    ("archive_list", "ours", "", ALL, NONE),
    ("archive_copy", "reg_copies", "", NONE, "login 404 404 403 go  go  go  go  403 403"),
    ("archive_export", "reg_copies", "order=3", NONE, "login 404 404 403 403 403 ok  ok  403 403"),
    ("document_list", "ours", "", ALL, NONE),
    ("document_detail", "ours", "record_pk=?", ALL, NONE),
    ("document_detail", "theirs", "record_pk=?", "login 404 404 404 404 404 404 404 404 404", NONE),
    ("document_publicity", "ours", "record_pk=?", KELA, KELA),
    ("document_publicity", "theirs", "record_pk=?", "login 404 404 404 404 404 404 404 404 404", None),
    ("duty_list", "ours", "", ALL, NONE),
    ("duty_confirm", "ours", "order=3", KELA, KELA),
    ("duty_evidence", "ours", "order=3,key=gdpr-35", KELA, KELA),
    ("duty_evidence", "ours", "order=3,key=muu", "login 404 404 403 403 403 404 404 403 403", None),
    # Drawing takes seconds for each reader: that one may read is told by duty_list, which asks the same.
    ("duty_pdf", "ours", "on=muu", NOWHERE, NONE),
    ("right_list", "ours", "", ALL, NONE),
    ("right_own", "reg_right", "order=3", KELA, NONE),
    ("right_own", "reg_right", "order=9", "login 404 404 404 404 404 404 404 404 404", NONE),
    ("right_add", "reg_right", "order=3", KELA, KELA),
    ("right_edit", "reg_right", "order=3,right_pk=?", KELA, KELA),
    ("right_edit", "reg_right", "order=2,right_pk=?", "login 404 404 403 403 404 403 403 403 403", None),
    ("right_check", "reg_right", "order=3", KELA, KELA),
    ("right_setting", "ours", "order=3", KELA, KELA),
    ("right_import", "reg_right", "order=3", KELA, KELA),
    ("right_export", "reg_right", "order=3,kind=csv", KELA, NONE),
    ("right_export", "reg_right", "order=3,kind=xlsx", KELA, NONE),
)


def _rows():
    for name, subject, more, reads, writes in PAGES:
        for method, answers, done in (("GET", reads, "ok"), ("POST", writes or reads, "go")):
            told = f"{subject}/{more}" if more else subject
            yield f"registry:{name} {told} {method} {answers.format(done)}"
    yield "registry:right_list theirs GET login ok" + " 404" * 8


TABLE = "\n".join(["", *_rows()])


def subjects(cast):
    """By name: makes the situation and gives the agreement."""

    def ready(make):
        make(cast)
        return cast.agreement

    return {
        "reg_right": lambda: ready(kit.right),
        "reg_copies": lambda: ready(kit.copies),
        "due": lambda: ready(lambda cast: destruction_kit.due(cast, cast.kela)),
        "to_destroy": lambda: ready(destruction_kit.proposed),
    }


def named(cast):
    return {
        "right_pk": lambda: (AccessRight.objects.first() or kit.right(cast)).pk,
        "record_pk": lambda: RecordFactory(agreement=cast.agreement, party=cast.kela.party).pk,
        "destruction_pk": lambda: Destruction.objects.get().pk,
    }


def bodies(subject):
    """Bodies that would be accepted from whoever may send them."""

    def right():
        told = {"person": "Uusi Henkilö", "employer": "Kela", "applied_on": "2.6.2025"}
        return {**told, "revision": "0"}

    def sweep():
        return {"seen": str(AccessRight.objects.get().pk), "confirm": "1"}

    told = {
        "destruction_propose": lambda: {"records": str(Record.objects.get(kind="notice").pk), "confirm": "1"},
        # A yes to another list than the one proposed, since the right one would draw minutes, which takes seconds.
        "destruction_confirm": lambda: {"sha256": "0" * 64, "confirm": "1"},
        "destruction_decline": lambda: {"reason": "Riita on kesken.", "confirm": "1"},
        "retention_set": lambda: {"years": "5", "counted_from": "document", "basis": "TOS", "confirm": "1"},
        "duty_confirm": lambda: {"duties": ["10-3"], "confirm": "1"},
        "duty_evidence": lambda: {"note": "Tehty.", "checked": "on"},
        "document_publicity": lambda: {"state": "public", "reason": "Syy.", "confirm": "1"},
        "right_add": right,
        "right_edit": right,
        "right_check": sweep,
        "right_setting": lambda: {"named": "1", "confirm": "1"},
        "right_import": lambda: {**taken(right())},
    }
    return {f"registry:{name}": body for name, body in told.items()}


def taken(row):
    rows = {f"rows-0-{name}": value for name, value in row.items()}
    return {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", **rows}


def sheet(*rows, names=None):
    """A spreadsheet of rights as a browser sends it."""
    content = sheets.write_xlsx("Oikeudet", names or headings(), rows, [20] * 11)
    return SimpleUploadedFile("oikeudet.xlsx", content)
