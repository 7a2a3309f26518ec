"""Figures: how many people in uniform a text says are, go, stay or leave somewhere."""

from worker.extraction.figures.figure import Figure
from worker.extraction.figures.finder import FigureFinder

__all__ = ["Figure", "FigureFinder"]
