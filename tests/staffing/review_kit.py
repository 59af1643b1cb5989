"""Adequacy reviews of the cast's year 2025, through the actions, in March 2026."""

from datetime import date

from agreements.actions import decide_matter, open_matter
from staffing import actions
from staffing.actions import Judged
from staffing.duties import DUTIES
from staffing.models import AdequacyReview, DutyCheck, Judgement, Remedy

SPRING, YEAR = date(2026, 3, 2), 2025
KEPT = {duty.code: Judged("kept") for duty in DUTIES}
# Pages that exist only once a year is over.
NAMES = {
    "review_detail", "review_start", "review_retake", "review_judge", "review_check", "remedy_add", "remedy_remove",
    "review_submit", "review_pdf",
}  # fmt: skip


def prepared(cast, **told):
    return actions.prepare_review(
        **{"agreement": cast.agreement, "year": YEAR, "by": cast.coordinator, "on": SPRING, **told}
    )


def judge(cast, review, **outcomes):
    """Everybody adequate, unless told: judge(cast, review, kela=Judged("not", "syy"))."""
    parties = {"ta": cast.ta.party, "hva": cast.hva.party, "kela": cast.kela.party}
    values = {party: outcomes.get(name, Judged("adequate")) for name, party in parties.items()}
    return actions.save_judgements(review=review, values=values, by=cast.coordinator, on=SPRING)


def whole(cast, **told):
    """In preparation, with everything that submitting asks for, and an action."""
    review = judge(cast, prepared(cast, **told))
    actions.save_duties(review=review, values=KEPT, by=cast.coordinator, on=SPRING)
    remedy(cast, review)
    return review


def remedy(cast, review):
    told = {"what": "Sijaiskäytäntö", "responsible": "Kari Noormarkku", "by_when": date(2026, 3, 31)}
    return actions.add_remedy(review=review, by=cast.coordinator, on=SPRING, **told)


def submitted(cast, review=None, **told):
    told = told or {"opens_report": True}
    return actions.submit_review(review=review or whole(cast), by=cast.coordinator, on=SPRING, **told)


def decide(cast, matter, outcome="approve", on=SPRING):
    told = {"organ": "Johtoryhmä", "decided_on": on, "section": "3", "outcome": outcome, "sha256": matter.sha256}
    return decide_matter(matter=matter, by=cast.coordinator, on=on, **told)


def bodies(agreement):
    """What a person who may would send from each page."""
    review = AdequacyReview.objects.filter(matter__agreement=agreement, matter__sha256="").first()
    seen = {"seen": actions.review_sha256(review)} if review else {}
    return {
        "staffing:review_judge": {**seen, **{f"outcome_{n}": "adequate" for n in (1, 2, 3)}},
        "staffing:review_check": {**seen, "state_4_8": "kept"},
        "staffing:remedy_add": {"what": "Teko", "responsible": "Kaisa", "by_when": "31.3.2026"},
        "staffing:review_submit": {**seen, "handled": "open", "confirm": "1"},
    }


def stored(cast, year):
    """A review with a row of every kind, past the actions."""
    told = {"version": cast.annex2.versions.get(number=1), "figures": {}, "taken_on": SPRING}
    matter = open_matter(agreement=cast.agreement, kind="adequacy", title="Arvio", by=cast.coordinator, year=2025)
    review = AdequacyReview.objects.create(matter=matter, year=year, prepared_by=cast.coordinator, **told)
    Judgement.objects.create(review=review, party=cast.kela.party, outcome="adequate")
    DutyCheck.objects.create(review=review, duty="4.8", state="kept")
    Remedy.objects.create(review=review, what="Teko", responsible="Kaisa", by_when=SPRING)
