"""Pieces of SQL that several rules share."""

CHANGE = "agreements_change"
MATTER_OF_NEW = "(SELECT m.kind FROM agreements_matter m WHERE m.id = NEW.matter_id)"
ADOPTING = "NEW.state = 'adopted' AND OLD.state <> 'adopted'"
# Over {row}, NEW or OLD, that has a matter.
SUBMITTED = "(SELECT m.sha256 FROM agreements_matter m WHERE m.id = {row}.matter_id) <> ''"
APPROVED = (
    "EXISTS (SELECT 1 FROM agreements_decision d WHERE d.matter_id = {row}.matter_id AND d.party_id IS NULL "
    "AND d.outcome = 'approve')"
)
