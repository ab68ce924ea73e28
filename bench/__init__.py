"""`make bench`: the whole bot side by side with two bare echo bots, in one run on one machine."""
