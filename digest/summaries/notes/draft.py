"""What models write for notes, typed but unchecked: the answer's schema, and how an answer is read. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from digest.notes import CLAIMED, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST_CLAIM, LONGEST_KEYWORD, LONGEST_TITLE = 300, 60, 400  # characters
FEWEST_KEYWORDS, MOST_KEYWORDS = 3, 6
MOST_CLAIMS: Mapping[Field, int] = {
    Field.BACKGROUND: 3,
    Field.EARLIER: 3,
    Field.METHOD: 3,
    Field.RESULTS: 4,
    Field.STEPS: 8,
    Field.SIGNIFICANCE: 2,
    Field.INNOVATION: 3,
    Field.PERFORMANCE: 3,
    Field.WORKLOAD: 3,
}
NEEDED = (Field.BACKGROUND, Field.METHOD, Field.RESULTS, Field.STEPS)
"""Fields that every paper has something to say for; without one of them a model is asked again."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as a model wrote it, with the number of the section that it names; 0 for none."""

    text: str
    section: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a model found in a part of a long paper, for one of the fields."""

    field: Field
    said: Said


@dataclass(frozen=True, slots=True)
class NotesDraft:
    """Notes as a model wrote them; a field that it left out is empty."""

    title: str = ""
    keywords: tuple[str, ...] = ()
    claims: Mapping[Field, tuple[Said, ...]] = field(default_factory=dict)

    def said(self, field: Field) -> tuple[Said, ...]:
        """Return the claims of a field."""
        return self.claims.get(field, ())


_CLAIM: dict[str, Any] = {
    "type": "object",
    "properties": {"section": {"type": "integer"}, "text": {"type": "string"}},
    "required": ["section", "text"],
    "additionalProperties": False,
}


def notes_schema(*, translated: bool) -> dict[str, Any]:
    """Return the schema of notes.

    Args:
        translated: the title is to be translated.
    """
    properties: dict[str, Any] = {Field.TRANSLATED_TITLE.value: {"type": "string"}} if translated else {}
    properties[Field.KEYWORDS.value] = {
        "type": "array",
        "items": {"type": "string"},
        "minItems": FEWEST_KEYWORDS,
        "maxItems": MOST_KEYWORDS,
    }
    for name in CLAIMED:
        properties[name.value] = {"type": "array", "items": _CLAIM, "maxItems": MOST_CLAIMS[name]}
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def findings_schema(most: int) -> dict[str, Any]:
    """Return the schema of what is found in a part: at most so many findings."""
    finding = {
        "type": "object",
        "properties": {
            "field": {"type": "string", "enum": [name.value for name in CLAIMED]},
            **_CLAIM["properties"],
        },
        "required": ["field", "section", "text"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"findings": {"type": "array", "items": finding, "maxItems": most}},
        "required": ["findings"],
        "additionalProperties": False,
    }


def read_notes(answer: str) -> NotesDraft | None:
    """Read an answer; None for one that isn't the object that was asked for, or says nothing."""
    fields = json_object(answer)
    if fields is None:
        return None
    claims = {name: tuple(said_in(fields.get(name.value))) for name in CLAIMED}
    claims = {name: said for name, said in claims.items() if said}
    if not claims:
        return None
    keywords = tuple(_text(word) for word in _list(fields.get(Field.KEYWORDS.value)))
    return NotesDraft(_text(fields.get(Field.TRANSLATED_TITLE.value)), keywords, claims)


def read_findings(answer: str) -> tuple[Finding, ...] | None:
    """Read what was found in a part; None for an answer that isn't the object that was asked for."""
    fields = json_object(answer)
    if fields is None:
        return None
    findings = []
    names = {name.value: name for name in CLAIMED}
    for each in _list(fields.get("findings")):
        name = names.get(_text(each.get("field"))) if isinstance(each, dict) else None
        if name is not None:
            findings += [Finding(name, said) for said in said_in([each])]
    return tuple(findings)


def json_object(answer: str) -> dict[str, Any] | None:
    """Read an answer as an object; None for whatever isn't one."""
    # Servers that don't enforce a schema put words or a fence around it.
    start, end = answer.find("{"), answer.rfind("}") + 1
    try:
        fields = msgspec.json.decode(answer[start:end])
    except (msgspec.MsgspecError, UnicodeError):  # a lone surrogate can't be encoded
        return None
    return fields if isinstance(fields, dict) else None


def said_in(value: object) -> Iterable[Said]:
    """Yield claims; one without its section is still one."""
    for each in _list(value):
        if isinstance(each, str):
            yield Said(each.strip())
        elif isinstance(each, dict):
            section = each.get("section")
            number = section if isinstance(section, int) and not isinstance(section, bool) else 0
            yield Said(_text(each.get("text")), number)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
