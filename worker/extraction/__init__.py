"""From an article to what it reports of missions: pure functions, no I/O."""

from worker.extraction.extractor import Extractor

__all__ = ["Extractor"]
