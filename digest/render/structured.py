"""Writes an edition as JSON for programs: every fact of it, no label."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from digest.code_links import code_links

if TYPE_CHECKING:
    from digest.model import Brief, Edition, Entry


def render(edition: Edition) -> str:
    """Return an edition as one JSON object: dates, papers checked, and each topic with its papers in order.

    Titles, abstracts and comments are arXiv's own, LaTeX included; ``code`` is null where no code is named.
    """
    return (
        json.dumps(
            {
                "dates": [day.isoformat() for day in edition.dates],
                "inferred": [day.isoformat() for day in edition.inferred],
                "checked": edition.checked,
                "sample": edition.sample,
                "topics": [
                    {
                        "name": section.topic.name,
                        "title": section.topic.title,
                        "query": section.topic.query,
                        "found": section.found,
                        "papers": [_paper(entry) for entry in section.entries],
                    }
                    for section in edition.sections
                ],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _paper(entry: Entry) -> dict[str, Any]:
    paper = entry.paper
    return {
        "id": str(paper.id),
        "version": paper.version,
        "title": paper.title,
        "authors": paper.authors,
        "categories": paper.categories,
        "link": paper.link,
        "pdf": paper.pdf_link,
        "code": next(iter(code_links(paper)), None),
        "abstract": paper.abstract,
        "comment": paper.comment,
        "brief": _brief(entry.brief) if entry.brief else None,
        "why": [{"field": reason.field, "words": reason.words} for reason in entry.match.reasons],
    }


def _brief(brief: Brief) -> dict[str, Any]:
    return {
        "sentence": brief.sentence,
        "takeaways": brief.takeaways,
        "keywords": brief.keywords,
        "language": brief.language,
        "model": brief.provenance.model,
        "read": brief.provenance.read,
        "stand_in": brief.stand_in,
        "repairs": {
            "sentence": brief.repairs.sentence,
            "takeaways": brief.repairs.takeaways,
            "language": brief.repairs.language or None,
            "takeaways_dropped": brief.repairs.takeaways_dropped,
            "keywords_dropped": brief.repairs.keywords_dropped,
        },
    }
