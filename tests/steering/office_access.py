"""Subjects and bodies of the access table for offices and goals. The subject is the agreement, made ready."""

from django.core.files.uploadedfile import SimpleUploadedFile

from steering import actions
from steering.actions.goals import set_sha256
from steering.models import Appointment, Goal, GoalSet, MunicipalContact
from tests.cast import TODAY
from tests.steering import office_kit as kit


def subjects(cast):
    """By name: makes the situation and gives the agreement."""

    def ready(make):
        make()
        return cast.agreement

    return {
        "put_forward": lambda: ready(lambda: (kit.term_of(cast), kit.approved(cast))),
        "in_office": lambda: ready(lambda: kit.named(cast)),
        "place_asked": lambda: ready(lambda: asked(cast)),
        "goals_drafted": lambda: ready(lambda: kit.draft_goals(cast, kit.goal_input(name="LUONNOSLINTU"), year=2025)),
        "goals_set": lambda: ready(lambda: kit.approved_goals(cast, year=2025)),
    }


def asked(cast):
    municipalities = cast.agreement.municipalities.filter(name="Pori")
    return actions.ask_municipalities(
        agreement=cast.agreement, by=cast.coordinator, on=TODAY, municipalities=municipalities, asked_on=TODAY
    )


def named(cast):
    """What stands in the address for "?"; under another agreement's address it is ours all the same."""
    return {
        "appointment_pk": lambda: (Appointment.objects.first() or kit.approved(cast)).pk,
        "contact_pk": lambda: (MunicipalContact.objects.first() or asked(cast)[0]).pk,
        "goal_pk": lambda: (Goal.objects.first() or kit.approved_goals(cast).goals.get()).pk,
    }


PEOPLE = {"valid_from": "1.7.2025", "valid_to": "31.12.2029", "confirm": "1"}
RULES = {"meeting_quorum": "", "meeting_chair_required": "no", "meeting_each_party": "no", "meeting_summons_days": "7"}
GOAL = {"name": "Tavoite", "measure": "mittari", "target": "90", "reason_for_none": "9 §"}


def bodies(subject):
    """Bodies that would be accepted from whoever may send them."""
    told = {
        "appointment_propose": lambda: {**PEOPLE, "stand_in_name": "Uusi", "stand_in_email": "uusi@example.org"},
        "youth_lead_propose": lambda: {**PEOPLE, "youth_lead_name": "Uusi", "youth_lead_email": "uusi@example.org"},
        "appointment_name": lambda: {
            "named_on": "2.6.2025", "organ": "Johtaja", "section": "1", "extract": extract(), "checked": "on",
            "confirm": "1",
        },
        "appointment_end": lambda: {"last_day": "31.12.2025", "reason": "Eläke.", "confirm": "1"},
        "municipalities_ask": lambda: {"municipalities": places(subject), "asked_on": "2.6.2025", "confirm": "1"},
        "contact_answer": lambda: {"answered_on": "2.6.2025", "name": "Nimi", "confirm": "1"},
        "event_record": lambda: {
            "held_on": "2.6.2025", "title": "Aihe", "municipalities": places(subject), "confirm": "1",
        },
        "rules_propose": lambda: {
            **RULES, "meeting_tie": "chair", "meeting_minutes": "at_once", "valid_from": "2.6.2025", "confirm": "1",
        },
        "frame_propose": lambda: {"text": "Raamit", "confirm": "1"},
        "working_group_propose": lambda: {
            "name": "Ryhmä", "task": "Tehtävä", "valid_from": "2.6.2025", "confirm": "1",
        },
        "goals_start": lambda: {"guidance": "luettu"},
        "guidance_edit": lambda: {"guidance": "luettu"},
        "goal_add": lambda: GOAL,
        "goal_edit": lambda: GOAL,
        "goal_remove": lambda: {"confirm": "1"},
        "goals_submit": lambda: {"confirm": "1", "seen": seen(subject)},
        "outcome_record": lambda: {"value": "1", "day": "2.6.2025", "confirm": "1"},
    }  # fmt: skip
    return {f"steering:{name}": body for name, body in told.items()}


def extract():
    return SimpleUploadedFile("ote.pdf", b"%PDF-1.7 x", content_type="application/pdf")


def places(agreement):
    return [str(municipality.pk) for municipality in agreement.municipalities.all()]


def seen(agreement):
    goal_set = GoalSet.objects.get(matter__agreement=agreement)
    return set_sha256(goal_set, list(goal_set.goals.all()))
