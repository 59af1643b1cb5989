"""Costs (kustannukset): what was bought, how it is split, who owes whom (agreement 9 §, act 381/2023 10 §)."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.history import tracked
from agreements.models import Agreement, Mandate, Matter, Party, Record
from tym.core.identity import no_identity_code


class DevelopmentDay(models.Model):
    """The yearly development day of the staff (kehittämispäivä, 9 §), with how many came from each party."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="development_days")
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120, blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["agreement", "held_on"]
        verbose_name = _("development day")
        verbose_name_plural = _("development days")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "held_on"], name="costs_development_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d.%m.%Y} {self.place}".strip()


class DayAttendance(models.Model):
    """How many of a party's staff took part in the development day (A4)."""

    day = models.ForeignKey(DevelopmentDay, models.PROTECT, related_name="attendance")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    persons = models.PositiveIntegerField(_("persons"))

    history = tracked()

    class Meta:
        ordering = ["day", "party__order"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["day", "party"], name="costs_attendance_party_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.persons}"


class Settlement(models.Model):
    """The settlement of a span of days (loppulaskelma): who paid, who owes whom.

    open: items are gathered. checking: frozen by the matter's fingerprint, each party looks and accepts.
    closed: every party has accepted; nothing in it changes.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")  # avoin
        CHECKING = "checking", _("Being checked")  # tarkistettavana
        CLOSED = "closed", _("Closed")  # suljettu

    TRANSITIONS = ((State.OPEN, State.CHECKING), (State.CHECKING, State.OPEN), (State.CHECKING, State.CLOSED))

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="settlements")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering = ["agreement", "-first_day", "-pk"]
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="costs_settlement_days_in_order"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="costs_settlement_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "checking", "closed"]), name="costs_settlement_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.matter.title


class CostItem(models.Model):
    """An invoice or a credit note (kustannuserä). Amounts in euros, to the cent.

    own: borne by its payer alone. development_day: premises and catering of the day, all parties. joint: another
    joint cost, split only after the steering group has approved its matter. credit_of: the item it corrects.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("own cost")  # oma kustannus, 9 § 1 mom
        DEVELOPMENT_DAY = "development_day", _("development day")  # kehittämispäivä: tilat ja tarjoilu
        JOINT = "joint", _("other joint cost")  # muu yhteinen kustannus, johtoryhmän hyväksymä

    # Who can pay, by the roles of the act (9 §; decree 388/2024 3 § 5 k: Kela takes no part in other joint costs).
    PAYERS = {
        Kind.OWN: (),
        Kind.DEVELOPMENT_DAY: (Party.Role.EMPLOYMENT_AUTHORITY, Party.Role.WELLBEING_COUNTY, Party.Role.KELA),
        Kind.JOINT: (Party.Role.EMPLOYMENT_AUTHORITY, Party.Role.WELLBEING_COUNTY),
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="cost_items")
    kind = models.CharField(_("kind of cost"), max_length=20, choices=Kind)
    invoiced_on = models.DateField(_("day of the invoice"))
    supplier = models.CharField(_("supplier"), max_length=120, validators=[no_identity_code])
    description = models.CharField(_("what was bought"), max_length=300, validators=[no_identity_code])
    net = models.DecimalField(_("without VAT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2, default=Decimal(0))
    payer = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("paid by"))
    day = models.ForeignKey(
        DevelopmentDay, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("development day")
    )
    credit_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credits")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    settlement = models.ForeignKey(Settlement, models.PROTECT, null=True, blank=True, related_name="items")
    entered_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=0)

    history = tracked()

    class Meta:
        ordering = ["agreement", "invoiced_on", "pk"]
        verbose_name = _("cost item")
        verbose_name_plural = _("cost items")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["own", "development_day", "joint"]), name="costs_item_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="development_day", day__isnull=False) | (~Q(kind="development_day") & Q(day=None)),
                name="costs_item_day_named",
            ),
            models.CheckConstraint(condition=Q(matter=None) | Q(kind="joint"), name="costs_item_matter_of_joint"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.description}"

    @property
    def gross(self) -> Decimal:
        """With VAT, as invoiced (A7): what is shared."""
        return self.net + self.vat

    @property
    def cents(self) -> int:
        return int(self.gross * 100)


class Split(models.Model):
    """How an item was split (jakolaskelma), frozen with its weights when final.

    key: by what. source: where the weights come from, in words. on: the day of the weights.
    """

    class Key(models.TextChoices):
        ATTENDANCE = "attendance", _("those who attended")  # osallistujat, A4
        HEADS = "heads", _("persons in Annex 2")  # henkilöt, A1
        PERSON_YEARS = "person_years", _("person-years in Annex 2")  # henkilötyövuodet, A1
        REALISED = "realised", _("realised person-years")  # toteutunut, A3

    item = models.OneToOneField(CostItem, models.PROTECT, related_name="split")
    key = models.CharField(max_length=20, choices=Key)
    on = models.DateField()
    source = models.CharField(max_length=300)
    final = models.BooleanField(default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    history = tracked()

    class Meta:
        ordering = ["item"]
        verbose_name = _("split")
        verbose_name_plural = _("splits")
        constraints = [
            models.CheckConstraint(
                condition=Q(key__in=["attendance", "heads", "person_years", "realised"]), name="costs_split_key_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_key_display()}"


class SplitShare(models.Model):
    """One party's part of a split item, with the weight it was counted by."""

    split = models.ForeignKey(Split, models.PROTECT, related_name="shares")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["split", "party__order"]
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints = [
            models.UniqueConstraint(fields=["split", "party"], name="costs_share_party_once"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="costs_share_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.amount}"


class Payment(models.Model):
    """What one party pays another to even out a closed settlement (tasattava määrä)."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="payments")
    payer = models.ForeignKey(Party, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Party, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    due_on = models.DateField(_("due on"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True, validators=[no_identity_code])

    history = tracked()

    class Meta:
        ordering = ["settlement", "payer__order", "payee__order"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="costs_payment_positive"),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="costs_payment_to_another"),
            models.UniqueConstraint(fields=["settlement", "payer", "payee"], name="costs_payment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.payer} → {self.payee}: {self.amount}"
