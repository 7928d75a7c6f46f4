"""Who may come in: accounts, passwords, sign-ins."""
