"""The demo: sample articles through a real Kafka and the real worker, and what comes out of it."""
