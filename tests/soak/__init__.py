"""Ask the bot for a while, through random faults and restarts, and count what was lost, doubled or grew."""
