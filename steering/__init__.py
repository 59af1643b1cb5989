"""Part II of the agreement: the steering group (johtoryhmä), its terms, seats and meetings."""
