"""Part IV of the agreement: controller duties, access rights, retention and archives."""
