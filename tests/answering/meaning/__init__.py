"""What an encoder of meaning would add to words: to the gate, to ranking, and to what is found."""
