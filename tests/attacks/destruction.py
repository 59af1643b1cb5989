"""Attacks on destruction: files emptied past the action, words for others, lists that change afterwards."""

from agreements.models import Record
from registry.models import Destruction, DestructionConsent, DestructionLine
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, drop_guard, insert, update
from tests.factories import RecordFactory, StoredFileFactory
from tests.registry import destruction_kit as kit
from tym.core.models import FileDestruction

EMPTIED, CONFIRMED = "core_storedfile_only_emptied", "registry_core_filedestruction_confirmed"
CONSENT = "registry_destructionconsent"


def said(cast, of=None):
    """A row that says of a file what is not so."""
    record = of or RecordFactory(agreement=cast.agreement)
    minutes = RecordFactory(agreement=record.agreement, kind=Record.Kind.DESTRUCTION)
    return FileDestruction(file=record.file, minutes=minutes.file, on=cast.today)


def allowed(cast):
    """A file that may be emptied."""
    drop_guard(CONFIRMED)
    row = said(cast)
    row.save()
    return row.file


@attack(EMPTIED, UPDATE)
def change_the_bytes_of_a_file(cast):
    return update(StoredFileFactory(), content=b"muuta")


@attack(EMPTIED, UPDATE, label="undestroyed")
def empty_a_file_that_nobody_destroyed(cast):
    return update(StoredFileFactory(), content=b"")


@attack(EMPTIED, UPDATE, label="other bytes")
def put_other_bytes_into_a_destroyed_file(cast):
    return update(allowed(cast), content=b"muuta")


@attack(EMPTIED, UPDATE, label="fingerprint")
def change_the_fingerprint_of_a_destroyed_file(cast):
    return update(allowed(cast), content=b"", sha256="f" * 64)


@attack("core_storedfile_kept", DELETE)
def remove_a_file(cast):
    return delete(StoredFileFactory())


@attack("core_filedestruction_append_only", UPDATE)
def move_the_day_of_destruction(cast):
    kit.destroyed(cast)
    return update(FileDestruction.objects.get(), on=kit.LONG_AGO)


@attack("core_filedestruction_append_only", DELETE)
def take_back_that_it_was_destroyed(cast):
    kit.destroyed(cast)
    return delete(FileDestruction.objects.get())


@attack("agreements_record_of_a_kept_file", INSERT)
def keep_a_document_without_its_file(cast):
    return insert(RecordFactory.build(agreement=cast.agreement, file=allowed(cast)))


@attack(CONFIRMED, INSERT)
def destroy_what_nobody_proposed(cast):
    return insert(said(cast))


@attack(CONFIRMED, INSERT, label="no record")
def destroy_a_file_of_no_document(cast):
    return insert(FileDestruction(file=StoredFileFactory(), minutes=StoredFileFactory(), on=cast.today))


@attack(CONFIRMED, INSERT, label="unconfirmed")
def destroy_what_one_party_has_not_confirmed(cast):
    destruction = kit.common(cast)
    kit.confirm(cast, destruction, cast.ta)
    return insert(said(cast, destruction.lines.get().record))


@attack(CONFIRMED, INSERT, label="own")
def destroy_without_a_second_person(cast):
    return insert(said(cast, kit.proposed(cast).lines.get().record))


@attack(CONFIRMED, INSERT, label="declined")
def destroy_what_was_declined(cast):
    destruction = kit.proposed(cast)
    kit.decline(cast, destruction, cast.kela_main_user)
    return insert(said(cast, destruction.lines.get().record))


@attack(CONFIRMED, INSERT, label="without minutes")
def destroy_without_minutes(cast):
    row = said(cast, confirmed_only(cast).lines.get().record)
    row.minutes = StoredFileFactory()
    return insert(row)


@attack(CONFIRMED, INSERT, label="shared")
def destroy_a_file_that_another_document_needs(cast):
    record = confirmed_only(cast).lines.get().record
    RecordFactory(agreement=cast.second, file=record.file)
    return insert(said(cast, record))


def confirmed_only(cast):
    """Every word is in, past the action that would have destroyed."""
    destruction = kit.proposed(cast)
    consent(cast, destruction, cast.kela_main_user).save()
    return destruction


def consent(cast, destruction, who, **told):
    told = {"outcome": "confirm", "sha256": destruction.sha256, "party": who.party, **told}
    return DestructionConsent(destruction=destruction, mandate=who, on=cast.today, **told)


def proposal(cast, **told):
    told = {"agreement": cast.agreement, "party": cast.kela.party, "mandate": cast.kela, **told}
    return Destruction(on=cast.today, sha256="a" * 64, **told)


