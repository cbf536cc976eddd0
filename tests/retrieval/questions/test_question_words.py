"""Of everyday questions only the words that name something are looked up, in each language."""

import pytest

from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader

# A question a line, and the words of it that are looked up.
QUESTIONS = {
    "en": """
Is it possible for guests to pay by card? | pay card
How often should I water the plants? | water plants
How high is the tower? | high tower
How long does the journey take? | long journey
What does a ticket cost? | ticket cost
Where can I park my car? | park car
Who do I have to call when the heating fails? | call heating fails
Could you tell me when the shop opens? | shop opens
Is there a lift in the house? | lift house
Which bus goes to the airport? | bus airport
What should I do if I lose my key? | lose key
Why isn't the printer working? | printer working
What are the opening hours of the library? | opening hours library
Do you know how much the entry is? | entry
When's the next train to London? | next train London
Are dogs allowed in the garden? | dogs allowed garden
I'd like to know how to cancel my order | cancel order
""",
    "de": """
Ist es möglich, mit Karte zu zahlen? | Karte zahlen
Wie oft muss ich die Pflanzen gießen? | Pflanzen gießen
Wie hoch ist der Turm? | Turm
Wie lange dauert die Reise? | dauert Reise
Was kostet eine Fahrkarte? | kostet Fahrkarte
Wo darf ich mein Auto parken? | Auto parken
Wen soll ich anrufen, wenn die Heizung ausfällt? | anrufen Heizung ausfällt
Können Sie mir sagen, wann der Laden öffnet? | Laden öffnet
Gibt es einen Aufzug im Haus? | Aufzug Haus
Welcher Bus fährt zum Flughafen? | Bus fährt Flughafen
Was mache ich, wenn ich den Schlüssel verliere? | Schlüssel verliere
Weshalb druckt der Drucker nicht? | druckt Drucker
Seit wann gibt es die Bücherei? | Bücherei
Wie viel kostet der Eintritt? | kostet Eintritt
Um wie viel Uhr kommt der nächste Zug? | kommt nächste Zug
Dürfen Hunde in den Garten? | Hunde Garten
Was bringt mir die Versicherung? | Versicherung
Ab wann kann man die Bestellung stornieren? | Bestellung stornieren
""",
    "fr": """
Est-il possible de payer par carte ? | payer carte
À quelle fréquence faut-il arroser les plantes ? | arroser plantes
Quelle est la hauteur de la tour ? | hauteur tour
Combien de temps dure le voyage ? | dure voyage
Que coûte un billet ? | coûte billet
Où est-ce que je peux garer ma voiture ? | garer voiture
Qui dois-je appeler si le chauffage tombe en panne ? | appeler chauffage tombe panne
Pouvez-vous me dire quand ouvre le magasin ? | ouvre magasin
Y a-t-il un ascenseur dans la maison ? | ascenseur maison
Quel bus va à l'aéroport ? | bus l'aéroport
Que faire si je perds ma clé ? | perds clé
Pourquoi l'imprimante ne marche-t-elle pas ? | l'imprimante marche-t-elle
Quels sont les horaires de la bibliothèque ? | horaires bibliothèque
Qu'est-ce qu'une ruche ? | ruche
À quelle heure part le prochain train ? | part prochain train
Est-ce que les chiens sont admis dans le jardin ? | chiens admis jardin
Comment puis-je annuler ma commande ? | annuler commande
""",
    "es": """
¿Es posible pagar con tarjeta? | pagar tarjeta
¿Con qué frecuencia hay que regar las plantas? | regar plantas
¿Qué altura tiene la torre? | altura torre
¿Cuánto tiempo dura el viaje? | dura viaje
¿Cuánto cuesta un billete? | cuesta billete
¿Dónde puedo aparcar mi coche? | aparcar coche
¿A quién debo llamar si falla la calefacción? | llamar falla calefacción
¿Me puede decir cuándo abre la tienda? | abre tienda
¿Hay ascensor en la casa? | ascensor casa
¿Qué autobús va al aeropuerto? | autobús aeropuerto
¿Qué hago si pierdo la llave? | pierdo llave
¿Por qué no funciona la impresora? | funciona impresora
¿Cuáles son los horarios de la biblioteca? | horarios biblioteca
¿Qué es una colmena? | colmena
¿A qué hora sale el próximo tren? | sale próximo tren
¿Se permiten perros en el jardín? | permiten perros jardín
Que significa la señal roja | señal roja
""",
    "it": """
È possibile pagare con la carta? | pagare carta
Ogni quanto bisogna annaffiare le piante? | annaffiare piante
Quanto è alta la torre? | alta torre
Quanto tempo dura il viaggio? | dura viaggio
Quanto costa un biglietto? | costa biglietto
Dove posso parcheggiare la mia macchina? | parcheggiare macchina
Chi devo chiamare se si rompe il riscaldamento? | chiamare rompe riscaldamento
Mi può dire quando apre il negozio? | apre negozio
C'è un ascensore nella casa? | ascensore casa
Quale autobus va all'aeroporto? | autobus all'aeroporto
Che cosa faccio se perdo la chiave? | perdo chiave
Perché non funziona la stampante? | funziona stampante
Quali sono gli orari della biblioteca? | orari biblioteca
Cos'è un alveare? | alveare
A che ora parte il prossimo treno? | parte prossimo treno
Si possono portare i cani in giardino? | portare cani giardino
Come si annulla un ordine? | annulla ordine
""",
    "pt": """
É possível pagar com cartão? | pagar cartão
Com que frequência devo regar as plantas? | regar plantas
Qual é a altura da torre? | altura torre
Quanto tempo dura a viagem? | dura viagem
Quanto custa um bilhete? | custa bilhete
Onde posso estacionar o meu carro? | estacionar carro
A quem devo ligar se o aquecimento falhar? | ligar aquecimento falhar
Pode me dizer quando abre a loja? | abre loja
Há elevador na casa? | elevador casa
Que ônibus vai para o aeroporto? | ônibus aeroporto
O que faço se perder a chave? | perder chave
Por que a impressora não funciona? | impressora funciona
Quais são os horários da biblioteca? | horários biblioteca
O que é uma colmeia? | colmeia
A que horas sai o próximo trem? | sai próximo trem
É permitido levar cães ao jardim? | permitido levar cães jardim
Como posso cancelar o meu pedido? | cancelar pedido
""",
    "ru": """
Возможно ли платить картой? | платить картой
Как часто нужно поливать растения? | поливать растения
Какова высота башни? | высота башни
Сколько времени длится поездка? | длится поездка
Сколько стоит билет? | стоит билет
Где можно оставить машину? | оставить машину
Кому звонить, если сломалось отопление? | звонить сломалось отопление
Подскажите, когда открывается магазин? | открывается магазин
Есть ли лифт в доме? | лифт доме
Какой автобус идёт в аэропорт? | автобус идёт аэропорт
Что делать, если я потерял ключ? | потерял ключ
Почему не работает принтер? | работает принтер
Каковы часы работы библиотеки? | часы работы библиотеки
Что такое улей? | улей
Во сколько отправляется следующий поезд? | отправляется следующий поезд
Можно ли с собакой в сад? | собакой сад
Как мне отменить заказ? | отменить заказ
""",
    "zh": """
植物多久浇一次水？ | 植物 浇 水
塔有多高？ | 塔
旅程需要多长时间？ | 旅程
票价是多少？ | 票价
我可以在哪里停车？ | 停车
暖气坏了应该给谁打电话？ | 暖气坏 打电话
请问商店什么时候开门？ | 商店 开门
房子里有电梯吗？ | 房子里 电梯
哪路公交车去机场？ | 路公交车去机场
钥匙丢了怎么办？ | 钥匙丢
打印机为什么不工作？ | 打印机 不工作
图书馆的开放时间是什么？ | 图书馆 开放时间
什么是蜂巢？ | 蜂巢
下一班火车几点出发？ | 下一班火车 出发
花园里可以带狗吗？ | 花园里 带狗
怎么取消订单？ | 取消订单
""",
    "ja": """
副業していいの | 副業
植物にはどのくらいの頻度で水をやればいいですか？ | 植物 頻度 水
塔の高さはどれくらいですか？ | 塔 高
旅行はどのくらいかかりますか？ | 旅行
切符はいくらですか？ | 切符
車はどこに停められますか？ | 車 停
暖房が壊れたら誰に電話すればいいですか？ | 暖房 壊 電話
店はいつ開きますか？ | 店 開
家にエレベーターはありますか？ | 家 エレベーター
どのバスが空港に行きますか？ | バス 空港 行
なぜプリンターは動かないのですか？ | プリンター 動
図書館の開館時間は何時ですか？ | 図書館 開館時間
蜂の巣とは何ですか？ | 蜂 巣
次の電車は何時に出発しますか？ | 次 電車 出発
庭に犬を連れて行ってもいいですか？ | 庭 犬 連れて行
注文をキャンセルするにはどうしたらいいですか？ | 注文 キャンセル
""",
    "ko": """
식물에 물을 얼마나 자주 줘야 하나요? | 식물 물을
탑은 얼마나 높나요? | 탑은 높나요
여행은 얼마나 걸립니까? | 여행 걸립니까
표는 얼마예요? | 표는
차를 어디에 주차할 수 있나요? | 차를 주차
가게는 언제 열어요? | 가게 열어요
집에 엘리베이터가 있나요? | 집에 엘리베이터
어느 버스가 공항에 가나요? | 버스 공항 가나요
열쇠를 잃어버리면 어떻게 해야 하나요? | 열쇠 잃어버리면
프린터가 왜 작동하지 않나요? | 프린터 작동 않나요
도서관 운영 시간은 언제입니까? | 도서관 운영 시간
벌집이란 무엇인가요? | 벌집
정원에 개를 데려가도 되나요? | 정원 개를 데려
주문을 어떻게 취소하나요? | 주문 취소
""",
    "tr": """
fatura ne demek | fatura
bu düğme ne işe yarar | düğme
""",
    "pl": """
co znaczy rabat | rabat
o co chodzi w regulaminie? | regulaminie
""",
    "nl": """
wat betekent borg | borg
vertel meer over de korting | korting
""",
    "uk": """
шо таке лічильник | лічильник
що означає пільга | пільга
""",
    "ar": """
شو يعني الضمان | الضمان
وين المكتبة | المكتبة
""",
    "hi": """
रसीद का मतलब क्या होता है | रसीद
""",
}
CASES = [
    (code, *line.split(" | "))
    for code, lines in QUESTIONS.items()
    for line in lines.strip().split("\n")
]


