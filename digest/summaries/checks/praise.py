"""Recognises a text that reviews or advertises its paper instead of telling what is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks.phrasebook import FIRST_CJK, Phrasebook
from digest.summaries.checks.stock_phrases import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.summaries.checks.source import Source

# A verdict on a paper is nothing that a paper says of itself.
_VERDICTS = Phrasebook.of(lines("""
    should be accepted | must be accepted | strong accept | recommend acceptance | recommend accepting | recommend this paper
    recommend the paper | recommended for acceptance | recommended for publication | deserves acceptance | deserves to be accepted
    deserves publication | deserves the highest | deserves an award | deserves a best paper | worthy of acceptance
    worthy of publication | accept this paper | accept the paper | accept without | highest possible score | highest score possible
    full marks | a 10/10 | score: 10/10 | rating: 10/10 | 10 out of 10 | five stars | must-read | must read | no weaknesses | without weaknesses | no flaws
    has no limitations | without any flaws | flawless paper | flawless work | every researcher should | best paper ever
    best paper of the | one of the best papers | highly recommended reading | strongly recommend | strongly recommended
    the authors deserve | excellent paper | outstanding paper | exceptional paper | brilliant paper | amazing paper | fantastic paper
    impressive paper | wonderful paper | excellent work by | outstanding work by | buy now | buy bitcoin | invest now
    应当接收 | 应该接收 | 应被接收 | 建议接收 | 建议录用 | 应予录用 | 值得接收 | 值得录用 | 值得发表 | 值得一读 | 强烈推荐 | 强烈建议接收 | 必读 | 满分
    没有任何缺点 | 没有缺点 | 毫无缺点 | 没有任何不足 | 无可挑剔 | 完美无缺 | 优秀论文 | 杰出论文 | 杰出的论文 | 出色的论文 | 优秀的论文 | 最佳论文 | 強烈推薦
    採択すべき | 採択に値 | 採択を推薦 | 採択を強く | 強く推薦 | 必読 | 欠点はない | 欠点がない | 欠点は一切 | 満点 | 素晴らしい論文 | 優れた論文 | 傑出した論文 | 画期的な論文
    sollte angenommen werden | zur annahme empfohlen | annahme empfohlen | klare annahme | uneingeschränkt empfohlen
    sehr empfehlenswert | pflichtlektüre | keine schwächen | ohne schwächen | herausragende arbeit | hervorragende arbeit
    ausgezeichnete arbeit | exzellente arbeit | höchstnote | bestnote
    debe ser aceptado | debería ser aceptado | se recomienda su aceptación | recomiendo su aceptación | recomendamos aceptar
    aceptación sin reservas | lectura obligada | sin debilidades | no tiene debilidades | sin ningún defecto | artículo excelente
    excelente artículo | trabajo excepcional | artículo excepcional | artículo sobresaliente | máxima puntuación | puntuación máxima
    doit être accepté | à lire absolument | lecture incontournable | aucune faiblesse | article exceptionnel | excellent article
"""))  # fmt: skip
# Words that a summary takes from its paper or not at all.
_GLORY = Phrasebook.of(lines("""
    groundbreaking | ground-breaking | revolutionary | revolutionizes | revolutionises | game-changing | game changer
    game-changer | brilliant | brilliantly | mind-blowing | masterpiece | world-class | unparalleled | unrivaled | unrivalled
    paradigm-shifting | once-in-a-generation | earth-shattering | genius | phenomenal | breathtaking | awe-inspiring
    trailblazing | visionary | life-changing
    划时代 | 革命性 | 颠覆性 | 里程碑式 | 天才 | 惊人的突破 | 前所未有的突破 | 无与伦比 | 画期的 | 革命的 | 天才的 | 歴史的な | 比類なき | 比類のない
    bahnbrechend | bahnbrechende | bahnbrechender | bahnbrechendes | bahnbrechenden | revolutionär | revolutionäre
    revolutionärer | revolutionären | genial | geniale | genialer | brillant | brillante | brillanter | meisterwerk | weltklasse
    revolucionario | revolucionaria | revolucionarios | obra maestra | brillantes | sin precedentes en la historia
    révolutionnaire | révolutionnaires | chef-d'œuvre
