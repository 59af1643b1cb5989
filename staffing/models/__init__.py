from staffing.models.counts import ClientCount, MunicipalityCount
from staffing.models.lines import StaffingLine
from staffing.models.points import ServicePoint
from staffing.models.realised import AnnexConfirmation, RealisedStaffing, Vacancy
from staffing.models.reviews import AdequacyReview, DutyCheck, Judgement, Remedy

__all__ = [
    "AdequacyReview",
    "AnnexConfirmation",
    "ClientCount",
    "DutyCheck",
    "Judgement",
    "MunicipalityCount",
    "RealisedStaffing",
    "Remedy",
    "ServicePoint",
    "StaffingLine",
    "Vacancy",
]
