"""What of a draft may be shown, rule by rule and field by field."""

from __future__ import annotations

import pytest

from digest.summaries.check import Checked, Draft, Rule, Source, Violation, check_brief, violations_of

SOURCE = Source.of(
    r"Fern: Street Maps from Bicycle Cameras",
    r"Fern reaches $\sim$95.3\% recall with 1,200 bicycles and a GPT-4 planner, 3$\times$ faster than LLMs "
    r"(large language models) of 7B parameters. Errors fall from 0.5 to $10^{-3}$ within 24-hour runs at 5 GB.",
)
TAKEAWAYS = (
    "One embedding is kept per street.",
    "Recall reaches 95.3%.",
    "Cameras on 1,200 bicycles replace surveying cars.",
)
KEYWORDS = ("street maps", "bicycle cameras", "recall")
GOOD = Draft("Fern updates street maps with bicycles.", TAKEAWAYS, KEYWORDS)


def rules(text: str, language: str = "en") -> set[Rule]:
    """Return the rules that a sentence breaks."""
    return {broken.rule for broken in violations_of(text, "sentence", SOURCE, language, 200)}


def test_good_draft_passes_untouched() -> None:
    """A draft that breaks nothing comes back as it was."""
    assert check_brief(GOOD, SOURCE, "en") == Checked(GOOD, ())


def test_bad_field_is_dropped_alone() -> None:
    """A sentence and a takeaway go, everything else stays, and each violation names its field and words."""
    draft = Draft("Fern runs at 90 FPS.", (*TAKEAWAYS, "Let me know if you need more."), KEYWORDS)
    checked = check_brief(draft, SOURCE, "en")
    assert checked.draft == Draft("", TAKEAWAYS, KEYWORDS)
    assert checked.violations == (
        Violation("sentence", Rule.NUMBER, "90 FPS"),
        Violation("takeaways 4", Rule.CHATTER, "let me know if"),
    )


def test_violations_are_sentences() -> None:
    """A model that is asked again, and a person who asks why, read what is wrong in words."""
    found = check_brief(Draft("Fern runs at 90 FPS.", TAKEAWAYS[:2], KEYWORDS), SOURCE, "en").violations
    assert [violation.explain() for violation in found] == [
        "Sentence holds a number, or a number with a unit, that the paper doesn't: “90 FPS”.",
        "Takeaways has the wrong number of items: “2 where 3 are the fewest”.",
    ]
    assert len(Violation("sentence", Rule.EMPTY, "x" * 500).explain()) < 150


def test_takeaways_are_three_to_seven() -> None:
    """Of more the first seven are kept, fewer are said to be too few, both as a violation of the whole list."""
    many = tuple(
        f"{word} is told of the street."
        for word in ("Age", "Width", "Length", "Name", "Colour", "Slope", "Noise", "Light", "Shade")
    )
    checked = check_brief(Draft(GOOD.sentence, many, KEYWORDS), SOURCE, "en")
    assert checked.draft.takeaways == many[:7]
    assert checked.violations == (Violation("takeaways", Rule.COUNT, "9 where 7 are the most"),)
    few = check_brief(Draft(GOOD.sentence, TAKEAWAYS[:2], KEYWORDS), SOURCE, "en")
    assert few.draft.takeaways == TAKEAWAYS[:2]
    assert few.violations == (Violation("takeaways", Rule.COUNT, "2 where 3 are the fewest"),)


def test_keywords_are_three_to_six() -> None:
    """The same for keywords, each once in whatever case."""
    words = ("street maps", "Street Maps", "cameras", "bicycles", "recall", "embeddings", "cities", "roads")
    checked = check_brief(Draft(GOOD.sentence, TAKEAWAYS, words), SOURCE, "en")
    assert checked.draft.keywords == ("street maps", "cameras", "bicycles", "recall", "embeddings", "cities")
    assert [(broken.field, broken.rule) for broken in checked.violations] == [
        ("keywords 2", Rule.REPETITION),
        ("keywords", Rule.COUNT),
    ]


