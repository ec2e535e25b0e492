"""Many pairs, one after the other, into one folder: resumable after a kill, and stopped by no bad file.

`work.Workplace` does one pair, `queue.BatchQueue` knows which is next, `run.run_batch` does them all; the window drives
the same queue and has the worker do the pairs.  What was done is in a journal in the output folder (`journal`).
"""
