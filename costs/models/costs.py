"""Items, their splits, settlements and payments."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.history import tracked
from agreements.models import Agreement, Mandate, Matter, Party, Record
from costs.models.days import DevelopmentDay
from costs.models.sharing import Sharing
from tym.core.identity import no_identity_code


class Settlement(models.Model):
    """The settlement of a span of days (loppulaskelma): who paid, who owes whom.

    open: items are gathered. checking: frozen by the matter's fingerprint, each party looks and accepts.
    closed: every party has accepted; nothing in it changes.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("settlement", "Open")  # avoin
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
        """With VAT, as invoiced (A7)."""
        return self.net + self.vat

    def amount(self, shared: str) -> Decimal:
        """The amount that is shared, in euros: see Split.Shared."""
        return self.net if shared == Split.Shared.NET else self.gross

    @property
    def settled_amount(self) -> Decimal:
        """The amount that was shared when it was split."""
        return self.amount(self.split.shared)


class Split(models.Model):
    """How an item was split (jakolaskelma), frozen with its weights when final.

    key: by what. shared: which amount. source: where the weights come from, in words. on: the day of the weights.
    sharing: what the paying parties had agreed, when the key is that.
    """

    class Key(models.TextChoices):
        ATTENDANCE = "attendance", _("those who attended")  # osallistujat, A4
        HEADS = "heads", _("persons in Annex 2")  # henkilöt, A1
        ALL_HEADS = "all_heads", _("persons in Annex 2, those not counted too")  # myös koordinaattori, A5
        PERSON_YEARS = "person_years", _("person-years in Annex 2")  # henkilötyövuodet, A1
        REALISED = "realised", _("realised person-years of the year")  # toteutuneet, vuoden keskiarvo, A3
        REALISED_MONTH = "realised_month", _("realised person-years of the month")  # toteutuneet, A3
        AGREED = "agreed", _("as the paying parties have agreed")  # erikseen sovittu, 10 § 2 mom

    class Shared(models.TextChoices):
        GROSS = "gross", _("with VAT")  # verollinen, A7
        NET = "net", _("without VAT")  # veroton, A7

    class Weighed(models.TextChoices):
        """Of which day Annex 2 and realised figures are taken (A2)."""

        INVOICED = "invoiced", _("day of the invoice")
        JANUARY = "january", _("1 January of the year of the invoice")
        HANDLED = "handled", _("day of the development day or of the group's approval")

    item = models.OneToOneField(CostItem, models.PROTECT, related_name="split")
    key = models.CharField(max_length=20, choices=Key)
    shared = models.CharField(max_length=10, choices=Shared, default=Shared.GROSS)
    sharing = models.ForeignKey(Sharing, models.PROTECT, null=True, blank=True, related_name="splits")
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
                condition=Q(
                    key__in=[
                        "attendance",
                        "heads",
                        "all_heads",
                        "person_years",
                        "realised",
                        "realised_month",
                        "agreed",
                    ]
                ),
                name="costs_split_key_known",
            ),
            models.CheckConstraint(condition=Q(shared__in=["gross", "net"]), name="costs_split_amount_known"),
            models.CheckConstraint(
                condition=Q(key="agreed", sharing__isnull=False) | (~Q(key="agreed") & Q(sharing=None)),
                name="costs_split_sharing_named",
            ),
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
