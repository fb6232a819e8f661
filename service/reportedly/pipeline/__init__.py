"""The conversations and their drivers."""
