"""The lexicon of each language: data files, the paradigms that expand them, and the phrase books made of both."""
