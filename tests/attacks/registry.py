"""Attacks on the registry: access rights, their confirmations and settings, and their history."""

from datetime import timedelta

from registry import actions
from registry.guards import TRACKED
from registry.models import AccessRight, ArchiveExport, DutyNote, PublicityClass, RetentionRule, RightsCheck
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.histories import MADE, attacks_on_history
from tests.factories import RecordFactory
from tests.registry import kit

STAYS = "registry_accessright_stays_own"


def new_right(cast, party=None, by=None):
    told = {"person": "Uusi", "employer": "Kela", "applied_on": kit.APPLIED}
    return AccessRight(party=party or cast.kela.party, entered_by=by or cast.kela, **told)


def named(cast, who=None):
    kit.by_name(cast, who)
    return cast


@attack("registry_accessright_own", INSERT)
def enter_a_right_of_another_party(cast):
    return insert(new_right(named(cast), by=cast.hva))


@attack("registry_accessright_own", INSERT, label="capacity")
def enter_a_right_without_the_office(cast):
    return insert(new_right(named(cast), by=cast.kela_seat))


@attack("registry_accessright_own", UPDATE, also=(STAYS,))
def have_another_have_entered_it(cast):
    return update(kit.right(cast), entered_by=cast.hva)


@attack("registry_accessright_by_name", INSERT)
def name_a_person_of_a_party_of_counts(cast):
    return insert(new_right(cast))


@attack("registry_accessright_by_name", UPDATE)
def go_on_with_names_that_are_closed(cast):
    right = kit.right(cast)
    kit.choose(cast, named=False)
    return update(right, task="muu")


@attack(STAYS, UPDATE)
def let_another_of_the_party_have_entered_it(cast):
    return update(kit.right(cast), entered_by=cast.kela_main_user)


@attack(STAYS, UPDATE, label="party", also=("registry_accessright_own",))
def move_a_person_to_another_party(cast):
    return update(kit.right(named(cast, cast.hva)), party=cast.hva.party)


@attack("registry_accessright_kept", DELETE)
def remove_a_right(cast):
    return delete(kit.right(cast))


@attack("registry_rightscheck_own", INSERT)
def confirm_the_rights_of_another_party(cast):
    return insert(RightsCheck(party=cast.kela.party, on=cast.today, granted=1, mandate=cast.hva))


@attack("registry_rightscheck_append_only", UPDATE)
def rewrite_a_confirmation(cast):
    return update(kit.check(cast), granted=9)


@attack("registry_rightscheck_append_only", DELETE)
def remove_a_confirmation(cast):
    return delete(kit.check(cast))


@attack("registry_rightssetting_stays_own", UPDATE)
def give_the_setting_to_another(cast):
    return update(kit.by_name(cast), party=cast.hva.party)


@attack("registry_rightssetting_kept", DELETE)
def remove_the_setting(cast):
    return delete(kit.by_name(cast))


def new_note(cast, **told):
    told = {"party": cast.kela.party, "mandate": cast.kela, "note": "Tehty.", **told}
    return DutyNote(duty="10-3", on=cast.today, **told)


def noted(cast):
    told = {"party": cast.kela.party, "by": cast.kela, "on": cast.today}
    return actions.add_evidence(duty="10-3", note="Tehty.", **told)


@attack("registry_dutynote_own", INSERT)
def confirm_for_another(cast):
    return insert(new_note(cast, mandate=cast.hva))


@attack("registry_dutynote_same_agreement", INSERT)
def prove_by_a_document_of_others(cast):
    return insert(new_note(cast, record=RecordFactory(agreement=cast.second)))


@attack("registry_dutynote_append_only", UPDATE)
def rewrite_what_was_said(cast):
    return update(noted(cast), note="Muuta.")


@attack("registry_dutynote_append_only", DELETE)
def take_back_what_was_said(cast):
    return delete(noted(cast))


def exported(cast):
    kit.copies(cast)
    return actions.export_archive(party=cast.kela.party, by=cast.kela, on=cast.today)[0]


@attack("registry_archiveexport_own", INSERT)
def take_the_archive_of_another(cast):
    told = {"manifest_sha256": "a" * 64, "state_sha256": "b" * 64, "mandate": cast.hva}
    return insert(ArchiveExport(party=cast.kela.party, on=cast.today, files=1, **told))


@attack("registry_archiveexport_append_only", UPDATE)
def rewrite_the_fingerprint_of_a_package(cast):
    return update(exported(cast), manifest_sha256="c" * 64)


@attack("registry_archiveexport_append_only", DELETE)
def hide_that_a_package_was_made(cast):
    return delete(exported(cast))


def classed(cast):
    return kit.classify(cast, RecordFactory(agreement=cast.agreement, party=cast.kela.party))


def new_class(cast, **told):
    of = {"agreement": cast.agreement, "party": told.pop("party", cast.kela.party)}
    told = {"record": told.pop("record", None) or RecordFactory(**of), "mandate": cast.kela, "on": cast.today, **told}
    return PublicityClass(**{"state": "public", "reason": "Syy", **told})


@attack("registry_publicityclass_answers", INSERT)
def classify_a_document_of_another(cast):
    return insert(new_class(cast, party=cast.hva.party))


@attack("registry_publicityclass_answers", INSERT, label="common")
def classify_what_is_common_to_all(cast):
    return insert(new_class(cast, party=None))


@attack("registry_publicityclass_answers", INSERT, label="agreement")
def classify_a_document_of_another_agreement(cast):
    return insert(new_class(cast, record=RecordFactory(agreement=cast.second), mandate=cast.coordinator))


@attack("registry_publicityclass_in_order", INSERT)
def slip_a_class_before_the_latest(cast):
    row = classed(cast)
    return insert(new_class(cast, record=row.record, on=row.on - timedelta(days=1)))


@attack("registry_publicityclass_append_only", UPDATE)
def make_a_secret_public_in_silence(cast):
    return update(classed(cast), reason="Muu")


@attack("registry_publicityclass_append_only", DELETE)
def forget_that_it_was_secret(cast):
    return delete(classed(cast))


def new_rule(cast, **told):
    told = {"mandate": cast.kela, "kind": "notice", "counted_from": "document", "basis": "TOS", **told}
    return RetentionRule(party=cast.kela.party, **told)


@attack("registry_retentionrule_own", INSERT)
def set_the_times_of_another(cast):
    return insert(new_rule(cast, mandate=cast.hva))


@attack("registry_retentionrule_append_only", UPDATE)
def shorten_a_time_in_silence(cast):
    return update(kit.rule(cast), years=1)


@attack("registry_retentionrule_append_only", DELETE)
def forget_a_time(cast):
    return delete(kit.rule(cast))


MADE |= {
    "AccessRight": kit.right,
    "RightsSetting": kit.by_name,
}
for tracked in TRACKED:
    attacks_on_history(tracked)
