"""The national goals for promoting employment 2025–2027, which the Government confirmed 19.12.2024 (380/2023 21 §).

The texts are our own short rendering in Finnish; the Government's wording stands in its decision.
"""

FIRST_YEAR, LAST_YEAR = 2025, 2027
TEXTS = (
    "Yhdenvertaiset palvelut kaikille asiakkaille molemmilla kansalliskielillä",
    "Heikommin työllistyvien asiakasryhmien työllisyysasteen nostaminen",
    "Nopea työllistyminen vaikuttavilla palveluilla, jotka vähentävät etuusmenoja",
    "Ammatillinen, alueellinen ja kansainvälinen liikkuvuus työvoimapula-aloille",
    "Alueiden elinvoiman vahvistaminen yhdessä alueen toimijoiden kanssa",
)
