"""What may follow a method: exposure fusion of its result with the short frame, by rules or by a network."""

FUSION_WEIGHTS = "fusion"
"""What weights of the fusion network are listed for, where those of methods name their method."""
