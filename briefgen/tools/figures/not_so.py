"""What says of an amount that it was lost, is only possible, claimed or a condition, in any language.

The amount is what the line says; a sign, or the word for it, it lacks. So a person must look, and nothing is refused.
"""

from briefgen.tools.figures import as_read

_LOSS = (
    r"los(?:t|ses?|s|ing)|deficits?|shortfalls?|defizit\w*|verlust\w*|verlor\w*|fehlbetr\w+|tekort\w*|verlies\w*|verloor|"
    r"d[ée]ficits?|pertes?|perdu\w*|pérdidas?|perdi(?:do|da|ó|eron)|perde(?:u|ram)|perdas?|prejuízos?|disavanz\w+|perdit[ae]|"
    r"pers[oaie]|deficyt\w*|strat(?:a|y|ę|ą|om|ach|ami)|deficit\w*|schod(?:ek|k\w+)|ztrát\w*|strát\w*|дефицит\w*|дефіцит\w*|"
    r"убыт\w+|потер\w+|збит\w+|втрат\w+|açığ\w*|açık|zarar\w*|kayıp|kayb\w+|thâm hụt|nhập siêu|thua lỗ|lỗ|thiệt hại|"
    r"defisit\w*|(?:ke)?rugi(?:an)?|underskott\w*|underskud\w*|förlust\w*|alijääm\w*|tappio\w*|hiány\w*|veszteség\w*|"
    r"έλλειμμα\w*|ζημ\w+|απώλει\w+|pierder\w+|nakisi|hasara|тапшылық\w*|шығын\w*|"
    r"(?:ال)?(?:عجز|خسار\w+|خسائر)\w*|خسر\w*|کسری|زیان|ضرر|גירעון|הפסד\w*|घाट[ाे]|नुकसान"
)
_LOSS_WIDE = r"적자|손실|결손|赤字|逆差|欠損|[损損]失|[亏虧][损損]|ขาดดุล|ขาดทุน"
_NEGATIVE = r"negat[iíy][vw]|ujemn|záporn|negatief|negatiiv|neigiam|negatīv|отрицательн|від'?ємн|αρνητικ|olumsuz|음수"
_BALANCE = as_read(rf"(?<![^\W\d_])(?:{_NEGATIVE})|赤字|逆差|적자")
"""What makes a balance that is named later in the sentence one below nothing: było ujemne, sięgając 15,2 mld."""
_NEAR = r"(?: [^\W\d_]+){0,3}"
_IN_CLAUSE = r"(?: [^;:!?،؛。；]{0,25})?"
_LOST_BEFORE = as_read(
    rf"(?:(?<![^\W\d_])(?:{_LOSS})|(?:{_LOSS_WIDE})[^\s\d。，、；,.;]{{0,4}}){_IN_CLAUSE}[ (]?[^\w\s]?$"
)
_LOST_AFTER = as_read(
    rf"(?:'\w{{1,4}})?[ -](?:[^\W\d_]+ ){{0,2}}(?:{_LOSS})(?![^\W\d_])"
    rf"|[^\s\d。，、；,.;]{{0,3}} ?(?:무역 ?)?(?:{_LOSS_WIDE})"
)
_MAY = (
    r"(?<!in )(?<!of )may(?= [^\W\d_])|might|could|possibly|perhaps|potentially|k[öo]nn(?:te[nt]?|en)|kann|"
    r"möglicherweise|vielleicht|womöglich|kan|kunnen|zou(?:den)?|mogelijk|misschien|pourrai\w+|peut|peuvent|podrí\w+|puede\w?|quizás?|"
    r"tal vez|poderi\w+|pode(?:m|r[ãá]\w*)?|talvez|potrebbe\w*|potrà|può|possono|forse|móg\w*by|mogł\w*|może|mogą|"
    r"moh[lo]\w*|může|možná|môž\w*|может|могут|мог(?:ла?|ли|ло)? бы|возможно|може|можуть|міг би|могли б|можливо|có thể|"
    r"có khả năng|bisa|dapat|mungkin|boleh|berpotensi|kunde|kunne|kanske|måske|kanskje|voi|voisi\w*|saattaa|ehkä|"
    r"lehet\w*|μπορεί|θα μπορούσ\w+|ίσως|ενδέχεται|ar putea|poate|pot|huenda|\w*naweza|maaaring|"
    r"(?<!ف)قد|ربما|يمكن\w*|من (?:الممكن|المحتمل)|ممکن است|شاید|می ?تواند|עשוי\w*|עלול\w*|אולי|शायद"
)
_POSSIBLE_BEFORE = as_read(
    rf"(?<![^\W\d_])(?:{_MAY}){_NEAR}[ (]?[^\w\s]?$|(?:可能|或[許许将將]|有望|อาจ)[^\s。，、；,.;\d]{{0,16}} ?$"
)
_POSSIBLE_AFTER = as_read(
    r"[가-힣]{0,4}(?: [가-힣]+){0,2} ?(?:수(?:도|는)? 있|가능성)|[^。、，\d]{0,10}(?:可能性|かもしれ|得る|うる)"
    r"|(?:'\w{1,4})?(?: [^\W\d_]+){0,2} [^\W\d_]+(?:[ae]bil(?:ir|ecek|eceğ|iyor)\w*|h[ae]t(?:ja|i|ó)?)(?![^\W\d_])"
    r"|(?: [^\s\d.,;।]+){0,4} (?:सक(?:ता|ती|ते)|संभावना|мүмкін)"
)
_IF = (
    r"if|unless|whether|falls|sofern|wenn|mits|tenzij|indien|als (?:de|het|die|deze)|"
    r"si|caso|jeśli|jeżeli|jestli|pokud|если|якщо|eğer|nếu|jika|"
    r"kalau|apabila|dacă|hvis|jos|ikiwa|अगर|यदि|إذا|لو|اگر|אם"
)
_CONDITION_BEFORE = as_read(
    rf"(?<![^\W\d_])(?:{_IF})(?: [^\d.,;:!?]{{0,30}})? [^\w\s]?$|(?:如果|倘|若|ถ้า|หาก|もし)[^\d。，、]{{0,12}}$"
)
_CONDITION_AFTER = as_read(
    r"[을를이가에]? ?[가-힣]{1,5}(?:으면|이면|하면|다면|라면)(?![가-힣])"
    r"|[をがに]?[^。、\d]{1,6}(?:れば|たら|場合)|ならば?"
)
_CLAIMED_BEFORE = as_read(
    r"(?<![^\W\d_])(?:denie[sd]|denying|reject(?:s|ed)|refut\w+|wrongly|falsely|alleged(?:ly)?|so-called|purported|"
    r"reportedly|rumou?red|unconfirmed|dementier\w*|bestritt\w*|angeblich\w*|sogenannt\w*|vermeintlich\w*|ontken\w+|"
    r"zogenaamd\w*|vermeend\w*|démenti\w*|prétendu\w*|soi-disant|desminti\w+|desment\w+|presunt\w+|supuest\w+|supost\w+|"
    r"smentit\w+|cosiddett\w+|zaprzecz\w+|rzekom\w+|опроверг\w+|якобы|спростув\w+|нібито|bác bỏ|phủ nhận|cái gọi là|"
    r"được cho là|yalanla\w+|sözde|membantah|konon|نف[ىت]|المزعوم\w*)(?: [^;:!?،؛。；]{0,25})? [^\w\s]?$"
    r"|(?:이른바|소위|否認した|否认|所谓|所謂|いわゆる|据称|一部では)[^\d。，、]{0,8}$"
)
_PASSED_BEFORE = as_read(
    r"(?<![^\W\d_])(?:cross(?:ed|es|ing)|broke|breach\w*|approach\w*|near(?:ed|s|ing)|hover\w*(?: near| around)?|"
    r"pass(?:ed|es|ing)|durchbr[aeo]ch\w*|durchbrich\w*|knack\w+|verfehl\w+|näher\w+(?: sich)?|franchi\w*|avoisin\w+|"
    r"frôl\w+|approch\w+|flirt\w+|romp\w+|перевал\w+|прибли[зж]\w+|преодол\w+|tiệm cận|tiến sát|áp sát|benader\w*|"
    r"nader\w*|passeer\w*|sfior\w+|oltrepass\w+|avvicin\w+|närm\w+(?: sig)?|passer\w+|nærm\w+(?: seg| sig)?)"
    r"(?: [^\W\d_]{1,3}| barreira de| barrera de| barre des?| отметку| рубеж| mark of){0,2} [^\w\s]?$"
)
_PASSED_AFTER = as_read(r"[をのに]?(?:突破|大台)")
_EQUATION_BEFORE, _EQUATION_AFTER = as_read(r"= ?[^\w\s]{0,3}$"), as_read(" ?=")


def not_so(sentence: str, before: str, after: str) -> str:
    """Return the doubt about an amount that was lost or lacks (a deficit of 5), or is not told as one (could reach 5).

    `sentence` is what of the sentence is before it; a balance that was called negative there is below nothing.
    """
    if _BALANCE.search(sentence) or _LOST_BEFORE.search(before) or _LOST_AFTER.match(after):
        return "a loss, or a balance below nothing, perhaps"
    doubts = {
        "only said to be possible, perhaps": (_POSSIBLE_BEFORE, _POSSIBLE_AFTER),
        "a condition, perhaps": (_CONDITION_BEFORE, _CONDITION_AFTER),
        "denied, or only claimed, perhaps": (_CLAIMED_BEFORE, _NEVER),
        "more than that, or nearly, perhaps": (_PASSED_BEFORE, _PASSED_AFTER),
        "an exchange rate, or another equation": (_EQUATION_BEFORE, _EQUATION_AFTER),
    }
    return next((each for each, (left, right) in doubts.items() if left.search(before) or right.match(after)), "")


_NEVER = as_read("(?!)")
