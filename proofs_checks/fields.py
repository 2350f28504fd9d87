"""Fields of a JSON object, read with their kinds; an error says where a field is, what it holds and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from w2s_theory.errors import InvalidInput

_LONGEST_SHOWN = 60
_LONGEST_TIME = 1e9

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Fields:
    """A JSON object and the words that say which one it is, such as `claim 'rf.cor1', evidence row 2`.

    Every method that reads a field raises InvalidInput where it is missing or not of the kind.
    """

    data: Mapping[str, Any]
    place: str

    @classmethod
    def of(cls, data: Any, place: str) -> Fields:
        """Return the fields of an object; raises InvalidInput for any other data."""
        if not isinstance(data, dict):
            raise InvalidInput(f"{place} is {_shown(data)}; allowed: an object with named fields")
        return cls(data, place)

    def wrong(self, name: str, allowed: str) -> InvalidInput:
        """Return the error that says what a field holds and what is allowed."""
        found = f"is {_shown(self.data[name])}" if name in self.data else "is missing"
        return InvalidInput(f"{self.place}: {name!r} {found}; allowed: {allowed}")

    def text(self, name: str) -> str:
        """Return a text."""
        value = self.data.get(name)
        if not _is_text(value):
            raise self.wrong(name, "a text")
        return str(value)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.data.get(name)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value

    def whole(self, name: str) -> int:
        """Return a whole number."""
        value = self.data.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(name, "a whole number")
        return value

    def seconds(self, name: str) -> float:
        """Return a time in seconds, at least 0."""
        value = self.data.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < _LONGEST_TIME:
            raise self.wrong(name, "a number of seconds, at least 0")
        return float(value)

    def word(self, name: str, words: type[Word]) -> Word:
        """Return one of the words of an enumeration."""
        value = self.data.get(name)
        if not isinstance(value, str) or value not in tuple(words):
            raise self.wrong(name, ", ".join(words))
        return words(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, none of them twice."""
        value = self.data.get(name)
        if not isinstance(value, list) or not all(map(_is_text, value)) or len(set(value)) < len(value):
            raise self.wrong(name, "a list of texts, each once")
        return tuple(value)

    def named_texts(self, name: str) -> dict[str, str]:
        """Return texts by their names."""
        value = self.data.get(name)
        if not isinstance(value, dict) or not all(_is_text(text) for item in value.items() for text in item):
            raise self.wrong(name, "an object of texts")
        return dict(value)

    def rows(self, name: str, place: str) -> list[Fields]:
        """Return a list of objects, each in its place, numbered from 1."""
        value = self.data.get(name)
        if not isinstance(value, list):
            raise self.wrong(name, "a list of objects")
        return [Fields.of(item, f"{place} {number}") for number, item in enumerate(value, start=1)]


def _is_text(value: Any) -> bool:
    """Return whether a value is a text that a file can hold: half of a surrogate pair cannot be written."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
