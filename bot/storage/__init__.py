"""The little that is kept: counts, marks of the last half hour, and questions that somebody asked us to pass on."""
