"""Papers: from what arXiv announced to a document somebody wants to read. Knows no chat platform.

The whole flow:

    listing  = source.listing(archives)             what arXiv announced, and when
    papers.keep(listing)                            once, whole or not at all
    matches  = rank(topic, index(papers.of(date)))  in memory, each with its reasons
    briefs   = summarizer.brief(paper) for the papers that were chosen
    document = compose(edition, briefs)             blocks, on no platform in particular
    text     = render(document)                     terminal, Markdown, HTML, a chat's message
"""

__version__ = "0.1.0"
