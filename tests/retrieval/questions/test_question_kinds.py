"""The question words tell what kind of answer is wanted."""

import pytest

from retrieval.questions.question_kinds import Kind, Need, wanted_answer
from retrieval.text.languages import language

ENGLISH = {
    "who": [
        "Who leads Norway?",
        "Whose idea was it?",
        "By whom was it built?",
        "who is Ada?",
        "whos Ada",
    ],
    "when": ["When did it begin?", "In what year was it built?", "Since when do they trade?"],
    "where": ["Where is it?", "In which city was it signed?", "wheres the hive"],
    "why": ["Why did it fail?", "What is the reason for the delay?", "What makes bees swarm?"],
    "how": ["How do bees fly?", "In what way does it help?"],
    "how_many": [
        "How many bees are there?",
        "How old is the tower?",
        "how much does it cost?",
        "how much wax",
    ],
    "yes_no": ["Is the sky blue?", "Do bees sleep?", "can it last", "Hasn't it begun?"],
    "definition": [
        "What is a hive?",
        "What does SCO stand for?",
        "define hegemony",
        "what's BRICS",
        "What are drones?",
        "a veil, what is that?",
    ],
    "list": [
        "Which countries took part?",
        "What are the main challenges?",
        "Name all members.",
        "List the reasons",
        "What do they agree on?",
        "What kinds of bees are there?",
        "what are signs of a swarm",
    ],
    "comparison": [
        "Do both articles mention bees?",
        "How do the two texts differ on trade?",
        "Which article speaks of honey?",
        "What do the articles agree on?",
    ],
    "what": [
        "What did the queen do?",
        "Which role has the drone?",
        "The queen does what?",
        "what is wax good for",
    ],
    "keywords": ["military cooperation", "bees", "the price of honey"],
}


@pytest.mark.parametrize(
    ("question", "kind"), [(q, kind) for kind, questions in ENGLISH.items() for q in questions]
)
def test_english_questions(question, kind):
    """Each kind by its question words."""
    assert wanted_answer(question, language("en")).kind == Kind(kind)


