"""How orders to a language model are worded, in the languages of papers and chats; reads no text."""

from __future__ import annotations

_RULES = r"(?:instruction|prompt|order|direction|directive|guideline|rule|command|message)s?\b"
# Drivers ignore rules, and models instructions: an order begins its sentence or means what came before it.
_OLD = r"(?:\w+ ){0,4}?(?:previous|prior|above|preceding|earlier|all|any|these|those|your|my) (?:\w+ ){0,3}?"
_BEGIN = r"(?:^|[.!?:;>\]“\"] ?)(?:please |and |then |now )?"
_REVIEW = r"(?:review|summary|assessment|evaluation|feedback|recommendation)"
_CHINESE_OLD = ".{0,4}(?:之前|以上|上述|前面|先前|所有|全部|任何|一切|此前|原有).{0,6}"
_CHINESE_RULES = "(?:指令|指示|说明|提示|要求|规则|命令|說明|規則)"
_AI = (
    r"(?:an? |the |all |any )?(?:ais?|ai (?:reviewer|assistant|model|system|reader)s?|llms?|"
    r"(?:large )?language models?|reviewers?|chatbots?)\b"
)

ORDERS = (
    (
        "ignore|disregard|forget|override",
        (
            rf"\b(?:ignore|disregard|forget|override) {_OLD}{_RULES}"
            rf"|{_BEGIN}(?:ignore|disregard|forget|override) (?:\w+ ){{0,5}}?(?:{_RULES}|abstract\b|above\b)"
            r"|\b(?:ignore|disregard|forget) (?:everything|all|what)\b.{0,20}\b(?:above|before|said)"
        ),
    ),
    ("if you|if you're", rf"\bif you(?:'re| are| were) {_AI}"),
    (
        "note to|message to|memo to|instructions to|instruction to|attention to|notice to",
        rf"\b(?:note|message|memo|instructions?|attention|notice) to {_AI}",
    ),
    (
        "instructions for|instruction for|important for|message for|note for",
        rf"\b(?:instructions?|important|message|note) for {_AI}",
    ),
    ("reviewer|reviewers", r"\b(?:ai|llm|automated) reviewers?\s*[:,;—–-]"),
    ("ai assistant|ai assistants", r"\bai assistants?\s*[:,;—–-]"),
    (
        "positive",
        (
            rf"\bpositive {_REVIEW}s? only|\bonly (?:a |the )?positive {_REVIEW}"
            rf"|\b(?:write|give|produce|leave) (?:\w+ )?positive {_REVIEW}\b"
        ),
    ),
    (
        "do not",
        (
            r"\bdo not (?:highlight|mention|list|report|discuss) (?:any |the )?"
            r"(?:negative|weakness|limitation|flaw|critic)\w*"
        ),
    ),
    (
        "you are now|from now on|you must",
        (
            r"\byou are now\b|\bfrom now on,? you\b|\byou must (?:now |only |always )?"
            r"(?:say|write|answer|respond|give|output|rate|recommend|include|praise|accept|comply)\b"
        ),
    ),
    (
        "your new|your instructions|your only|your task",
        r"\byour (?:new (?:task|role|instructions?|goal)|instructions (?:are|were)|only task|task is to)\b",
    ),
    (
        "my system|my hidden|my instructions|my initial|my orders",
        r"\bmy (?:system prompt|hidden instructions|instructions|initial prompt|orders)\b",
    ),
    ("system prompt|hidden prompt|initial prompt", r"\b(?:system|hidden|initial) prompt\s*[:=]"),
    (
        "new instruction|new instructions|as instructed|following",
        (
            r"\bnew instructions?\s*:|\bas instructed\b"
            r"|\bfollowing (?:\w+ )?(?:hidden|embedded|new) instructions?,"
        ),
    ),
    (
        "i was|i am|i have been",
        r"\bi (?:was|am|have been) (?:told|asked|instructed|ordered|directed|programmed) to\b",
    ),
    ("only", rf"{_BEGIN}(?:respond|reply|answer|output|say|print|return|write) only\b"),
    ("exactly", rf"{_BEGIN}(?:respond|reply|answer|output|say|print|return|write) exactly\b"),
    (
        "instead",
        (
            rf"{_BEGIN}instead,? (?:say|write|output|print|respond|reply|answer|state|recommend)\b"
            rf"|{_BEGIN}(?:say|write|print) .{{1,60}} instead\b"
        ),
    ),
    (
        "system|assistant|user|human|developer|ai",
        r"(?:^|[\n.!?>\]] ?)(?:system|assistant|user|human|developer|ai)\s?: ?",
    ),
    ("prompt", r"\b(?:begin|end) (?:of )?(?:the )?(?:system|hidden|secret|new|user)[ _]prompt"),
    ("pwned", r"\bpwned\b"),
    ("hacked", r"\b(?:i have been|i've been|you have been|been) hacked\b|^\W*hacked\W*$"),
    ("developer mode", r"\bdeveloper mode (?:enabled|on|activated)"),
    ("忽略", rf"忽略{_CHINESE_OLD}{_CHINESE_RULES}|^忽略.{{0,6}}{_CHINESE_RULES}"),
    ("无视", rf"无视{_CHINESE_OLD}{_CHINESE_RULES}|^无视.{{0,6}}{_CHINESE_RULES}"),
    ("忘记", rf"忘记{_CHINESE_OLD}(?:{_CHINESE_RULES}|内容)"),
    (
        "正面",
        "(?:只|仅|请)(?:需|能|要)?(?:给出|写|提供|输出|撰写|作出)?.{0,4}正面.{0,2}(?:评价|评审|评论|意见)",
    ),
    ("不要", "不要(?:提及|指出|提到|列出)(?:任何)?(?:缺点|不足|弱点|负面|局限)"),
    ("如果你是", "如果你是(?:一个|一名)?(?:ai|人工智能|大?语言模型|审稿)"),
    ("系统提示", r"系统提示词?\s*[:：]"),
    ("你", "你现在是|你(?:现在)?必须|你的(?:新)?(?:任务|角色|指令)是"),
    ("我", "我(?:被|已被)(?:要求|指示|告知|命令)|我的(?:系统提示|指令|提示词)"),
    ("按照", "按照(?:新的|上述|隐藏的|文中的)(?:指令|指示)"),
    ("请", "请(?:只|仅)?(?:回复|输出|回答|打印|说|给.{1,6}高分)"),
    (
        "無視",
        (
            "(?:これまで|以前|上記|前述|すべて|全て)の?.{0,6}"
            "(?:指示|命令|プロンプト|ルール|指令)を?(?:すべて|全て)?無視"
        ),
    ),
    ("肯定的", "肯定的な(?:レビュー|評価|査読|意見)(?:のみ|だけ|を(?:書|出|与|行))"),
    ("欠点", "欠点(?:に|を|には)(?:触れ|言及|指摘|挙げ)(?:ない|ず|る)"),
    ("プロンプト", r"システムプロンプト\s*[:：]"),
    ("あなたは", "あなたは(?:今から|これから|いま)|あなたはai"),
    ("指示", r"指示(?:されました|された通り|どおりに(?:書|述べ))|新しい指示\s*[:：]"),
    ("出力", "(?:だけ|のみ)を?出力(?:して|しろ|せよ)|と(?:だけ)?出力(?:して|しろ|せよ)"),
    (
        "anweisung|anweisungen",
        (
            r"\b(?:ignoriere|ignorieren sie|vergiss|vergessen sie|missachte) (?:\w+ ){0,5}?anweisung\w*"
            r"|\bneue anweisung(?:en)?\s*:|\bmeine anweisung\w*"
        ),
    ),
    ("angewiesen", r"\bwie angewiesen\b|\bich (?:wurde|bin) (?:\w+ )?angewiesen"),
    (
        "positiv|positive|positiven|positiver|positives|positiva|positivas",
        (
            r"\b(?:nur|ausschließlich) (?:eine |ein )?positiv\w* \w*"
            r"(?:bewertung|gutachten|rezension|begutachtung|review)"
            r"|\b(?:solo|sólo|únicamente) (?:una? )?(?:reseña|revisión|evaluación|crítica|valoración)s? "
            r"(?:\w+ )?positiv"
        ),
    ),
    (
        "schwächen",
        r"\bkeine schwächen (?:nennen|erwähnen|aufführen|zu nennen)|\b(?:nenne|erwähne) keine schwächen",
    ),
    (
        "du bist|antworte|schreibe",
        r"\bdu bist (?:jetzt|nun|ab)\b|\bantworte (?:nur|ausschließlich)\b|\bschreibe (?:nur|stattdessen)\b",
    ),
    (
        "instrucciones",
        (
            r"\b(?:ignora|ignore|olvida|olvide|omite) (?:\w+ ){0,3}?instrucciones (?:anteriores|previas)"
            rf"|{_BEGIN}(?:ignora|ignore|olvida) (?:\w+ ){{0,3}}?instrucciones"
            r"|\bnuevas instrucciones\s*:|\bmis instrucciones\b"
        ),
    ),
    ("menciones", r"\bno menciones\b"),
    ("eres", r"\b(?:ahora eres|eres ahora|si eres)\b"),
    ("responde", r"\bresponde (?:solo|sólo|únicamente) con\b"),
    ("instructions", r"\b(?:ignorez|oubliez) (?:\w+ ){0,4}?instructions"),
    ("consignes", r"\b(?:ignorez|oubliez) (?:\w+ ){0,4}?consignes"),
    (
        "игнорируй|игнорируйте",
        r"\bигнорируй\w* (?:\w+ ){0,4}?(?:инструкци|указани|команд)",
    ),
    ("무시", "(?:이전|모든|위의).{0,6}(?:지시|명령|프롬프트|지침)(?:를|을|사항을)? ?(?:모두 )?무시"),
)
"""Phrases in lower case, bars between them, one of which each pattern needs, and the pattern in any case.

Looking for a phrase is a hundred times as fast as looking for a pattern.
"""
