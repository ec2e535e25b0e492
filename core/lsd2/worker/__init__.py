"""The child process that decodes and computes for the window."""
