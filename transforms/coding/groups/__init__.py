"""Noun groups: who might be a victim, and how many they are."""