@pytest.fixture(scope="module")
def readers():
    """A reader for each language, made when it is first asked for."""
    return {}


@pytest.mark.parametrize(("code", "question", "looked_up"), CASES)
def test_words_that_only_ask_are_not_looked_up(
    make_collection, readers, code, question, looked_up
):
    """Neither question words nor auxiliary verbs, pronouns and particles."""
    if code not in readers:
        questions = [other for language, other, _ in CASES if language == code]
        readers[code] = QuestionReader(memory_index(make_collection(questions, language=code)), [])
    query = readers[code].read(question)
    assert " ".join(dict.fromkeys(word.text for word in query.words)) == looked_up
    assert query.unmatched == []


@pytest.mark.parametrize(
    ("code", "text", "question"),
    [
        ("zh", "塔高五十米。", "塔有多高？"),
        ("ja", "この塔は五十メートルです。", "塔の高さはどれくらいですか？"),
        ("zh", "狗不能进花园。", "狗是什么？"),
    ],
)
def test_a_word_of_one_character_is_found(make_collection, code, text, question):
    """Though such a script is looked up by pairs of characters."""
    index = memory_index(make_collection([text, "没有别的。"], language=code))
    word = QuestionReader(index, []).read(question).words[0]
    assert word.known
    assert any(text.count(pair) for phrase in word.alternatives for pair in phrase)


