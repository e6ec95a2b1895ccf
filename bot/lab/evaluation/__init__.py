"""How well questions with known outcomes are answered, and the evidence model fitted to such questions."""
