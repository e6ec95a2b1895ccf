"""Know the limits of request bodies that discord.py leaves to Discord; each function returns the faults."""
