"""What is new: articles that arrived, the batches in which they are posted, and what a week brought."""
