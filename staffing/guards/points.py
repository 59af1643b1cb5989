"""What the database refuses in the service points of Annex 1."""

from agreements.guards import row_guards
from staffing.models import ServicePoint
from tym.core.guards import UPDATE, Guard

POINT_GUARDS = [
    *row_guards(ServicePoint, ("service_description",), owned=True),
    # Its name is in the fingerprints of what was consented to.
    Guard(
        "staffing_point_municipality_name_stays",
        "agreements_municipality",
        (UPDATE,),
        "NEW.name <> OLD.name AND EXISTS (SELECT 1 FROM staffing_servicepoint p WHERE p.municipality_id = OLD.id)",
        "the name of a municipality that service points use stays",
    ),
]
