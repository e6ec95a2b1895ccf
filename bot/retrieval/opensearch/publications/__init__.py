"""Editions published on a cluster: their indices, the alias that names the one that serves, and their side files."""
