from agreements.models.changes import Change, Document, Version
from agreements.models.matters import CaseNumber, Consent, Decision, Matter
from agreements.models.parties import Agreement, AreaMunicipality, Mandate, Municipality, Organisation, Party, Signatory
from agreements.models.records import Record
from agreements.models.rows import Clause, Row, RowQuerySet

__all__ = [
    "Agreement",
    "AreaMunicipality",
    "CaseNumber",
    "Change",
    "Clause",
    "Consent",
    "Decision",
    "Document",
    "Mandate",
    "Matter",
    "Municipality",
    "Organisation",
    "Party",
    "Record",
    "Row",
    "RowQuerySet",
    "Signatory",
    "Version",
]
