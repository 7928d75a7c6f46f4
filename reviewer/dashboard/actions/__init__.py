"""What buttons and keys do: each takes one step of the workflow as the person who is signed in."""
