"""How a citation bears on a claim: its rationale and stance, suggested by the machine."""
