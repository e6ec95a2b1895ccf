"""What members follow: chosen by a command or under an answer, and told once a day of what came."""
