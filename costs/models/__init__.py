"""Costs (kustannukset): what was bought, how it is split, who owes whom (agreement 9 §, act 381/2023 10 §)."""

from costs.models.costs import CostItem, Payment, Settlement, Split, SplitShare
from costs.models.days import DayAttendance, DayNotHeld, DevelopmentDay
from costs.models.sharing import Sharing, SharingWeight

__all__ = [
    "CostItem",
    "DayAttendance",
    "DayNotHeld",
    "DevelopmentDay",
    "Payment",
    "Settlement",
    "Sharing",
    "SharingWeight",
    "Split",
    "SplitShare",
]
