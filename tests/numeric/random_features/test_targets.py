import pytest

from numeric.random_features.targets import Component, Target, parse_target
from w2s_theory.errors import InvalidInput


def test_masses_are_scaled_to_one():
    target = parse_target("degree:1=1,4=3")
    assert target.masses(6) == [0.0, 0.25, 0.0, 0.0, 0.75, 0.0]
    assert target.levels == (1, 4)
    assert parse_target("degree:1,2") == parse_target("level:1=0.5,2=0.5")


@pytest.mark.parametrize(
    "text",
    ["", "1", "degree:", "degree:x", "degree:1,1", "degree:1=0", "degree:-1", "degree:1=nan", "shape:1"],
)
def test_other_texts_are_refused(text):
    with pytest.raises(InvalidInput, match="target"):
        parse_target(text)


def test_masses_must_be_positive_and_finite():
    with pytest.raises(InvalidInput, match="finite and > 0"):
        Target((Component(1, float("inf")),))
