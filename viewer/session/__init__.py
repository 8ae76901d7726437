"""What is being read now: films, answers, models; nobody else lets the engine read."""
