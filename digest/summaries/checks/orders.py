"""Recognises orders to a language model, in a paper that gives them and in an answer that repeats or obeys them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLD = r"(?:\w+ ){0,6}?"
_RULES = r"(?:instruction|prompt|order|direction|directive|guideline|rule|command|message)s?\b"
_REVIEW = r"(?:review|summary|assessment|evaluation|feedback|recommendation)"
_CHINESE_OLD = "[你您之前以上述面先所有全部任何的一切此系统原系統]{0,10}"
_CHINESE_RULES = "(?:指令|指示|说明|提示|要求|规则|命令|說明|規則)"
_AI = r"(?:an? |the |all |any )?(?:ais?|ai (?:reviewer|assistant|model|system|reader)s?|llms?|(?:large )?language models?|reviewers?|chatbots?)\b"

# Each pattern behind the words of which it needs one, because looking for a word is a hundred times as fast.
_ORDERS = tuple(
    (tuple(needles.split("|")), re.compile(pattern, re.IGNORECASE))
    for needles, pattern in (
        ("ignore ", rf"\bignore {_OLD}{_RULES}|\bignore (?:everything|all|what)\b.{{0,20}}\b(?:above|before|said)"),
        ("disregard", rf"\bdisregard {_OLD}(?:{_RULES}|abstract\b|above\b)"),
        ("forget", rf"\bforget {_OLD}{_RULES}|\bforget (?:everything|all that|what) (?:above|before|you|i)\b"),
        ("overrid", rf"\boverrid(?:e|es|ing) {_OLD}{_RULES}"),
        ("if you", rf"\bif you(?:'re| are| were) {_AI}"),
        ("note to|message to|memo to|instructions to|instruction to|attention to|notice to", rf"\b(?:note|message|memo|instructions?|attention|notice) to {_AI}"),
        ("instructions for|instruction for|important for|message for|note for", rf"\b(?:instructions?|important|message|note) for {_AI}"),
        ("reviewer", r"\b(?:ai|llm|automated) reviewers?\s*[:,;—–-]"),
        ("ai assistant", r"\bai assistants?\s*[:,;—–-]"),
        ("positive review|positive summary|positive assessment|positive evaluation|positive feedback|positive recommendation|only positive|only a positive|only the positive", rf"\bpositive {_REVIEW}s? only|\bonly (?:a |the )?positive\b|\b(?:a|write|give) (?:\w+ )?positive {_REVIEW}\b"),
        ("do not", r"\bdo not (?:highlight|mention|list|report|discuss) (?:any |the )?(?:negative|weakness|limitation|flaw|critic)\w*"),
        ("you are now|from now on|you must", r"\byou are now\b|\bfrom now on,? you\b|\byou must (?:now |only |always )?(?:say|write|answer|respond|give|output|rate|recommend|include|praise|accept|comply)\b"),
        ("your new|your instruction|your only|your task", r"\byour (?:new (?:task|role|instructions?|goal)|instructions (?:are|were)|only task|task is to)\b"),
        ("my system|my hidden|my instruction|my initial|my orders", r"\bmy (?:system prompt|hidden instructions|instructions|initial prompt|orders)\b"),
        ("system prompt|hidden prompt|initial prompt", r"\b(?:system|hidden|initial) prompt\s*[:=]|\bthe (?:system|hidden) prompt (?:is|says|reads|tells|asks)\b"),
        ("new instruction|instructed|the instruction|following ", r"\bnew instructions?\s*:|\b(?:as|per) (?:instructed|the instructions)\b|\bfollowing (?:the|its|your) (?:hidden |embedded |new )?instructions?,"),
        ("i was |i am |i have been ", r"\bi (?:was|am|have been) (?:told|asked|instructed|ordered|directed|programmed) to\b"),
        ("respond only|reply only|answer only|output only|say only|print only|return only", r"\b(?:respond|reply|answer|output|say|print|return) only (?:with |the )?"),
        ("exactly", r"\b(?:respond|reply|answer|output|say|print|return|write) exactly\b"),
        ("instead", r"\binstead,? (?:say|write|output|print|respond|reply|answer|state|recommend)\b|\b(?:say|write|output|print) .{1,60} instead\b"),
        ("<", r"<\|\w+"),
        ("inst]", r"\[/?inst\]"),
        ("sys>", r"<</?sys>>"),
        ("###", r"###"),
        ("system:|system :|assistant:|user:|human:|developer:|ai:", r"(?:^|[\n.!?>\]] ?)(?:system|assistant|user|human|developer|ai)\s?: ?"),
        ("begin |end ", r"\b(?:begin|end) (?:of )?(?:the )?(?:system|hidden|secret|new|user)[ _]prompt"),
        ("pwned", r"\bpwned\b"),
        ("hacked", r"\b(?:i have been|i've been|you have been|been) hacked\b|^\W*hacked\W*$"),
        ("developer mode", r"\bdeveloper mode (?:enabled|on|activated)"),
        ("忽略", rf"忽略{_CHINESE_OLD}{_CHINESE_RULES}"),
        ("无视", rf"无视{_CHINESE_OLD}{_CHINESE_RULES}"),
        ("忘记", rf"忘记{_CHINESE_OLD}(?:{_CHINESE_RULES}|内容)"),
        ("正面", "(?:只|仅|请)(?:需|能|要)?(?:给出|写|提供|输出|撰写|作出)?.{0,4}正面.{0,2}(?:评价|评审|评论|意见)"),
        ("不要", "不要(?:提及|指出|提到|列出)(?:任何)?(?:缺点|不足|弱点|负面|局限)"),
        ("如果你是", "如果你是(?:一个|一名)?(?:ai|人工智能|大?语言模型|审稿)"),
        ("系统提示", "系统提示词?\\s*(?:[:：]|是)"),
        ("你", "你现在是|你(?:现在)?必须|你的(?:新)?(?:任务|角色|指令)是"),
        ("我", "我(?:被|已被)(?:要求|指示|告知|命令)|我的(?:系统提示|指令|提示词)"),
        ("按照", "(?:按照|遵照|根据)(?:新的|上述|隐藏的|文中的)?(?:指令|指示)"),
        ("请", "请(?:只|仅)?(?:回复|输出|回答|打印|说|给.{1,6}高分)"),
        ("無視", "(?:指示|命令|プロンプト|ルール|指令)を?(?:すべて|全て)?無視"),
        ("肯定的", "肯定的な(?:レビュー|評価|査読|意見)(?:のみ|だけ|を(?:書|出|与|行))"),
        ("欠点", "欠点(?:に|を|には)(?:触れ|言及|指摘|挙げ)(?:ない|ず|る)"),
        ("プロンプト", "システムプロンプト\\s*(?:[:：]|は)"),
        ("あなたは", "あなたは(?:今から|これから|いま)|あなたはai"),
        ("指示", "指示(?:に従い|に従って|通り|どおり|されました|された通り)|新しい指示"),
        ("出力", "(?:だけ|のみ)を?出力し(?:て|ろ)|と出力し(?:て|ろ)"),
        ("anweisung", rf"\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*) (?:\w+ ){{0,5}}?\w*anweisung\w*|\b(?:neue|meine|deine|ihre) anweisung\w*\b|\b(?:wie|gemäß) (?:der |den )?anweisung\w*"),
        ("angewiesen", r"\b(?:ich|wurde|wurden) (?:\w+ )?angewiesen"),
        ("positiv", r"\b(?:nur|ausschließlich) (?:eine |ein )?positiv\w* \w*(?:bewertung|gutachten|rezension|begutachtung|review)|\b(?:solo|sólo|únicamente) (?:una? )?(?:reseña|revisión|evaluación|crítica|valoración)s? (?:\w+ )?positiv"),
        ("schwächen", r"\bkeine schwächen (?:nennen|erwähnen|aufführen|zu nennen)|\b(?:nenne|erwähne) keine schwächen"),
        ("du bist |antworte |schreibe ", r"\bdu bist (?:jetzt|nun|ab)\b|\bantworte (?:nur|ausschließlich)\b|\bschreibe (?:nur|stattdessen)\b"),
        ("instrucciones", r"\b(?:ignora\w*|ignore|olvida|olvide|omite) (?:\w+ ){0,5}?instrucciones|\b(?:nuevas|mis|tus|sus) instrucciones\b|\b(?:según|siguiendo) las instrucciones"),
        ("menciones", r"\bno menciones\b"),
        ("eres", r"\b(?:ahora eres|eres ahora|si eres)\b"),
        ("responde", r"\bresponde (?:solo|sólo|únicamente)\b"),
        ("instructions", r"\b(?:ignorez|oubliez|ignore) (?:\w+ ){0,4}?instructions"),
        ("consignes", r"\b(?:ignorez|oubliez) (?:\w+ ){0,4}?consignes"),
        ("игнорируй", r"\bигнорируй\w* (?:\w+ ){0,4}?(?:инструкци|указани|команд)"),
        ("무시", "(?:지시|명령|프롬프트|지침)(?:를|을|사항을)? ?(?:모두 )?무시"),
    )
)  # fmt: skip
# Papers study such orders, and say so; then a sentence only gives one if it begins with it.
_STUDIED = re.compile(
    r"attack|inject|jailbreak|adversarial|red.team|guardrail|defen[sc]e|vulnerab|malicious|攻击|注入|越狱|防御|攻撃|"
    r"インジェクション|脱獄|防御|angriff|injektion|ataque|inyecci|defensa|attaque|атак|инъекц|공격|주입",
    re.IGNORECASE,
)
_AT_START = 3  # characters before an order that begins its sentence: a quote, a bracket
_OBEYED = re.compile(
    r"[\s\"'“(\[*-]*(?:and |then |please |instead,? )?(?:say|write|output|print|reply|respond|answer|tell|state|include|add|append|mention|claim|"
    r"give|rate|recommend|accept|praise|visit|click|open|send|post|do not|don't|never|always|you|only|report|"
    r"translate|summari[sz]e|begin|start|end|your)\b|[\s“「]*(?:请|不要|只|仅|必须|并|然后|输出|写|说|告诉|推荐|给|访问|点击)",
    re.IGNORECASE,
)
_MOST_OBEYED = 4  # sentences behind an order that may go on with it


def orders_in(text: str) -> Iterator[str]:
    """Yield the words of a text that order a language model about, or tell that one was."""
    for found in _found(text):
        if found.start() <= _AT_START or not _STUDIED.search(text):
            yield found[0].strip()


def _found(text: str) -> Iterator[re.Match[str]]:
    lower = text.lower()
    for needles, pattern in _ORDERS:
        for needle in needles:
            if needle in lower:
                if found := pattern.search(text):
                    yield found
                break


def without_orders(text: str) -> str:
    """Return a paper's text without the sentences that order its reader about: what they claim supports nothing.

    Args:
        text: readable, of any length.
    """
    if next(_found(text), None) is None:
        return text
    kept: list[str] = []
    following = 0
    for sentence in split_sentences(text):
        if next(orders_in(sentence), None) is not None:
            following = _MOST_OBEYED
            continue
        if not (following and _OBEYED.match(sentence)):
            kept.append(sentence)
        following = max(0, following - 1)
    return " ".join(kept)