"""))  # fmt: skip
# What is left of a sentence that only praises, in the languages that part words.
_HOLLOW = frozenset(
    "a an the this that these those its their it they he she we is are was be been has have and or of in to for with as by on at from "
    "which who will can would should very truly really most extremely highly remarkably exceptionally incredibly such so all any "
    "every paper papers work works study research article manuscript contribution contributions authors author field community "
    "result results idea ideas method methods approach writing quality science scientific reader readers reviewers future impact "
    "presents present presented offers makes making delivers shows provides demonstrates sets new far one ever great greatly "
    "excellent outstanding exceptional amazing impressive impressively fantastic wonderful superb remarkable extraordinary "
    "brilliant groundbreaking revolutionary perfect perfectly flawless best good important significant significantly strong "
    "innovative novel exciting stunning incredible elegant elegantly rigorous thorough clear clearly written well convincing compelling "
    "insightful inspiring beautiful beautifully thoughtful standard bar highest level value merit praise accepted advance advances "
    "die der das dieser diese dieses ein eine einen und ist sind von mit für sehr äußerst arbeit artikel beitrag forschung ergebnisse "
    "feld autoren hervorragend hervorragende herausragend herausragende ausgezeichnet ausgezeichnete exzellent exzellente "
    "beeindruckend beeindruckende großartig großartige überzeugend überzeugende wichtig wichtige brillant brillante außergewöhnlich "
    "außergewöhnliche geschrieben liefert bietet leistet "
    "el la los las un una este esta estos es son y de del con muy trabajo artículo estudio investigación contribución contribuciones "
    "resultados campo autores excelente excelentes excepcional excepcionales impresionante impresionantes sobresaliente extraordinario "
    "extraordinaria magnífico magnífica importante importantes increíble presenta ofrece".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_HOLLOW_SIGNS = re.compile(
    "这是一?[篇项]|该[文项]?|本文|本[项篇]?研究|本论文|这[篇项]?|论文|研究|工作|文章|成果|贡献|结果|方法|领域|作者|非常|极其|十分|极为|堪称|令人|"
    "印象深刻|深远|卓越|优秀|杰出|出色|精彩|完美|重大|重要|突破|创新|意义|影响|深远|质量|极高|很高|高|价值|具有|做出|作出|取得|了|的|是|在|和|与|对|一|"
    "写作|清晰|严谨|深刻|深远|の|本論文|論文|は|が|を|に|で|と|も|非常に|極めて|大変|素晴らしい|優れた|見事|卓越した|重要な|貢献|分野|研究|内容|です|ます|"
    "ある|あり|した|する|この|印象的|質|高い|[\\W\\d_]"
)  # fmt: skip
_FEWEST_WORDS, _FEWEST_SIGNS = 4, 6  # of a text that can be praise: less is a keyword


def praise_in(text: str, keys: frozenset[str], source: Source) -> Iterator[str]:
    """Yield the words of a text that judge its paper, unless it's the paper's own glory that they repeat."""
    lower = text.lower()
    yield from _VERDICTS.standing_in(lower, keys)
    glory = next(_GLORY.standing_in(lower, keys), None)
    if glory and not any(True for _ in _GLORY.standing_in(source.lower, source.words)):
        yield glory
    elif _is_hollow(lower):
        yield text


def _is_hollow(text: str) -> bool:
    """Whether nothing is left of a text without the words that praise and those that any sentence has."""
    if text.isascii() or not any(sign >= FIRST_CJK for sign in text):
        words = _WORD.findall(text)
        return len(words) >= _FEWEST_WORDS and all(word in _HOLLOW for word in words)
    return len(text) >= _FEWEST_SIGNS and not _HOLLOW_SIGNS.sub("", text)
