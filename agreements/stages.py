"""How far a proposal to change the text has come (12 §), and in words for this reader whose move it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agreements import permissions
from agreements.agenda import Place, place_of, places_of
from agreements.models import Change, Decision, Mandate, Matter, Party, ShorterNotice, SigningRound
from agreements.notice import Notice
from agreements.rounds import Place as SigningPlace
from agreements.rounds import places_of as signing_places_of
from agreements.rounds import standing
from tym.core.formats import format_day


class Stage(models.TextChoices):
    """From a written proposal to the text in force."""

    DRAFT = "draft", gettext_lazy("Draft")  # luonnos
    RECEIVED = "received", pgettext_lazy("proposal", "Received")  # saapunut
    ON_AGENDA = "on_agenda", gettext_lazy("On the agenda")  # johtoryhmän esityslistalla
    NEGOTIATING = "negotiating", gettext_lazy("Negotiating")  # neuvoteltavana
    AGREED = "agreed", pgettext_lazy("proposal", "Agreed")  # sovittu
    SIGNING = "signing", pgettext_lazy("signing", "For signature")  # allekirjoitettavana
    ADOPTED = "adopted", gettext_lazy("Adopted")  # hyväksytty
    NO_AGREEMENT = "no_agreement", gettext_lazy("No agreement reached")  # neuvottelut päättyivät tuloksettomina
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")  # vedetty takaisin
    RETURNED = "returned", pgettext_lazy("state", "Returned")  # palautettu yksilöitäväksi
    REPLACED = "replaced", gettext_lazy("Replaced by a new wording")  # korvattu uudella sanamuodolla


STAGE_OF = {
    Change.State.DRAFT: Stage.DRAFT,
    Change.State.ADOPTED: Stage.ADOPTED,
    Change.State.REJECTED: Stage.NO_AGREEMENT,
    Change.State.ENDED: Stage.NO_AGREEMENT,
    Change.State.WITHDRAWN: Stage.WITHDRAWN,
    Change.State.RETURNED: Stage.RETURNED,
    Change.State.REPLACED: Stage.REPLACED,
}

# Who sits in the steering group.
GROUP = (Mandate.Capacity.CHAIR, Mandate.Capacity.VICE_CHAIR, Mandate.Capacity.MEMBER)


@dataclass(frozen=True)
class Life:
    """A proposal to change the text as one reader sees it. parties: of the agreement; decisions: of its matter."""

    change: Change
    parties: Sequence[Party]
    decisions: Sequence[Decision]
    agreed_to_less: Sequence[ShorterNotice]
    place: Place | None
    signing: SigningRound | None
    mandates: permissions.Mandates

    @cached_property
    def stage(self) -> Stage:
        known = STAGE_OF.get(Change.State(self.change.state))
        if known:
            return known
        if not self.undecided:
            return Stage.SIGNING if self.signing else Stage.AGREED
        if self.is_negotiated:
            return Stage.NEGOTIATING
        return Stage.ON_AGENDA if self.place else Stage.RECEIVED

    @property
    def is_negotiated(self) -> bool:
        """The steering group has started negotiations."""
        return any(decision.outcome == Decision.Outcome.NEGOTIATE for decision in self.decisions)

    @cached_property
    def undecided(self) -> list[Party]:
        """Parties that have not approved exactly this wording."""
        approved = [d for d in self.decisions if d.outcome == Decision.Outcome.APPROVE]
        said = {decision.party_id for decision in approved if decision.sha256 == self.change.sha256}
        return [party for party in self.parties if party.pk not in said]

    @property
    def notice(self) -> Notice | None:
        """The three months as they were counted, of what has been proposed."""
        day = self.change.counted_from
        return Notice(day, self.change.wanted_from) if day else None

    @property
    def shortening(self) -> list[tuple[Party, ShorterNotice | None, bool]]:
        """Each party with its consent to a shorter time, and whether the reader can give it; for a late proposal.

        Of one that has ended only what was given is told.
        """
        is_asked = self.change.is_open or self.agreed_to_less
        if not (self.notice and self.notice.is_late and is_asked):
            return []
        given = {consent.party_id: consent for consent in self.agreed_to_less}
        return [(party, given.get(party.pk), self._may_shorten(party, given)) for party in self.parties]

    @property
    def is_shortened(self) -> bool:
        """Every party has agreed that exactly this, though late, starts on its wanted day."""
        return bool(self.shortening) and all(
            consent and consent.sha256 == self.change.sha256 for _party, consent, _may in self.shortening
        )

    def _may_shorten(self, party: Party, given: dict[int, ShorterNotice]) -> bool:
        able = permissions.can_agree_to_shorter_notice(self.mandates, self.change, party)
        return able is not None and party.pk not in given

    @property
    def is_yours(self) -> bool:
        """Whether the reader herself can take the next step."""
        if self.stage in (Stage.RECEIVED, Stage.AGREED):
            return self._prepares
        if self.stage == Stage.SIGNING:
            return self._signs or (self._is_signed and self._prepares)
        return self.stage == Stage.NEGOTIATING and bool(self._decides_for)

    @cached_property
    def successor(self) -> Change | None:
        """The wording that is negotiated in the place of this one, or was last."""
        later = self.change.matter.changes.exclude(Change.UNSEEN).exclude(pk=self.change.pk)
        return later.order_by("-pk").first() if self.stage == Stage.REPLACED else None

    @property
    def _prepares(self) -> bool:
        return permissions.can_record_decisions(self.mandates, self.change.matter) is not None

    @property
    def _decides_for(self) -> list[Party]:
        """Parties that have not decided and that the reader may bind."""
        binds = {mandate.party_id for mandate in self.mandates if mandate.may_bind_party}
        return [party for party in self.undecided if party.pk in binds]

    @property
    def sentence(self) -> str:
        """Whose move it is, for this reader."""
        says = {
            Stage.DRAFT: self._draft,
            Stage.RECEIVED: self._received,
            Stage.ON_AGENDA: self._on_agenda,
            Stage.NEGOTIATING: self._negotiating,
            Stage.AGREED: self._agreed,
            Stage.SIGNING: self._signing,
        }
        return says[self.stage]() if self.stage in says else self._ended()

    def _draft(self) -> str:
        return _("This is a draft. Only your own organisation sees it.")

    def _received(self) -> str:
        if self._prepares:
            return _("Put the proposal on the agenda of the steering group's next meeting.")
        return _("The coordinator puts the proposal on the agenda; the steering group then starts negotiations.")

    def _on_agenda(self) -> str:
        told = {"day": format_day(self.place.held_on) if self.place else ""}
        if self._prepares:
            said = _(
                "Present the proposal to the steering group on %(day)s and record that it starts negotiations. "
                "It does not approve."
            )
        elif any(mandate.capacity in GROUP for mandate in self.mandates):
            said = _("You handle the proposal in the steering group on %(day)s. It starts negotiations, no more.")
        else:
            said = _("The steering group handles the proposal on %(day)s. It starts negotiations; it does not approve.")
        return said % told

    def _negotiating(self) -> str:
        told = {"parties": _names(self.undecided), "mine": _names(self._decides_for)}
        own = {mandate.party_id for mandate in self.mandates if mandate.party_id}
        if self._decides_for:
            said = _("Negotiate, and record the own decision of: %(mine)s. Decisions missing: %(parties)s.")
        elif self._prepares:
            said = _(
                "The parties negotiate, and each decides in its own body. You may record a decision from the extract "
                "of its minutes. Decisions missing: %(parties)s."
            )
        elif own & {party.pk for party in self.undecided}:
            said = _(
                "Your party has not decided yet. Who may bind it records its decision. Decisions missing: %(parties)s."
            )
        elif own:
            said = _("Your party has decided. Decisions missing: %(parties)s.")
        else:
            said = _("The parties negotiate, and each decides in its own body. Decisions missing: %(parties)s.")
        return said % told

    def _agreed(self) -> str:
        if self._prepares:
            return _("Every party has approved. Put the text to be signed.")
        return _("Every party has approved. The coordinator puts the text to be signed.")

    @property
    def _is_signed(self) -> bool:
        return self.signing is not None and self.signing.state == SigningRound.State.COMPLETED

    @cached_property
    def _to_sign(self) -> list[SigningPlace]:
        return signing_places_of(self.signing) if self.signing and not self._is_signed else []

    @property
    def _signs(self) -> bool:
        """Whether the reader's signature is the one that is waited for."""
        waiting = [one.place.person_id for one in self._to_sign if one.waits]
        if self.signing and self.signing.in_set_order:
            waiting = waiting[:1]
        return any(mandate.person_id in waiting for mandate in self.mandates)

    def _signing(self) -> str:
        if self._is_signed and self._prepares:
            return _("Every party has signed. Put the changed text in force.")
        if self._is_signed:
            return _("Every party has signed. The coordinator puts the changed text in force.")
        told = _("The text is put to be signed. It comes into force when every party has signed.")
        if not (self.signing and self.mandates):
            return told
        return f"{standing(self.signing, self._to_sign, self.mandates[0].person)} {told}"

    def _ended(self) -> str:
        if self.stage == Stage.ADOPTED:
            return _("The changed text is in force from %(day)s.") % {"day": format_day(self.change.start)}
        if self.stage == Stage.REPLACED:
            return _("Another wording is negotiated instead. What was said to this one binds nobody.")
        told = [self._why_no_agreement(), _("The text in force stays.")]
        if permissions.can_redraft(self.mandates, self.change):
            told.append(_("You can take this up again."))
        return " ".join(sentence for sentence in told if sentence)

    def _why_no_agreement(self) -> str:
        if self.stage != Stage.NO_AGREEMENT:
            return ""
        said_no = [d.party for d in self.decisions if d.outcome == Decision.Outcome.REJECT and d.party]
        if said_no:
            return _("Rejected by: %(parties)s, so the negotiations ended without agreement.") % {
                "parties": _names(said_no)
            }
        return _("The negotiations ended without agreement.")


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.short_name for party in parties)


