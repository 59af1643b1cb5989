"""The statements of a closed settlement: made once, kept as records, the same ever after."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions.records import issue
from agreements.models import Mandate, Party, Record
from agreements.permissions import mandates_of, require
from costs import permissions
from costs.models import Settlement
from costs.statements import pdf_source, statement_of
from tym.core.errors import Refused
from tym.core.pdf import PdfFailed

logger = logging.getLogger(__name__)


def issue_statement(*, settlement: Settlement, party: Party, by: Mandate, on: datetime.date) -> Record:
    """The party's statement as a record, or the one kept already. Raises PdfFailed.

    Drawing takes seconds, so it is never done in the transaction that closes the settlement.
    """
    settlement = Settlement.objects.select_related("agreement", "matter").get(pk=settlement.pk)
    by = require(permissions.can_see_costs(mandates_of(by.person, settlement.agreement_id, on)))
    if settlement.state != Settlement.State.CLOSED:
        raise Refused(_("The statement is kept when the settlement has been closed."))
    kept = kept_statement(settlement, party)
    if kept:
        return kept
    # An official document speaks the language of the service, whoever was the last to accept.
    with translation.override(settings.LANGUAGE_CODE):
        source = pdf_source(statement_of(settlement, party))
    told: dict[str, Any] = {"agreement": settlement.agreement, "matter": settlement.matter, "party": party}
    return issue(kind=Record.Kind.STATEMENT, source=source, title=source.title, by=by, **told)


def issue_statements(*, settlement: Settlement, by: Mandate, on: datetime.date) -> None:
    """Every party's statement. One that cannot be made now is made when it is first asked for."""
    for party in settlement.agreement.parties.all():
        try:
            issue_statement(settlement=settlement, party=party, by=by, on=on)
        except PdfFailed:
            logger.warning("The statement of settlement %s for party %s was not made.", settlement.pk, party.pk)


def kept_statement(settlement: Settlement, party: Party) -> Record | None:
    """The first that was made."""
    kept = Record.objects.filter(kind=Record.Kind.STATEMENT, matter=settlement.matter_id, party=party)
    return kept.select_related("file", "agreement").order_by("pk").first()
