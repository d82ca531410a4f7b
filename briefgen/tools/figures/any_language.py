"""Words of any language that change the amount beside them: limits, estimates, parts, rates and denials.

They hold where a source is in another language than its record says, and where that language's words are incomplete.
"""

import re

from briefgen.localise import language
from briefgen.localise.language import MINUS
from briefgen.tools.figures import as_read, normalise


def words_of(words: str) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(normalise(words).text.split())


CHANGING = words_of(
    f"{MINUS} "
    "maximal minimal maximaal minimaal máximo mínimo massimo minimo minst hooguit hoogstens krap etliche bis "
    "zirka bald escasos escasas blisko maksymalnie minimalnie maksimum mindestens wenigstens höchstens "
    "принаймні максимум мінімум минимум більш менш "
    "أقصى أدنى الأقل الأكثر يناهز تناهز "
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
    "до hasta até sehingga navíc "
    "cap capped ceiling limit limited limits plafond plafonné plafonnée plafonnés plafonnées plafonnant tope límite "
    "límites limite limitado limitada limitados limitadas techo teto tetto limitato limitata limité limitée limités "
    "obergrenze begrenzt gedeckelt deckel limiet bovengrens beperkt begrensd plafon limita pułap pułapu strop katto "
    "лимит предел потолок ограничен ограничено ограничена ліміт межа обмежено batas kikomo trần سقف تقييد "
    "quelque quelques algunos algunas alguns algumas qualche jakieś jakichś runt úgy κάπου kisaran berkisar yukarı "
    "yapata wapatao yapatayo कोई तक़रीबन "
    "knappt umbes ligi peaaegu apie beveik aptuveni gandrīz περίπου σχεδόν над под "
    "άνω πάνω κάτω γύρω κοντά μόλις πλέον τουλάχιστον έως alig jó bő szűk nagyjából több maximum runsas runsaat reilu "
    "reilut vajaa vajaat vajaan suunnilleen enintään vähintään jopa liki melkein korkeintaan ainakin vajaata "
    "drygt dryga knappa drøyt drøye knap godt nesten næsten rundt nær vreo cam sub jur aproape alături приблизно трохи "
    "щонайбільше щонайменше більше менше больше меньше "
    "примерно приблизительно почти чуть порядка dobrých dobré kolem až alespoň nanejvýš "
    "lingkungan bawah takriban takribani pointi kiasi karibu zaidi chini hadi lampas lagpas higit halos mahigit "
    "tinatayang bababa hihigit kulang mga cerca alrededor arriba debajo encima acima abaixo umas "
    "sin sem sans senza without zonder ohne bez без fără ilman utan uden uten χωρίς "
    "نحو حوالي حوالى قرابة أكثر أقل فوق دون تحت يقل تقل يزيد تزيد يربو تربو حدود بحدود "
    "حدوداً حدودا بیش کمتر بیشتر نزدیک قریب بالغ بالای حداقل حداکثر تقریبا زیر "
    "כ מעל מתחת יותר פחות למעלה לפחות כמעט קרוב בערך כמו "
    "करीब क़रीब तकरीबन लगभग महज सिर्फ केवल अधिकतम न्यूनतम आधे आधा "
    "omkring uppemot inemot bortåt närmare omtrent omlag omring henved rúmlega tæplega nærri ligikaudu üle "
    "vähemalt kuni ap vairāk mazāk līdz vismaz daugiau mažiau iki bent maždaug околу повеќе помалку преко "
    "скоро готово približno okoli skoraj čez prop gairebé almenys gutxienez rreth gati mbi nën ongeveer sowat "
    "byna minstens hoogstens təxminən azı qədər taxminan qariyb шамамен жуық ойролцоогоор თითქმის დაახლოებით "
    "մոտ շուրջ ավելի ገደማ በላይ ወደ hozzávetőleg megközelítőleg pitkälti arviolta சுமார் సుమారు దాదాపు ಸುಮಾರು "
    "ഏകദേശം આશરે લગભગ ਲਗਭਗ ਕਰੀਬ सुमारे जवळपास किमान कमाल تقریباً "
    "nærmere bortimot поне близо око најмање preko najmanje preto орчим астам ortiq inguru ខ្ទង់ ប្រហែល ជាង ປະມານ ခန့် करिब "
    "भन्दा පමණ மேல் पेक्षा dhawaad kusan meer minder več manj més menys çox მეტი кем көп "
    "kali veces vezes fois volte mal maal razy раза раз lần kez ganger gånger kertaa krát φορές פעמים vel "
    "aproximadamente aproximada approssimativamente aproximativement dokładnie koło najwyżej najmniej ríflega minnst "
    "several few many couple mehrere einige verscheidene meerdere vài mấy kilka несколько декілька кілька birkaç "
    "varios varias vários várias alcuni alcune hámarki lágmarki سالب с со із зі z з "
    "প্রায় কমপক্ষে অন্তত অনধিক সর্বোচ্চ সর্বনিম্ন মাত্র আনুমানিক"
)
"""Words of any language that make a number another one: negative, a limit, an estimate, a multiple."""
ABOUT_SOMEWHERE = words_of("um ze")
"""Words that mean about in one language, and nothing of the kind in another that lists them among its small words."""
CHANGING_WIDE = as_read(
    r"(?:マイナス|約|约|ほぼ|およそ|概ね|おおむね|推定|ざっと|大概|[估预預][计計]|대략|추정|"
    r"上限|下限|限度|限[额額]|近|逾|倍[于於]|超過?|超过|不足|不到|至少|至多|最[多高低少大]|以上|以下|未満)[での]? ?$"
    r"|(?:^|[\s(,])근 ?$|(?:배|절반)(?:인|에 해당하는|에 달하는| 수준인) ?$"
    r"|(?:ใกล้|เกือบ|กว่า|เกิน|อย่างต่ำ|อย่างน้อย|ถึง|ราว|ร่วม|ประมาณ|เฉลี่ย|เพดาน|ขีดจำกัด) ?$|(?:suýt soát|stuk of) $"
)
_ADJECTIVES = (
    r"tinggi|rendah|besar|kecil|banyak|sedikit|cepat|lambat|mahal|murah|baik|buruk|kuat|lemah|panjang|pendek|luas|"
    r"berat|ringan|lama|dari|daripada|dibanding(?:kan)?|(?:élevé|grand|petit|important|haut|fort|court|cher)e?s?|"
    r"bas(?:se)?s?|"
    r"longs?|longues?|chère?s?|faibles?|rapides?|qu[e'’]|(?:alt|baj|baix|pequeñ|pequen|car|barat|bass|elevad|elevat|"
    r"larg|rápid|rapid|cort|curt)[oaie]s?|grandes?|grandi|long[ao]s?|lungh?[ioae]|fortes?|fuertes?|che|d[eio] que|di|"
    r"yüksek|düşük|büyük|küçük|çok|uzun|kısa|hızlı|pahalı|ucuz|als|dan|niż|než|ako|nego|чем|ніж|than"
)
"""What stands behind a "more" or "less" that compares: 12 persen lebih tinggi is twelve per cent, and not more."""
COMPARED = re.compile(rf" (?:{_ADJECTIVES})(?!\w)")
_AND = r"(?:e|y|i|a|og|och|und|and|en|et|ed|és|și|ir|та|и|і|na|at|ja|ve|dan|và|και|con|un)"
_MORE = (
    r"lebih|kurang|plus|moins|m[áa]s|menos|mais|più|meno|fazla|az|więcej|mniej|mehr|weniger|more|less|fewer|higher|"
    r"lower|meer|minder|více?|méně|viac|menej|više|manje|mer|mindre|több|kevesebb|больше|меньше|більше|менше|hơn"
)
MORE_OR_LESS = re.compile(rf"(?:(?:de|di|en|daha) )?(?:{_MORE})")
"""A "more" or "less" that is no "or more": behind an amount it may say that something is so much more."""
DIFFERENCE = re.compile(rf" {MORE_OR_LESS.pattern}(?!\w)")
"""The same behind what is counted, of which there are so many more: 20 empresas menos. 5 % less is 5 per cent."""
AT_END = re.compile(r" ?(?:$|[^\w\s])")
COMPARED_BEFORE = re.compile(
    r"(?:^|\W)(?:cao|thấp|lớn|nhỏ|nhiều|ít|nhanh|chậm|mạnh|yếu|tốt|kém|đắt|rẻ|dài|ngắn|sâu|rộng|đông|nặng|nhẹ) $"
)
"""What makes the hơn before an amount one that compares: thấp hơn 12% is lower, by or than that."""
THAN = re.compile(
    r"(?:[^\W\d_]{2,}er (?:than|als|dan)|[^\W\d_]{3,}szy niż|[^\W\d_]{2,}[šč]í než|"
    r"(?:m[áa]s|mais|plus|più|lebih|menos|moins|meno|kurang) [^\W\d_]+ (?:qu[e'’]|che|di|d[eo] que|dari(?:pada)?)|"
    rf"(?:{_MORE}),? (?:niż|чем|ніж|než|ako|nego|als|than|dan|qu[e'’]|che|kuin|än|enn|en|decât)|"
    r"(?:maior|menor|mayor|mejor|peor|melhor|pior) (?:do )?que|(?:maggior|minor)e (?:di|del)|"
    r"(?:sup|inf)[eé]rieure?s? (?:à|aux?)|(?:sup|inf)erior(?:es|e|i)? (?:[aà]|ao|al|ai)|(?:выше|ниже|вище|нижче))"
    r"(?: (?:the|l[aeo]s?|os?|die|den|de))? ?$"
)
"""What compares something with the amount behind it: higher than 12 % is not 12 %."""
ROUGHLY_AFTER = as_read(
    r"(?:[을를이가에] ?| ?)(?:돌파|육박|근접|웃돌|상회|하회|미달|밑돌)|의 (?:두|세|네|다섯|\d) ?배"
    r"| ?(?:쯤|초반|중반|후반|대(?![가-힣])|에 못 |[을를] 밑)|(?:'\w{1,5})? (?:aş|geç|bul|yaklaş|dayan|sınır)\w*"
    r"|[をにが](?:下回|上回|超え|満た|達し|及ば|届か|迫|割|上限|下限|限度|目途|目処|めど|目安)"
    r"|[为為](?:上?限|度)|[을를]? ?(?:한도|상한)|[に中]\d| ?(?:うち|のうち|중|당|中有) ?\d"
    r"| ?(?:以上|以下|以内|超|未満|近く|近い|余|弱|強|程度|前後|左右|上下|กว่า|เศษ)"
    r"|(?:'\w{1,5})? (?:yakın|aşkın|aşan|varan|bulan|üzer|üst|alt[ıi]|civar|fazla|küsur|kadar|lewat|ke atas)"
    rf"| lebih(?! (?:{_ADJECTIVES})(?!\w))"
    rf"| (?:o|ou|or|of|oder|eller|tai|vagy|sau|или|або|nebo|lub|veya|atau|au) (?:{_MORE}|enemmän|higit|zaidi)(?!\w)"
    r"|-\w{1,4} (?:több|kevesebb|nagyobb|kisebb|magasabb|alacsonyabb)"
    r"| (?:felett|alatt|fölött|körül|fele|harmada|negyede|lamang|pataas|paitaas|enemmän|vähemmän)(?!\w)"
    r"| (?:पार|ऊपर|से भी|से ऊपर|से कम|से अधिक|से ज़्यादा|से ज्यादा|के पार|के क़रीब|के करीब)(?!\w)"
    r"|,? (?:în plus|lisää)(?!\w)| (?:भन्दा|पेक्षा)(?!\w)| سے (?:زیادہ|زائد|کم)(?!\w)"
    r"| तक(?!\w)|(?:-plus|[ -]odd)(?!\w)"
    r"|,? (?:if not (?:more|less|fewer)|give or take|wenn nicht (?:mehr|weniger)|zo niet meer)(?!\w)"
    rf"| {_AND} (?:{_MORE})(?!\w)| z (?:okładem|górą|hakiem)(?!\w)|(?: के)? आसपास(?!\w)"
    r"| (?:فأكثر|فأقل|تقريبا|على (?:الأقل|الأكثر|أقل|أكثر)|كحد (?:أقصى|أدنى))(?!\w)"
    r"|\w{0,3} (?:বেশি|কম|অধিক|উপর|ওপর|নিচে|কাছাকাছি|ছাড়ি\w*|অতিক্রম)(?!\w)"
    r"| (?:بیشتر|کمتر|فراتر|گذشت|گذشته|رد شد)(?!\w)"
    r"| eða (?:svo|fleiri|meira|færri|minna)(?!\w)| ?선(?:에서|으로|을|이|까지)?(?![가-힣])"
    r"| (?:з|с) (?:лишком|лишним|гаком)(?!\w)"
)
"""What limits a number in words behind it, as Korean, Japanese and Turkish do."""
REPLACED = as_read(
    r"(?:instead|in place|in lieu) of (?:the )?$|(?<![^\W\d_])(?:(?:an)?statt|anstelle von|in plaats van|au lieu d[e']|"
    r"en (?:lugar|vez) de(?: las?| los)?|em (?:lugar|vez) d[eao]s?|invece d\w+|al posto d\w+|zamiast|замість|"
    r"вместо|thay vì|місто|namísto|místo|namiesto|helyett|alih-alih|badala ya|بدلا من|عوضا عن|की (?:जगह|बजाय)|แทนที่|"
    r"previously|formerly|originally|initially|erroneously|mistakenly|zuvor|ursprünglich|irrtümlich|vorher|voorheen|"
    r"oorspronkelijk|eerder|précédemment|initialement|auparavant|anteriormente|originalmente|inicialmente|previamente|"
    r"pierwotnie|poprzednio|початково|раніше|помилково|ранее|первоначально|önceden|başlangıçta|"
    r"ban đầu|trước đây|trước đó|"
    r"sebelumnya|semula|awali|سابقا|पहले) $|(?:当初|従来|以前|당초|기존|종전|애초)(?:は|の|의|에는?)? ?$"
)
"""What says that another number has taken its place, or takes it."""
ROUGHLY_BEFORE = re.compile(
    r"(?:por volta|em torno|(?:ao|em) redor|à volta|[nd][ao] (?:casa|ordem|faixa)|perto|alrededor|del orden|"
    r"autour|aux alentours|de l'ordre|près|environ|proche|in the (?:region|order|neighbou?rhood)|"
    r"in der größenordnung|in de orde) (?:d\w{1,2}|of|von|van) (?:l[ae]s? )?$|"
    r"(?:w granicach|w okolicach|v řádu|v rozmezí|v rozpätí|на рівні|в пределах|в районе) $|"
    r"(?:so viele? wie|zo ?veel als|hátt í|á að giska|innan við|í kringum|í mesta lagi|í minnsta lagi|í það minnsta|"
    r"as (?:few|little) as) $|"
    r"până la $|(?<!\w)(?:op|opp|upp) mo[dt] $|(?:(?:north|south) of|a good|ein gutes?|een goede|een kleine) $|"
    r"(?:en torno al?|intorno a\w*|attorno a\w*|nell'ordine d\w+) (?:l[oa]s )?$"
)
"""Phrases before a number that make it an estimate, where `bounds_before` of the language lacks them."""
BELOW_ZERO = as_read(
    r" (?:below|under|unter|onder|sous|bajo|abaixo de|sotto|poniżej|pod|нижче|ниже|تحت|dưới|"
    r"chini ya|di bawah|alatt\w*) (?:zero|zéro|null|nul|cero|zera|nulou|нуля|الصفر|0|sifuri|nol)(?!\w)"
)
"""What makes the degrees before it less than none."""
BETWEEN_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:between|entre|zwischen|tussen|między|між|между|tra|fra|mezi|medzi|mellem|mellan|mellom|között|"
    rf"antara|kati ya|بين|giữa)(?: [^\W\d_]{{1,13}}){{0,2}} [^\W\d_]{{0,4}}[^\w\s]?\d[^;:!?]{{0,20}}? "
    rf"(?:و|{_AND}(?: [^\W\d_]{{1,4}})? ?)$"
)
"""A "between" whose first number has an article or a limit, before the second number: entre el 5 y el 7 %."""
END_WIDE = as_read(
    r"\d ?(?:%|[^\W\d_]{1,6} )?(?:থেকে|முதல்|నుండి|ರಿಂದ) $|בין \d[\d.,]*(?: ?%)? ?ל-?$"
    r"|\d ?(?:[年月日号號%]|[^\W\d_]{1,3})?(?:至|到|から|より|부터) ?$"
)
"""What makes the number behind it the other end of a range, where `ranges` lacks it: 113年至115年."""
PART_WIDE = re.compile(
    r" ?(?:的|の|의) ?(?:一?半|절반|倍|[\d.一二两兩三四五六七八九十百千几幾数數]+ ?(?:分|割|%|成|倍))"
)
_COUNTER = r"(?:人|名|명|個|个|개|곳|[カか]?国|개국|社|件|건|世帯|가구|戸|户|つ|台|校|家|所)"
ONE_IN = re.compile(rf"\d ?{_COUNTER} ?(?:に|中有?|のうち|うち|当たり|あたり|중|당|当中|里有) ?$")
"""What makes the number behind it one of so many: 5人に1人."""
_OR_TO = r"(?:에서|내지|또는|혹은|이나|から|ないし|または|又は|或|至|到)"
SAME_COUNTER = re.compile(rf"\d ?({_COUNTER}) ?{_OR_TO} ?$")
TO_SAME_COUNTER = re.compile(rf"[\d.,]+ ?({_COUNTER}) ?{_OR_TO} ?[\d.,]+ ?\1(?!국)")
"""What joins a number to the one behind it if both have one counter: 20개에서 25개 기업, but 20개국에서 25개 기업."""
HALF_AFTER = as_read(
    r" ?半(?!導|导|数|數|期|年|島|岛|額|额|分|ば)|(?: و ?| ו)?(?:نصف|نیم|חצי)(?!\w)"
    r"| (?:buçuk|setengah|kalahati|rưỡi)(?!\w)"
    rf"|ครึ่ง| {_AND} (?:an? |eine? |een |une? |uma? |en |et )?(?:mei[oa]|medi[oa]|mezz[oa]|demie?|half|halve|halb\w*|"
    r"jumătate|fél|půl|pół|pol|nusu|kalahati|μισ[όήά]|половин\w+|halv\w*|puoli|setengah)(?!\w)"
)
"""What adds a half to the amount before it: 3 millones y medio, 3年半."""
_OFTEN = (
    r"(?:monthly|weekly|daily|annual(?:ly)?|yearly|aylık|haftalık|günlük|yıllık|tahunan|bulanan|harian|anua(?:l|is)|"
    r"mensua(?:l|is)|diári[oa]s?|semana(?:l|is)|mensa(?:l|is)|annuel\w*|mensuel\w*|(?:jähr|monat|wöchent|täg)lich\w*|"
    r"ежегодн\w+|"
    r"ежемесячн\w+|годишн\w+|месечн\w+|щорічн\w+|щомісячн\w+|roczni\w*|miesięczn\w+|tygodniow\w+|dziennie|ročn\w+|"
    r"měsíčn\w+|mesačn\w+|"
    r"týdn[ěn]\w*|denne|denně|évente|évi|havonta|havi|naponta|årlig\w*|vuosittain|vuodessa|aastas|jaarlijks\w*|"
    r"godišnj\w+|"
    r"annu[aoe]\w*|mensil\w+|illik|aylıq|年間|月間|[毎每][年月日]|年均|ต่อปี|ต่อเดือน|başına|setiap|tiap|masing-masing|cada|"
    r"人均|[毎每]人|[1一]人当たり|per kapita|ل?سنويا|ل?شهريا|يوميا|كل (?:سنة|عام|شهر|يوم)|سالانه|ماهانه|روزانه|ماهیانه|"
    r"ildə|yiliga|oyiga|жилд|сард|ஆண்டுக்கு|மாதத்திற்கு|سالانہ|ماہانہ|τον χρόνο|سالی|ماهی|روزی|በዓመት|በወር|በቀን|በየ\w+|"
    r"לשנה|בשנה|לחודש|בחודש|ליום|מדי שנה|सालाना|वार्षिक|मासिक|प्रति\w*|हर साल|বার্ষিক|মাসিক|বছরে|মাসে|প্রতি\w*|"
    r"ετησίως|ετήσι\w+|μηνιαί\w+|ημερησίως|kila|sebulan|setahun|sehari|bawat|kada|araw-araw|taun-taon|buwanan|"
    r"щороку|щомісяця|ежегодно|každoroč\w+|her (?:yıl|ay|gün)|kişi başı\w*|anual\w*|lunar|vuosittai\w+|kuukausittai\w+|"
    r"لل(?:فرد|طن|شخص|نسمة|برميل|وحدة|طالب|أسرة)|हर (?:वर्ष|महीने|माह|हफ़्ते|हफ्ते|दिन|व्यक्ति)|"
    r"per c[aá]pita(?: of| de)?|(?:bình quân )?đầu người|pro kopf|per hoofd|na głowę|प्रति [^\W\d_]+|"
    r"á (?:mann|ári|mánuði|viku|dag|hvern \w+)|árlega|"
    r"(?:na|za|od|на|за|с|со|з|із|od) (?:душ|чел|особ|осіб|жител|мешкан|жите|тон|голов|сем[ьі]|студент|mieszka|"
    r"osob|osób|głow|ton|obyvat|hlav|rodzin|stanovni|prebival|studen|jednego|jednu|każd|кажд|кожн)\w*|"
    r"corocznie|rokrocznie|co roku?|co miesiąc|w skali roku|interanual|interanuales|yoy)"
)
_EACH = (
    r"each|jeweils|jede[rsmn]?|elke?|iedere?|ieder|cada|chaque|ciascun\w*|ogni|każd\w+|кожн\w+|кажд\w+|mỗi|setiap|"
    r"every|كل|masing-masing|każdorazowo|प्रत्येक|हरेक|kila"
)
OFTEN_BEFORE = as_read(
    rf"(?:(?:^|\W|[\u3040-\u9fff]){_OFTEN}|(?:^|[.,;:!?(] ?)(?:yılda|ayda|haftada|günde)"
    r"|(?:^|[、。はがのでにもを ]) ?[年月週][にはで]?|[가-힣]당|(?:^|[\s(,])[월주]) ?$"
)
OFTEN_AFTER = as_read(rf" ?{_OFTEN}(?!\w)")
"""What makes an amount one of each month, year or head, where `rates` of the language have no word for it."""
EACH_BEFORE = as_read(
    rf"(?<![^\W\d_])(?:{_EACH})(?: [^\W\d_]{{1,10}})? $|(?<![^\W\d_])(?:po|по) $"
    r"|(?:^|[(,;] ?|(?:mit|zu|auf|um|und|für|über) )je $|(?<!\w)각각? ?$"
    r"|(?<![国國])各$|(?<![^\W\d_])je [^\W\d_]{4,} $|반기 ?$|(?<!แ)(?<!ร้อย)ละ ?$"
)
EACH_AFTER = as_read(
    r"씩|ずつ| ?(?:当たり|あたり|につき)| (?:لكل|لكلا)(?!\w)| (?:for|to|per|für|voor|para|por|pour|dla|для|cho|untuk|"
    rf"kwa) (?:[^\W\d_]{{1,4}} )?(?:{_EACH})(?!\w)"
)
"""What makes it one of each side or each of several; of a span of time, a rhythm."""
EXCEEDING = re.compile(
    r"(?:ξεπ[εέ]ρ|υπερβ|υπερέβ|αγγίζ|άγγιξ|πλησι[άα]|προσέγγι|alitti|alittaa|alle jää|lumampas|lumagpas|zidi|"
    r"ilizidi|haiku|hawaku|hauku|hayaku|haziku|"
    r"ulizidi|ilivuka|alivuka|[وف]?[تي]?تجاوز|[وف]?[تي]فوق|[وف]?فاق|[وف]?[تي]?تعد[ىت]|"
    r"[וש]?(?:עלה|עלתה|עלו|עבר|עברה|עברו|חצה|חצתה|חצו|חרג)|exceed|surpass|rebas|sobrepas|vượt|"
    r"roz[aóo]|rond[aóo]|borde[aóo]|acerc[aóo]|aproxim[aóo]|beir[ao]|zbliż|sięga|melampau|melebih|mendekat|"
    r"overst[ie]|überst[ie]|übertr[ai]f|überschr|unterschr|dépass|super(?:ó|ar|ou|at|er|a)|ultrapass|exced|"
    r"przekr[ao]cz|przewyższ|překr[ao]č|přes[aá]h|převyš|prekr[ao]č|presiah|presahuj|premaš|meghalad|túllép|depăș|"
    r"ylittä|ylitti|"
    r"överst[ie]g|överskr|overst[ie]g|превы[сш]|перевищ|viršij|pārsnie)\w*(?: [^\W\d_]{1,10}){0,2} (?:[^\W\d_]-)?$"
)
"""A verb before a number that makes it a limit."""
SHORT_OF = re.compile(
    r"(?:(?:short|shy) of|aquém d\w{1,2}|a las puertas de|por debajo de|abaixo d\w{1,2}|fail(?:s|ed|ing)? to [^\W\d_]+)"
    r"(?: (?:the|l[ao]s?))? $"
)
"""What says before a number that it was not reached."""
HALF_OF = as_read(
    r"(?<![^\W\d_])(?:t[ei]rcios?|terços?|(?:terc|terç|cu?art|quart|quint)[ae]r?[oa]?s partes|quart[oa]s|"
    r"третин\w+|чверт\w+|трећин\w*|treime\w*|sfert\w*|تہائی|چوتھائی|katlo|uchdan|trećin\w*|"
    r"terzi|quarti|tiers|trzeci\w*|czwart\w*|tredjedel\w*|"
    r"f[jä]+r?e?rdedel\w*|femtedel\w*|pertiga|perempat|perlima|तिहाई|चौथाई|سوم|چهارم|پنجم|ثلث[اي]|أرباع|kolmasosa\w*|"
    r"kolmannes\w*|neljäsosa\w*|neljännes\w*|τρίτ[οα]|τέταρτ[οα]|üçte|dörtte|çeyreği|"
    r"połow[aęy]|ćwierć|polovin[auy]|třetin[auy]|čtvrtin[auy]|polovic[aeiu]|tretin[aeiu]|fele|felét|harmada|"
    r"negyede|jumătate|metade|mitad|met[àa]|moitié|tiers|quart|terzo|tercio|puolet|hälften|halvdelen|halvparten|pusė|"
    r"половин[аеуы]|треть|четверть|separuh|separo|sepertiga|seperempat|nusu|theluthi|robo|kalahati|sangkatlo|"
    r"μισ[άέό]\w*|(?:doubl|trebl|tripl)ing of|trzykrotność|dwukrotność|dubl\w+|dubbel\w*|doppelt\w*|"
    r"el doble|o dobro|il doppio|le double|iki katı|üç katı|ikiye|kétszer\w*|kaksinkertai\w+|dvojnásob\w+|"
    r"διπλάσι\w+|вдвічі|вдвое|удвічі|نصف|ثلث|ربع|نیم|نیمی|ضعف|חצי|שליש|רבע|כפול|आधे|आधा|একতৃতীয়াংশ|অর্ধেক)"
    r"(?: [^\W\d_]{1,9}){0,2}[ -]$"
)
"""A part of a whole before a number, or a multiple of it, where `fractions` of the language lacks it."""
PART_WIDE_BEFORE = as_read(
    r"(?:分之[一二三四五六七八九十\d]+的?|[一过過]半的?|半数の|ครึ่งหนึ่งของ ?|เท่าของ ?|ใน\S{2,5}ของ ?)$"
)
"""The same in scripts without spaces: 三分之一的1200家."""
OUT_OF = frozenset(
    ("op", "op de", "in", "out of", "of", "of the", "von", "von den", "sur", "van de", "trên", "trong", "dari", "из")
) | {"من أصل", "من بين", "من كل"}
"""What joins a number to the one of which it is a part."""
ONE_OF = as_read(
    r"(?<![^\W\d_])(?:un[aoe]?|um[a]?|isa|ένας|μία|ένα|[eé]+n|ein\w{0,2}|one|jeden|jedna|один|одна|одно|mmoja|moja|"
    r"satu|egy|yksi|ett|אחד|אחת|واحد|واحدة|یک|एक|একটি|1) "
    r"(?:din|dintre|sa bawat|sa|na|(?:de|em) cada|em|sur|su|van|von|in|out of|op|op de|z|ze|із|з|из|daripada|dari|"
    r"banding|kati ya|katika|av|af|στους|στις|στα|מכל|מתוך|من كل|من بين|از هر|हर) (?:de |the |των )?$|(?:^| )cứ $"
)
"""What makes the number behind it one of so many: una din 5 firme."""
_TO = (
    r"(?:à|a|to|bis|tot|till|til|až|до|по|il[âa]|sampai|hingga|s\.d\.|hadi|hanggang|έως|ως|إلى|الى|تا|עד|से|থেকে|đến|"
    r"ถึง)"
)
TO_BEFORE = as_read(rf"(?<![\d.,])(?!(?:19|20|21)\d\d )\d+(?:[.,]\d+)* {_TO}(?: [^\W\d_]{{1,6}})? $")
"""The same before the second number: 5 sampai dengan 7 persen, of which the first was read without its unit."""
TO_PERCENT = re.compile(rf"\d ?% (?:al|ao|au|auf|zum|{_TO}) $")
"""The same between percentages: del 12 % al 15 %."""
TO_YEAR = as_read(rf" {_TO}(?: [^\W\d_]{{1,6}})? (?:19|20|21)\d\d(?!\d)")
"""The same behind a year: tahun 2025 sampai dengan 2027."""
TO_AFTER = as_read(
    rf" {_TO}"
    r" (?:[^\W\d_]{1,3}|[^\W\d_]{0,2}[^\w\s])? ?(?!(?:19|20|21)\d\d(?!\d))\d"
)
"""What begins the other end of a range, where `ranges` lacks it: € 5 à 7 mln."""
BETWEEN_FIRST = re.compile(
    r"(?<![^\W\d_])(?:between|entre|zwischen|tussen|między|між|между|tra|fra|mezi|medzi|mellem|mellan|mellom|antara|"
    r"kati ya|بين|بین|בין|giữa)(?: [^\W\d_]{1,13}){0,2} ?[^\w\s]?$"
)
"""A "between" before the first of two numbers, with an article or a sign: entre el 5 % y el 7 %."""
AND_NUMBER_AFTER = re.compile(rf"[^.;:!?\d]{{0,12}} (?:{_AND} |و|ל-?)(?:[^\W\d_]{{1,4}} )?[^\w\s]?\d")
BETWEEN_AFTER = as_read(
    r"(?:[^.;:!?\d]{0,12}\d[\d.,]*)?[^.;:!?\d]{0,12}(?:arası|között|के बीच|välil|vahel|之[间間]|の間|사이)"
)
"""A "between" behind two numbers: 5 ile 7 arasında."""
CLAUSE = re.compile(r"(?:[^.,;:!?،؛؟।。、，；]|[.,](?=\d))*")
DENIED_AFTER = as_read(
    r"(?<![^\W\d_])(?:not|missed|unmet|nicht|niet|không|chưa|değil|deyil|tidak|belum|bukan|ikke|inte|não|nao|не|nie|"
    r"nem|ne(?:by[lu]|dosáh|dosiah|podař|podar|spln|překroč|prekroč|přesáh|presiah)\w*|"
    r"[^\W\d_]{2,}(?:m[aeə](?:d[ıi](?:l[aeə]r|[kğ]\w*)?|m[ıi]ş\w*|y[aeə]c\w+|y[aeə]n\w*|z(?:l[ae]r)?)|m[ıiuü]yor\w*|"
    r"mır)|"
    r"ن(?:می|رس|شد|کرد|بود|یست|خواه|داشت|یافت|گرفت|داد|گذشت)\w*|नहीं|नही|নয়|নেই|না|[^\W\d_]{2,}নি|δεν|eivät|eikä|"
    r"ha(?:i|wa|u|zi|ya|ku)(?:ku|ta|ja|fik|zid)\w+|hindi|לא|אין|אינ[והםן]|nélkül)"
    r"(?![^\W\d_])|않|못 ?[하했할한]|없[다었이]|아니[다었라]|なかった|ではなく|"
    r"ません|ないと|ない(?:。|$)|未能|[没沒]有|[并並]未"
)
"""What denies the clause that a figure stands in, behind it; in Turkish and Azerbaijani an ending of the verb."""
NOT_OF_CALENDAR = as_read(
    r"(?:(?<![^\W\d_])(?:fy|fiscal|financial year|budget\w*|geschäftsjahr|haushaltsjahr|rechnungsjahr|boekjaar|"
    r"begrotingsjaar|exercício|ejercicio|exercice|esercizio|safra|anggaran|fiskal|budżetow\w+|obrotow\w+|szkoln\w+|"
    r"mali yıl\w*|tài (?:khóa|chính)|academic year|school year|season|school(?:jaar| year)|schuljahr|studienjahr|"
    r"wirtschaftsjahr|niên (?:độ|khóa)|năm học|"
    r"spielzeit|seizoen|school\w*|academisch jaar|fiscal\w*|școlar|universitar|sezon\w*|sesi|kewangan|"
    r"persekolahan|fedha|masomo|piskal|panuruan|pampaaralan|ciclo|curso|zafra|cosecha|escolar|lectivo|letivo|"
    r"temporada|année scolaire|saison|"
    r"lukuvuo\w*|tilika\w*|tilivuo\w*|satovuo\w*|ka[ud]e\w*|školn\w+|hospodářsk\w+|účetn\w+|sezón\w*|"
    r"фінансов\w+|навчальн\w+|бюджетн\w+|сезон\w*|маркетингов\w+|финансов\w+|учебн\w+|"
    r"οικονομικό έτος|οικονομικού έτους|σχολικ\w+|σεζόν|χρήσ\w+|ajaran|akademik)|"
    r"(?:वित्त|वित्तीय|शैक्षणिक|शैक्षिक) वर्ष|अर्थवर्ष|অর্থবছর\w*|অর্থ বছর|শিক্ষাবর্ষ\w*|会計|會計|회계연도|งบประมาณ|"
    r"ปีการศึกษา|"
    r"(?:ال)?(?:مالية|مالي|دراسي|دراسية|جامعي|موسم)|(?:مالی|تحصیلی|زراعی)|שנת (?:ה)?(?:כספים|לימודים|תקציב))"
    r"(?: [^\W\d_]{1,6}| year| tahun| έτος| έτους| року| году)? ?$"
)
"""What says before a year that it is one of accounts, harvests or schools."""
NOT_OF_CALENDAR_AFTER = as_read(
    r"(?:년도? )? ?(?:(?:fiscal|financial|budget|marketing|crop|academic|school|season|sezon|saison|anggaran|fiskal|"
    r"eğitim|öğretim|mali yıl|навчальн|фінансов|бюджетн|маркетингов|учебн|финансов|mr\b|мр\b|tanév|évad|szezon|"
    r"अर्थवर्ष|অর্থবছর|অর্থ বছর|শিক্ষাবর্ষ)"
    r"|회계연도|학년도|年?度|会計年度|財政年度|财年)|-?\w{1,4} (?:tané|évad|szezon|költségvetés)"
)
"""What says so behind it."""
YEAR_OF_ACCOUNTS = re.compile(
    r"(?<![^\W_])(?:j?f|[asm])y(?P<first>\d{4}|'?\d{2})(?:[-/](?P<last>\d{4}|\d{2}))?(?![^\W_]|[-/]\d)"
)
"""A fiscal, academic, school or marketing year, as tables write it: FY2024-25."""
YEAR_ENDING = as_read(
    r"(?:(?:years?|months|fy) (?:ending|ended|to|until)|(?:jahre?|monaten?) bis(?: zum)?|"
    r"(?:jaar|maanden) tot(?: en met)?|(?:año|ejercicio|meses) (?:terminados?|finalizados?)(?: el| en)?|(?:exercice|"
    r"ans?|année) clos\w*(?: le| en)?|"
    r"(?:rok|rokiem|roku) (?:kończąc\w+) się)(?: (?:on|the|in))*(?: \d{1,2}(?:st|th)?)? ?$"
)
YEAR_ENDS = as_read(r" (?:endend\w+|eindigend\w+|abgelaufen\w+)")
"""What makes a date the end of a year of accounts: the year to 31 March 2026, das am 31. März endende Jahr."""
ROUGH_DATE_BEFORE = as_read(
    r"(?<![^\W\d_])(?:around|about|circa|approximately|um|gegen|rond|omstreeks|vers|autour|environ|hacia|alrededor|"
    r"por volta|em torno|verso|intorno|około|okolo|kolem|близько|около|примерно|приблизно|sekitar|takriban|"
    r"khoảng|tầm|cca|حوالي|نحو|حدود|लगभग|करीब|ประมาณ|ราว|약|대략|約|约)\.?(?: [^\W\d_]{1,4}){0,2} ?$"
)
ROUGH_DATE_AFTER = as_read(
    r" ?(?:경|께|무렵|쯤)(?![가-힣])| ?전후|頃|ごろ|前後|左右|前后| or (?:so|thereabouts)(?!\w)|"
    r"(?:'\w{1,4})? (?:civar|dolay|sular)| körül| के आसपास"
)
"""What makes a date an estimate."""
BESIDE_DATE = as_read(rf"(?<![^\W\d_]){language.BESIDE_DATE}(?: [^\W\d_]{{1,4}}){{0,2}} $|(?<!วัน)ก่อน ?(?:ปี ?)?$")
DATE_BESIDE = as_read(language.DATE_BESIDE)
"""What says that the time before or after a date is meant, and so none of its days: before 2030."""
FROM_DATE = as_read(rf"(?<![^\W\d_])(?:{language.FROM_OR_OF}|sejak|frá)(?: [^\W\d_]{{1,5}}){{0,2}} ?$")
FORMER_BEFORE = as_read(
    rf"(?<![^\W\d_])(?:{language.FROM_OR_OF}|frá|compar(?:ed|ing) (?:with|to)|against|versus|vs|previous|preceding|"
    r"last year's|gegenüber|verglichen mit|nach|(?:sti|wuchs|sank|fiel|ge[swf]|erhöh)\w* von|tegen(?:over)?|"
    r"vergeleken met|contre|par rapport (?:à|aux?)|face (?:à|aux?)|contra|frente (?:a|al|à|aos?)|respecto (?:a|de)l?|"
    r"ante|en comparación con|em comparação com|contro|rispetto a\w{0,3}|da(?:i|gli|lle|l|ll[ao])?|so với|против|проти|"
    r"по сравнению со?|порівняно [зі]з?|wobec|w porównaniu (?:z|do)|oproti|proti|dibanding(?:kan)?|dari|مقابل|"
    r"مقارنة ب\w*|mot|jämfört med|sammenlignet med|έναντι|από|לעומת|מ)\.?(?: [^\W\d_]{1,5}){0,2} ?$"
    r"|(?:比|较|較|高于|高於|低于|低於)(?:\d{4}年)?的? ?$"
)
FORMER_AFTER = as_read(
    r" ?(?:から|に比べ|と比べ|보다|대비|에 비해|에서)| (?:से|की तुलना|के मुकाबले)(?!\w)|'?\w{0,2}[dt][ae]n(?!\w)|"
    r"-r[óő]l(?!\w)"
)
"""What makes an amount the one of before, from which something has grown, or with which it is compared."""
DATE_FROM = as_read(
    r" ?(?:年|년)? ?(?:부터|이후|이래|후(?:에|로)|から|より(?!も?前)|以降|以来|以後|以后|之后|之後|後|起)"
    r"|(?:'?\w{0,3}[dt][ae]n)?(?: [^\W\d_]{1,9})? (?:itibaren|sonra|beri|bu yana)| से(?!\w)| के बाद"
    r"|-t[óő]l|-től| után| jälkeen| lähtien| (?:onwards?|trở đi|and (?:beyond|after|later))(?!\w)"
)
"""What says that a time begins with the date, or after it, and ends on no day that is named: from 2030."""
EARLIEST_BEFORE = as_read(
    r"(?<![^\W\d_])(?:(?:not|no) (?:before|earlier than|sooner than)|nicht (?:vor|früher als)|frühestens|"
    r"op zijn vroegst|niet (?:voor|eerder dan)|nie wcześniej niż|"
    r"не (?:ранее|раньше|раніше)(?: ніж)?|n[oã]o? antes d\w{1,2}|pas avant|au plus tôt|non prima d\w{1,3}|"
    r"(?:không )?sớm (?:nhất|hơn)|en erken|早くても|最早|빨라야|ليس قبل)(?: [^\W\d_]{1,4}){0,2} ?$"
)
EARLIEST_AFTER = re.compile(r" (?:at the earliest|or after|or later)(?!\w)")
"""What makes a date, a day as well, the first on which something may be."""
DATE_WITHIN = as_read(r" ?(?:이내|以内|以內)")
"""What may set a limit to a time that ends with the date, or lies within it."""
DENIED_DATE = as_read(
    r"(?:[이가에]|까지)? ?아[니닌]|(?:[にで]|まで)?(?:では|じゃ)なく|(?:'\w{2,4})? değil|(?: में| तक| को)? नहीं"
)
"""What denies the date before it."""
TURN_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:(?:at|around|over|by|near) the turn|turn of|straddl|tournant|à cheval|a cavallo|a caballo|"
    r"na virada|passagem|jahreswende|jahreswechsel|jaarwisseling|przełom|přelom|prelom|årsski|årsskift|vuodenvaih|"
    r"на (?:рубеж|меж|стык)|(?:pergantian|peralihan) tahun|giao thừa|yılbaşı|al volgere|cumpăna)\w*[^.;:!?]{0,30}$"
)
"""What says before a date that it is where two years or months meet."""
TURN_AFTER = re.compile(r"[^.;:!?,]{0,20}?(?:fordul[óo]|걸쳐|にかけて|跨年|之交)")
ENDS_WITH_ACCOUNTS = re.compile("期(?!間|限|日|待|末|間|中|内)|기(?![가-힣])")
"""What makes a month the last one of a year of accounts: 2027年3月期."""
PART_OF_YEAR = as_read(
    r"(?<![^\W\d_])(?:[وفبلك]?(?:بداي|مطلع|أوائل|اوائل|مستهل|منتصف|أواسط|أواخر|اواخر|نهاي|ختام|النصف|الربع|صيف|شتاء|"
    r"خريف|ربيع)|"
    r"اوایل|آغاز|ابتدا|اواسط|میانه|نیمه|پایان|انتها|بهار|تابستان|پاییز|زمستان|[בלמהשו]?(?:תחיל|ראשית|אמצע|סוף|שלהי|"
    r"מחצית|רבעון|"
    r"קיץ|חורף|סתיו|אביב|שבוע)|ال?أسبوع|هفته|αρχ[έή]|μέσα|τέλ[ηο]|εξάμην|τρίμην|εβδομάδ|φθινόπωρ|καλοκαίρ|χειμών|άνοιξ|"
    r"meses|mesi|premiers mois|maanden|monaten?|miesięc[ya]|miesiąc(?:e|ach|ami)|месяц(?:ев|ах|ами)|місяц(?:ів|ях|ами)|"
    r"měsíc[ůei]|mesiac|mánuð|začetk|sredin|pohja|început|mijlocul|sfârșit|jumătat|semestr|trimestr|toamn|iarn|"
    r"primăvar|"
    r"săptămân|mwishoni|mwanzoni|mwisho|mwanzo|katikati|wiki|robo|nusu|pagtatapos|katapusan|simula|kalagitnaan|linggo|"
    r"kuwarter|minggu|separuh|suku|paruh|kuartal|tydzień|tygod|týdn|týžd|недел|тиж|viiko|alku|loppu|puoliväli|kevää|"
    r"kesä|syks|talve|"
    r"наприкінц|напередодн|semana|quinzena|quincena|finales|fines|kezdet|počátk|počiatk|kvartál|čtvrtlet|půl|pololet|"
    r"połow|końc|konc|koniec|począt|przełom|začát|polovin|полов|кон[еи]?ц|начал|почат|половин|півріч|полугод|"
    r"кварт|kwarta|półrocz|kraj[ue]?|"
    r"début|milieu|metà|inizio|fine|final|fim|inici|início|meados|mediado|princip|comienz|começ|virada|awal|akhir|"
    r"pertengah)\w*(?: [^\W\d_]{1,6}){0,3} $"
)
"""A part of a year or month before it, in whatever form."""
NOT = words_of(
    "no not never nicht kein keine niet geen pas non não nao nem nie ne не ni không chưa ikke inte ei tidak bukan "
    "tak belum tanpa değil nunca jamais nessun ingen inget nincs لم لن ليس ليست"
)
ONLY = words_of(
    "only just merely nur bloß alleen slechts sólo solo só somente apenas seulement chỉ hanya sadece только лише"
)
"""What makes a denial one of "only": not only 50."""
POINTS = as_read(
    r" ?[%-]? ?(?:bənd|अंक|बिंदु|बिन्दु|পয়েন্ট|নম্বর|จุด|mata|puntos|pontos|puncte|pist|yksik|μονάδ|μονάδες|נקוד|"
    r"نقطة|نقاط|واحد|p\.? ?p\b|p\b|point|punkt|punt|pont|punct|bod|пункт|п\. ?п|điểm|poin|puan|포인트|ポイント|百分点)"
)
"""Percentage points, behind a percentage."""
ERA_AFTER = re.compile(
    r",? ?\(?(?:b\. ?e\b|be\b|a\. ?h\b|ah\b|h\b|هـ|ه\b|هجر|ش\b|พ\.ศ|b\. ?c\b|bce?\b|v\. ?chr|av\. j|a\. ?c\b|до н|"
    r"âm lịch|lunar)"
)
"""A year of another calendar, by what stands behind it."""
ERA_BEFORE = re.compile(
    r"(?:พ\.ศ\.?|พุทธศักราช|令和|平成|昭和|大正|明治|民國|民国|단기|주체|reiwa|heisei|sh[oō]wa|taish[oō]|meiji|minguo|juche|"
    r"b\. ?e\.|음력|農曆|农历|旧暦|rằm|lunar|hijri|هجري|هجرية)(?: year)? ?\(?$"
)
"""A year of another calendar, by what stands before it."""
OF_MOON = re.compile("giêng|chạp")
"""Months of the lunar calendar, in Vietnamese."""
OR_MONTHS = re.compile(r"tháng năm \d{4}$")
"""May of a year, or so many months of it: 9 tháng năm 2026."""
TIME_BETWEEN = re.compile(
    r"(?: (?:[^\W\d_]{1,3}|lunii|anului|luna|mes|mês|mois|mese|monats|maand|month|year|tháng|năm|bulan|tahun|mwezi|"
    r"mwaka|buwan|taon|شهر|سنة|عام|ماه|سال|חודש|שנת|місяця|року|месяца|года|měsíce|roku|kuukauden|vuoden|hónap|"
    r"miesiąca))+ $"
)
"""Small words, and those for month and year, between a part of a date and its name: mijlocul lunii iunie."""
PART_BEFORE = re.compile(
    r"(?:week|weekend|days|weeks|months|half|quarters?|thirds?|fifths?|tenths?|spring|summer|autumn|fall|winter|"
    r"season|eve|middle|close|rest|remainder|latter part|restlichen|verbleib\w+|"
    r"wochen?|hälfte|drittel|viertel|fünftel|quartal|frühjahr|frühling|sommer|herbst|monatshälfte|saison|tuần|mùa|nửa|"
    r"quý|vụ|những|thập niên|thập kỷ|jaren|weken|helft|kwart|kwartaal|lente|zomer|herfst|najaar|voorjaar)"
    r"(?: (?:of|a|in|im|der|von|vom|des|van|của|trong|xuân|hè|hạ|thu|đông|the|het|de))* ?$"
)
"""A part of a date or an amount before it."""
DAYS_FROM = re.compile(
    r"(?:(?:days|weeks|months|years) (?:of|from|after|before|prior to|following)|"
    r"(?:ngày|tháng|năm) (?:kể )?từ(?: ngày)?|(?:tagen?|dagen|jours|días|dias|giorni|dni|дней|"
    r"днів) (?:[^\W\d_]{1,7} ){0,3}[^\W\d_]{1,4}|"
    r"(?:week|weekend|fortnight)s? (?:of|ending|beginning|commencing|starting|from|to)|eves? of|"
    r"(?:woche|wochenende) vom|vorabend de[sr]|vorabend vom|week(?:end)? van|vooravond van|"
    r"(?:semana|víspera|véspera|vigilia|veille|semaine) d\w{1,2}|"
    r"tuần(?: lễ)?(?: từ)?|tydzień od|tygodni\w* od|przeddzień|канун|напередодні|недел\w+ со?)(?: the| den)? $"
)
"""What makes a day one of several, or the next one to it: the week of 12 October, the eve of it."""
PART_AFTER = as_read(
    r" ?(?:첫째|둘째|셋째|넷째|첫 ?주|마지막|봄|여름|가을|겨울|전반|후반|(?:첫|두|세|네) ?번째|\d주|"
    r"[上中下]旬|[春夏秋冬初底末代]|中(?!国|國)|[上下前後后]半)|(?:'\w{1,4})?(?: [^\W\d_]{1,13}){0,2} "
    r"(?:yarı(?:s[ıi]|y)|çeyre|başı|başla|orta(?:s|l)|sonu|sonun|(?:ilk|son)bahar|bahar|yaz(?:ı|ın|a)\b|kış(?:ı|ın)|"
    r"hafta|elej[ée]|közep|végé|nyar|ősz|tavasz|tel[eé]n|felé(?:ben|nek|re|ig)|negyedév|félév|het[eé]|"
    r"[^\W\d_]*puolisk|neljänne|alu[sn]|puoliväli|lopu[sn]|loppu|छमाही|तिमाही|अंत|शुरुआत|मध्य|प्रारंभ|आखिर|"
    r"[^\W\d_]*ার্ধ|প্রান্তিক|ত্রৈমাসিক|শুরু|মাঝামাঝি|মধ্যভাগ|শেষ)"
)
"""A part of a date behind it."""
OF_TIME = words_of("in since during im seit in sinds năm từ until till bis before after")
"""Words before a plain year: what follows it is not counted by it."""
FROM_OR_BY = words_of("from by ab bis von vanaf tegen depuis dès desde od do від до")
"""Words that stand before years and amounts alike."""
