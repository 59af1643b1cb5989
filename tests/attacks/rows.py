"""Attacks on the rows of documents: sections of text and lines of Annex 2 alike."""

from datetime import timedelta

from agreements.models import Clause
from agreements.models.rows import new_key
from staffing.actions import LineInput
from staffing.models import StaffingLine
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.cast import TODAY, sections_of
from tests.factories import ClauseFactory, DecisionFactory, StaffingLineFactory, VersionFactory

SERVED = StaffingLine.municipalities.through


class Text:
    """Sections of Annex 1."""

    table = "agreements_clause"
    model = Clause

    @staticmethod
    def editor(cast):
        return cast.ta

    @staticmethod
    def document(cast):
        return cast.annex1

    @staticmethod
    def foreign_document(cast):
        return cast.annex2

    @staticmethod
    def draft(cast, *, new=False):
        key = "" if new else sections_of(cast.annex1)[0].key
        return cast.draft_text(cast.ta, cast.annex1, key=key, body="Toinen teksti.")

    @staticmethod
    def unsaved(cast, version, **values):
        return ClauseFactory.build(version=version, **values)


class Staff:
    """Kela's lines of Annex 2."""

    table = "staffing_staffingline"
    model = StaffingLine

    @staticmethod
    def editor(cast):
        return cast.kela

    @staticmethod
    def document(cast):
        return cast.annex2

    @staticmethod
    def foreign_document(cast):
        return cast.annex1

    @staticmethod
    def draft(cast, *, new=False):
        kept = [cast.input(line) for line in cast.lines(cast.kela.party)]
        added = [LineInput("palveluneuvoja", 1, 1, municipalities=cast.agreement.municipalities.all()[:1])]
        return cast.draft(cast.kela, lines=kept + added) if new else cast.draft(cast.kela)

    @staticmethod
    def unsaved(cast, version, **values):
        return StaffingLineFactory.build(version=version, **{"party": cast.kela.party, **values})


def row_of(kind, change):
    return kind.model.objects.get(version__change=change)


def proposed(cast, kind, **draft):
    change = kind.draft(cast, **draft)
    return cast.propose(change, by=kind.editor(cast))


def approve(cast, change, **values):
    """The group's approval as a bare row, so that only the guard under attack is left to refuse."""
    return DecisionFactory(matter=change.matter, mandate=cast.coordinator, outcome="approve", **values)


def adopt_by_force(change, valid_from=TODAY, **values):
    return update(change, state="adopted", valid_from=valid_from, **values)


def attacks_on(kind):
    on_frozen_rows(kind)
    _on_places(kind)
    _on_adoption(kind)


def on_frozen_rows(kind):
    @attack(f"{kind.table}_draft_only", INSERT)
    def add_to_a_proposal(cast):
        return insert(kind.unsaved(cast, proposed(cast, kind).versions.get()))

    @attack(f"{kind.table}_draft_only", UPDATE)
    def move_into_a_proposal(cast):
        target = proposed(cast, kind).versions.get()
        row = row_of(kind, kind.draft(cast, new=True))
        return update(row, version=target)

    @attack(f"{kind.table}_kept", UPDATE)
    def move_out_of_a_proposal(cast):
        row = row_of(kind, proposed(cast, kind, new=True))
        return update(row, version=kind.draft(cast).versions.get())

    @attack(f"{kind.table}_kept", DELETE)
    def remove_from_a_proposal(cast):
        return delete(row_of(kind, proposed(cast, kind)))

    @attack(f"{kind.table}_kept", UPDATE, also=(f"{kind.table}_draft_only",), label="adopted")
    def rewrite_what_is_in_force(cast):
        row = kind.model.objects.of(kind.document(cast)).in_force(TODAY)[0]
        return update(row, position=row.position + 1)

    @attack(f"{kind.table}_kept", DELETE, label="adopted")
    def remove_what_is_in_force(cast):
        return delete(kind.model.objects.of(kind.document(cast)).in_force(TODAY)[0])


