"""Text in Markdown: shown as it is by Markdown, HTML, template engines of blogs and MathJax. Knows no paper.

Formulas stay LaTeX for MathJax, unless they use commands that reach beyond the formula.
"""

from __future__ import annotations

import re

from digest.formulas import pieces
from digest.latex import readable
from digest.safety import printable, web_link

# MathJax looks for dollars and backslashes in the finished page, but not across an element's border; template
# engines of blogs look for braces before Markdown is read.
_SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "`*_[]~|^"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
    | {"$": "<span>\\$</span>", "\\": "<span>\\\\</span>"}
)
_NUMBERED = re.compile(r"(\d+)([.)])")
# What turns a bare URL or address into a link; beginning with its sign, the search skips to those.
_AUTOLINK = re.compile(r"(?i):(?:(?<=http:)|(?<=https:)|(?<=ftp:)|(?<=mailto:)|(?<=xmpp:))|\.(?<=www\.)|@")
# Commands that link, load, restyle or redefine: https://docs.mathjax.org/en/latest/input/tex/macros/
_REACHING = re.compile(
    r"\\(?:href|url|style|class|cssId|data|require|html\w*|includegraphics|[egx]?def|g?let|futurelet|unicode"
    r"|(?:re)?new\w+|provide\w+|Declare\w+|New\w+|catcode|csname|input|begingroup|endgroup|label|\w*ref|tag|verb"
    r"|mathtip|texttip|toggle|action|bbox|loop|par|newline)(?![A-Za-z])|[`\n]|://|(?<!\\)%|&(?=#|\w+;)|www\.|@"
)


def escaped(text: str) -> str:
    """Return text that Markdown, HTML, a template engine and MathJax show as it is, on one line."""
    return begun(signs(text))


def signs(text: str) -> str:
    """Escape what means something anywhere in a line."""
    return _AUTOLINK.sub(r"\\\g<0>", " ".join(printable(text).split()).translate(_SIGNS))


def begun(line: str) -> str:
    """Escape what means something only where a line begins."""
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    return f"\\{line}" if line[:1] in {"#", "+", "-", ":", "="} else line


def with_formulas(text: str) -> str:
    """Return an abstract escaped, its formulas as MathJax reads them."""
    parts = list(pieces(printable(text)))
    if all(not math for _, math in parts):
        return escaped(readable(text))
    line = "".join(formula(part) if math else _around(part) for part, math in parts)
    return begun(" ".join(line.split()))


def _around(words: str) -> str:
    """Return the words beside a formula, as far from it as they were."""
    return " " * words[0].isspace() + signs(readable(words)) + " " * words[-1].isspace()


def formula(latex: str) -> str:
    """Return a formula between dollar signs, or as escaped Unicode if it could do more than show itself."""
    latex = " ".join(latex.split())
    if _REACHING.search(latex) or latex.endswith("\\") or latex.count("{") != latex.count("}"):
        return signs(readable(f"${latex}$"))
    for sign, safe in (("<", r"\lt "), (">", r"\gt "), ("](", "] (")):
        latex = latex.replace(sign, safe)
    # Template engines of blogs read two braces, or a brace and a sign, as a command of theirs.
    latex = re.sub(r"\{(?=[{%#])", "{ ", latex)
    latex = re.sub(r"\}(?=\})", "} ", latex)
    return f"${latex.strip()}$"


def link(words: str, url: str) -> str:
    """Return a link whose words are escaped already, or the words where the URL is no web address."""
    # Parentheses could close the link, so they travel percent-encoded.
    return f"[{words}]({url.replace('(', '%28').replace(')', '%29')})" if web_link(url) else words
