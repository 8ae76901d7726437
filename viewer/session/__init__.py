"""What is being read now: films, answers, models; the only caller of the engine."""
