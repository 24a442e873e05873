r"""Spaces around the operators of a formula: on both sides or on none. Pure; knows signs, no LaTeX.

LaTeX ignores blanks in formulas, so that what authors put there is habit, and half of it goes with the
names of commands: ``\alpha < 1`` would be “α< 1”.
"""

from __future__ import annotations

import re

_RELATIONS = "=<>≤≥≠≈≡≃≅∼∝≪≫≺≻⪯⪰≲≳∈∉⊂⊃⊆⊇→←↔↦⇒⇐⇔⟶⟹⊢⊨"
_BINARY = "+×·±∓÷∗∪∩⊕⊗∧∨∘"
_LEFT = r"(?<=[\w)\]}′⁺⁻⁰-₟%!∞|‖⟩\u0300-\u036f\x02\x05])"
_RIGHT = r"(?=[\w(\[{√∑∏∫∂∇∞|‖⟨\x01\x05.−-])"
_SIGN = rf"[{_RELATIONS}]{{1,3}}|:=|[{_BINARY}]"
_MINUS = r"(?<=[\d)\]}\x02])[-−]|(?<![^\W\d_][^\W\d_])(?<=[^\W\d_])[-−]"  # no hyphen of a word
_AFTER = re.compile(rf"{_LEFT}(?P<sign>{_SIGN}|{_MINUS}) {_RIGHT}")
_BEFORE = re.compile(rf"{_LEFT} (?P<sign>{_SIGN}|(?<=[^\W_] |[)\]}}\x02] )[-−](?=[\w(\x01\x05])){_RIGHT}")


def spaced(formula: str) -> str:
    """Return a formula's text with a blank on both sides of operators that had one on either."""
    return _BEFORE.sub(r" \g<sign> ", _AFTER.sub(r" \g<sign> ", formula))
