"""The records of the house: frozen dataclasses and permanent enum values, nothing that acts."""
