"""Offsets, and normalisation with a map back."""
