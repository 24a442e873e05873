"""What models write instead of a summary, in the languages they write it in; reads no text.

Everything is in lower case and with straight apostrophes. Phrases are looked for anywhere, so that each has to be one
that no sentence about a paper holds; openings only begin a text, labels only with a colon behind them, and fillers
are the whole of it.
"""

from __future__ import annotations


def lines(text: str) -> tuple[str, ...]:
    """Read one phrase a line or between bars."""
    phrases = (phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|"))
    return tuple(phrase for phrase in phrases if phrase)


PLACEHOLDERS = lines("""
    lorem ipsum | please fill in | to be added later | insert here
    your text here | goes here] | your summary here | please provide | you need to provide
    not provided in the abstract | not provided in the text | not provided in the paper | not specified in the abstract | not mentioned in the abstract | not stated in the abstract
    not available in the abstract | no information is given | no information is provided | information not available
    the abstract does not mention | the abstract doesn't mention | the abstract does not provide
    the abstract does not specify | the text does not provide
    待补充 | 待填写 | 待完善 | 需要您提供 | 需要你提供 | 请提供 | 请填写 | 请补充 | 请在此 | 此处填写 | 此处插入
    此处省略 | 暂未提供 | 暂无信息 | 暂无数据 | 未提供具体 | 未提供相关 | 未提供足够 | 摘要中未 | 摘要未提 | 摘要没有提 | 文中未提及 | 文中未给出
    论文未提及 | 论文未提供 | 论文中未提 | 无法从摘要 | 具体内容需 | 需根据论文 | 需要根据论文 | 待補充 | 請填寫 | 請提供
    要記入 | 未記入 | ここに記入 | ここに入力 | ここに挿入 | ご提供ください | 記入してください | 入力してください | 補足予定
    アブストラクトには記載 | 要旨には記載 | 要約には記載がありません | 情報は提供されていません
    bitte ausfüllen | bitte einfügen | hier einfügen | hier ergänzen | noch zu ergänzen | wird noch ergänzt | bitte ergänzen
    im abstract nicht angegeben | im abstract nicht erwähnt | keine angabe im | keine angaben im
    por completar | completar aquí | rellenar aquí | insertar aquí | por favor, complete | por favor complete
    por favor, proporcione | pendiente de completar | no se especifica en el resumen | no se menciona en el resumen
    [à compléter | [à remplir | insérer ici | veuillez fournir | non précisé dans le résumé | non mentionné dans le résumé
    добавьте сюда | нужно дополнить | не указано в аннотации | 작성 필요 | 여기에 입력 | 제공되지 않았습니다
""")
FILLERS = frozenset(
    lines("""
    none | n/a | na | null | nil | nan | undefined | unknown | unspecified | string | str | text here | tbd | todo | empty
    sentence | takeaway | takeaways | keyword | keywords | summary | foo | bar | test | example | not applicable
    not available | not specified | not provided | not mentioned | none provided | no summary | no abstract
    无 | 未知 | 暂无 | 没有 | 空 | 不详 | 不适用 | 未提供 | 未提及 | 略 | 同上 | 要点 | 关键词 | 一句话 | 总结 | なし | 不明 | 該当なし | 未定 | 記載なし
    キーワード | 要約 | keine | keine angabe | keine angaben | unbekannt | entfällt | nicht verfügbar | stichwort
    ninguno | ninguna | desconocido | no disponible | no aplica | sin datos | palabra clave | aucun | aucune | inconnu
    non disponible | sans objet | нет | неизвестно | нет данных | 없음 | 알 수 없음
""")
)
LABELS = lines("""
    summary | one-sentence summary | one sentence summary | brief summary | short summary | tl;dr | tldr | tl; dr | gist
    key takeaway | key takeaways | takeaway | takeaways | key point | key points | main points | keyword | keywords
    key words | sentence | brief | abstract | title | paper title | author | authors | output | answer | response | json
    translation | note | notes | final answer | assistant
    总结 | 摘要 | 一句话总结 | 一句话概括 | 一句话摘要 | 概述 | 简介 | 要点 | 关键要点 | 核心要点 | 主要要点 | 关键词 | 关键字 | 标题 | 作者 | 论文标题
    中文标题 | 中文摘要 | 研究背景 | 背景 | 研究方法 | 过去的方法及问题 | 任务与性能 | 输出 | 回答 | 答案 | 翻译 | 译文 | 注 | 注意 | 總結 | 標題 | 關鍵詞
    要約 | まとめ | 一文要約 | 一文でのまとめ | ポイント | 重要なポイント | キーワード | タイトル | 著者 | 概要 | 回答 | 出力 | 翻訳 | 注
    zusammenfassung | kurzfassung | kernaussage | kernaussagen | kernpunkte | stichwort | stichwörter | stichworte
    schlüsselwörter | schlagwörter | titel | autoren | ausgabe | antwort | übersetzung | hinweis | in einem satz
    resumen | resumen en una frase | puntos clave | punto clave | ideas clave | palabras clave | palabra clave | título
    autores | salida | respuesta | traducción | nota | en una frase | résumé | points clés | mots-clés | mots clés | titre
    auteurs | sortie | réponse | traduction | remarque | riassunto | punti chiave | parole chiave | titolo | resumo
    pontos-chave | palavras-chave | резюме | ключевые слова | вывод | название | 요약 | 핵심 포인트 | 키워드 | 제목
""")
ECHOES = lines("""
    three to seven takeaways | 3-7 takeaways | 3 to 7 takeaways | three to six keywords | 3-6 keywords
    200 characters or | at most 200 characters | under 200 characters | max 200 characters | 160 characters or
    at most 160 characters | one sentence of at most | one sentence that says what | in the language asked for
    bcp 47 | "sentence": | "takeaways": | "keywords": | 'sentence': | 'takeaways': | <paper> | </paper>
    <abstract> | </abstract> | <data> | </data> | summarize the paper | summarise the paper | summarize this paper
    summarise this paper | write a summary of | given the title and abstract | the following abstract
    不超过200 | 200字以内 | 200个字符 | 三到七个要点 | 3-7个要点 | 3到7个要点 | 用一句话总结 | 用一句话概括 | 请用中文 | 根据论文内容填写
    200文字以内 | 一文で要約 | 3〜7個 | 日本語で記述 | höchstens 200 zeichen | in einem satz zusammen | drei bis sieben kernaussagen
    auf deutsch zusammen | como máximo 200 caracteres | en una sola frase | de tres a siete puntos | en español:
""")
CHATTER = lines("""
    let me know if | i hope this | hope this helps | hope that helps | feel free to ask | feel free to reach | if you need any
    if you need more | if you'd like | if you would like | if you have any | if you want me | would you like me
    do you want me | happy to help | glad to help | as you requested | as requested, | as per your request | you asked for
    you provided | you've provided | you have provided | your request | your requirements | your instructions
    provided by you | i have summarized | i've summarized | i have summarised | i've summarised | i summarized
    i will summarize | i'll summarize | i have translated | i have written | i can also | below is the | here's the summary
    here is the summary | here is a summary | here's a summary | thank you for | thanks for sharing | in this summary
    based on the abstract you | based on the provided abstract | based on the provided text | based on the provided information | based on the provided paper | based on the given abstract | based on the information provided
    您 | 希望这个 | 希望这份 | 希望这些 | 希望以上 | 希望对你有 | 如有任何 | 如有需要 | 如果需要进一步 | 如果你需要 | 如果你想 | 如果你有 | 请告诉我 | 请让我知道 | 请随时 | 请告知
    随时告诉我 | 我来为 | 我将为 | 我为你 | 我已 | 为你总结 | 你提供的 | 你的要求 | 根据提供的摘要 | 根据提供的论文 | 根据提供的信息 | 根据提供的内容 | 根据给定的摘要 | 根据给定的论文 | 以上就是 | 以上是对 | 以上是该 | 以上是这 | 以下是对 | 以下是该 | 以下是论文 | 以下是根据 | 以下是这
    下面是对 | 很高兴 | 乐意 | 祝你 | 希望這個 | 如果需要進一步 | 請告訴我 | 以下為
    ご要望 | お役に立て | お役に立つ | ご確認ください | ご質問 | お知らせください | お申し付け | ご不明な点 | ご希望 | ご依頼 | ご提示 | ご提供いただ
    要約しました | 要約いたしま | まとめました | いかがでしょうか | 参考になれば | 以下に要約 | 以下が要約 | 以下は論文 | 以下はこの論文 | お手伝いし
    ich hoffe | lassen sie mich wissen | lass mich wissen | sag mir bescheid | sagen sie mir | falls sie weitere | falls sie fragen | falls sie noch | wenn sie möchten
    wenn du möchtest | bei weiteren fragen | bei fragen stehe | bei rückfragen | wie gewünscht | ihre anfrage | ihren wünschen | ihren anforderungen
    gern weiter | hier ist die zusammenfassung | hier ist eine zusammenfassung | ich habe die zusammen | auf basis des bereitgestellten
    espero que | no dudes en | no dude en | si necesitas | si necesita más | si deseas más | si desea más | házmelo saber | hazme saber
    hágamelo saber | avísame si | aquí tienes | aquí está el resumen | aquí está la | con gusto | como solicitaste | tu solicitud
    su solicitud | que proporcionaste | que has proporcionado | según lo solicitado | encantado de
    j'espère que | n'hésitez pas | si vous avez | si vous souhaitez | voici le résumé | voici un résumé | comme demandé
    faites-moi savoir | spero che | fammi sapere | se hai bisogno | ecco il riassunto | ecco un riassunto | espero ter ajudado
    se precisar de mais | aqui está o resumo | надеюсь | дайте знать | если вам нуж | вот краткое | 도움이 되셨 | 도움이 되길 | 도움이 되기를 | 알려주세요 | 알려 주세요
    말씀해 주세요 | 요약해 드리 | 요약입니다
""")
# Of these each has to be followed by a sign or the end.
OPENINGS = lines("""
    sure | sure thing | certainly | of course | absolutely | okay | ok | got it | no problem | alright | great question | understood
    great | hello | hi | hi there | dear reader | dear user | good question
    好的 | 好 | 当然 | 当然可以 | 没问题 | 明白了 | 收到 | 你好 | 當然 | 當然可以 | はい | もちろん | もちろんです | 承知しました | 承知いたしました
    かしこまりました | わかりました | 了解しました | こんにちは | gerne | sehr gerne | natürlich | klar | selbstverständlich | aber gern
    hallo | alles klar | in ordnung | claro | claro que sí | por supuesto | desde luego | entendido | hola | de acuerdo
    bien sûr | certainement | d'accord | bonjour | certo | certamente | ecco | claro! | com certeza | конечно | хорошо | привет
    물론입니다 | 물론이죠 | 네 | 알겠습니다 | 안녕하세요
""")
# These need no sign behind them.
BEGINNINGS = lines("""
    here is | here are | here's | here you go | below is | below are | the following is a summary | this is a summary of
    as an expert | as a researcher, i | let me | let's | i will | i'll | i'd | i read the | i have read
    下面是 | 下面为 | 以下 | 让我 | 这是一个总结 | 这是对 | 这是一份 | 以下が | 以下は | 以下に | こちらは | こちらが | hier ist | hier sind | hier kommt
    hier finden | im folgenden | nachfolgend | aquí | a continuación | voici | ecco | aqui está | aqui estão | вот | ниже | 다음은 | 아래는
""")
REFUSALS = lines("""
    i'm sorry | i am sorry | sorry, but | i apologize | i apologise | my apologies | i cannot | i can't | i can not
    i'm unable | i am unable | i'm not able | i am not able | i won't be able | i must decline | i do not have access
    i don't have access | i do not have enough | i don't have enough | i don't have the | as an ai language | as an ai model, i | as an ai assistant, i | as an ai, | as an ai i | as a language model, i | as a language model i
    as a large language model, i | as an artificial intelligence, | i'm an ai | i am an ai | i'm just an ai
    cannot summarize | can't summarize | cannot summarise | unable to summarize | unable to summarise | unable to provide a
    unable to generate a summary | cannot fulfill | cannot comply | unable to comply | unable to assist | cannot assist with
    can't help with | can't assist | cannot help with | against my guidelines | violates content policy | violates our content | my training data
    my knowledge cutoff | no abstract was provided | no abstract provided | abstract was not provided
    abstract is missing | no text was provided | without access to the | without the full text, | insufficient information to summarize
    我无法 | 我不能 | 我没有办法 | 我沒有 | 我無法 | 抱歉 | 对不起 | 對不起 | 很遗憾 | 作为一个ai | 作为ai， | 作为ai助手，我 | 作为ai语言模型， | 作为一名ai | 作为人工智能， | 作为人工智能助手， | 作为一个人工智能
    作为语言模型，我 | 作为一个语言模型， | 作为大语言模型， | 作为一个大型语言模型 | 作為ai | 作為一個 | 无法总结 | 无法为您 | 无法为你 | 无法提供总结 | 无法提供摘要 | 无法生成摘要
    无法完成该请求 | 无法完成此请求 | 没有提供摘要 | 没有提供论文 | 信息不足以
    申し訳 | すみません | できかねます | お答えできません | お手伝いできません | 要約できません | 要約することができません | 提供できません
    aiとして、 | 言語モデルとして、 | 私はai | 私には
    es tut mir leid | tut mir leid | ich kann nicht | ich kann keine | ich kann diese | ich kann den | ich kann dazu | ich kann ihnen
    ich bin nicht in der lage | ich habe keinen zugriff | ich habe keinen zugang | als ki-sprachmodell | als ki kann | als ki-assistent | als ki habe | als sprachmodell kann | als sprachmodell habe | als künstliche intelligenz kann
    leider kann ich | entschuldigung
    lo siento | no puedo | no me es posible | no tengo acceso | lamento | como ia, | como modelo de lenguaje, | como modelo de lenguaje no | como una ia,
    como inteligencia artificial, | disculpa | me temo que
    je suis désolé | désolé, | je ne peux pas | je n'ai pas accès | en tant qu'ia | en tant que modèle | mi dispiace | non posso
    come modello linguistico | desculpe | não posso | como um modelo de linguagem | извините | к сожалению, я | я не могу
    как языковая модель | 죄송합니다 | ai로서 | 언어 모델로서
""")
ERRORS = lines("""
    traceback (most recent | traceback: | resource_exhausted | internal server error | service unavailable | too many requests
    rate limit exceeded | rate limit reached | rate_limit | rate exceeded | quota exceeded | exceeded your current quota
    insufficient_quota | api key not valid | invalid api key | api_key_invalid | incorrect api key | failed to generate
    failed to fetch | failed to parse | failed to load | failed to connect | connection refused | connection error
    connection reset | connection aborted | read timed out | request timed out | timed out after | operation timed out
    timeouterror | timeout error | deadline exceeded | deadline_exceeded | http error | httperror | bad gateway
    gateway timeout | gateway time-out | 404 not found | 403 forbidden | 401 unauthorized | 400 bad request | 503 service
    500 internal | 429 too | status code | [object object] | nonetype | keyerror | valueerror | typeerror | runtimeerror
    jsondecodeerror | unexpected token < | unexpected end of json | invalid json | <!doctype | <html | cuda out of memory
    maximum context length | context length exceeded | context_length_exceeded | model is overloaded | model_not_found
    model not found | overloaded_error | invalid_request_error | finish_reason | prompt was blocked | response was blocked
    safety filter blocked | blocked by safety | max_tokens | an error occurred | an error has occurred | something went wrong
    please try again later | try again in a | econnrefused | etimedout | errno | stack trace | unhandled exception
    生成失败 | 请求失败 | 请求超时 | 请求过于频繁 | 服务器错误 | 服务器繁忙 | 服务不可用 | 网络错误 | 网络异常 | 调用失败 | 出错了 | 发生错误 | 解析失败 | 超出配额
    请稍后再试 | 请稍后重试 | 稍后再试 | 连接超时 | 连接失败 | 接口错误 | 额度不足 | 余额不足 | 系统繁忙 | 密钥无效 | 生成失敗 | 請稍後
    エラーが発生 | リクエストに失敗 | リクエストが失敗 | タイムアウトしました | サーバーエラー | サーバーが混雑 | しばらくしてから | 生成に失敗 | 接続できません | 接続に失敗
    再試行してください | 利用制限に達 | 上限に達しました | apiキーが無効
    fehler beim generieren | fehler beim abrufen | fehler beim laden | fehler beim verarbeiten | fehler beim erstellen | ein fehler ist aufgetreten | zeitüberschreitung | anfrage fehlgeschlagen | serverfehler | interner fehler
    kontingent überschritten | bitte versuchen sie es später | später erneut | verbindung fehlgeschlagen | ungültiger api
    error al procesar | error al generar | error al conectar | error al obtener | error interno | error del servidor | se produjo un error | ha ocurrido un error | ocurrió un error
    no se pudo generar | no se pudo conectar | límite de solicitudes | tiempo de espera agotado | inténtelo de nuevo
    inténtalo de nuevo | cuota excedida | clave de api no | erreur interne | une erreur s'est produite | échec de la requête | échec de la génération
    veuillez réessayer | délai d'attente dépassé | errore interno | riprova più tardi | ocorreu um erro | tente novamente
    произошла ошибка | попробуйте позже | превышен лимит | 오류가 발생 | 다시 시도 | 요청 한도
""")
