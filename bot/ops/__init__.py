"""How the process is run and watched: log lines, health, supervision. Knows nothing of Discord."""
