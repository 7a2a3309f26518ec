"""Articles that lie in files and archives, read in bulk: into a file of events, or into the topic of raw articles."""
