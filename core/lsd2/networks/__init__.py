"""The networks, their weights, and how tensors are run through them."""
