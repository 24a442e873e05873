"""The topic language: every query of a table means what arXiv's manual says.

https://info.arxiv.org/help/api/user-manual.html#query_details
"""

from __future__ import annotations

import pytest

from digest.index import index, numbers
from digest.match import match
from digest.model import Paper, PaperId
from digest.query import parse
from digest.terms import Author, Category, Words


def _paper(title: str, abstract: str, authors: str, categories: str, *, comment: str | None = None) -> Paper:
    return Paper(
        id=PaperId(f"2601.{len(title):05}"),
        version=1,
        title=title,
        abstract=abstract,
        authors=tuple(authors.split(", ")),
        categories=tuple(categories.split()),
        comment=comment,
    )


PAPERS = {
    "lattice": _paper(
        "Quantum criticality on a checkerboard lattice",
        "We measure the electron thermal conductivity of a critical point.",
        "Adrian Del Maestro, Subir Sachdev",
        "cond-mat.str-el quant-ph",
        comment="4 pages, 2 figures",
    ),
    "magnets": _paper(
        "Pyrochlore magnets: Gödel's view",
        r"The na\"ive limit of $\alpha$-stable \textbf{noise}, with a thermal electron gas, no conductivity.",
        "Adrian Del Maestro, Leon Balents",
        "cond-mat.str-el",
    ),
    "images": _paper(
        "Diffusion models for text-to-image synthesis",
        "A diffusion process in the style of flow matching, distilled.",
        "Geoffrey E. Hinton, Zoë Müller, Wei Song",
        "cs.CV cs.LG",
        comment="Accepted at CVPR 2026",
    ),
    "video": _paper(
        "Video synthesis, frame by frame",
        "We diffuse videos from a text to image prior by diffusion.",
        "Yann LeCun, Gabriel García Márquez, J.-L. Picard",
        "cs.CV eess.IV",
    ),
    "holes": _paper(
        "Black holes and the Łukasiewicz logic of strings",
        "Supersymmetry at the LHC. The model generates songs.",
        "Edward Witten, ATLAS Collaboration",
        "hep-th gr-qc",
    ),
    "survey": _paper(
        "The state of the art in IT: a survey",
        "A state is surveyed. Where generation is concerned, art is not.",
        "Søren O'Brien, Plato",
        "stat.ML math.ST",
        comment="Diffusion of surveys",
    ),
}
DAY = index(PAPERS.values())

