"""What the server answers beside the dashboard: signing in and out."""
