"""The administration of feedback: it is answered on its own page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tym.core.administration import RecordAdmin, site
from tym.core.words import name_fields
from tym.desk.models import Feedback

name_fields(received_at=_("received"), due_on=_("answer by"), answered_at=_("answered"), answered_by=_("answered by"))


@admin.register(Feedback, site=site)
class FeedbackAdmin(RecordAdmin):
    """The sender's address is for the receipt and the answer only."""

    hidden = ("email",)
    list_display = ("__str__", "received_at", "due_on", "answered_at")
