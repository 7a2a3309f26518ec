"""Between the domain and Avro: codecs, wire formats, the schema registry, headers and ids."""
