"""The domain: missions, how their status changes, and the timeline that the changes make. Pure, without I/O."""
