"""Benchmarks: programs, not tests; each prints what it measured and exits with 1 where that is below its bound."""
