from agreements.models.changes import Change, Document, Version
from agreements.models.invitations import Invitation
from agreements.models.lasting import Dispute, DisputeEnd, DisputeNote, ReviewOutcome, ReviewStatement, Termination
from agreements.models.matters import CaseNumber, Consent, Correction, Decision, Matter
from agreements.models.negotiation import Comment, ShorterNotice
from agreements.models.parties import (
    Agreement,
    AreaMunicipality,
    Mandate,
    Municipality,
    Organisation,
    OrganisationName,
    Party,
    Signatory,
)
from agreements.models.readings import Reading, readings_on
from agreements.models.records import Record, SignedOriginal
from agreements.models.related import RelatedAgreement, RelatedEnd
from agreements.models.rows import Clause, Row, RowQuerySet
from agreements.models.signing import CopyReceipt, SigningAct, SigningEnd, SigningFile, SigningPlace, SigningRound

__all__ = [
    "Agreement",
    "AreaMunicipality",
    "CaseNumber",
    "Change",
    "Clause",
    "Comment",
    "Consent",
    "CopyReceipt",
    "Correction",
    "Decision",
    "Dispute",
    "DisputeEnd",
    "DisputeNote",
    "Document",
    "Invitation",
    "Mandate",
    "Matter",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "Party",
    "Reading",
    "Record",
    "RelatedAgreement",
    "RelatedEnd",
    "ReviewOutcome",
    "ReviewStatement",
    "Row",
    "RowQuerySet",
    "ShorterNotice",
    "Signatory",
    "SignedOriginal",
    "SigningAct",
    "SigningEnd",
    "SigningFile",
    "SigningPlace",
    "SigningRound",
    "Termination",
    "Version",
    "readings_on",
]
