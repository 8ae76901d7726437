"""What everything that is seen stands on: words of the reader's language, and when they change."""
