"""The commands of the laboratory in a terminal: `bench`, `eval`, `fit` and `count`."""
