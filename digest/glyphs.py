"""Which characters LaTeX's names stand for; knows no syntax.

The bulk of the symbols is pylatexenc's table; what stands here are the names that it lacks, or that it
renders in a way that doesn't read well in a chat.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

# Commands that say how their argument looks, or how large, never what it is.
TEXT_STYLES = frozenset(
    "emph text textbf textit textrm textsf textsc texttt textsl textup textmd textnormal mbox hbox uline "
    "textlf textls underline uppercase lowercase centerline path url".split()
)
STYLES = frozenset(
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal mathds boldsymbol bm "
    "pmb operatorname ensuremath overbrace underbrace overleftarrow overrightarrow mathop mathrel mathbin "
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr limits nolimits "
    "displaystyle textstyle scriptstyle rm bf it em sl sf sc tt cal tiny scriptsize footnotesize small "
    "normalsize large Large LARGE huge Huge bfseries itshape ttfamily sffamily scshape xspace protect relax "
    "noindent centering par nonumber notag boxed smash operatornamewithlimits".split()
)
# Commands whose argument is for the typesetter.
SILENT = frozenset(
    "label ref eqref cref Cref autoref pageref cite citep citet citealp citealt citeauthor citeyear color "
    "hspace vspace begin end includegraphics bibliographystyle pagestyle phantom".split()
)
# Commands that put something around their argument.
WRAPS = {
    "footnote": (" (", ")"),
    "thanks": (" (", ")"),
    "enquote": ("“", "”"),
    "ket": ("|", "⟩"),
    "bra": ("⟨", "|"),
    "abs": ("|", "|"),
    "norm": ("‖", "‖"),
    "pmod": (" (mod ", ")"),
}
# Letters swallow the blank that ends their name (“\o stergaard”); other commands keep it.
LETTERS = {
    "i": "i",
    "j": "j",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
}
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
MATH_ACCENTS = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "vec": "",
}
_OWN_SYMBOLS = {
    "epsilon": "ε",
    "phi": "φ",
    "varphi": "φ",
    "vartheta": "θ",
    "mid": " | ",
    "prime": "′",
    "quad": " ",
    "qquad": " ",
    "argmax": "argmax",
    "argmin": "argmin",
    "bmod": "mod",
    "coloneqq": "≔",
    "textless": "<",
    "textgreater": ">",
    "textemdash": "—",
    "textendash": "–",
    "textdegree": "°",
    "degree": "°",
    "deg": "deg",
    "textmu": "µ",
    "texttimes": "×",
    "textpm": "±",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textbackslash": "∖",
    "backslash": "∖",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textbar": "|",
    "textregistered": "®",
    "texttrademark": "™",
    "checkmark": "✓",
    "lvert": "|",
    "rvert": "|",
    "lVert": "‖",
    "rVert": "‖",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "S": "§",
    "eg": "e.g.",
    "ie": "i.e.",
    "etc": "etc.",
    "etal": "et al.",
    "wrt": "w.r.t.",
}
_RAISED = str.maketrans("0123456789+-−=", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼")
_LOWERED = str.maketrans("0123456789+-−=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌")
_PLAIN = frozenset(
    {"*", "†", "‡", "⋆", "°", "∗", "st", "nd", "rd", "th"}
)  # superscripts that read well on the line
_SCRIPT_CHARACTERS = frozenset("0123456789+-−=")


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """Return what each symbol's name stands for: ``alpha`` is ``α``, ``log`` is ``log``.

    Only names that stand for themselves, whatever follows; built once, on first use.
    """
    from pylatexenc.latex2text import get_default_latex_context_db

    table = {
        spec.macroname: spec.simplify_repl
        for spec in get_default_latex_context_db().iter_macro_specs()
        if isinstance(spec.simplify_repl, str) and "%" not in spec.simplify_repl and spec.macroname.isalpha()
    }
    del table["today"]  # the day of reading, which is no part of the text
    return {name: plain(glyph) for name, glyph in {**table, **_OWN_SYMBOLS}.items()}


def plain(text: str) -> str:
    """Return the text with mathematical alphabets (U+1D400–U+1D7FF) as the letters that they depict."""
    return "".join(normalize("NFKC", c) if "\U0001d400" <= c <= "\U0001d7ff" else c for c in text)


def accented(letter: str, mark: str) -> str:
    """Put a combining mark on a letter, as one character where Unicode has one."""
    return normalize("NFC", letter + mark)


def script(body: str, mark: str) -> str:
    """Write a superscript (mark ``^``) or subscript (``_``): ``x²``, ``x_max``, ``x^(n+1)``."""
    body = body.strip()
    if not body:
        return ""
    if _SCRIPT_CHARACTERS.issuperset(body):
        return body.translate(_RAISED if mark == "^" else _LOWERED)
    if mark == "^" and body in {"∘", "◦"}:
        return "°"
    if mark == "^" and (body in _PLAIN or set(body) == {"′"}):
        return body
    if body.isalnum() or (len(body) == 1 and not body.isspace()):
        return mark + body
    return f"{mark}{body}" if body[0] == "(" and body.find(")") == len(body) - 1 else f"{mark}({body})"
