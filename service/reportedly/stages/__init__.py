"""Draft, ground, check, repair: they know the schema, never each other."""
