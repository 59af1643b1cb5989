from staffing.models.lines import StaffingLine

__all__ = ["StaffingLine"]
