"""Memory that one thread uses again and again: getting fresh pages from the system costs as much as filling them."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray


class Workspace:
    """Named float32 arrays that keep their memory from one use to the next.

    They are numpy's, which asks for huge pages where the system has them: access all over a large array is then much
    faster.
    """

    def __init__(self) -> None:
        self._memory: dict[str, NDArray[np.float32]] = {}

    def array(self, name: str, *shape: int) -> NDArray[np.float32]:
        """An array of this shape with anything in it; the last one of that name must no longer be in use."""
        size = prod(shape)
        if name not in self._memory or self._memory[name].size < size:
            self._memory[name] = np.empty(size, np.float32)
        return self._memory[name][:size].reshape(shape)