@attack("registry_destruction_own", INSERT)
def propose_the_documents_of_another(cast):
    return insert(proposal(cast, party=cast.hva.party))


@attack("registry_destruction_own", INSERT, label="capacity")
def propose_without_the_office(cast):
    return insert(proposal(cast, party=None, mandate=cast.coordinator))


def append_only(table, made):
    @attack(f"registry_{table}_append_only", UPDATE)
    def rewrite(cast):
        row = made(cast)
        return update(row, **{{"destruction": "sha256", "destructionline": "basis"}.get(table, "reason"): "x"})

    @attack(f"registry_{table}_append_only", DELETE)
    def remove(cast):
        return delete(made(cast))


append_only("destruction", lambda cast: saved(proposal(cast)))
append_only("destructionline", lambda cast: kit.proposed(cast).lines.get())
append_only("destructionconsent", lambda cast: kit.confirm(cast, kit.common(cast), cast.ta))


def saved(row):
    row.save()
    return row


def line(cast, destruction, record, last_day=kit.LONG_AGO):
    return DestructionLine(destruction=destruction, record=record, basis="-", last_day=last_day)


@attack("registry_destructionline_of_theirs", INSERT)
def list_the_document_of_another(cast):
    return insert(line(cast, saved(proposal(cast)), kit.old(cast, cast.hva)))


@attack("registry_destructionline_of_theirs", INSERT, label="minutes")
def list_minutes_of_destruction(cast):
    return insert(line(cast, saved(proposal(cast)), kit.old(cast, cast.kela, kind="destruction")))


@attack("registry_destructionline_run_out", INSERT)
def list_a_document_on_its_last_day(cast):
    return insert(line(cast, saved(proposal(cast)), kit.old(cast, cast.kela), cast.today))


@attack("registry_destructionline_first", INSERT)
def add_to_what_has_been_confirmed(cast):
    destruction = kit.common(cast)
    kit.confirm(cast, destruction, cast.ta)
    return insert(line(cast, destruction, kit.old(cast, content=b"%PDF-1.7 other")))


@attack(f"{CONSENT}_own", INSERT)
def confirm_on_anothers_mandate(cast):
    return insert(consent(cast, kit.common(cast), cast.ta, party=cast.hva.party))


@attack(f"{CONSENT}_own", INSERT, label="capacity")
def confirm_without_the_office(cast):
    return insert(consent(cast, kit.common(cast), cast.ta_seat))


@attack(f"{CONSENT}_of_theirs", INSERT)
def confirm_what_is_not_theirs(cast):
    return insert(consent(cast, kit.proposed(cast), cast.hva))


@attack(f"{CONSENT}_of_what_was_seen", INSERT)
def confirm_another_list(cast):
    return insert(consent(cast, kit.common(cast), cast.ta, sha256="b" * 64))


@attack(f"{CONSENT}_by_another", INSERT)
def confirm_ones_own_proposal(cast):
    return insert(consent(cast, kit.proposed(cast), cast.kela))


@attack(f"{CONSENT}_open", INSERT)
def confirm_what_was_declined(cast):
    destruction = kit.common(cast)
    kit.decline(cast, destruction, cast.ta)
    return insert(consent(cast, destruction, cast.hva))


@attack(f"{CONSENT}_open", INSERT, label="destroyed")
def decline_what_is_gone(cast):
    destruction = kit.destroyed(cast, kit.due(cast))
    return insert(consent(cast, destruction, cast.kela, outcome="decline", reason="Liian myöhään."))


CONSTRAINTS = {}


def breaks(name):
    def register(prepare):
        CONSTRAINTS[name] = prepare
        return prepare

    return register


@breaks("core_storedfile_once")
def keep_the_same_bytes_twice(cast):
    return StoredFileFactory.build(sha256=StoredFileFactory().sha256)


@breaks("core_filedestruction_file_id_key")
def destroy_twice(cast):
    kit.destroyed(cast)
    once = FileDestruction.objects.get()
    return FileDestruction(file=once.file, minutes=once.minutes, on=cast.today)


@breaks("registry_destructionline_once")
def list_one_document_twice(cast):
    destruction = kit.proposed(cast)
    return line(cast, destruction, destruction.lines.get().record)


@breaks(f"{CONSENT}_once")
def confirm_twice(cast):
    destruction = kit.common(cast)
    kit.confirm(cast, destruction, cast.ta)
    return consent(cast, destruction, cast.ta)


@breaks(f"{CONSENT}_reasoned")
def decline_without_a_reason(cast):
    return consent(cast, kit.common(cast), cast.ta, outcome="decline")
