"""What leaves the house: tables for spreadsheets, references for manuscripts."""
