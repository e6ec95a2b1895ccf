"""Lay the world out as the JSON of Discord's API."""
