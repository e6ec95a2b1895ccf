"""Web pages into articles: extraction by trafilatura, and what repairs it."""
