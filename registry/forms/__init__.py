"""Forms of the registry: read, checked, never saved here."""
