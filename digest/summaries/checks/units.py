"""What stands behind a number, in the languages that papers and chats use: scales and units; reads no text.

A unit's name here is only compared, never shown. Words are in lower case, signs as `digest.summaries.checks.quantities`
normalises them.
"""

from __future__ import annotations

PERCENT, POINTS, TIMES, DIMENSIONS, MAGNITUDES = "%", "points", "x", "d", "orders of magnitude"


def _table(lines: str) -> dict[str, str]:
    """Read ``unit: word, word`` lines into word → unit."""
    table = {}
    for line in lines.strip().splitlines():
        unit, _, words = line.partition(":")
        table |= {word.strip(): unit.strip() for word in words.split(",") if word.strip()}
    return table


# Powers of ten behind a number. German “Billion” and Spanish “billón” are 10¹², so they have their own rows
# wherever their spelling tells them from English; “billones” and “Billionen” do.
SCALES = {
    word: int(power)
    for word, power in _table(
        """
        2: hundred, hundreds, hundert, cientos, centinaia, 百
        3: thousand, thousands, tausend, mil, mille, mila, milliers, miles, milhares, tsd, тыс, тысяч, тысячи, 千, 천
        4: 万, 萬, 만
        6: million, millions, millionen, mio, mill, millón, millones, milhão, milhões, milione, milioni, mln, млн,
        6: миллион, миллиона, миллионов, mn, 百万, 百萬
        7: 千万, 千萬
        8: 亿, 億, 억
        9: billion, billions, milliarde, milliarden, mrd, milliard, milliards, mil millones, miliardo, miliardi, bn,
        9: bilhão, bilhões, млрд, миллиард, миллиарда, миллиардов, 十亿, 十億
        12: trillion, trillions, billionen, billones, mille milliards, trilhões, bilioni, трлн, 万亿, 兆
        """
    ).items()
}
# These only count where they touch the number or a blank parts them, and in this case.
LETTER_SCALES = {"k": 3, "K": 3, "M": 6, "B": 9, "b": 9, "T": 12}

UNITS = _table(
    """
    %: %, percent, per cent, pct, prozent, prozentig, prozentige, prozentiger, por ciento, pour cent, per cento,
    %: por cento, процент, процента, процентов, パーセント, 퍼센트, 百分比
    points: percentage point, percentage points, percent points, pp, p p, ppt, pts, point, points, prozentpunkt,
    points: prozentpunkte, prozentpunkten, punkte, punkten, puntos, puntos porcentuales, puntos percentuales,
    points: pontos, pontos percentuais, punti, punti percentuali, points de pourcentage, пунктов, пункта,
    points: процентных пункта, процентных пунктов, 个百分点, 個百分點, 百分点, 百分點, ポイント, パーセントポイント, 포인트, absolute points
    x: x, ×, times, fold, mal, fach, fache, fachen, facher, faches, veces, vezes, fois, volte, раз, раза, 倍, 倍速, 배,
    d: d, dimensional, dimensions, dimension, dimensionale, dimensionalen, dimensionaler, dimensionales,
    d: dimensionen, dimensiones, dimensionnel, dimensionnelle, 维, 維, 次元, 차원
    orders of magnitude: order of magnitude, orders of magnitude, größenordnung, größenordnungen,
    orders of magnitude: orden de magnitud, órdenes de magnitud, ordres de grandeur, ordre de grandeur,
    orders of magnitude: ordens de magnitude, ordini di grandezza, 个数量级, 個數量級, 数量级, 桁
    ns: ns, nanosecond, nanoseconds, 纳秒
    µs: µs, μs, us, microsecond, microseconds, mikrosekunden, microsegundos, 微秒, マイクロ秒
    ms: ms, msec, millisecond, milliseconds, millisekunde, millisekunden, milisegundo, milisegundos, millisecondes,
    ms: 毫秒, ミリ秒, 밀리초
    s: s, sec, secs, second, seconds, sekunde, sekunden, segundo, segundos, seconde, secondes, secondi, секунд,
    s: секунды, 秒, 秒钟, 秒間, 초
    min: min, mins, minute, minutes, minuten, minuto, minutos, minuti, минут, минуты, 分钟, 分鐘, 分間, 분
    h: h, hr, hrs, hour, hours, stunde, stunden, stündig, stündige, hora, horas, heure, heures, ore, часов, часа,
    h: 小时, 小時, 个小时, 個小時, 時間, 시간
    day: day, days, tag, tage, tagen, día, días, dia, dias, jour, jours, giorni, дней, дня, 天, 日間, 日
    week: week, weeks, woche, wochen, semana, semanas, semaine, semaines, settimane, недель, 周, 週, 週間, 个星期
    month: month, months, monat, monate, monaten, mes, meses, mois, mesi, mês, месяцев, 个月, 個月, か月, ヶ月, カ月, 개월
    year: year, years, yr, yrs, jahr, jahre, jahren, año, años, ano, anos, ans, années, anni, лет, года, 年, 年间,
    year: 年間, 년
    bit: bit, bits, 比特, 位元, ビット
    byte: byte, bytes, 字节
    kb: kb, kib, kilobytes
    mb: mb, mib, megabytes, megabyte
    gb: gb, gib, gigabytes, gigabyte, gbyte, gb/s
    tb: tb, tib, terabytes, terabyte
    hz: hz, hertz, 赫兹
    khz: khz
    mhz: mhz
    ghz: ghz
    fps: fps, frames per second, bilder pro sekunde, fotogramas por segundo, 帧每秒, フレーム毎秒
    nm: nm, nanometer, nanometers, nanometre, nanometres, 纳米
    µm: µm, μm, um, micron, microns, micrometer, micrometers, 微米
    mm: mm, millimeter, millimeters, millimetre, millimetres, millimetern, milímetros, 毫米
    cm: cm, centimeter, centimeters, centimetre, centimetres, zentimeter, centímetros, 厘米, センチ
    m: m, meter, meters, metre, metres, metern, metros, mètres, 米, メートル
    km: km, kilometer, kilometers, kilometre, kilometres, kilometern, kilómetros, 公里, 千米, キロ
    mg: mg
    g: g, gram, grams, gramm
    kg: kg, kilograms, kilogram, kilogramm, 公斤, 千克
    db: db, decibel, decibels, 分贝
    w: w, watt, watts, 瓦
    mw: mw, milliwatt, milliwatts
    kw: kw, kilowatt
    kwh: kwh
    j: j, joule, joules
    mj: mj, millijoule, millijoules
    ev: ev
    kev: kev
    mev: mev
    gev: gev
    tev: tev
    k: k, kelvin
    °: °, deg, degree, degrees, grad, grados, 度
    °c: °c, 摄氏度
    v: v, volt, volts
    mv: mv
    flops: flops, flop
    gflops: gflops
    tflops: tflops, teraflops
    pflops: pflops, petaflops
    $: $, usd, dollar, dollars, us-dollar, dólares, 美元, 美金, ドル, 달러
    €: €, eur, euro, euros, 欧元, ユーロ
    £: £, gbp, pounds
    """
)
# With a blank before them these may be anything (“5 K”, “layer 3 s”), so that the number may also stand alone.
VAGUE = frozenset("kmsghjwvd")
UNSURE = "?"
"""The unit of a number that perhaps has none: it's the same as a number that surely has none."""

LONGEST_CJK = 9
"""Characters of the longest word here in a script without blanks."""
