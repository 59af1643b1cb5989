"""Receiving feedback on accessibility and answering it (306/2019 10 §)."""

import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused
from tym.core.formats import format_day
from tym.desk.models import Feedback


@transaction.atomic
def receive_feedback(*, message: str, email: str, on: datetime.date) -> Feedback:
    """Keep the feedback and send a receipt, when there is an address. A failed mail undoes nothing."""
    due_on = on + datetime.timedelta(days=Feedback.DAYS_TO_ANSWER)
    feedback = Feedback(message=message.strip(), email=email.strip(), due_on=due_on)
    feedback.full_clean(validate_constraints=False)
    feedback.save()
    told = {"number": feedback.pk, "day": format_day(on), "due": format_day(due_on)}
    text = _("Feedback %(number)s was received on %(day)s. It is answered by %(due)s.") % told
    _mail(feedback.email, _("Your feedback has been received"), text)
    return feedback


@transaction.atomic
def answer_feedback(*, feedback: Feedback, by: User, answer: str) -> Feedback:
    """Answer once; the answer goes by e-mail when there is an address. Raises NotAllowed, Refused."""
    if not by.is_staff:
        raise NotAllowed(_("Feedback is answered by those who run the service."))
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if feedback.answered_at:
        raise Refused(_("The feedback has been answered already."))
    feedback.answer, feedback.answered_by, feedback.answered_at = answer.strip(), by, timezone.now()
    feedback.full_clean(validate_constraints=False)
    feedback.save(update_fields=["answer", "answered_by", "answered_at"])
    _mail(feedback.email, _("An answer to your feedback"), feedback.answer)
    return feedback


def _mail(address: str, subject: str, text: str) -> None:
    if address:
        transaction.on_commit(lambda: send_mail(subject, text, None, [address]), robust=True)
