"""What may follow a method: exposure fusion of its result with the short frame."""
