"""Who gets which answer from the pages of adequacy reviews. See tests/agreements/test_access.py."""

from staffing.models import Remedy
from tests.staffing import review_kit as kit

# There is a review only of a year that is over.
DAYS = {f"staffing:{name}": kit.SPRING for name in kit.NAMES}
TABLE = """
staffing:review_detail          reviewed/year=2025 GET  login 404 404 ok  ok  ok  ok  ok  ok  ok
staffing:review_detail          ours/year=2026     GET  login 404 404 404 404 404 404 404 404 404
staffing:review_detail          theirs/year=2025   GET  login ok  404 404 404 404 404 404 404 404
staffing:review_detail          ours/year=2025     POST login 405 405 405 405 405 405 405 405 405
staffing:review_pdf             unreviewed/year=2025 GET login 404 404 404 404 404 404 404 404 404
staffing:review_pdf             reviewing/year=2025 GET login 404 404 404 404 404 404 404 ok  404
staffing:review_pdf             ours/year=2025     POST login 405 405 405 405 405 405 405 405 405
staffing:review_start           ours/year=2025     GET  login 405 405 405 405 405 405 405 405 405
staffing:review_start           ours/year=2025     POST login 404 404 403 403 403 403 403 go  403
staffing:review_start           theirs/year=2025   POST login 403 404 404 404 404 404 404 404 404
staffing:review_retake          ours/year=2025     GET  login 405 405 405 405 405 405 405 405 405
staffing:review_retake          reviewing/year=2025 POST login 404 404 404 404 404 404 404 go 404
staffing:review_judge           reviewing/year=2025 GET login 404 404 404 404 404 404 404 ok  404
staffing:review_judge           reviewing/year=2025 POST login 404 404 404 404 404 404 404 go 404
staffing:review_check           reviewing/year=2025 GET login 404 404 404 404 404 404 404 ok  404
staffing:review_check           reviewing/year=2025 POST login 404 404 404 404 404 404 404 go 404
staffing:review_check           reviewed/year=2025 POST login 404 404 404 404 404 404 404 404 404
staffing:remedy_add             reviewing/year=2025 GET login 404 404 404 404 404 404 404 ok  404
staffing:remedy_add             reviewing/year=2025 POST login 404 404 404 404 404 404 404 go 404
staffing:remedy_remove          ours/year=2025,remedy_pk=1 GET login 405 405 405 405 405 405 405 405 405
staffing:remedy_remove          reviewing/year=2025,remedy_pk=? POST login 404 404 404 404 404 404 404 go 404
staffing:review_submit          reviewing/year=2025 GET login 404 404 404 404 404 404 404 ok  404
staffing:review_submit          reviewing/year=2025 POST login 404 404 404 404 404 404 404 go 404
staffing:review_submit          reviewed/year=2025 POST login 404 404 404 404 404 404 404 404 404
"""


def subjects(cast):
    return {
        "unreviewed": lambda: cast.agreement,
        "reviewing": lambda: kit.whole(cast).matter.agreement,
        "reviewed": lambda: kit.submitted(cast).matter.agreement,
    }


def named():
    return {"remedy_pk": lambda: Remedy.objects.get().pk}


def bodies(subject):
    """Made when a row asks, as each looks at the stored review."""
    pages = ("review_judge", "review_check", "remedy_add", "review_submit")
    return {f"staffing:{name}": lambda name=name: kit.bodies(subject)[f"staffing:{name}"] for name in pages}
