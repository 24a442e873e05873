"""What people read has no LaTeX left in it, and nothing that wasn't LaTeX is gone."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.latex import readable

TABLE = [
    # accents
    (r"G\"odel", "Gödel"),
    (r"\'{e}tale", "étale"),
    (r"{\'e}tale", "étale"),
    (r"{\L}ukasz", "Łukasz"),
    (r"\L ukasz", "Łukasz"),
    (r"Erd\H{o}s", "Erdős"),
    (r"Fran\c cois", "François"),
    (r"Fran\c{c}ois", "François"),
    (r"na\"{\i}ve", "naïve"),
    (r"na\"\i ve", "naïve"),
    (r"S{\o}ren \O stergaard", "Søren Østergaard"),
    (r"Stra\ss e", "Straße"),
    (r"Ram\'irez-Ram\'irez", "Ramírez-Ramírez"),
    (r"Ho\v{r}\v{c}\'{\i}k", "Hořčík"),
    (r"Mu\~noz", "Muñoz"),
    (r"\AA ngstr\"om", "Ångström"),
    # styles and links
    (r"\textbf{bold} and \emph{it}", "bold and it"),
    (r"{\em tight} and {\bf so}", "tight and so"),
    (r"see \url{https://a.b/c_d}", "see https://a.b/c_d"),
    (r"\href{https://x.y/z}{our site}", "our site"),
    (r"\hyperref[code]{https://github.com/a/b_c}", "https://github.com/a/b_c"),
    (r"\textcolor{red}{text}", "text"),
    (r"1\textsuperscript{st}, H\textsubscript{2}O", "1st, H₂O"),
    (r"effective\footnote{see there}", "effective (see there)"),
    (r"(ARC;~\citealp{chollet2019measure}), data~\cite{pascal}.", "(ARC), data."),
    (r"{BERT}: a {Large Language} model", "BERT: a Large Language model"),
    (r"\enquote{so}", "“so”"),
    # formulas
    (r"$\alpha_i^2$", "α_i²"),
    ("𝒪(𝑛)", "O(n)"),
    (r"$\mathcal{O}(n\log n)$", "O(n log n)"),
    (r"$O(n^3\log^3 n)$", "O(n³ log³ n)"),
    (r"$x^2$ and $x^{n+1}$", "x² and x^(n+1)"),
    (r"$x_{max}$, $x_{\max}$, $I_{\rm pred}$", "x_max, x_max, I_pred"),
    (r"$\frac{a}{b}$", "a/b"),
    (r"$\frac{k^3/3}{q+1}$", "(k³/3)/(q+1)"),
    (r"$\sqrt{x}$, $\sqrt{n+1}$, $\sqrt[3]{2}$", "√x, √(n+1), ∛2"),
    (r"$a \leq b \times c$", "a ≤ b × c"),
    (r"$\sim 3$", "∼3"),
    (r"$\{1,2\}$", "{1,2}"),
    (r"$\left(3 -\frac{2}{k}\right)$", "(3 - 2/k)"),
    (r"$\tilde{O}(\sqrt{m})$", "Õ(√m)"),
    (r"$N_{\text{eff}}$", "N_eff"),
    (r"$\operatorname{LPC}_{\infty}(1)$", "LPC_∞(1)"),
    (r"$P(C\text{ is MDS}) \to e^{-λ}$", "P(C is MDS) → e^(-λ)"),
    (r"$\textbf{RL optimization from groups}$", "RL optimization from groups"),
    (r"810~km$^2$, m$^{-2}$, 90$^\circ$, 2$^{nd}$", "810 km², m⁻², 90°, 2nd"),
    (r"$ρ{=}0.754{\pm}0.016$", "ρ=0.754±0.016"),
    (r"$\ours$ beats \METHOD.", "ours beats METHOD."),
    (r"\(a+b\) \[c\]", "a+b c"),
    (r"$x\not\in A$", "x∉A"),
    (r"$\binom{n}{k}$", "(n choose k)"),
    (r"up to 1{,}890$\times$", "up to 1,890×"),
    # text signs
    (r"50\%, C\&S, a\_b, \#1, \$5", "50%, C&S, a_b, #1, $5"),
    ("``so'' and ``so''", "“so” and “so”"),
    ("a -- b, 3--5, so---and", "a – b, 3–5, so—and"),
    (r"i.i.d.\ data, 10\,ms", "i.i.d. data, 10 ms"),
    ("Fig.~3", "Fig. 3"),
    # whitespace and what can't be printed
    ("  a\n  b\t c ", "a b c"),
    ("a\x00b\u202ec\u200b", "abc"),
]

NOT_LATEX = [
    "costs $5 and $6",
    "costs $0.8-$1.5 per run",
    "($0.08) against ($4.2)",
    "a price of $5",
    "100% of them",
    r"in C:\path\to\alpha",
    r"input\output",
    "snake_case_name and __init__",
    "https://x.org/~user/a_b--c#d&e=f%20g",
    "about ~70 ms, ~96%, 3~5",
    "Dungeons & Dragons, C#, #1, R&D",
    "first.last_name@example.org",
    "run it with --help",
    "the set {a, b}",
    "it's the dogs' bowl, 5'10''",
    "x^2 and a_i",
    "A --> B <!-- c -->",
]


@pytest.mark.parametrize(("latex", "text"), TABLE)
def test_reads(latex: str, text: str) -> None:
    """LaTeX becomes the Unicode that a reader expects."""
    assert readable(latex) == text


@pytest.mark.parametrize("text", NOT_LATEX)
def test_leaves_alone(text: str) -> None:
    """Text that isn't LaTeX stays as it is, alone and beside LaTeX."""
    assert readable(text) == text
    assert readable(rf"\emph{{So}}: {text}") == f"So: {text}"


