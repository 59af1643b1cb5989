"""What holds on a day: documents with their versions, and how that is said in a sentence."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agreement, Change, Decision, Document, Matter, Version
from agreements.rounds import SignedChange, signed_changes
from tym.core.formats import format_day


@dataclass(frozen=True)
class DocumentState:
    """A document on a day: the version in force, those adopted for a later day, and all adopted ones.

    Versions come newest first. decisions: the approval of each version's matter by the group, or by the authority
    that appoints the group. signings: how amendments have been signed, by change.
    """

    document: Document
    on: datetime.date
    versions: tuple[Version, ...]
    decisions: dict[int, Decision]
    signings: dict[int, SignedChange]

    @property
    def version(self) -> Version | None:
        """The version in force: the latest to have started."""
        started = [version for version in self.versions if version.change.start <= self.on]
        return max(started, key=lambda version: (version.change.start, version.number), default=None)

    @property
    def coming(self) -> tuple[Version, ...]:
        return tuple(version for version in self.versions if version.change.start > self.on)

    @property
    def signed(self) -> list[tuple[Version, SignedChange]]:
        """The versions that have started and been signed as amendments, oldest first."""
        started = [version for version in reversed(self.versions) if version.change.start <= self.on]
        return [(one, self.signings[one.change_id]) for one in started if one.change_id in self.signings]

    @property
    def validity(self) -> str:
        """Who decided it, when, and on what clause, in one sentence or two."""
        return self.sentence(self.version) if self.version else _("No version is in force on this day.")

    @property
    def coming_sentences(self) -> list[str]:
        return [self.sentence(version) for version in self.coming]

    def sentence(self, version: Version) -> str:
        start = version.change.start
        told = {"of_document": self._genitive(), "number": version.number, "day": format_day(start)}
        if start > self.on and version.change.kind in (Matter.Kind.NOTICE, Matter.Kind.AMENDMENT):
            coming = _("Version %(number)s comes into force on %(day)s.") % told
            return f"{coming} {self.ground(version)}"
        if start > self.on:
            return _("Version %(number)s has been approved and comes into force on %(day)s.") % told
        in_force = _("Version %(number)s %(of_document)s is in force from %(day)s.") % told
        return f"{in_force} {self.ground(version)}"

    def _genitive(self) -> str:
        if self.document.kind == Document.Kind.MAIN_TEXT:
            return _("of the agreement text")
        return _("of Annex %(label)s") % {"label": self.document.label or self.document.number}

    def ground(self, version: Version) -> str:
        """On what the version rests: a decision, a party's notice, or the agreement as signed."""
        change = version.change
        if change.kind == Matter.Kind.NOTICE:
            return _of_notice(change)
        if change.kind == Matter.Kind.AMENDMENT:
            return self._of_amendment(change)
        decision = self.decisions.get(change.matter_id)
        if decision is None:
            return _("It is part of the agreement as signed.")
        words = decision.told
        told = {"organ": words["organ"], "day": words["decided_on"], "section": words["section"]}
        if change.kind == Matter.Kind.GROUP_APPOINTMENT:
            return _("%(organ)s appointed the steering group on %(day)s § %(section)s (agreement 7 §).") % told
        return _("%(organ)s approved it on %(day)s § %(section)s (agreement 12 §).") % told

    def _of_amendment(self, change: Change) -> str:
        signed = self.signings.get(change.pk)
        if signed is None:
            return _("The parties have decided it (agreement 12 §).")
        sentence = _(
            "The parties have decided it (agreement 12 §). "
            "It was signed on %(day)s %(how)s, fingerprint %(fingerprint)s."
        )
        return sentence % signed.words


def _of_notice(change: Change) -> str:
    told_on = change.arrived_on or change.received_on
    told = {"party": change.party.genitive if change.party else "", "day": format_day(told_on) if told_on else ""}
    # The Finnish genitive begins the sentence.
    sentence = _("Notice of %(party)s of %(day)s (agreement 7 §).") % told
    return f"{sentence[:1].upper()}{sentence[1:]}"


def documents_on(agreement: Agreement, day: datetime.date) -> list[DocumentState]:
    """Every document with its adopted versions. Three queries, however many there are; four with an amendment."""
    documents = list(agreement.documents.all())
    versions = list(
        Version.objects.filter(document__agreement=agreement, change__state=Change.State.ADOPTED)
        .select_related("change__matter", "change__party")
        .order_by("-number")
    )
    return _states(agreement, documents, versions, day)


def document_on(document: Document, day: datetime.date) -> DocumentState:
    """One document with its adopted versions. Two queries, or three."""
    versions = list(
        document.versions.filter(change__state=Change.State.ADOPTED)
        .select_related("change__matter", "change__party")
        .order_by("-number")
    )
    return _states(document.agreement, [document], versions, day)[0]


def _states(
    agreement: Agreement, documents: Sequence[Document], versions: Sequence[Version], day: datetime.date
) -> list[DocumentState]:
    competent = Q(party=None) | Q(matter__kind=Matter.Kind.GROUP_APPOINTMENT)
    approved = Decision.objects.filter(
        competent, matter__agreement=agreement, outcome=Decision.Outcome.APPROVE
    ).prefetch_related("corrections")
    decisions = {decision.matter_id: decision for decision in approved}
    by_document: dict[int, list[Version]] = defaultdict(list)
    for version in versions:
        by_document[version.document_id].append(version)
    amended = any(version.change.kind == Matter.Kind.AMENDMENT for version in versions)
    signings = signed_changes(agreement) if amended else {}
    return [DocumentState(one, day, tuple(by_document[one.pk]), decisions, signings) for one in documents]
