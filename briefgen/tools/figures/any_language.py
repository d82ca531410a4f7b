"""Words of any language that change the amount beside them: limits, estimates, parts, rates and denials.

They hold where a source is in another language than its record says, and where that language's words are incomplete.
"""

import re

from briefgen.localise.numerals import MINUS


def words_of(words: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(words.split())


CHANGING = words_of(
    f"{MINUS} "
    "min max maks mín máx minimum maximum approx approximately ca circa cca est estimated aprox env "
    "cerca vers прибл ок kb kt ước 약 double twice thrice triple times doppelt dreifach verdoppelt gấp "
    "kaum hardly barely scarcely nauwelijks amper nor neither weder noch "
    "nyaris hampir sekitar kira sedikit banyak kurang sampai maksimal minimal hingga yaklaşık neredeyse az fazla çok "
    "takriben azami asgari quase casi presque quasi unos unas около почти свыше более менее близко майже понад prawie "
    "około ponad téměř přibližně kolem közel mintegy yli noin lähes nästan næsten omtrent cirka "
    "ok niespełna niecałe niecały niecałych przeszło powyżej poniżej rzędu okolo cca zhruba asi takřka skoro bezmála "
    "necelých necelé necelá necelým přes nad pod minimálně maximálně takmer vyše približne oko približno više gotovo "
    "körülbelül csaknem majdnem legalább legfeljebb alatt felett aproape circa aproximativ peste oltre ungefär drygt "
    "apenas mała lebih mendekati tembus menembus menyentuh "
    "ناهز ناهزت قارب قاربت يقارب تقارب زهاء يفوق تفوق فاق فاقت يتجاوز تتجاوز "
    "knappt umbes ligi peaaegu apie beveik aptuveni gandrīz περίπου σχεδόν над под"
)
"""Words of any language that make a number another one: negative, a limit, an estimate, a multiple."""
CHANGING_WIDE = re.compile(
    r"(?:マイナス|約|约|ほぼ|およそ|近|逾|超過?|超过|不足|不到|至少|至多|最[多高低少大]|以上|以下|未満)[での]? ?$"
)
_ADJECTIVES = (
    r"tinggi|rendah|besar|kecil|banyak|sedikit|cepat|lambat|mahal|murah|baik|buruk|kuat|lemah|panjang|pendek|luas|berat|"
    r"ringan|lama|dari|daripada|dibanding(?:kan)?|(?:élevé|grand|petit|important|haut|fort|court|cher)e?s?|bas(?:se)?s?|"
    r"longs?|longues?|chère?s?|faibles?|rapides?|qu[e'’]|(?:alt|baj|baix|pequeñ|pequen|car|barat|bass|elevad|elevat|larg|"
    r"rápid|rapid|cort|curt)[oaie]s?|grandes?|grandi|long[ao]s?|lungh?[ioae]|fortes?|fuertes?|che|d[eio] que|di|"
    r"yüksek|düşük|büyük|küçük|çok|uzun|kısa|hızlı|pahalı|ucuz|als|dan|niż|než|ako|nego|чем|ніж|than"
)
"""What stands behind a "more" or "less" that compares: 12 persen lebih tinggi is twelve per cent, and not more."""
COMPARED = re.compile(rf" (?:{_ADJECTIVES})(?!\w)")
_MORE = (
    r"lebih|kurang|plus|moins|m[áa]s|menos|mais|più|meno|fazla|az|więcej|mniej|mehr|weniger|more|less|fewer|higher|lower|"
    r"meer|minder|více?|méně|viac|menej|više|manje|mer|mindre|több|kevesebb|больше|меньше|більше|менше|hơn"
)
MORE_OR_LESS = re.compile(rf"(?:(?:de|di|en|daha) )?(?:{_MORE})")
"""A "more" or "less" that is no "or more": behind an amount it may say that something is so much more."""
AT_END = re.compile(r" ?(?:$|[^\w\s])")
COMPARED_BEFORE = re.compile(
    r"(?:^|\W)(?:cao|thấp|lớn|nhỏ|nhiều|ít|nhanh|chậm|mạnh|yếu|tốt|kém|đắt|rẻ|dài|ngắn|sâu|rộng|đông|nặng|nhẹ) $"
)
"""What makes the hơn before an amount one that compares: thấp hơn 12% is lower, by or than that."""
THAN = re.compile(
    r"(?:[^\W\d_]{2,}er (?:than|als|dan)|[^\W\d_]{3,}szy niż|[^\W\d_]{2,}[šč]í než|"
    r"(?:m[áa]s|mais|plus|più|lebih|menos|moins|meno|kurang) [^\W\d_]+ (?:qu[e'’]|che|di|d[eo] que|dari(?:pada)?)|"
    r"(?:maior|menor|mayor|mejor|peor|melhor|pior) (?:do )?que|(?:maggior|minor)e (?:di|del)|"
    r"(?:sup|inf)[eé]rieure?s? (?:à|aux?)|(?:sup|inf)erior(?:es|e|i)? (?:[aà]|ao|al|ai)|(?:выше|ниже|вище|нижче))"
    r"(?: (?:the|l[aeo]s?|os?|die|den|de))? ?$"
)
"""What compares something with the amount behind it: higher than 12 % is not 12 %."""
ROUGHLY_AFTER = re.compile(
    r" ?(?:쯤|초반|중반|후반|대(?![가-힣])|에 못 |[을를] 밑)"
    r"|(?:'\w{1,5})? (?:aş|geç|bul|yaklaş|dayan|sınır)\w*"
    r"|[をにが](?:下回|上回|超え|満た|達し|及ば|届か|迫|割)|[に中]\d| ?(?:うち|のうち|중|당|中有) ?\d"
    r"| ?(?:以上|以下|以内|超|未満|近く|近い|余|弱|強|程度|前後|左右|上下|กว่า|เศษ)"
    r"|(?:'\w{1,5})? (?:yakın|aşkın|aşan|varan|bulan|üzer|üst|alt[ıi]|civar|fazla|küsur|kadar|lewat|ke atas)"
    rf"| lebih(?! (?:{_ADJECTIVES})(?!\w))"
)
"""What limits a number in words behind it, as Korean, Japanese and Turkish do."""
ROUGHLY_BEFORE = re.compile(
    r"(?:por volta|em torno|(?:ao|em) redor|à volta|n[ao] (?:casa|ordem|faixa)|perto|alrededor|del orden|"
    r"autour|aux alentours|de l'ordre|près|environ|proche|in the (?:region|order|neighbou?rhood)|"
    r"in der größenordnung|in de orde) (?:d\w{1,2}|of|von|van) (?:l[ae]s? )?$|"
    r"(?:w granicach|w okolicach|v řádu|v rozmezí|v rozpätí|на рівні|в пределах|в районе) $|"
    r"(?:en torno a|intorno a\w*|attorno a\w*|nell'ordine d\w+) (?:l[oa]s )?$"
)
"""Phrases before a number that make it an estimate, where `bounds_before` of the language lacks them."""
PART_WIDE = re.compile(r" ?(?:的|の|의) ?(?:一?半|절반|[\d一二三四五六七八九十]+ ?(?:分|割|%|成))")
_COUNTER = r"(?:人|名|명|個|个|개|곳|[カか]?国|개국|社|件|건|世帯|가구|戸|户|つ|台|校|家|所)"
ONE_IN = re.compile(rf"\d ?{_COUNTER} ?(?:に|中有?|のうち|うち|当たり|あたり|중|당|当中|里有) ?$")
"""What makes the number behind it one of so many: 5人に1人."""
_OFTEN = (
    r"(?:monthly|weekly|daily|annual(?:ly)?|yearly|aylık|haftalık|günlük|yıllık|tahunan|bulanan|harian|anua(?:l|is)|"
    r"mensua(?:l|is)|diári[oa]s?|semana(?:l|is)|annuel\w*|mensuel\w*|(?:jähr|monat|wöchent|täg)lich\w*|ежегодн\w+|"
    r"ежемесячн\w+|щорічн\w+|щомісячн\w+|roczni\w*|miesięczn\w+|tygodniow\w+|dziennie|ročn\w+|měsíčn\w+|mesačn\w+|"
    r"týdn[ěn]\w*|denne|denně|évente|évi|havonta|havi|naponta|årlig\w*|vuosittain|vuodessa|aastas|jaarlijks\w*|godišnj\w+|"
    r"annu[aoe]\w*|mensil\w+|illik|aylıq|年間|月間|[毎每][年月日]|年均|ต่อปี|ต่อเดือน|başına|setiap|tiap|masing-masing|cada|"
    r"人均|[毎每]人|[1一]人当たり|per kapita)"
)
OFTEN_BEFORE, OFTEN_AFTER = re.compile(rf"(?:^|\W|[\u3040-\u9fff]){_OFTEN} ?$"), re.compile(rf" ?{_OFTEN}(?!\w)")
"""What makes an amount one of each month, year or head, where `rates` of the language have no word for it."""
EXCEEDING = re.compile(
    r"(?:exceed|surpass|roz[aóo]|rond[aóo]|borde[aóo]|acerc[aóo]|aproxim[aóo]|beir[ao]|zbliż|sięga|melampau|melebih|mendekat|"
    r"overst[ie]|überst[ie]|übertr[ai]f|überschr|unterschr|dépass|superó|superar|superou|ultrapass|exced|"
    r"przekr[ao]cz|przewyższ|překr[ao]č|přes[aá]h|převyš|prekr[ao]č|presiah|presahuj|premaš|meghalad|túllép|depăș|ylittä|ylitti|"
    r"överst[ie]g|överskr|overst[ie]g|превы[сш]|перевищ|viršij|pārsnie)\w*(?: [^\W\d_]{1,8}){0,2} $"
)
"""A verb before a number that makes it a limit."""
SHORT_OF = re.compile(
    r"(?:(?:short|shy) of|aquém d\w{1,2}|a las puertas de|por debajo de|abaixo d\w{1,2}|fail(?:s|ed|ing)? to [^\W\d_]+)"
    r"(?: (?:the|l[ao]s?))? $"
)
"""What says before a number that it was not reached."""
HALF_OF = re.compile(
    r"(?<![^\W\d_])(?:połow[aęy]|ćwierć|polovin[auy]|třetin[auy]|čtvrtin[auy]|polovic[aeiu]|tretin[aeiu]|fele|felét|harmada|"
    r"negyede|jumătate|metade|mitad|met[àa]|moitié|tiers|quart|terzo|tercio|puolet|hälften|halvdelen|halvparten|pusė|"
    r"половин[аеуы]|треть|четверть)(?: [^\W\d_]{1,4}){0,2} $"
)
"""A part of a whole before a number, where `fractions` of the language lacks it."""
CLAUSE = re.compile(r"(?:[^.,;:!?،؛؟।。、，；]|[.,](?=\d))*")
DENIED_AFTER = re.compile(
    r"(?<![^\W\d_])(?:not|missed|unmet|nicht|niet|không|chưa|değil|deyil|tidak|belum|bukan|ikke|inte|não|nao|не|nie|nem|"
    r"ne(?:by[lu]|dosáh|dosiah|podař|podar|spln|překroč|prekroč|přesáh|presiah)\w*|"
    r"[^\W\d_]{2,}(?:m[aeə](?:d[ıi](?:l[aeə]r|[kğ]\w*)?|m[ıi]ş\w*|y[aeə]c\w+|y[aeə]n\w*|z(?:l[ae]r)?)|m[ıiuü]yor\w*|mır))"
    r"(?![^\W\d_])|않|못 ?[하했할한]|없[다었이]|아니[다었라]|なかった|ません|ないと|ない(?:。|$)|未能|[没沒]有|[并並]未"
)
"""What denies the clause that a figure stands in, behind it; in Turkish and Azerbaijani an ending of the verb."""
NOT_OF_CALENDAR = re.compile(
    r"(?:(?<![^\W\d_])(?:fy|fiscal|financial year|budget\w*|geschäftsjahr|haushaltsjahr|rechnungsjahr|boekjaar|"
    r"begrotingsjaar|exercício|ejercicio|exercice|esercizio|safra|anggaran|fiskal|budżetow\w+|obrotow\w+|szkoln\w+|"
    r"mali yıl\w*|tài (?:khóa|chính)|academic year|school year)|"
    r"वित्त वर्ष|वित्तीय वर्ष|会計|會計|회계연도|งบประมาณ|السنة المالية|العام المالي)"
    r"(?: [^\W\d_]{1,3}| year| tahun)? ?$"
)
"""What says before a year that it is one of accounts, harvests or schools."""
NOT_OF_CALENDAR_AFTER = re.compile(
    r"(?:년도? )? ?(?:(?:fiscal|financial|budget|marketing|crop|academic|school|season|sezon|saison|anggaran|fiskal)"
    r"|회계연도|학년도|年?度|会計年度|財政年度|财年)"
)
"""What says so behind it."""
YEAR_OF_ACCOUNTS = re.compile(
    r"(?<![^\W_])[fasm]y(?P<first>\d{4}|'?\d{2})(?:[-/](?P<last>\d{4}|\d{2}))?(?![^\W_]|[-/]\d)"
)
"""A fiscal, academic, school or marketing year, as tables write it: FY2024-25."""
TURN_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:(?:at|around|over|by|near) the turn|turn of|straddl|tournant|à cheval|a cavallo|a caballo|"
    r"na virada|passagem|jahreswende|jahreswechsel|jaarwisseling|przełom|přelom|prelom|årsski|årsskift|vuodenvaih|"
    r"на (?:рубеж|меж|стык)|(?:pergantian|peralihan) tahun|giao thừa|yılbaşı|al volgere|cumpăna)\w*"
    r"[^.;:!?]{0,30}$"
)
"""What says before a date that it is where two years or months meet."""
TURN_AFTER = re.compile(r"[^.;:!?,]{0,20}?(?:fordul[óo]|걸쳐|にかけて|跨年|之交)")
PART_OF_YEAR = re.compile(
    r"(?<![^\W\d_])(?:połow|końc|konc|koniec|począt|przełom|začát|polovin|полов|кон[еи]?ц|начал|почат|половин|kraj[ue]?|"
    r"début|milieu|metà|inizio|fine|final|inici|início|meados|mediado|princip|comienz|virada|awal|akhir|pertengah)\w*"
    r"(?: [^\W\d_]{1,3})? $"
)
"""A part of a year or month before it, in whatever form."""
NEGATIVE = re.compile(
    r"(?<![^\W\d_])(?:negat[iíy][vw]|ujemn|záporn|negatief|negatiiv|neigiam|negatīv|отрицательн|від'?ємн|αρνητικ|olumsuz)"
    r"|赤字|逆差|음수|적자"
)
"""What makes a balance that is named later in the sentence one below nothing: było ujemne, sięgając 15,2 mld."""
NOT = words_of(
    "no not never nicht kein keine niet geen pas non não nao nem nie ne не ni không chưa ikke inte ei tidak bukan "
    "tak belum tanpa değil nunca jamais nessun ingen inget nincs"
)
POINTS = re.compile(
    r" ?[%-]? ?(?:p\.? ?p\b|p\b|point|punkt|punt|pont|punct|bod|пункт|п\. ?п|điểm|poin|puan|포인트|ポイント|百分点)"
)
"""Percentage points, behind a percentage."""
ERA_AFTER = re.compile(
    r",? ?\(?(?:b\. ?e\b|be\b|a\. ?h\b|ah\b|h\b|هـ|ه\b|هجر|ش\b|พ\.ศ|b\. ?c\b|bce?\b|v\. ?chr|av\. j|a\. ?c\b|до н|"
    r"âm lịch|lunar)"
)
"""A year of another calendar, by what stands behind it."""
ERA_BEFORE = re.compile(
    r"(?:พ\.ศ\.?|พุทธศักราช|令和|平成|昭和|大正|明治|民國|民国|단기|주체|reiwa|heisei|sh[oō]wa|taish[oō]|meiji|minguo|juche|"
    r"b\. ?e\.|음력|農曆|农历|旧暦|lunar|hijri|هجري|هجرية)(?: year)? ?\(?$"
)
"""A year of another calendar, by what stands before it."""
PART_BEFORE = re.compile(
    r"(?:week|weekend|days|half|quarters?|thirds?|fifths?|tenths?|spring|summer|autumn|fall|winter|season|eve|middle|"
    r"wochen?|hälfte|drittel|viertel|fünftel|quartal|frühjahr|frühling|sommer|herbst|monatshälfte|saison|tuần|mùa|nửa|"
    r"quý|vụ|những|thập niên|thập kỷ|jaren|weken|helft|kwart|kwartaal|lente|zomer|herfst|najaar|voorjaar)"
    r"(?: (?:of|a|in|im|der|von|vom|des|van|của|trong|xuân|hè|hạ|thu|đông|the|het|de))* ?$"
)
"""A part of a date or an amount before it."""
PART_AFTER = re.compile(
    r" ?(?:첫째|둘째|셋째|넷째|첫 ?주|마지막|봄|여름|가을|겨울|전반|후반|(?:첫|두|세|네) ?번째|\d주|"
    r"[上中下]旬|[春夏秋冬初底末]|中(?!国|國)|[上下前後后]半)"
)
"""A part of a date behind it."""
