"""Which array library computes, on which device, in which precision."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import array_api_compat
import numpy as np

from w2s_theory.errors import InvalidInput

# Arrays of any library that follows the array API standard; there is no common base class to name.
Array = Any

_INSTALL = {
    "numpy": "pip install numpy",
    "jax": "pip install 'w2s-theory[jax]'",
    "torch": "pip install 'w2s-theory[torch]'",
    "cupy": "pip install 'w2s-theory[cupy]'",
    "array_api_strict": "pip install array-api-strict",
}
BACKEND_NAMES = tuple(_INSTALL)
PRECISIONS = {"double": "float64", "single": "float32"}


@dataclass(frozen=True)
class Backend:
    """An array namespace with a device and a precision; make one with `load_backend`."""

    name: str
    device: str | None = None
    precision: str = "double"

    def __str__(self) -> str:
        return " ".join((self.name, self.device or "default device", self.precision))

    @cached_property
    def namespace(self) -> Any:
        """The array API namespace, called xp wherever it is used."""
        zero = importlib.import_module("jax.numpy" if self.name == "jax" else self.name).zeros(1)
        return array_api_compat.array_namespace(zero)

    @property
    def dtype(self) -> Any:
        """The real floating dtype of the precision."""
        return getattr(self.namespace, PRECISIONS[self.precision])

    @property
    def epsilon(self) -> float:
        """The spacing of floating-point numbers at 1."""
        return float(np.finfo(PRECISIONS[self.precision]).eps)

    @cached_property
    def _device(self) -> Any:
        if self.device is None or self.name == "numpy":
            return None
        if self.name == "jax":
            import jax

            platform, _, index = self.device.partition(":")
            return jax.devices(platform)[int(index or 0)]
        if self.name == "cupy":
            return self.namespace.cuda.Device(int(self.device.partition(":")[2] or 0))
        if self.name == "array_api_strict":
            return self.namespace.Device({"cpu": "CPU_DEVICE"}.get(self.device, self.device))
        return self.device

    def asarray(self, values: Any) -> Array:
        """Return the values as an array of this backend, on its device and in its precision."""
        return self.namespace.asarray(values, dtype=self.dtype, device=self._device)

    def zeros(self, shape: tuple[int, ...]) -> Array:
        """Return zeros of this shape."""
        return self.namespace.zeros(shape, dtype=self.dtype, device=self._device)

    def to_numpy(self, array: Array) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return the array as NumPy float64, copied from the device if it is on one."""
        if self.name == "array_api_strict":
            array = self.namespace.asarray(array, device=self.namespace.Device("CPU_DEVICE"))
        on_host = array_api_compat.to_device(array, "cpu") if self.name in ("torch", "cupy") else array
        return np.asarray(on_host, dtype=np.float64)


NUMPY = Backend("numpy")


def load_backend(name: str = "numpy", device: str | None = None, precision: str = "double") -> Backend:
    """Return a working backend by name, one of `BACKEND_NAMES`.

    `device` is the library's own name of a device ("cpu", "cuda:0", "gpu:0"), None for its default;
    `precision` is "double" or "single". Choosing JAX switches on its 64-bit mode for the process. Raises
    InvalidInput for an unknown name, a library that is not installed, or a device that is not there.
    """
    if name not in _INSTALL:
        raise InvalidInput(f"unknown backend {name!r}; use one of {', '.join(BACKEND_NAMES)}")
    if precision not in PRECISIONS:
        raise InvalidInput(f"unknown precision {precision!r}; use double or single")
    if name == "numpy" and device not in (None, "cpu"):
        raise InvalidInput(f"backend numpy has no device {device!r}; use cpu, or another --backend")
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        raise InvalidInput(f"backend {name} is not installed; {_INSTALL[name]}") from error
    if name == "jax":
        module.config.update("jax_enable_x64", True)
    backend = Backend(name, device, precision)
    try:
        backend.zeros((1,))
    except Exception as error:  # each library has its own exceptions for a device that is not there
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InvalidInput(f"backend {name} cannot use device {device!r}: {reason}; try cpu") from error
    return backend