@pytest.mark.parametrize(
    ("code", "question", "kind"),
    [
        ("de", "Warum fliegen Bienen?", "why"),
        ("fr", "c'est ou la piscine", "where"),
        ("fr", "c est quoi une ruche", "definition"),
        ("es", "porque vuelan las abejas", "why"),
        ("ja", "蜂蜜は飲める？", "yes_no"),
        ("it", "accettano carte", "yes_no"),
        ("it", "quant'è il miele", "how_many"),
        ("nl", "waarvoor dient honing", "what"),
        ("pl", "jaka cena", "how_many"),
        ("pl", "po co to", "why"),
        ("tr", "kaca kadar acik", "when"),
        ("hi", "शहद का दाम क्या है", "how_many"),
        ("zh", "蜂蜜有啥好处", "what"),
        ("zh", "蜂箱咋打开", "how"),
        ("zh", "蜂箱咋不开", "why"),
        ("es", "la piscina donde", "where"),
        ("de", "Wie viele Bienen gibt es?", "how_many"),
        ("de", "Was ist ein Bienenstock?", "definition"),
        ("fr", "c’est quoi une ruche", "definition"),
        ("fr", "une ruche c'est quoi", "definition"),
        ("de", "Ein Schleier, was ist das?", "definition"),
        ("it", "un'arnia cos'è", "definition"),
        ("es", "una colmena, ¿qué es?", "definition"),
        ("pt", "uma colmeia o que é", "definition"),
        ("ru", "улей это что", "definition"),
        ("fr", "Qu'est-ce qu'une ruche ?", "definition"),
        ("fr", "Que sont les ruches ?", "definition"),
        ("it", "cosa sono gli alveari", "definition"),
        ("it", "che documenti servono", "what"),
        ("it", "c'è un alveare", "yes_no"),
        ("nl", "wat zijn bijenkorven", "definition"),
        ("nl", "wat zijn de regels", "list"),
        ("pl", "czym są ule", "definition"),
        ("zh", "蜂巢是什么", "definition"),
        ("ja", "巣箱って何ですか", "definition"),
        ("ko", "벌집이 뭐야", "definition"),
        ("fr", "Pourquoi les abeilles volent-elles ?", "why"),
        ("fr", "Où vivent-elles ?", "where"),
        ("es", "¿Cuándo vuelan las abejas?", "when"),
        ("es", "donde viven las abejas", "where"),
        ("es", "cuantas abejas hay", "how_many"),
        ("es", "por que vuelan", "why"),
        ("es", "puedo ver las abejas", "yes_no"),
        ("fr", "ou se trouve la ruche", "where"),
        ("fr", "ça ouvre quand ?", "when"),
        ("fr", "la visite commence a quelle heure", "when"),
        ("es", "el taller abre a que hora", "when"),
        ("it", "perche volano le api", "why"),
        ("de", "gibts hier Bienen", "yes_no"),
        ("ru", "можно посмотреть пчёл", "yes_no"),
        ("ru", "с собакой можно", "yes_no"),
        ("ru", "что можно", "what"),
        ("ru", "до скольки открыто", "when"),
        ("pt", "da pra levar o cachorro", "yes_no"),
        ("fr", "faut reserver ?", "yes_no"),
        ("ja", "犬を連れて行ってもいい", "yes_no"),
        ("ja", "どの町から来ましたか", "what"),
        ("zh", "能不能带狗", "yes_no"),
        ("zh", "垃圾扔到哪", "where"),
        ("ko", "예약해야 돼?", "yes_no"),
        ("ko", "뭐가 돼", "what"),
        ("it", "Chi ha scoperto le api?", "who"),
        ("pt", "Por que as abelhas voam?", "why"),
        ("ru", "Почему летают пчёлы?", "why"),
        ("ru", "Кто открыл это?", "who"),
        ("zh", "为什么蜜蜂会飞？", "why"),
        ("ja", "誰が発見しましたか？", "who"),
        ("ko", "언제 시작했나요?", "when"),
        ("nl", "hoe laat gaat het dicht", "when"),
        ("pl", "ile to kosztuje", "how_many"),
        ("uk", "хто це заснував", "who"),
        ("tr", "saat kacta kapaniyor", "when"),
        ("ar", "متى تغلق المكتبة", "when"),
        ("hi", "कितने बजे बंद होता है", "when"),
        ("pt", "meu filho pode entrar", "yes_no"),
        ("pt", "aceita cartão", "yes_no"),
        ("pt", "que horas abre", "when"),
        ("pt", "política de férias", "keywords"),
        ("es", "los perros pueden entrar", "yes_no"),
        ("es", "¿aceptan tarjeta?", "yes_no"),
        ("es", "horario de verano", "keywords"),
        ("fr", "vous prenez la carte", "yes_no"),
        ("fr", "vous ouvrez quand", "when"),
        ("fr", "mes enfants peuvent venir", "yes_no"),
        ("it", "i cani possono salire", "yes_no"),
        ("it", "cosa vuol dire DPI", "definition"),
        ("de", "Was heißt BHKW?", "definition"),
        ("de", "wie heiss ist das wasser", "how_many"),
        ("de", "mein hund darf mit", "yes_no"),
        ("de", "kommt man da mit dem bus hin", "yes_no"),
        ("ru", "парковка есть", "yes_no"),
        ("ru", "дети могут зайти?", "yes_no"),
        ("pl", "mogę z psem", "yes_no"),
        ("pl", "co znaczy CTF", "definition"),
        ("nl", "krijgen kinderen korting", "yes_no"),
        ("nl", "huisregels", "keywords"),
        ("tr", "nerden girilir", "where"),
        ("uk", "парковка є?", "yes_no"),
        ("uk", "шо таке лічильник", "definition"),
        ("ja", "カード使える？", "yes_no"),
        ("ja", "誰がいる？", "who"),
        ("ja", "なんで閉まってるの", "why"),
        ("ko", "주차 가능해요?", "yes_no"),
        ("ko", "몇시에 열어", "when"),
        ("ko", "몇 시간 걸려", "how_many"),
        ("zh", "能带狗不", "yes_no"),
        ("zh", "为啥关门", "why"),
        ("ar", "ممكن ادفع بطاقة", "yes_no"),
        ("ar", "مين المدير", "who"),
        ("hi", "कुत्ता ला सकते हैं", "yes_no"),
        ("hi", "टिकट की कीमत", "keywords"),
    ],
)
def test_questions_in_other_languages(code, question, kind):
    """The same kinds everywhere."""
    assert wanted_answer(question, language(code)).kind == Kind(kind)


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("In what year was it built?", Need.YEAR),
        ("When was it built?", Need.TIME),
        ("How many are there?", Need.NUMBER),
        ("What is the population of Norway?", Need.NUMBER),
        ("Who built it?", Need.NAME),
        ("Who is Ada Lovelace?", Need.NOTHING),
        ("Where was she born?", Need.PLACE),
        ("Who is the queen of Norway?", Need.NAME),
        ("Why was it built?", Need.NOTHING),
        ("What time does it open?", Need.TIME),
        ("On which day is it shut?", Need.TIME),
        ("When was it shut, who said so?", Need.TIME),
        ("When the river froze, which bridge was shut?", Need.NOTHING),
        ("When the river froze it was crossed on what bridge?", Need.NOTHING),
        ("What discount do members get?", Need.NUMBER),
        ("Which discounts are there?", Need.NOTHING),
        ("What is the discount code?", Need.NOTHING),
        ("What is a hash rate?", Need.NOTHING),
        ("what's tread depth", Need.NOTHING),
        ("What is the tread depth?", Need.NUMBER),
        ("what is tread depth of a tyre", Need.NUMBER),
        ("What is average depth?", Need.NUMBER),
    ],
)
def test_what_an_answer_has_to_hold(question, need):
    """A year, a time, a number, a name, or nothing in particular."""
    assert wanted_answer(question, language("en")).need is need


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("en", "What share of the honey is sold abroad?"),
        ("de", "Welcher Anteil des Honigs geht ins Ausland?"),
        ("de", "Welchen Rabatt bekommen Mitglieder?"),
        ("ru", "Какую долю мёда вывозят?"),
        ("ru", "Какая скидка у членов клуба?"),
    ],
)
def test_a_share_or_a_discount_is_a_number(code, question):
    """What only says that there is one does not tell how much."""
    assert wanted_answer(question, language(code)).need is Need.NUMBER


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("en", ["It shuts at 5 p.m.", "The train leaves at 07:15.", "They bloom in spring.",
                "It is cleaned twice a week.", "We meet at seven.", "It rings every six hours."]),
        ("de", ["Es schließt um 17 Uhr.", "Sie blühen im Frühling.", "Täglich offen.",
                "Man putzt zweimal pro Woche.", "Wir treffen uns um halb acht.",
                "Er läutet alle sechs Stunden."]),
        ("fr", ["Il ferme à 17 h.", "Il ferme à 17h30.", "Elles fleurissent au printemps.",
                "On nettoie deux fois par semaine.", "Il sonne toutes les six heures."]),
        ("es", ["Cierra a las cinco.", "Florecen en primavera.", "Se limpia dos veces al mes.",
                "Suena cada seis horas.", "El tren sale a las 7:15."]),
        ("it", ["Chiude alle cinque.", "Fioriscono in primavera.", "Si pulisce due volte al mese.",
                "Suona ogni sei ore."]),
        ("pt", ["Fecha às cinco.", "Florescem na primavera.", "Limpa-se duas vezes por mês.",
                "Toca a cada seis horas."]),
        ("ru", ["Закрывается в 17:00.", "Цветут весной.", "Моют два раза в неделю.",
                "Звонит каждые шесть часов."]),
        ("zh", ["五点关门。", "春天开花。", "每天打扫。"]),
        ("ja", ["17時に閉まります。", "春に咲きます。", "週に二回掃除します。"]),
        ("ko", ["다섯 시에 닫습니다.", "봄에 핍니다.", "매일 청소합니다."]),
        ("nl", ["Het sluit om 17 uur.", "Ze bloeien in de lente.", "Elke zes uur."]),
        ("pl", ["Zamykamy o 17.", "Kwitną wiosną.", "Sprzątamy dwa razy w tygodniu."]),
        ("tr", ["Saat 17.00'de kapanır.", "İlkbaharda açar.", "Her altı saatte bir çalar."]),
        ("uk", ["Зачиняємо о 17:00.", "Цвітуть навесні.", "Миємо двічі: кожні шість годин."]),
        ("ar", ["يغلق الساعة الخامسة.", "تزهر في الربيع.", "كل يوم."]),
        ("hi", ["शाम 5 बजे बंद होता है।", "हर दिन सफ़ाई होती है।"]),
    ],
)  # fmt: skip
def test_times_of_day_seasons_and_repetition_say_when(code, sentences):
    """Not only years and dates answer a question for a time."""
    assert [s for s in sentences if not language(code).holds_clock.search(s)] == []


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("en", ["Ferns unroll at daybreak.", "It was sung in the fifties.", "We dance at Easter.",
                "Ships leave at high tide.", "Pay it by the last day of each month.",
                "It is shut on public holidays.", "Bells ring on the hour.",
                "It was walled in the Middle Ages.", "Doors open at 0730 hours.",
                "The kettle whistles at five past four.", "Keys are returned on leaving."]),
        ("de", ["Er kam am 9. Mai.", "Bis zur Dämmerung ist Licht.", "Zahlbar zum Quartalsende.",
                "Sie spielten in den Fünfzigern.", "Das gilt ab dem Folgetag.",
                "Er tagt am Ostermontag.", "Frei binnen drei Werktagen.", "Es läuft bei Nebel.",
                "Zahlbar bei der Abreise."]),
        ("fr", ["Il part au coucher du soleil.", "Il y a trois semaines, il plut.",
                "Fermé à Pâques.", "Il paie la semaine suivante.", "Né dans les années trente."]),
        ("es", ["Salen al atardecer.", "Se abrió hace tres meses.", "Cierra en Semana Santa.",
                "Se cobra la semana siguiente.", "Cierra los feriados."]),
        ("it", ["Parte all'imbrunire.", "Aprì tre mesi fa.", "Chiude a Pasqua.",
                "Nacque negli anni trenta.", "Chiude nei giorni feriali."]),
        ("pt", ["Sai ao entardecer.", "Abriu há três meses.", "Fecha na Páscoa.",
                "Nasceu nos anos trinta.", "Paga-se no mês seguinte."]),
        ("ru", ["Гаснет с восходом солнца.", "Открыт три года назад.", "Закрыт на Пасху.",
                "Сгорел в XVII в. дотла.", "Построен в тридцатых.", "Платят десятого числа."]),
        ("nl", ["Open tot zonsondergang.", "Dicht met Pasen.", "Dat geldt volgende maand."]),
        ("pl", ["Czynne do zmroku.", "Zamknięte w Wielkanoc.", "Płatne w następnym roku."]),
        ("uk", ["Гасне на світанку.", "Зачинено на Великдень.", "Сплата наступного місяця."]),
        ("tr", ["Gün doğumunda açılır.", "Noelde kapalıdır.", "Gelecek yıl ödenir."]),
    ],
)  # fmt: skip
def test_feasts_ages_tides_and_what_comes_next_say_when(code, sentences):
    """As much as dates do."""
    tongue = language(code)
    told = (tongue.holds_time, tongue.holds_clock)
    assert [s for s in sentences if not any(pattern.is_in(s) for pattern in told)] == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("de", "Am 24. Dez. ist zu."), ("fr", "Fermé le 24 déc."), ("es", "Cierra el 24 dic."),
        ("it", "Chiude il 24 dic."), ("pt", "Fecha a 24 dez."), ("ru", "Закрыто 24 дек."),
    ],
)  # fmt: skip
def test_a_month_that_is_shortened_behind_a_day_says_when(code, sentence):
    """As dates stand in lists."""
    assert language(code).holds_time.search(sentence)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [("The club meets above the mill.", True), ("It is all in the list below:", False)],
)
def test_what_points_to_another_part_of_the_text_names_no_place(sentence, says):
    """As "above" and "below" do by themselves."""
    assert bool(language("en").holds_place.search(sentence)) is says