def _on_places(kind):
    @attack(f"{kind.table}_document", INSERT)
    def put_into_another_kind_of_document(cast):
        version = VersionFactory(change=kind.draft(cast), document=kind.foreign_document(cast))
        return insert(kind.unsaved(cast, version))

    @attack(f"{kind.table}_document", UPDATE)
    def move_into_another_kind_of_document(cast):
        change = kind.draft(cast, new=True)
        return update(row_of(kind, change), version=VersionFactory(change=change, document=kind.foreign_document(cast)))

    @attack(f"{kind.table}_base", INSERT)
    def replace_under_another_key(cast):
        change = kind.draft(cast)
        return insert(kind.unsaved(cast, change.versions.get(), base=row_of(kind, change).base, key=new_key()))

    @attack(f"{kind.table}_base", UPDATE)
    def change_the_key(cast):
        return update(row_of(kind, kind.draft(cast)), key=new_key())

    @attack(f"{kind.table}_base", INSERT, label="of a draft")
    def replace_what_is_not_adopted(cast):
        base = row_of(kind, proposed(cast, kind, new=True))
        return insert(kind.unsaved(cast, kind.draft(cast).versions.get(), base=base, key=base.key))


def _on_adoption(kind):
    @attack(f"{kind.table}_replaced_once", UPDATE)
    def adopt_a_second_successor(cast):
        first, second = proposed(cast, kind), proposed(cast, kind)
        cast.decide(first)
        approve(cast, second)
        return adopt_by_force(second)

    @attack(f"{kind.table}_start_order", UPDATE)
    def start_before_the_base(cast):
        cast.decide(proposed(cast, kind), valid_from=TODAY + timedelta(days=90))
        if kind is Text:
            change = cast.draft_text(cast.ta, cast.annex1, key=sections_of(cast.annex1)[0].key, body="Kolmas.")
        else:
            change = kind.draft(cast)
        change = cast.propose(change, by=kind.editor(cast))
        approve(cast, change)
        return adopt_by_force(change)


attacks_on(Text)
attacks_on(Staff)


@attack("staffing_staffingline_own_party", INSERT)
def add_a_row_of_another_party(cast):
    return insert(Staff.unsaved(cast, Staff.draft(cast).versions.get(), party=cast.hva.party))


@attack("staffing_staffingline_own_party", UPDATE)
def give_the_row_to_another_party(cast):
    return update(row_of(Staff, Staff.draft(cast, new=True)), party=cast.hva.party)


@attack("staffing_staffingline_base", UPDATE, label="party", also=("staffing_staffingline_own_party",))
def replace_a_row_of_another_party(cast):
    theirs = cast.line(cast.hva.party)
    return update(row_of(Staff, Staff.draft(cast)), base=theirs, key=theirs.key)


@attack("staffing_staffingline_consented", UPDATE)
def adopt_without_the_partys_yes(cast):
    change = cast.proposed_change(cast.kela_main_user)
    approve(cast, change)
    return adopt_by_force(change)


@attack("staffing_staffingline_municipalities_draft_only", INSERT)
def add_a_municipality_to_a_proposal(cast):
    row = row_of(Staff, proposed(cast, Staff))
    return insert(SERVED(staffingline=row, municipality=cast.agreement.municipalities.first()))


@attack("staffing_staffingline_municipalities_draft_only", UPDATE)
def move_a_municipality_into_a_proposal(cast):
    frozen = row_of(Staff, proposed(cast, Staff))
    served = SERVED.objects.get(staffingline=row_of(Staff, Staff.draft(cast, new=True)))
    return update(served, staffingline=frozen)


@attack("staffing_staffingline_municipalities_kept", UPDATE)
def move_a_municipality_out_of_a_proposal(cast):
    served = SERVED.objects.get(staffingline=row_of(Staff, proposed(cast, Staff, new=True)))
    return update(served, staffingline=row_of(Staff, Staff.draft(cast)))


@attack("staffing_staffingline_municipalities_kept", DELETE)
def remove_a_municipality_from_a_proposal(cast):
    return delete(SERVED.objects.get(staffingline=row_of(Staff, proposed(cast, Staff, new=True))))
