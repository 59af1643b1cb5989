"""The order of locks: the agreement first, always. On SQLite the IMMEDIATE transaction does the same."""

from agreements.models import Agreement, Change, Document


def lock_agreement(pk: int) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",)).get(pk=pk)


def lock_change(change: Change) -> Change:
    """The change as it is now, with its agreement locked."""
    lock_agreement(change.matter.agreement_id)
    return (
        Change.objects.select_for_update(of=("self",))
        .select_related("matter__agreement", "party", "drafted_by__person", "proposed_by__person", "amends")
        .get(pk=change.pk)
    )


def lock_document(document: Document) -> Document:
    lock_agreement(document.agreement_id)
    return Document.objects.get(pk=document.pk)
