"""What the database refuses in the staffing room."""

from staffing import models as m
from staffing.guards.lines import LINE_GUARDS
from staffing.guards.points import POINT_GUARDS
from staffing.guards.realised import REALISED_GUARDS
from staffing.guards.reviews import REVIEW_GUARDS
from tym.core.guards import history

TRACKED = (m.RealisedStaffing, m.Vacancy, m.ClientCount, m.MunicipalityCount)

GUARDS = [
    *LINE_GUARDS,
    *POINT_GUARDS,
    *REALISED_GUARDS,
    *REVIEW_GUARDS,
    *[guard for model in TRACKED for guard in history(model)],
]
