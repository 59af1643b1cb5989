"""What the database refuses in Annex 2."""

from agreements.guards import row_guards
from staffing.models import StaffingLine
from tym.core.guards import DELETE, INSERT, UPDATE, Guard

THROUGH = StaffingLine.municipalities.through._meta.db_table


def _not_in_draft(row: str) -> str:
    return (
        f"NOT (SELECT c.state FROM staffing_staffingline l JOIN agreements_version v ON v.id = l.version_id "
        f"JOIN agreements_change c ON c.id = v.change_id WHERE l.id = {row}.staffingline_id) = 'draft'"
    )


LINE_GUARDS = [
    *row_guards(StaffingLine, ("staffing",), owned=True),
    Guard(
        f"{THROUGH}_draft_only", THROUGH, (INSERT, UPDATE), _not_in_draft("NEW"), "rows are written into a draft only"
    ),
    Guard(
        "staffing_municipality_name_stays",
        "agreements_municipality",
        (UPDATE,),
        f"NEW.name <> OLD.name AND EXISTS (SELECT 1 FROM {THROUGH} t WHERE t.municipality_id = OLD.id)",
        "the name of a municipality that staff rows use stays",
    ),
    Guard(f"{THROUGH}_kept", THROUGH, (UPDATE, DELETE), _not_in_draft("OLD"), "rows of a proposed change stay"),
]
