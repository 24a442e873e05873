"""Placeholders, labels and repeated instructions that models leave in a summary; reads no text.

Everything is in lower case, with straight apostrophes. Phrases are looked for anywhere, so each has to be one
that no sentence about a paper holds; labels only begin a text, before a colon; fillers are the whole of it.
"""

from __future__ import annotations

from digest.summaries.checks.phrasebook import lines

PLACEHOLDERS = lines("""
    lorem ipsum | please fill in | to be added later | insert here
    your text here | goes here] | your summary here | please provide | you need to provide
    not provided in the abstract | not provided in the text | not provided in the paper
    not specified in the abstract | not mentioned in the abstract | not stated in the abstract
    not available in the abstract | no information is given | no information is provided
    information not available
    the abstract does not mention | the abstract doesn't mention | the abstract does not provide
    the abstract does not specify | the text does not provide
    待补充 | 待填写 | 待完善 | 需要您提供 | 需要你提供 | 请提供 | 请填写 | 请补充 | 请在此 | 此处填写
    此处插入
    此处省略 | 暂未提供 | 暂无信息 | 暂无数据 | 未提供具体 | 未提供相关 | 未提供足够 | 摘要中未 | 摘要未提
    摘要没有提 | 文中未提及 | 文中未给出
    论文未提及 | 论文未提供 | 论文中未提 | 无法从摘要 | 具体内容需 | 需根据论文 | 需要根据论文 | 待補充
    請填寫 | 請提供
    要記入 | 未記入 | ここに記入 | ここに入力 | ここに挿入 | ご提供ください | 記入してください
    入力してください | 補足予定
    アブストラクトには記載 | 要旨には記載 | 要約には記載がありません | 情報は提供されていません
    bitte ausfüllen | bitte einfügen | hier einfügen | hier ergänzen | noch zu ergänzen | wird noch ergänzt
    bitte ergänzen
    im abstract nicht angegeben | im abstract nicht erwähnt | keine angabe im | keine angaben im
    por completar | completar aquí | rellenar aquí | insertar aquí | por favor, complete
    por favor complete
    por favor, proporcione | pendiente de completar | no se especifica en el resumen
    no se menciona en el resumen
    [à compléter | [à remplir | insérer ici | veuillez fournir | non précisé dans le résumé
    non mentionné dans le résumé
    добавьте сюда | нужно дополнить | не указано в аннотации | 작성 필요 | 여기에 입력 | 제공되지 않았습니다
""")
FILLERS = frozenset(
    lines("""
    none | n/a | na | null | nil | nan | undefined | unknown | unspecified | string | str | text here | tbd
    todo | empty
    sentence | takeaway | takeaways | keyword | keywords | summary | foo | bar | test | example
    not applicable
    not available | not specified | not provided | not mentioned | none provided | no summary | no abstract
    无 | 未知 | 暂无 | 没有 | 空 | 不详 | 不适用 | 未提供 | 未提及 | 略 | 同上 | 要点 | 关键词 | 一句话
    总结 | なし | 不明 | 該当なし | 未定 | 記載なし
    キーワード | 要約 | keine | keine angabe | keine angaben | unbekannt | entfällt | nicht verfügbar
    stichwort
    ninguno | ninguna | desconocido | no disponible | no aplica | sin datos | palabra clave | aucun | aucune
    inconnu
    non disponible | sans objet | нет | неизвестно | нет данных | 없음 | 알 수 없음
""")
)
LABELS = lines("""
    summary | one-sentence summary | one sentence summary | brief summary | short summary | tl;dr | tldr
    tl; dr | gist
    key takeaway | key takeaways | takeaway | takeaways | key point | key points | main points | keyword
    keywords
    key words | sentence | brief | abstract | title | paper title | author | authors | output | answer
    response | json
    translation | note | notes | final answer | assistant
    总结 | 摘要 | 一句话总结 | 一句话概括 | 一句话摘要 | 概述 | 简介 | 要点 | 关键要点 | 核心要点 | 主要要点
    关键词 | 关键字 | 标题 | 作者 | 论文标题
    中文标题 | 中文摘要 | 研究背景 | 背景 | 研究方法 | 过去的方法及问题 | 任务与性能 | 输出 | 回答 | 答案
    翻译 | 译文 | 注 | 注意 | 總結 | 標題 | 關鍵詞
    要約 | まとめ | 一文要約 | 一文でのまとめ | ポイント | 重要なポイント | キーワード | タイトル | 著者
    概要 | 回答 | 出力 | 翻訳 | 注
    zusammenfassung | kurzfassung | kernaussage | kernaussagen | kernpunkte | stichwort | stichwörter
    stichworte
    schlüsselwörter | schlagwörter | titel | autoren | ausgabe | antwort | übersetzung | hinweis
    in einem satz
    resumen | resumen en una frase | puntos clave | punto clave | ideas clave | palabras clave
    palabra clave | título
    autores | salida | respuesta | traducción | nota | en una frase | résumé | points clés | mots-clés
    mots clés | titre
    auteurs | sortie | réponse | traduction | remarque | riassunto | punti chiave | parole chiave | titolo
    resumo
    pontos-chave | palavras-chave | резюме | ключевые слова | вывод | название | 요약 | 핵심 포인트 | 키워드
    제목
""")
ECHOES = lines("""
    three to seven takeaways | 3-7 takeaways | 3 to 7 takeaways | three to six keywords | 3-6 keywords
    200 characters or | at most 200 characters | under 200 characters | max 200 characters
    160 characters or
    at most 160 characters | one sentence of at most | one sentence that says what
    in the language asked for
    bcp 47 | "sentence": | "takeaways": | "keywords": | 'sentence': | 'takeaways': | <paper> | </paper>
    <abstract> | </abstract> | <data> | </data> | summarize the paper | summarise the paper
    summarize this paper
    summarise this paper | write a summary of | given the title and abstract | the following abstract
    不超过200 | 200字以内 | 200个字符 | 三到七个要点 | 3-7个要点 | 3到7个要点 | 用一句话总结 | 用一句话概括
    请用中文 | 根据论文内容填写
    200文字以内 | 一文で要約 | 3〜7個 | 日本語で記述 | höchstens 200 zeichen | in einem satz zusammen
    drei bis sieben kernaussagen
    auf deutsch zusammen | como máximo 200 caracteres | en una sola frase | de tres a siete puntos
    en español:
""")
