"""Where work runs beside the event loop: daemon threads, and child processes. Knows no articles."""