@pytest.mark.parametrize("sentence", ["She looked at two plates.", "It weighs 5 kg.", "A spruce."])
def test_what_names_no_time_does_not_say_when(sentence):
    """A number alone is none."""
    assert language("en").holds_clock.search(sentence) is None


@pytest.mark.parametrize(
    ("code", "says", "says_not"),
    [
        ("nl", "Op zondag is het dicht.", "De zaal heeft twee deuren."),
        ("pl", "W niedziele zamknięte.", "Sala ma dwoje drzwi."),
        ("tr", "Pazar günleri kapalıdır.", "Salonun iki kapısı var."),
        ("uk", "У неділю зачинено.", "Зала має двоє дверей."),
        ("ar", "يغلق يوم الجمعة.", "للقاعة بابان."),
        ("hi", "रविवार को बंद रहता है।", "हॉल में दो दरवाज़े हैं।"),
    ],
)
def test_a_day_of_the_week_says_when(code, says, says_not):
    """In languages without a file of their own, too."""
    assert language(code).holds_time.search(says)
    assert not language(code).holds_time.search(says_not)


@pytest.mark.parametrize(
    ("code", "denied", "said"),
    [
        ("nl", "Honden mogen niet mee.", "Honden mogen mee."),
        ("pl", "Psy nie mogą wejść.", "Psy mogą wejść."),
        ("tr", "Havlu verilmez.", "Havlu verilir."),
        ("uk", "Собакам не можна.", "Собакам можна."),
        ("ar", "لا يسمح بالكلاب.", "يسمح بالكلاب."),
        ("hi", "कुत्ते नहीं आ सकते।", "कुत्ते आ सकते हैं।"),
    ],
)
def test_what_denies_is_told_from_what_does_not(code, denied, said):
    """In languages without a file of their own, too."""
    assert language(code).negation.search(denied)
    assert not language(code).negation.search(said)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [("They met twice.", True), ("They have met many times.", True), ("It rains rarely.", True),
     ("It is three times as long.", False), ("It is five times larger.", False)],
)  # fmt: skip
def test_a_count_of_times_says_how_often(sentence, says):
    """A factor does not."""
    assert bool(language("en").holds_frequency.search(sentence)) is says


