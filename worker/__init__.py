"""An event-sourced Kafka worker that reads news articles and reports how missions change their status."""

__version__ = "0.1.0"
