"""The benchmark: speed and memory of the bot's index and of whole answers, against rank-bm25 and its peers."""
