"""The accessibility statement and the feedback on it (306/2019 9-10 §)."""

import datetime
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tym.core import periods
from tym.core.limits import Limit, sender_of
from tym.core.once import acts_once
from tym.desk import actions
from tym.desk.forms import AnswerForm, FeedbackForm
from tym.desk.models import Feedback

# Ten an hour: no person writes more, and a whole office may share one address.
FEEDBACK = Limit("feedback", 10, datetime.timedelta(hours=1))
RETRY = {"Retry-After": str(60 * 60)}
TOO_OFTEN = gettext_lazy(
    "Much feedback has come from your network, so this was not sent. What you wrote is here: send it again in an hour."
)
FILLED_BY_MACHINE = gettext_lazy(
    "The feedback was not sent, because a field that is not shown had been filled in, perhaps by your browser. "
    "The field is empty now: send the feedback again."
)
RECEIPTS = signing.Signer(salt="tym.desk.feedback")


@login_not_required
@require_GET
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """What the service promises, what falls short, and how to complain."""
    return TemplateResponse(request, "desk/accessibility_statement.html")


@login_not_required
@require_http_methods(["GET", "POST"])
@acts_once
def feedback_give(request: HttpRequest) -> HttpResponse:
    """Give feedback; the receipt comes at once, on this page and by e-mail.

    A machine fills the field that nobody sees; it may also be a person's browser, so she is told and can go on.
    """
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "desk/feedback_give.html", {"form": form})
    if request.POST.get("website"):
        form.add_error(None, FILLED_BY_MACHINE)
        return TemplateResponse(request, "desk/feedback_give.html", {"form": form})
    if not FEEDBACK.take(sender_of(request)):
        form.add_error(None, TOO_OFTEN)
        return TemplateResponse(
            request, "desk/feedback_give.html", {"form": form}, status=HTTPStatus.TOO_MANY_REQUESTS, headers=RETRY
        )
    feedback = actions.receive_feedback(on=periods.today(), **form.cleaned_data)
    return redirect("desk:feedback_received", RECEIPTS.sign(str(feedback.pk)))


@login_not_required
@require_GET
def feedback_received(request: HttpRequest, receipt: str) -> HttpResponse:
    """The receipt, at an address that only its own giver was sent to: numbers of others cannot be guessed."""
    try:
        feedback = get_object_or_404(Feedback, pk=RECEIPTS.unsign(receipt))
    except signing.BadSignature as forged:
        raise Http404 from forged
    return TemplateResponse(request, "desk/feedback_received.html", {"feedback": feedback})


@require_GET
def feedback_list(request: HttpRequest) -> HttpResponse:
    """Feedback that waits for an answer, with its last day, and what has been answered."""
    if not request.user.is_staff:
        raise PermissionDenied
    today = periods.today()
    found = [(feedback, feedback.is_late(today)) for feedback in Feedback.objects.select_related("answered_by")]
    return TemplateResponse(request, "desk/feedback_list.html", {"found": found})


@require_http_methods(["GET", "POST"])
@acts_once
def feedback_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one piece of feedback."""
    if not request.user.is_staff:
        raise PermissionDenied
    feedback = get_object_or_404(Feedback, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.answer_feedback(feedback=feedback, by=request.user, **form.cleaned_data)
        messages.success(request, _("The answer has been recorded."))
        return redirect("desk:feedback_list")
    return TemplateResponse(request, "desk/feedback_answer.html", {"form": form, "feedback": feedback})
