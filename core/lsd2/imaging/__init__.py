"""Image processing steps without networks: pure functions from arrays to arrays."""
