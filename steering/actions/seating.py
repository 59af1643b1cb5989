"""Who acts in each seat for an item: frozen when it is taken up, let go when it is put back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from agreements import history
from agreements.models import Mandate
from steering import quorum
from steering.actions.locking import remove
from steering.models import AgendaItem, Seating
from steering.state import Sitting
from tym.accounts.models import User
from tym.core.errors import Refused


def seat_item(item: AgendaItem, sitting: Sitting, *, by: Mandate, elected: User | None = None) -> AgendaItem:
    """Freeze who acts in the seats, and keep the quorum and the chair with the item."""
    _check_disqualifications(item, sitting)
    _check_exceptions(item, sitting)
    found = sitting.quorum_of(item)
    chair = quorum.chair_of(found.acting, elected.pk if elected else None)
    if not found.acting:
        raise Refused(_("Nobody who could decide is present for this item."))
    if chair is None:
        raise Refused(
            _("Neither the chair nor the vice chair is present for this item. Choose who chairs it."),
            clause=_("act 410/2015 as the model"),
        )
    seats = sitting.by_number
    for one in found.acting:
        seat = seats[one.seat.number]
        person = seat.deputy if one.as_deputy else seat.member
        Seating(item=item, seat=seat, person=person, as_deputy=one.as_deputy).save()
    item.state, item.needed, item.present = AgendaItem.State.HANDLED, found.needed, found.present
    item.chaired_by_id = chair.person  # type: ignore[assignment]
    history.save(item, by=by, reason="taken up", fields=["state", "needed", "present", "chaired_by"])
    return item


def _check_disqualifications(item: AgendaItem, sitting: Sitting) -> None:
    open_ones = sitting.undecided(item)
    if open_ones:
        raise Refused(
            _("First decide whether disqualified: %(names)s.")
            % {"names": ", ".join(row.person.name for row in open_ones)},
            clause=_("act 434/2003 29 §"),
        )


def _check_exceptions(item: AgendaItem, sitting: Sitting) -> None:
    """Somebody may have come since: then the disqualified person is not needed any more."""
    spare = [row.person.name for row in sitting.excepted(item) if not sitting.is_needed(item, row.person_id)]
    if spare:
        raise Refused(
            _("The group is quorate without %(names)s: record again that she is disqualified.")
            % {"names": ", ".join(spare)},
            clause=_("act 434/2003 30 §"),
        )


def release(item: AgendaItem, *, by: Mandate) -> AgendaItem:
    """Let the seats go; what was voted so far is kept in the history only."""
    if item.state != AgendaItem.State.HANDLED:
        return item
    for vote in item.votes.all():
        remove(vote, by=by, reason="item put back")
    item.state, item.needed, item.present, item.chaired_by = AgendaItem.State.OPEN, None, None, None
    history.save(item, by=by, reason="put back", fields=["state", "needed", "present", "chaired_by"])
    item.seatings.all().delete()
    return item
