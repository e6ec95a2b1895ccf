"""An open benchmark of whether a system refuses what Arabic news does not answer: its data, scorer and baselines."""
