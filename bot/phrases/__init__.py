"""Every sentence that the bot itself says, in English, which is the source language; a module a subject.

The phrases of documents are in `digest.phrases`; both are translated in the catalogs of `digest`.
"""
