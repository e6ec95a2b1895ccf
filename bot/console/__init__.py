"""The command line: the same answers in a terminal, in a pipe and as JSON records, and the maintainers' commands."""