@pytest.mark.parametrize(("field", "longest"), [("sentence", 200), ("takeaways", 160), ("keywords", 60)])
def test_lengths(field: str, longest: int) -> None:
    """A text as long as allowed passes, one character more doesn't."""
    text = ("street " * 40)[: longest - 1].strip().ljust(longest - 1, "s") + "s"
    for length, broken in ((longest, False), (longest + 1, True)):
        grown = "s" * (length - longest) + text
        found = violations_of(grown, field, SOURCE, "en", longest)
        assert (Rule.LENGTH in {violation.rule for violation in found}) is broken


def test_takeaway_that_says_the_sentence_again() -> None:
    """What differs from the sentence in small words and order only is dropped; other numbers say other things."""
    again = "With bicycles, Fern updates the street maps."
    checked = check_brief(Draft(GOOD.sentence, (again, *TAKEAWAYS), KEYWORDS), SOURCE, "en")
    assert checked.draft.takeaways == TAKEAWAYS
    assert checked.violations == (Violation("takeaways 1", Rule.REPETITION, again),)
    numbers = ("Errors fall to 0.5 in runs.", "Errors fall to 0.001 in runs.", "Recall is high.")
    assert check_brief(Draft(GOOD.sentence, numbers, KEYWORDS), SOURCE, "en").violations == ()


@pytest.mark.parametrize(
    "text",
    [
        "Recall is 95.3 percent.",
        "Recall is 95.3 % with Fern.",
        "Recall is ~95.30% with Fern.",
        "Uses 1200 bicycles.",
        "Uses 1.2k bicycles.",
        "Uses 1 200 bicycles.",
        "Uses 1.2e3 bicycles.",
        "Fern is 3x faster.",
        "Fern is 3× faster.",
        "Fern is three times faster.",
        "The speedup is threefold.",
        "LLMs have 7 billion parameters.",
        "LLMs have 7B parameters.",
        "Runs last 24 hours.",
        "Errors fall by half to 10⁻³.",
        "Errors fall to 0.001 from 0.5.",
        "Errors fall to 1e-3.",
        "Needs 5GB of memory.",
        "GPT 4 plans.",
        "An LLM plans, with GPT-4-based planning.",
        "Uses LM-like models on the GPU.",
    ],
)
def test_same_number_or_name_in_other_form(text: str) -> None:
    """A number, its unit and a name are the same however they are written."""
    assert rules(text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Recall liegt bei 95,3 Prozent mit 1.200 Fahrrädern."),
        ("de", "Fern ist dreimal so schnell wie LLMs mit 7 Milliarden Parametern."),
        ("es", "El recall llega al 95,3 por ciento con 1200 bicicletas."),
        ("fr", "Le rappel atteint 95,3 % avec 1 200 vélos."),
        ("zh", "召回率达到９５．３％，使用１２００辆自行车。"),
        ("zh", "比70亿参数的LLM快三倍。"),
        ("zh", "使用0.12万辆自行车，内存5GB。"),
        ("ja", "再現率は95.3パーセントで、3倍速い。"),
        ("ru", "Полнота достигает 95,3 процента для 1200 велосипедов."),
        ("hu", "A visszahívás 95,3 százalék."),
        ("sw", "Fern inasasisha ramani za mitaa kwa baiskeli."),
    ],
)
def test_same_number_in_other_language(language: str, text: str) -> None:
    """Decimal commas, full-width digits, 万 and words for units are read in the language asked for."""
    assert rules(text, language) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Recall is 95.3 with Fern.", "95.3"),
        ("Recall is 95.3 points.", "95.3 points"),
        ("Recall is 953%.", "953%"),
        ("Uses 12,000 bicycles.", "12,000"),
        ("LLMs have 7 million parameters.", "7 million"),
        ("Errors fall to 10^-2.", "10^-2"),
        ("Fern is 3% faster.", "3%"),
        ("Needs 5 MB of memory.", "5 MB"),
        ("Runs last 24 days.", "24 days"),
        ("GPT-4o plans.", "GPT-4o"),
        ("GPT-5 plans.", "GPT-5"),
        ("Fern beats BERT.", "BERT"),
    ],
)
def test_other_number_unit_or_name(text: str, words: str) -> None:
    """A number of another size, without its sign for per cent or with another unit, isn't the paper's."""
    found = violations_of(text, "sentence", SOURCE, "en", 200)
    assert [violation.words for violation in found] == [words]


