"""Put the unmodified program under load: many members ask it over real sockets, and its own metrics are read."""
