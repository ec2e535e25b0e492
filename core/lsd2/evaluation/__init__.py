"""Methods measured and compared: on triplets, on clean photos with added noise, and on one pair for a sheet."""
