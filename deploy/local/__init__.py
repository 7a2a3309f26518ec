"""What the local servers (broker, schema registry, Prometheus) share: tools, ports, folders and processes."""
