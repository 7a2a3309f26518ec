"""Learning the weights of signs (`worker/extraction/weights.json`) from labelled articles: `make weights`."""
