"""Three nodes under questions while two publish at once, nodes end and freeze, and what serves changes."""
