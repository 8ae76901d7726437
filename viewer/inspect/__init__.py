"""The Inspect workspace: maps, strips and curves along the rows."""
