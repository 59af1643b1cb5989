"""What fields that have no name of their own are called on a person's own page."""

from django.utils.translation import pgettext_lazy

_CONTEXT = "own data"
WORDS = {
    "answered_at": pgettext_lazy(_CONTEXT, "answered"),
    "as_deputy": pgettext_lazy(_CONTEXT, "as deputy"),
    "at": pgettext_lazy(_CONTEXT, "time"),
    "capacity": pgettext_lazy(_CONTEXT, "office"),
    "choice": pgettext_lazy(_CONTEXT, "vote"),
    "closed_at": pgettext_lazy(_CONTEXT, "handled"),
    "decided": pgettext_lazy(_CONTEXT, "decided"),
    "due_on": pgettext_lazy(_CONTEXT, "answer due"),
    "ended_at": pgettext_lazy(_CONTEXT, "ended"),
    "is_active": pgettext_lazy(_CONTEXT, "may sign in"),
    "is_staff": pgettext_lazy(_CONTEXT, "runs the service"),
    "joined_at": pgettext_lazy(_CONTEXT, "entered"),
    "key": pgettext_lazy(_CONTEXT, "key of the row"),
    "may_bind_party": pgettext_lazy(_CONTEXT, "may bind the party"),
    "needed": pgettext_lazy(_CONTEXT, "needed for quorum"),
    "number": pgettext_lazy(_CONTEXT, "running number"),
    "office": pgettext_lazy(_CONTEXT, "signs as"),
    "opened_at": pgettext_lazy(_CONTEXT, "opened"),
    "outcome": pgettext_lazy(_CONTEXT, "outcome"),
    "position": pgettext_lazy(_CONTEXT, "order"),
    "present": pgettext_lazy(_CONTEXT, "present"),
    "received_at": pgettext_lazy(_CONTEXT, "received"),
    "removed": pgettext_lazy(_CONTEXT, "row removed"),
    "section": pgettext_lazy(_CONTEXT, "section"),
    "sha256": pgettext_lazy(_CONTEXT, "fingerprint of the content"),
    "slot": pgettext_lazy(_CONTEXT, "key of the office"),
    "standing": pgettext_lazy(_CONTEXT, "standing item"),
    "state": pgettext_lazy(_CONTEXT, "state"),
    "summoned_on": pgettext_lazy(_CONTEXT, "summoned"),
    "summons_deviation": pgettext_lazy(_CONTEXT, "reason for a late summons"),
    "year": pgettext_lazy(_CONTEXT, "year"),
}