def test_units_of_tables() -> None:
    """A number that stands bare in a table under “(%)” has that unit."""
    source = Source.of("Table 2: accuracy (%) of Fern on maps: 81.4, 79.9")
    assert not violations_of("Fern reaches 81.4% accuracy.", "sentence", source, "en", 200)
    assert violations_of("Fern reaches 81.4 ms accuracy.", "sentence", source, "en", 200)


def test_dimensions_are_contradicted_only() -> None:
    """That a scene is 3D may be said without being told, but not of what the paper calls 2D."""
    assert not violations_of("Fern is about 3D scenes.", "sentence", Source.of("Scenes"), "en", 200)
    assert violations_of("Fern is about 3D scenes.", "sentence", Source.of("2D scenes"), "en", 200)


@pytest.mark.parametrize("language", ["zh", "zh-CN", "zh-Hans", "zh-TW", "zh-Hant"])
def test_chinese_sentence_of_latin_names_is_chinese(language: str) -> None:
    """Names stay as in the paper, however many there are."""
    source = Source.of("Mini-Omni uses Qwen2-0.5B, Whisper and SNAC on LibriSpeech")
    text = "Mini-Omni基于Qwen2-0.5B、Whisper和SNAC，用LibriSpeech。"
    assert not violations_of(text, "sentence", source, language, 200)


def test_scripts_of_chinese() -> None:
    """Who asked for traditional characters isn't given simplified ones, nor the reverse."""
    simplified, traditional = (
        "本研究训练网络识别图像数据并评估结构。",
        "本研究訓練網絡識別圖像數據並評估結構。",
    )
    assert Rule.LANGUAGE in rules(simplified, "zh-TW")
    assert Rule.LANGUAGE in rules(traditional, "zh-Hans")
    assert Rule.LANGUAGE not in rules(simplified, "zh-Hans") | rules(traditional, "zh-Hant")
    assert Rule.LANGUAGE not in rules(simplified, "zh") | rules(traditional, "zh")


@pytest.mark.parametrize(
    ("language", "text"),
    [("sr-Latn", "Фарн ажурира мапе."), ("sr-Cyrl", "Fern ažurira mape."), ("ar", "Fern updates maps."),
     ("he", "Fern updates maps."), ("hi", "Fern updates maps."), ("el", "Fern updates maps."), ("xx", "Ферн карты.")],
)  # fmt: skip
def test_language_without_a_detector_is_judged_by_script(language: str, text: str) -> None:
    """Any tag is understood as far as its script goes, and the script that the tag names comes first."""
    assert Rule.LANGUAGE in rules(text, language)


def test_error_words_of_a_paper_about_errors() -> None:
    """A paper about API errors may be told about; the same words about another paper are an error."""
    text = "Agents recover when a server answers “503” or rate limit exceeded."
    about = Source.of("Agents often see 503 and rate limit exceeded.")
    assert not violations_of(text, "sentence", about, "en", 200)
    assert Rule.ERROR in rules("Rate limit exceeded for this street.")


def test_quotations_are_no_chatter() -> None:
    """A paper about chatbots may quote them."""
    assert rules("Chatbots that say “I'm sorry, but I can't” update no maps.") == set()
