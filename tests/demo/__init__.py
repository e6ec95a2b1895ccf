"""A demonstration that moves: the running bot plays it, and it is drawn as Discord shows it; `python -m tests.demo`."""
