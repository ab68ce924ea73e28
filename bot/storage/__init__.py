"""The little that is kept: marks of the last half hour, in memory only."""