PIECES = st.sampled_from(
    [
        *r"\alpha \textbf{ \frac{ \frac \sqrt[ \href{ \url{ \cite{ \' \" \c \v{ \i \$ \% \{ \} \( \)".split(),
        *r"\not \text{ \mathcal{ \left( \right. \begin{x} \unicode{x202e} \unicode{x0} \[ \] \\".split(),
        *r"$ $$ { } ^ _ ~ & # % `` '' ` ' - -- --- ^{ _{ https://a.b/ C:\ word 5 é 𝒪 𝔸".split(),
        *r"\textasciitilde \text \choose \emph{ \footnote{ \sqrt{ \textbackslash \ours".split(),
        "\\ ",
    ]
)
HOSTILE = st.lists(PIECES | st.text(max_size=4), max_size=30).map(" ".join) | st.lists(
    PIECES | st.text(max_size=2), max_size=30
).map("".join)


@given(HOSTILE | st.text())
@example(r"\$x\$")
@example(r"\textasciitilde{}\textbackslash textbackslash alpha")
@example("{" * 5000 + "}" * 5000)
@example(r"\textbf{" * 3000 + "x" + "}" * 3000)
@example(r"\frac" * 3000)
@example("$x^" * 3000)
@example(r"\(" * 3000)
def test_any_text_is_read(text: str) -> None:
    """Any text is read without an error, to printable text that reads the same the second time."""
    once = readable(text)
    assert readable(once) == once
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs"}]
    assert not re.search("[\U0001d400-\U0001d7ff\u202a-\u202e\u2066-\u2069]", once)
    assert once == " ".join(once.split())


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", "$", r"\textbf{", "^", "``", r"\(", "~ ", "%", "&", r"\frac{", r"\frac", r"\sqrt"]
        ),
        max_size=12,
    )
)
def test_no_word_is_lost(marks: list[str]) -> None:
    """However LaTeX is broken, every word of the prose between its signs survives, in order."""
    words = [f"word{chr(97 + number)}" for number in range(len(marks) + 1)]
    text = words[0] + "".join(f" {mark} {word}" for mark, word in zip(marks, words[1:], strict=True))
    assert re.findall("word[a-z]", readable(text)) == words


@given(st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FFF), min_size=1))
def test_plain_words_stay(text: str) -> None:
    """A text of letters and digits stays as it is."""
    assert readable(text) == text