@pytest.mark.parametrize(
    ("code", "article", "question", "noun"),
    [
        ("en", "Ada was the painter of the sign.", "Who painted the sign?", "painter"),
        ("es", "Ada fue la fundadora del club.", "¿Quién fundó el club?", "fundador"),
        ("fr", "Ada est la fondatrice du club.", "Qui a fondé le club ?", "fondatric"),
        ("ru", "Ада — основатель клуба.", "Кто основал клуб?", "основател"),
    ],
)
def test_a_question_for_a_person_finds_who_does_it(make_collection, code, article, question, noun):
    """By the noun that the verb's stem makes."""
    index = memory_index(make_collection([article], language=code))
    reader = QuestionReader(index, [])
    assert any((noun,) in word.alternatives for word in reader.read(question).words)


@pytest.mark.parametrize(
    ("code", "article", "question"),
    [
        ("en", "It is 3 km away.", "how many kilometres"),
        ("es", "Recorrió 200 km.", "cuantos kilometros recorrió"),
        ("it", "300 g di riso.", "quanti grammi di riso"),
        ("ru", "Варить 5 мин.", "сколько минут варить"),
    ],
)
def test_a_unit_is_found_by_its_short_name(make_collection, code, article, question):
    """Whichever the question has."""
    index = memory_index(make_collection([article], language=code))
    assert all(word.known for word in QuestionReader(index, []).read(question).words)


@pytest.mark.parametrize(
    ("language", "text", "question", "missing"),
    [
        ("zh", "中介收费很高。", "中介靠谱吗", ["靠谱"]),
        ("zh", "读博士的人很多。这本书很有用。", "读博士有用吗", []),
        ("ja", "料金は五百円です。", "サウナ料金はいくら", ["サウナ"]),
        ("ja", "料金は五百円です。", "サウナはどこ", ["サウナ"]),
    ],
)
def test_of_words_without_spaces_what_no_article_holds_is_named(
    make_collection, language, text, question, missing
):
    """And not the known word that stands beside it."""
    reader = QuestionReader(memory_index(make_collection([text], language=language)), ())
    assert reader.read(question).missing == missing


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how do i back up the ledger", "A backup of the ledger is made at night."),
        ("do non residents pay more", "Nonresidents pay four crowns more."),
        ("where is the foot bridge", "The footbridge is behind the mill."),
        ("who flew the F 16", "The F16 was flown by a captain."),
    ],
)
def test_words_written_apart_find_the_word_that_they_make(make_finder, question, told):
    """A particle belongs to the verb before it."""
    others = ["Cats and dogs sleep all day, back in the barn."]
    evidence = make_finder([told], others).find(question)
    assert evidence.answered
    assert evidence.quotes[0].text == told


def test_words_that_stand_together_by_chance_are_not_joined(make_finder):
    """No word that only asks makes another one with the next."""
    finder = make_finder(["A theme is played twice. The cabin is locked."])
    assert not finder.find("Is the me a cab?").answered
