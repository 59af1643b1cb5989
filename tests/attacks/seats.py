"""Attacks on seats of the steering group: what a notice may not do, and who cannot sit together."""

from datetime import timedelta

from django.utils import timezone

from agreements import actions
from agreements.models.rows import new_key
from steering.models import SeatLine
from tests.attacks import INSERT, UPDATE, attack, insert, update
from tests.attacks.changes import OTHER_HASH
from tests.attacks.rows import adopt_by_force, on_frozen_rows, row_of
from tests.cast import TODAY
from tests.factories import (
    ChangeFactory,
    ConsentFactory,
    MatterFactory,
    SeatLineFactory,
    UserFactory,
    VersionFactory,
)


class Seats:
    """The wellbeing county's seats: a draft changes its ordinary one, a `new` one the vice chair's."""

    table = "steering_seatline"
    model = SeatLine

    @staticmethod
    def editor(cast):
        """Gives notices that wait for the party's yes."""
        known = cast.agreement.mandates.filter(capacity="main_user", party=cast.hva.party).first()
        return known or cast.holder("main_user", cast.hva.party)

    @staticmethod
    def document(cast):
        return cast.annex3

    @staticmethod
    def draft(cast, *, new=False, wanted_from=TODAY, of=None):
        change = cast.draft(Seats.editor(cast), document=cast.annex3, wanted_from=wanted_from)
        base = of or seat(cast, cast.vice_chair if new else cast.member)
        version = change.versions.get()
        SeatLineFactory(version=version, **as_before(base, member=UserFactory()))
        return change

    @staticmethod
    def unsaved(cast, version, **values):
        """Another of the party's seats, going on."""
        return SeatLineFactory.build(version=version, **as_before(seat(cast, cast.vice_chair), **values))


def seat(cast, mandate):
    return SeatLine.objects.of(cast.annex3).latest_decided().get(member=mandate.person)


def as_before(base, /, **differing):
    names = ("party", "position", "role", "key", "member", "deputy")
    return {"base": base, **{name: getattr(base, name) for name in names}, **differing}


def proposed(cast, **draft):
    change = Seats.draft(cast, **draft)
    return cast.propose(change, by=Seats.editor(cast))


def told(cast, change):
    """The party's yes as a bare row, so that only the guard under attack is left to refuse."""
    ConsentFactory(matter=change.matter, mandate=cast.hva)
    return change


def adopted(cast, **draft):
    change = proposed(cast, **draft)
    return actions.give_consent(
        change=change, party=cast.hva.party, by=cast.hva, on=TODAY, sha256=change.sha256
    ) and cast.fresh(change)


def forced(cast, change, **row):
    """Proposed past the actions, which would see what is wrong with the row."""
    SeatLine.objects.filter(version__change=change).update(**row)
    when = timezone.now()
    update(change.matter, sha256=OTHER_HASH, submitted_at=when)()
    update(change, state="proposed", sha256=OTHER_HASH, proposed_at=when, received_on=TODAY)()
    return cast.fresh(change)


on_frozen_rows(Seats)


@attack("steering_seatline_base", INSERT)
def replace_under_another_key(cast):
    change = Seats.draft(cast)
    return insert(Seats.unsaved(cast, change.versions.get(), base=row_of(Seats, change).base, key=new_key()))


@attack("steering_seatline_base", UPDATE)
def change_the_key(cast):
    return update(row_of(Seats, Seats.draft(cast)), key=new_key())


@attack("steering_seatline_base", INSERT, label="of a draft")
def replace_what_is_not_adopted(cast):
    base = row_of(Seats, proposed(cast, new=True))
    return insert(Seats.unsaved(cast, Seats.draft(cast).versions.get(), base=base))


def amended(cast, document):
    """A version of an amendment, which may touch every document."""
    return VersionFactory(change=cast.draft_text(cast.hva, cast.main_text), document=document)


@attack("steering_seatline_document", INSERT)
def seat_somebody_in_another_annex(cast):
    return insert(SeatLineFactory.build(version=amended(cast, cast.annex2), party=cast.hva.party, **people()))


@attack("steering_seatline_document", UPDATE)
def move_a_seat_to_another_annex(cast):
    row = SeatLineFactory(version=amended(cast, cast.annex3), party=cast.hva.party)
    return update(row, version=VersionFactory(change=row.version.change, document=cast.annex2))


def people():
    return {"member": UserFactory(), "deputy": UserFactory()}


@attack("steering_seatline_own_party", INSERT)
def change_a_seat_of_another_party(cast):
    return insert(SeatLineFactory.build(version=Seats.draft(cast).versions.get(), **as_before(seat(cast, cast.chair))))


@attack("steering_seatline_own_party", UPDATE, also=("steering_seatline_base",))
def give_the_seat_to_another_party(cast):
    return update(row_of(Seats, Seats.draft(cast)), party=cast.ta.party)