# query → the papers above that it finds.
RIGHT = {
    # one prefix each, as in the manual's table
    "ti:checkerboard": "lattice",
    "au:del_maestro": "lattice magnets",
    "abs:electron": "lattice magnets",
    "co:CVPR": "images",
    "cat:hep-th": "holes",
    "all:electron": "lattice magnets",
    "TI:checkerboard": "lattice",
    "Cat:HEP-TH": "holes",
    "ti: checkerboard": "lattice",
    # the manual's Boolean examples
    "au:del_maestro AND ti:checkerboard": "lattice",
    "au:del_maestro ANDNOT ti:checkerboard": "magnets",
    "au:del_maestro ANDNOT (ti:checkerboard OR ti:Pyrochlore)": "",
    'au:del_maestro AND ti:"quantum criticality"': "lattice",
    'ti:"electron thermal conductivity" OR abs:"electron thermal conductivity"': "lattice",
    # precedence and grouping
    "ti:lattice OR ti:magnets AND ti:nothing": "lattice",
    "ti:nothing AND ti:magnets OR ti:lattice": "lattice",
    "(ti:lattice OR ti:magnets) AND au:balents": "magnets",
    "ti:lattice OR au:maestro ANDNOT ti:lattice": "lattice magnets",
    "cs.CV ANDNOT ti:video AND au:hinton": "images",
    "cs.CV ANDNOT (ti:video AND au:hinton)": "images video",
    "cs.CV ANDNOT ti:video ANDNOT ti:diffusion": "",
    "ti:lattice ti:checkerboard": "lattice",
    "ti:lattice OR ti:survey ti:state": "lattice survey",
    "((((ti:lattice))))": "lattice",
    "(ti:lattice)(au:sachdev)": "lattice",
    # a prefix binds the next word, phrase or group, and the inner one wins
    "ti:(lattice OR magnets)": "lattice magnets",
    "abs:(electron AND conductivity) ANDNOT ti:magnets": "lattice",
    "ti:(lattice au:sachdev)": "lattice",
    "ti:video lecun": "",
    "au:(lecun OR hinton)": "images video",
    "cat:(cs.LG OR hep-th)": "images holes",
    # plain words: all of them, anywhere in title, abstract or comment
    "diffusion": "images video survey",
    "diffusion image": "images video",
    "image diffusion": "images video",
    "diffusion AND image": "images video",
    "thermal noise": "magnets",
    "hinton": "",
    "song": "holes",
    "Yann LeCun": "video",
    "lecun yann": "",
    '"Edward Witten"': "holes",
    "diffusion and surveys": "survey",
    "The state of IT": "survey",
    "IT": "survey",
    "diffusion & surveys": "survey",
    "2026": "images",
    # unquoted words by their stems, quoted ones whole
    "diffusing": "images video survey",
    'ti:"diffusion"': "images",
    'ti:"diffuse"': "",
    "abs:diffuse ANDNOT abs:video": "images",
    'abs:"videos"': "video",
    'abs:"video"': "",
    "abs:video": "video",
    'ti:"hole"': "",
    "ti:hole": "holes",
    'ti:"hol"': "",
    '"the"': "lattice magnets images holes survey",
    '"to"': "images video",
    '"state of the art"': "survey",
    '"art of the state"': "",
    # hyphens, punctuation, accents, case and LaTeX never count
    'all:"text-to-image"': "images video",
    'all:"text to image"': "images video",
    "text-to-image": "images video",
    "text-to-images": "images video",
    "image-to-text": "",
    "abs:naive": "magnets",
    "abs:naïve": "magnets",
    'abs:"NAIVE LIMIT"': "magnets",
    "ti:godel": "magnets",
    "ti:Gödel": "magnets",
    'ti:"Godel view"': "magnets",
    r"ti:G\"odel": "magnets",
    r'ti:"G\"{o}del view"': "magnets",
    "ti:lukasiewicz": "holes",
    "abs:noise": "magnets",
    r"abs:$\alpha$-stable": "magnets",
    "abs:\N{GREEK SMALL LETTER ALPHA}-stable": "magnets",
    "“quantum criticality”": "lattice",
    "ti:„quantum criticality“": "lattice",
    "«quantum criticality»": "lattice",
    "ti\uff1a\uff08lattice OR magnets\uff09": "lattice magnets",
    # wildcards
    "ti:checker*": "lattice",
    "ti:check* OR ti:pyro*": "lattice magnets",
    "diffus*": "images video survey",
    "ti:text-to-im*": "images",
    "ti:ynth*": "",
    "au:hint*": "images",
    "au:hinton_geof*": "images",
    # authors
    "au:hinton": "images",
    "au:geoffrey": "",
    "au:maestro": "lattice magnets",
    "au:balents_l": "magnets",
    "au:balents_x": "",
    "au:maestro_a_d": "lattice magnets",
    "au:E_Witten": "holes",
    'au:"Hinton, Geoffrey"': "images",
    'au:"Hinton, G"': "images",
    'au:"Hinton, G. E."': "images",
    'au:"Hinton, E"': "",
    'au:"Hinton, Geoffrey F."': "",
    'au:"Geoffrey Hinton"': "images",
    'au:"Hinton Geoffrey"': "",
    'au:"Del Maestro"': "lattice magnets",
    'au:"Del Maestro, A"': "lattice magnets",
    "au:muller": "images",
    "au:Müller": "images",
    "au:garcia": "video",
    "au:garcia_marquez": "video",
    'au:"Picard, J"': "video",
    'au:"Picard, J.-L."': "video",
    "au:o'brien": "survey",
    "au:plato": "survey",
    "au:atlas": "holes",
    "au:soren": "",
    "all:hinton": "images",
    'all:"Edward Witten"': "holes",
    # categories
    "cat:cs.CV": "images video",
    "cat:cs.cv": "images video",
    'cat:"cs.CV"': "images video",
    "cat:cs.*": "images video",
    'cat:"cs.*"': "images video",
    "cat:cs*": "images video",
    "cat:cs.C*": "images video",
    "cat:c*": "lattice magnets images video",
    "cat:cond-mat.*": "lattice magnets",
    "cat:quant-ph": "lattice",
    "cs.CV": "images video",
    "cs.*": "images video",
    "cs": "images video",
    "cs.LG diffusion": "images",
    "cond-mat.str-el ANDNOT quant-ph": "magnets",
    "quant-ph OR gr-qc": "lattice holes",
    "cond-mat": "lattice magnets",
    "stat": "",
    "stat.ML": "survey",
    "all:cs.CV": "images video",
    '"cs.CV"': "",
}


def _find(query: str) -> set[str]:
    names = list(PAPERS)
    return {names[number] for number in numbers(match(parse(query), DAY))}


@pytest.mark.parametrize("query", RIGHT)
def test_a_right_query_finds_what_it_means(query: str) -> None:
    """A query finds exactly the papers that the manual, or the note above it, says."""
    assert _find(query) == set(RIGHT[query].split())


def test_as_deep_and_as_long_as_allowed() -> None:
    """Twenty parentheses and a thousand characters are fine."""
    assert parse("(" * 20 + "x" + ")" * 20).terms
    assert parse(f"ti:{'x' * 997}").terms


def test_terms_are_what_a_paper_can_match_by() -> None:
    """Terms keep the order and the writing of the query; what ANDNOT leaves out isn't among them."""
    query = parse('ti:"Flow-Matching" OR (au:del_maestro cs.CV ANDNOT abs:video) OR diffus*')
    assert [(type(term), term.wrote) for term in query.terms] == [
        (Words, "Flow-Matching"),
        (Author, "del_maestro"),
        (Category, "cs.CV"),
        (Words, "diffus*"),
    ]


def test_the_same_text_is_parsed_once() -> None:
    """A topic that a thousand chats share costs one parse."""
    assert parse("ti:once AND twice") is parse("ti:once AND twice")
