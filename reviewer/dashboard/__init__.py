"""The review room. Pages hold no logic: they show dossiers and call the workflow."""
