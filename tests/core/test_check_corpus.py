"""The check on what models write, good and bad, in five languages, and on papers that attack them."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from digest.summaries.check import (
    LONGEST_KEYWORD,
    LONGEST_SENTENCE,
    LONGEST_TAKEAWAY,
    Draft,
    Rule,
    Source,
    check_brief,
    violations_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "check_corpus"
SCITLDR = Path(__file__).parents[3] / "shared/data/summarisation/scitldr_A_dev.jsonl"
LANGUAGES = {"en", "zh", "ja", "de", "es"}


def read(name: str) -> dict[str, Any]:
    """Read a file of the corpus."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


SOURCES = {
    name: Source.of(paper["title"], paper["abstract"], paper.get("comment", ""))
    for name, paper in read("papers").items()
}
DRAFTS = [
    (paper, language, Draft(draft["sentence"], tuple(draft["takeaways"]), tuple(draft["keywords"])))
    for paper, drafts in read("good").items()
    for language, draft in drafts.items()
]
BAD = [
    (rule, language, paper, text)
    for rule, languages in read("bad").items()
    for language, papers in languages.items()
    for paper, texts in papers.items()
    for text in texts
]
ATTACKS = read("attacks")["attack"]


def good_texts() -> Iterator[tuple[str, str, str]]:
    """Yield the paper, the language and the text of each good sentence and takeaway."""
    for paper, language, draft in DRAFTS:
        for text in (draft.sentence, *draft.takeaways):
            yield paper, language, text


@pytest.mark.parametrize(
    ("paper", "language", "draft"), DRAFTS, ids=[f"{paper}-{language}" for paper, language, _ in DRAFTS]
)
def test_good_drafts_pass_untouched(paper: str, language: str, draft: Draft) -> None:
    """Nothing of a good draft is dropped, and nothing is wrong but, in short ones, how much there is."""
    checked = check_brief(draft, SOURCES[paper], language)
    assert checked.draft == draft
    assert {violation.rule for violation in checked.violations} <= {Rule.COUNT}


@pytest.mark.parametrize(("rule", "language", "paper", "text"), BAD)
def test_bad_texts_break_their_rule(rule: str, language: str, paper: str, text: str) -> None:
    """Each is found, and for what is wrong with it."""
    found = violations_of(text, "takeaways 1", SOURCES[paper], language, LONGEST_TAKEAWAY)
    assert rule in {violation.rule.value for violation in found}


ANSWERS = {"quote", "unborne"}  # rules of answers alone


def test_corpus_is_wide() -> None:
    """At least 150 texts each, in five languages, and every rule of single texts with a bad one."""
    assert len(list(good_texts())) >= 150
    assert len(BAD) >= 150
    assert {language for _, language, _ in DRAFTS} == LANGUAGES == {language for _, language, _, _ in BAD}
    assert {rule for rule, _, _, _ in BAD} == {rule.value for rule in Rule} - {"length", "count"} - ANSWERS


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack["name"] for attack in ATTACKS])
def test_attacks_gain_nothing(attack: dict[str, Any]) -> None:
    """No text of a model that obeyed the paper's orders is shown, while one that told its content is."""
    source = Source.of("", attack["abstract"])
    for text in attack["obeyed"]:
        for field, longest in (("sentence", LONGEST_SENTENCE), ("keywords 1", LONGEST_KEYWORD)):
            assert violations_of(text, field, source, attack["language"], longest), text
    assert not violations_of(attack["faithful"], "sentence", source, attack["language"], LONGEST_SENTENCE)


NUMBER = re.compile(r"(?<![A-Za-z0-9.,^⁻-])[0-9]+(?:[.,][0-9]+)*(?![A-Za-z0-9.,]*[0-9])")
UNITS = {
    "%": " ms", "％": " GB", "percent": "hours", "Prozent": "Stunden", "points": "percent",
    "ポイント": "%", "Prozentpunkte": "Prozent", "puntos porcentuales": "por ciento", "个百分点": "%",
    "GB": "MB", "seconds": "minutes", "segundos": "minutos", "Sekunden": "Stunden", "秒": "小时",
    "毫秒": "秒", "dB": "%", "days": "weeks", "Tage": "Wochen", "días": "meses", "天": "个月", "FPS": "Hz",
    "fps": "kHz", "mm": "cm", "毫米": "厘米", "billion": "million", "亿": "万", "Milliarden": "Millionen",
    "millones": "billones", "万": "亿", "ms": "s", "minutes": "seconds", "minutos": "horas",
    "hours": "days", "horas": "días", "Stunden": "Tage", "months": "years", "meses": "años",
    "Monaten": "Jahren", "times": "percent", "倍": "%", "ミリ秒": "秒", "時間": "日", "bits": "bytes",
    " g": " kg", " m ": " km ", "kHz": "Hz",
}  # fmt: skip
NAMES = {
    "StreetBench-2": "StreetBench-5", "A100": "H100", "Llama-3-8B": "Llama-2-7B", "LongBench": "RULER",
    "4DGS": "2DGS", "PSNR": "LPIPS", "GPT-4o": "GPT-3.5", "CASF-2016": "CASF-2013", "PDBbind": "ChEMBL",
    "OPAL": "RUBY", "SeamlessStreaming": "SeamlessM4T", "Lyra-2": "Lyra-3", "VoltFormer": "VoltNet",
    "IEEE 123": "IEEE 118", "CIFAR-10-C": "CIFAR-100-C", "ImageNet-C": "ImageNet-R", "DriftLR": "ShiftLR",
    "ReefSound": "ReefNet", "mAP 0,71": "AUC 0,17", "ArmLab": "LabArm", "TiDE-XL": "TiDE-S",
    "ASR-BLEU": "chrF2",
}  # fmt: skip


def swapped(text: str) -> Iterator[str]:
    """Yield the text with each of its numbers, units and names swapped, one at a time."""
    for found in NUMBER.finditer(text):
        digits = found[0]
        last = str((int(digits[-1]) + 3) % 10)
        yield text[: found.start()] + digits[:-1] + last + text[found.end() :]
    for unit, other in UNITS.items():
        pattern = rf"(?<=[0-9])(\s?){re.escape(unit)}(?![A-Za-zäöüßñ个百])"
        changed = re.sub(pattern, rf"\g<1>{other}", text, count=1)
        if changed != text:
            yield changed
    for name, other in NAMES.items():
        if name in text:
            yield text.replace(name, other, 1)


def test_swapped_numbers_units_and_names_are_found() -> None:
    """At least 95 % of swaps are found, while 98 % of the texts as they were pass."""
    found = swaps = passed = texts = 0
    missed = []
    for paper, language, text in good_texts():
        texts += 1
        passed += not violations_of(text, "sentence", SOURCES[paper], language, LONGEST_SENTENCE)
        for changed in swapped(text):
            swaps += 1
            if violations_of(changed, "sentence", SOURCES[paper], language, 2 * LONGEST_SENTENCE):
                found += 1
            else:
                missed.append(changed)
    assert swaps >= 300
    assert passed >= 0.98 * texts
    assert found >= 0.95 * swaps, "\n".join(missed)


@pytest.mark.skipif(not SCITLDR.exists(), reason=f"{SCITLDR} is absent")
def test_peoples_sentences_pass() -> None:
    """Of the sentences that people wrote about papers, 95 % pass against title and abstract, however long."""
    kept = told = 0
    for line in SCITLDR.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        source = Source.of(record["title"] or "", " ".join(record["source"]))
        for target in record["target"]:
            told += 1
            kept += not violations_of(target.strip(), "sentence", source, "en", 1000)
    assert kept >= 0.95 * told
