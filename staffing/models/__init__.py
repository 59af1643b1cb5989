from staffing.models.counts import ClientCount, MunicipalityCount
from staffing.models.lines import StaffingLine
from staffing.models.realised import AnnexConfirmation, RealisedStaffing, Vacancy

__all__ = ["AnnexConfirmation", "ClientCount", "MunicipalityCount", "RealisedStaffing", "StaffingLine", "Vacancy"]
