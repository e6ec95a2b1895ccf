"""The archives that question sets of tests/data are about, made anew from public repositories."""
