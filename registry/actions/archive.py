"""Making archive packages. Every one of them is written down."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions.locking import lock_agreement
from agreements.history import System
from agreements.models import Mandate, Party
from agreements.permissions import mandates_of, require, require_system
from registry import permissions
from registry.copies import missing
from registry.models import ArchiveExport
from registry.packages import Package, package_of
from tym.core.errors import Refused
from tym.core.formats import format_day


@transaction.atomic
def export_archive(*, party: Party, by: Mandate | System, on: datetime.date) -> tuple[ArchiveExport, Package]:
    """A package of everything there is for the party, and a line of the log that tells its fingerprint.

    Raises Refused while a version has no consolidated copy: drawing one takes seconds, so it is done before.
    """
    agreement = lock_agreement(party.agreement_id)
    if isinstance(by, Mandate):
        by = require(permissions.can_export_archive(mandates_of(by.person, party.agreement_id, on), party))
    else:
        require_system(by)
    lacking = missing(agreement, on)
    if lacking:
        told = {"days": ", ".join(format_day(day) for day in lacking)}
        raise Refused(
            _("There is no consolidated copy of these days yet: %(days)s.") % told, clause=_("agreement 11 §")
        )
    package = package_of(party, on)
    export = ArchiveExport.objects.create(
        party=party,
        on=on,
        files=package.count,
        manifest_sha256=package.manifest_sha256,
        state_sha256=package.state_sha256,
        mandate=by if isinstance(by, Mandate) else None,
    )
    return export, package
