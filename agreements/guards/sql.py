"""Pieces of SQL that several rules share."""

CHANGE = "agreements_change"
MATTER_OF_NEW = "(SELECT m.kind FROM agreements_matter m WHERE m.id = NEW.matter_id)"
ADOPTING = "NEW.state = 'adopted' AND OLD.state <> 'adopted'"
