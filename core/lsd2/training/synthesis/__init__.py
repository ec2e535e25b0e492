"""Short/long/sharp triplets from clean photos, as in Section 3.1 of the LSD2 paper."""