LONG_RUNS = [
    "a" * 4096 + "!",
    "what is " + "a" * 4000 + "!",
    "a " * 2000,
    "name " * 800,
    "- " * 2000,
]


@pytest.mark.parametrize(
    "code",
    [
        "ar",
        "de",
        "en",
        "es",
        "fr",
        "hi",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ru",
        "tr",
        "uk",
        "zh",
    ],
)
def test_no_pattern_of_a_language_blows_up(code):
    """Each pattern goes through 4,096 hostile characters in steps that are counted in thousands.

    A cubic one would take hours, so this test fails by not ending.
    """
    from retrieval.text.discourse import is_filler, leans

    tongue = language(code)
    patterns = [pattern for _, pattern in tongue.kinds]
    patterns += [
        tongue.holds_time,
        tongue.holds_year,
        tongue.holds_people,
        tongue.asks_quantity,
        tongue.asks_about_name,
        tongue.holds_clock,
        tongue.asks_clock,
        tongue.negation,
    ]
    patterns += [tongue.frames, *tongue.cues.values(), tongue.follow_up.openers]
    patterns += [
        tongue.follow_up.connectives,
        tongue.follow_up.pronouns,
        tongue.follow_up.second_question,
        tongue.follow_up.questioning,
    ]
    patterns += [*tongue.sides.patterns, *(m.asks for m in tongue.measures.values())]
    for text in LONG_RUNS:
        for pattern in patterns:
            pattern.search(text)
        tongue.follow_up.greeting_first.remove(text)
        assert leans(text, tongue) in {True, False}
        assert is_filler(text, tongue) in {True, False}
