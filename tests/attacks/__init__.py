"""Attack the bot with seeded inputs of six kinds, and with a hostile corpus while it runs."""
