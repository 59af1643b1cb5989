"""What the database refuses in costs (agreement 9 §, act 381/2023 10 §, decree 388/2024 3 § 5 k)."""

from costs import models as m
from costs.guards.items import DAY_GUARDS, ITEM_GUARDS, NOT_HELD_GUARDS
from costs.guards.settlements import SETTLEMENT_GUARDS
from costs.guards.sharing import SHARING_GUARDS
from costs.guards.splits import SPLIT_GUARDS
from tym.core.guards import history

TRACKED = (m.DevelopmentDay, m.DayAttendance, m.DayNotHeld, m.Settlement, m.CostItem, m.Split, m.Payment)

GUARDS = [
    *ITEM_GUARDS,
    *DAY_GUARDS,
    *NOT_HELD_GUARDS,
    *SPLIT_GUARDS,
    *SHARING_GUARDS,
    *SETTLEMENT_GUARDS,
    *[guard for model in TRACKED for guard in history(model)],
]
