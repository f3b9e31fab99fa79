//! The words by which lines call themselves a part, a chapter or what stands beside them, and their numbers. In each
//! list they have blanks between them.

pub(super) const PARTS: &str = "part book volume vol";
pub(super) const CHAPTERS: &str = "chapter chap ch stave canto letter";

/// Of other languages; some put the number before the word.
pub(super) const PARTS_ABROAD: &str = "teil buch band partie livre tome parte libro tomo livro deel boek del bok część księga tom část kniha rész könyv \
     osa kirja часть книга том частина μέρος βιβλίο kısım الجزء חלק phần bagian";
pub(super) const CHAPTERS_ABROAD: &str = "kapitel kapitlet chapitre capítulo capitulo capitolo capítol hoofdstuk kapittel rozdział kapitola fejezet luku \
     capitol capitolul poglavlje poglavje поглавље глава розділ κεφάλαιο bölüm peatükk nodaļa skyrius kafli الفصل פרק \
     chương bab";

/// Of all languages: what stands before, between or after the chapters.
pub(super) const ASIDES: &str = "prologue epilogue preface foreword afterword introduction interlude postscript coda appendix acknowledgements \
     acknowledgments dedication prolog epilog vorwort nachwort danksagung zwischenspiel épilogue préface postface \
     prólogo epílogo prefacio prologo epilogo prefácio prefazione proloog epiloog voorwoord nawoord förord efterord \
     forord etterord prologi epilogi prológus epilógus пролог эпилог предисловие послесловие епілог πρόλογος επίλογος \
     önsöz sonsöz 序章 终章 終章 楔子 尾声 番外 序 前言 后记 後記 プロローグ エピローグ あとがき 프롤로그 에필로그";

/// From one; those that are no number of chapters come last.
pub(super) const NUMBERS: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
     eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred first second third fourth fifth \
     sixth seventh eighth ninth tenth eleventh twelfth last";

/// Of other languages, beside a word of theirs.
pub(super) const NUMBERS_ABROAD: &str = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf erstes zweites drittes viertes fünftes sechstes \
     siebtes achtes neuntes zehntes erster zweiter dritter vierter erste letztes un deux trois quatre cinq sept huit \
     neuf dix premier première deuxième second troisième quatrième cinquième sixième septième huitième neuvième \
     dixième dernier uno dos tres cuatro cinco seis siete ocho nueve diez primero primera segundo segunda tercero \
     tercera cuarto cuarta quinto quinta sexto séptimo octavo noveno décimo último due tre quattro cinque sei sette \
     otto nove dieci primo prima secondo seconda terzo terza quarto sesto settimo ottavo nono decimo um dois três \
     quatro sete oito dez primeiro primeira terceiro een twee drie vijf zes zeven negen tien eerste tweede derde ett \
     två tre fyra fem första andra tredje первая вторая третья четвертая четвёртая пятая шестая седьмая восьмая \
     девятая десятая последняя первый второй третий перша друга третя pierwszy drugi trzeci czwarty piąty első \
     második harmadik الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر";