@attack("steering_seatline_consented", UPDATE, also=("agreements_change_notice_given",))
def seat_somebody_without_the_partys_yes(cast):
    return adopt_by_force(proposed(cast))


@attack("steering_seatline_replaced_once", UPDATE)
def adopt_a_second_successor(cast):
    first, second = proposed(cast), proposed(cast)
    actions.give_consent(change=first, party=cast.hva.party, by=cast.hva, on=TODAY, sha256=first.sha256)
    return adopt_by_force(told(cast, second))


@attack("steering_seatline_start_order", UPDATE)
def start_before_the_base(cast):
    base = row_of(Seats, adopted(cast, wanted_from=TODAY + timedelta(days=90)))
    return adopt_by_force(told(cast, proposed(cast, of=base)))


@attack("steering_seatline_revoked_alone", UPDATE, also=("agreements_change_revoked_by_decision",))
def revoke_what_is_built_upon(cast):
    first = adopted(cast, wanted_from=TODAY + timedelta(days=90))
    adopted(cast, of=row_of(Seats, first), wanted_from=TODAY + timedelta(days=91))
    return update(first, state="revoked")


def office_of_another(label, role, party):
    @attack(f"steering_seatline_{'vice_chair_of_county' if role == 'vice_chair' else 'chair_of_authority'}", INSERT,
            label=label)  # fmt: skip
    def seat_in_an_office_of_another(cast):
        row = {"party": getattr(cast, party).party, "role": role, **people()}
        return insert(SeatLineFactory.build(version=appointment(cast).versions.get(), **row))

    @attack(f"steering_seatline_{'vice_chair_of_county' if role == 'vice_chair' else 'chair_of_authority'}", UPDATE,
            label=label)  # fmt: skip
    def give_an_office_of_another(cast):
        row = SeatLineFactory(version=appointment(cast).versions.get(), party=getattr(cast, party).party)
        return update(row, role=role)


def appointment(cast):
    """A draft of an appointment of the group, empty so far."""
    matter = MatterFactory(agreement=cast.agreement, kind="group_appointment")
    return VersionFactory(change=ChangeFactory(matter=matter, party=cast.ta.party), document=cast.annex3).change


office_of_another("Kela", "chair", "kela")
office_of_another("county", "chair", "hva")
office_of_another("Kela", "vice_chair", "kela")
office_of_another("authority", "vice_chair", "ta")


@attack("steering_seatline_number_kept", INSERT)
def add_a_seat_by_notice(cast):
    version = Seats.draft(cast).versions.get()
    return insert(SeatLineFactory.build(version=version, party=cast.hva.party, **people()))


@attack("steering_seatline_number_kept", INSERT, label="removed")
def remove_a_seat_by_notice(cast):
    return insert(Seats.unsaved(cast, Seats.draft(cast).versions.get(), removed=True))


@attack("steering_seatline_number_kept", UPDATE)
def turn_a_change_of_person_into_a_removal(cast):
    return update(row_of(Seats, Seats.draft(cast)), removed=True)


def cannot_sit(guard, label, **row):
    @attack(f"steering_seatline_{guard}", UPDATE, label=label)
    def sit_together(cast):
        change = Seats.draft(cast)
        values = {name: value(cast) for name, value in row.items()}
        return adopt_by_force(told(cast, forced(cast, change, **values)))


cannot_sit("one_of_an_office", "vice chair", role=lambda cast: "vice_chair")
cannot_sit("one_seat_a_person", "two seats", member=lambda cast: cast.chair.person)
cannot_sit("one_seat_a_person", "member a deputy", member=lambda cast: cast.chair_deputy.person)
cannot_sit("one_seat_a_person", "deputy a member", deputy=lambda cast: cast.chair.person)
cannot_sit("shared_deputy_told", "", deputy=lambda cast: cast.chair_deputy.person)


@attack("steering_seatline_one_of_an_office", UPDATE, label="chair")
def appoint_a_second_chair(cast):
    change = appointment(cast)
    SeatLineFactory(version=change.versions.get(), party=cast.ta.party, role="chair")
    return adopt_by_force(decided(cast, forced(cast, change)))


def decided(cast, change):
    """The authority's own decision as a bare row."""
    from_minutes = {"organ": "Kaupunginhallitus", "decided_on": TODAY, "section": "1", "outcome": "approve"}
    change.matter.decisions.create(party=cast.ta.party, mandate=cast.ta, sha256=change.sha256, **from_minutes)
    return change


@attack("agreements_change_group_appointed", UPDATE)
def appoint_without_a_decision(cast):
    change = appointment(cast)
    SeatLineFactory(version=change.versions.get(), party=cast.hva.party)
    return adopt_by_force(forced(cast, change))


@attack("agreements_change_notice_late", UPDATE)
def seat_before_the_notice_in_silence(cast):
    return adopt_by_force(told(cast, proposed(cast)), TODAY - timedelta(days=1))
