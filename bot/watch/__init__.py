"""What operators see: logs, metrics, health. Numbers and names from fixed lists, never a word, a person or a secret."""
