"""Part I of the agreement: the staff (henkilöstöresurssi, Annex 2) each party assigns."""
