"""Exchanges: the source of a request and the target of its reply, for messages, commands and buttons."""
