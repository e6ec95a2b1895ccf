"""Tests of the search engine on a cluster."""
