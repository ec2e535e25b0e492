"""The methods a pair can be processed with: one file each behind the protocol of `base`, listed in `registry`."""
