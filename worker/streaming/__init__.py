"""Kafka: the transactional loop, the two stages, restored state, dead letters and topics."""
