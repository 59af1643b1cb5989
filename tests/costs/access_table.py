"""Who gets which answer on the pages of costs: more rows for tests/agreements/test_access.py, in its columns."""

from agreements.models import Reading
from costs import actions
from costs.models import CostItem, Payment, Settlement, Sharing
from tests.attacks import costs as made
from tests.costs import kit

ALL = "login 404 404 ok  ok  ok  ok  ok  ok  ok"
NONE = "login 405 405 405 405 405 405 405 405 405"
ENTERS = "login 404 404 403 {0} {0} {0} {0} {0} 403"
PAYER = "login 404 404 403 {0} 403 403 403 {0} 403"
COORDINATOR = "login 404 404 403 403 403 403 403 {0} 403"
KELA_BINDS = "login 404 404 403 403 403 {0} 403 403 403"
HVA = "login 404 404 403 403 {0} 403 403 403 403"
SHARES = "login 404 404 403 {0} {0} 403 403 {0} 403"
# name, subject, further arguments, who reads, who writes
PAGES = (
    ("cost_year", "ours", "", ALL, NONE),
    ("item_add", "ours", "", ENTERS, "login 404 404 403 {0} 200 200 200 {0} 403"),
    ("item_detail", "cost_entered", "item_pk=?", ALL, NONE),
    ("item_edit", "cost_entered", "item_pk=?", PAYER, PAYER),
    ("item_submit", "cost_entered", "item_pk=?", COORDINATOR, COORDINATOR),
    ("item_split", "cost_ready", "item_pk=?", COORDINATOR, COORDINATOR),
    ("item_split", "cost_entered", "item_pk=?", COORDINATOR, "login 404 404 403 403 403 403 403 409 403"),
    ("day_record", "ours", "", COORDINATOR, COORDINATOR),
    ("key_propose", "ours", "", COORDINATOR, COORDINATOR),
    ("key_consent", "cost_key", "reading_pk=?,order=3", KELA_BINDS, KELA_BINDS),
    ("day_not_held", "ours", "", COORDINATOR, COORDINATOR),
    ("sharing_record", "ours", "", SHARES, SHARES),
    ("sharing_consent", "cost_sharing", "sharing_pk=?,order=2", HVA, HVA),
    ("sharing_consent", "cost_sharing", "sharing_pk=?,order=9", *["login" + " 404" * 9] * 2),
    ("settlement_open", "ours", "", COORDINATOR, COORDINATOR),
    ("settlement_detail", "cost_checking", "settlement_pk=?", ALL, NONE),
    ("settlement_submit", "cost_gathered", "settlement_pk=?", COORDINATOR, COORDINATOR),
    ("settlement_reopen", "cost_checking", "settlement_pk=?", COORDINATOR, COORDINATOR),
    ("settlement_accept", "cost_checking", "settlement_pk=?,order=3", KELA_BINDS, KELA_BINDS),
    ("settlement_accept", "cost_checking", "settlement_pk=?,order=9", *["login" + " 404" * 9] * 2),
    ("payment_mark", "cost_closed", "settlement_pk=?,payment_pk=?", HVA, HVA),
    ("statement_detail", "cost_checking", "settlement_pk=?,order=1", ALL, NONE),
    ("statement_export", "cost_checking", "settlement_pk=?,order=1,kind=csv", ALL, NONE),
    ("statement_export", "cost_checking", "settlement_pk=?,order=1,kind=xlsx", ALL, NONE),
    # Drawing takes seconds for each reader: that one may read is told by statement_detail, which asks the same.
    ("statement_pdf", "cost_checking", "settlement_pk=?,order=9", *["login" + " 404" * 9] * 2),
)


def _rows():
    for name, subject, more, reads, writes in PAGES:
        for method, answers, done in (("GET", reads, "ok"), ("POST", writes, "go")):
            told = f"{subject}/{more}" if more else subject
            yield f"costs:{name} {told} {method} {answers.format(done).replace('200', 'ok')}"
    for name, more in (("cost_year", ""), ("item_detail", "/item_pk=?"), ("settlement_detail", "/settlement_pk=?")):
        stranger = "ok" if name == "cost_year" else "404"
        yield f"costs:{name} theirs{more} GET login {stranger}" + " 404" * 8


TABLE = "\n".join(["", *_rows()])


def key_proposed(cast):
    told = {"name": "costs.development_day.key", "value": "heads", "valid_from": cast.today}
    return actions.propose_setting(agreement=cast.agreement, by=cast.coordinator, on=cast.today, **told)


def subjects(cast):
    """By name: makes the situation and gives the agreement."""

    def ready(make):
        make(cast)
        return cast.agreement

    return {
        "cost_entered": lambda: ready(lambda cast: kit.item(cast, "5")),
        "cost_ready": lambda: ready(made.day_item),
        "cost_key": lambda: ready(key_proposed),
        "cost_sharing": lambda: ready(lambda cast: kit.sharing(cast, "6", "4")),
        "cost_gathered": lambda: ready(lambda cast: (made.split_day(cast), made.opened(cast))),
        "cost_checking": lambda: ready(made.checking),
        "cost_closed": lambda: ready(made.closed),
    }


def named(cast):
    """What stands in the address for "?"; under another agreement's address it is ours all the same."""
    return {
        "item_pk": lambda: (CostItem.objects.last() or kit.item(cast, "5")).pk,
        "settlement_pk": lambda: (Settlement.objects.first() or made.checking(cast)).pk,
        "reading_pk": lambda: Reading.objects.get(key__startswith="costs.").pk,
        "sharing_pk": lambda: Sharing.objects.get().pk,
        "payment_pk": lambda: Payment.objects.first().pk,
    }


def bodies(subject):
    """Bodies that would be accepted from whoever may send them."""

    def item():
        told = {"kind": "joint", "invoiced_on": "5.5.2025", "supplier": "Oy", "description": "Esite", "net": "6,00"}
        return {**told, "payer": str(subject.parties.first().pk), "revision": "0"}

    def seen():
        return {"sha256": Settlement.objects.get().matter.sha256, "confirm": "1"}

    came = {"came_1": "1", "came_2": "1", "came_3": "1"}
    told = {
        "item_add": item,
        "item_edit": item,
        "item_submit": lambda: {"reason": "Tarvitaan.", "confirm": "1"},
        "item_split": lambda: {"confirm": "1"},
        "day_record": lambda: {"held_on": "2.6.2025", "place": "Pori", **came, "confirm": "1"},
        "key_propose": lambda: {"kind": "joint", "to": "key:person_years", "valid_from": "2.6.2025", "confirm": "1"},
        "key_consent": lambda: {"sha256": Reading.objects.get().matter.sha256, "confirm": "1"},
        "day_not_held": lambda: {"year": "2025", "reason": "Tilaa ei ollut.", "confirm": "1"},
        "sharing_record": lambda: {
            "basis": "separate",
            "reference": "D/12/2025",
            "agreed_on": "15.1.2025",
            "valid_from": "2.6.2025",
            "weight_1": "6",
            "weight_2": "4",
            "checked": "on",
        },
        "sharing_consent": lambda: {"sha256": Sharing.objects.get().matter.sha256, "confirm": "1"},
        "settlement_open": lambda: {"first_day": "1.1.2025", "last_day": "31.12.2025", "confirm": "1"},
        "settlement_submit": lambda: {"confirm": "1"},
        "settlement_reopen": lambda: {"confirm": "1"},
        "settlement_accept": seen,
        "payment_mark": lambda: {"paid_on": "2.6.2025", "confirm": "1"},
    }
    return {f"costs:{name}": body for name, body in told.items()}
