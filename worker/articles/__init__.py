"""From the bytes of a raw message to an article: envelope, HTML, encoding, date."""
