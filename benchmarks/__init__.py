"""What is measured against a baseline of the same run; see `make bench`."""
