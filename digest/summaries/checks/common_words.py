"""The commonest words of the languages that authors and chats use, which tell them apart; reads no text."""

from __future__ import annotations

COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to is that for with are on this by as from which be it we can an in a at their "
        "our these using than not has have its but or through while between into both when where how "
        "such without across more",
        "de": "der die das und den von zu ist mit für eine ein auf wir nicht dem des werden sich einen "
        "einer bei aus als durch wird auch es im zur zum ohne sowie nach oder über dass kann sind einem "
        "eines ihre wie in an",
        "fr": "le la les des et une est que dans pour nous du sur par au aux ces cette qui sont avec un "
        "de en plus ce ses sans entre leur ou comme peut d l",
        "es": "el la los las y una que para con por se del es este esta como son un de en su al más sin "
        "sus entre sobre mediante también o cada lo desde",
        "pt": "os as e uma que para com por se do da dos das no na este esta como são não um de em ao "
        "mais sem entre o a seu sua pelo pela também",
        "it": "il lo gli le di e una che per con si del della dei delle è questo questa come sono un in "
        "la i nel nella al da più su senza tra anche",
        "nl": "de het een en van is dat met voor op wij niet door zijn worden deze aan bij die uit als "
        "om naar wordt ook in te of",
        "sv": "och att det som en är av för på med den till har inte ett vi om från kan eller vid i de genom",
        "da": "og at det som en er af for på med den til har ikke et vi om fra kan eller ved i de der",
        "pl": "i w na z do się jest że nie dla to przez oraz od są o który która które jako po tym za",
        "cs": "a v na se je že pro s z do které který jako od pomocí jsou i o po nebo při ze",
        "tr": "ve bir bu için ile olarak daha de da olan üzerinde gibi çok kadar en ya",
        "id": "yang dan di dengan untuk dari pada ini dalam adalah tidak secara oleh kami sebagai ke lebih",
        "vi": "và của các là cho một trong được với những này trên có không để chúng từ bằng",
        "ro": "și de la în cu pe un o că pentru din este sunt care prin mai nu sau la",
        "fi": "ja on että se ei ovat joka tai kuin myös sekä jotka",
        "hu": "a az és hogy egy nem is van mint vagy meg ez amely",
        "ru": "и в на с что для по не из как от к это мы к его их при или которые который а также более без",
        "uk": "і в на з що для та не із як від до це ми його їх при або які який а також більш без",
        "bg": "и в на с че за не от как се е са до това ние или който които при по без",
    }.items()
}
LANGUAGES_OF = {
    word: tuple(language for language, common in COMMON.items() if word in common)
    for word in frozenset().union(*COMMON.values())
}


def commonest_language(words: frozenset[str]) -> str:
    """Return the language whose commonest words a vocabulary holds most of; English where none stands out."""
    counts = {language: len(words & common) for language, common in COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts["en"] else "en"
