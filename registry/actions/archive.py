"""Making archive packages. Every one of them is written down."""

from __future__ import annotations

import datetime

from django.db import transaction

from agreements.actions.locking import lock_agreement
from agreements.history import System
from agreements.models import Mandate, Party
from agreements.permissions import mandates_of, require, require_system
from registry import permissions
from registry.models import ArchiveExport
from registry.packages import Package, package_of


@transaction.atomic
def export_archive(*, party: Party, by: Mandate | System, on: datetime.date) -> tuple[ArchiveExport, Package]:
    """A package of everything there is for the party, and a line of the log that tells its fingerprint."""
    lock_agreement(party.agreement_id)
    if isinstance(by, Mandate):
        by = require(permissions.can_export_archive(mandates_of(by.person, party.agreement_id, on), party))
    else:
        require_system(by)
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
