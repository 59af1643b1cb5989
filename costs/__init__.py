"""Part III of the agreement: shared costs (kustannukset), their splits and settlements."""
