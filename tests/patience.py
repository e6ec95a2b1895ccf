"""How long a test waits for what must come, however busy the machine is."""

# A wait ends when its event comes; a minute or two pass only where it never does.
PATIENCE = 120.0
