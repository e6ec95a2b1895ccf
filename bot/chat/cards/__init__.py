"""What the bot shows in Discord, laid out as cards."""
