"""A real Apache Kafka on loopback, for development and tests."""
