"""What the server tells of itself, in metrics and logs: never what people wrote or who they are."""