def life_of(
    change: Change, parties: Sequence[Party], decisions: Sequence[Decision], mandates: permissions.Mandates
) -> Life | None:
    """None for what is not a proposal to change the text. Three queries at most, and three of who is to sign."""
    if change.matter.kind != Matter.Kind.AMENDMENT:
        return None
    is_open = change.state == Change.State.PROPOSED
    place = place_of(change.matter) if is_open else None
    consents = list(change.shorter_notices.select_related("party", "mandate__person", "mandate__party"))
    signing = _going(change).first() if is_open else None
    return Life(change, parties, decisions, consents, place, signing, mandates)


def _going(*changes: Change) -> QuerySet[SigningRound]:
    """Rounds of signing that have not been interrupted."""
    return SigningRound.objects.filter(change__in=changes).exclude(end__outcome="interrupted").select_related("end")


def tell_stages(changes: Iterable[Change]) -> None:
    """Let the open proposals to change the text tell their stage as their state. Four queries, however many changes."""
    open_ones = [one for one in changes if one.kind == Matter.Kind.AMENDMENT and one.state == Change.State.PROPOSED]
    if not open_ones:
        return
    parties, decisions = _parties(open_ones), _decisions(open_ones)
    places = places_of(change.matter for change in open_ones)
    going = {signing.change_id: signing for signing in _going(*open_ones)}
    for change in open_ones:
        matter = change.matter
        said, of_agreement = decisions.get(matter.pk, []), parties.get(matter.agreement_id, [])
        life = Life(change, of_agreement, said, (), places.get(matter.pk), going.get(change.pk), ())
        change.told_stage = str(life.stage.label)


def _parties(changes: Iterable[Change]) -> dict[int, list[Party]]:
    found: dict[int, list[Party]] = {}
    for party in Party.objects.filter(agreement__in={change.matter.agreement_id for change in changes}):
        found.setdefault(party.agreement_id, []).append(party)
    return found


def _decisions(changes: Iterable[Change]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for decision in Decision.objects.filter(matter__in={change.matter_id for change in changes}):
        found.setdefault(decision.matter_id, []).append(decision)
    return found
