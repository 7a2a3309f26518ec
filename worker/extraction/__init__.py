"""From an article to what it reports of missions: pure functions, no I/O."""
