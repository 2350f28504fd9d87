"""Docstrings here are plain sentences: f*, <f, g> and x_i are mathematics, not Markdown."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_CODE = re.compile(r"(`[^`]*`)")
_SPECIAL = re.compile(r"([\\*_<>\[\]|~])")


class PlainDocstrings(Extension):
    """Escapes what Markdown would take for markup, outside `code`."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Escape the docstring of each module, class, function and attribute."""
        if obj.docstring:
            parts = _CODE.split(obj.docstring.value)
            obj.docstring.value = "".join(
                part if part.startswith("`") else _SPECIAL.sub(r"\\\1", part) for part in parts
            )
