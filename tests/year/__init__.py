"""A year in the life of the bot, which nobody looks after: what its sources did, and what each person saw of it."""
