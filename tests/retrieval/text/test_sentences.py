"""Sentences end where a reader sees their end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.sentences import sentence_spans

# Sentences side by side, a line at a time, with a bar where one ends.
SENTENCES = {
    "en": """
The crate weighs 9 kg.|Ann lifts it.|It took 4 min.|Ann was quick.
The log is in boot.log.|Read it.|It is called old.txt.|new.txt is the other one.
See Prop. 3, Thm. 4 and App. B of Wm. Hill.|All hold.
The .NET host reads the .env file.|The ASP.NET site runs on Example.Com.
Call List.Sort first.
Edit config.yaml first.|Version v2.10 needs node.js 18.
See example.org/a.b for more, e.g. the list.|It is 3.5 m long.
He was born in the U.S.A. in a hut.|She lived in the U.S.A.|The next year she left.
It was built in 1950.|Then it burned.|There are 12 of them in no. 5.|No. 5 is alive.
We met at 5 p.m. on Monday.|It ended at 6 p.m.|Then we left.
It was sunny.|iPhone sales rose.|eBay fell.|npm installs it.|.NET runs it.
It takes approx. five minutes.|See Sect. 3 and Eq. 4 in Fig. 2 of Chap. 5.|Done.
Mr. Xi met Prof. Dr. Smith vs. the others on Jan. 5, Mon. at noon.|Fine.
He said "Go."|"Why?" she asked.|(It was late.)|[See below.]|Right…|OK!
Really?!|Yes.|Wow 😀!|😀 Next one.|J. R. R. Tolkien wrote.|ClueBot NG can.
Acme Inc. sells it.|He works at Acme Inc.|The firm is big.|Apples, pears, etc. are sold.
Bananas etc.|They are fine.
Plan B.|The next one is vitamin C.|It helps.|J. Smith came.|So did I.|We left.
Is it 5?|Is it 6!|"Yes."|'No.'|He left.
Wait... what?|Wait...|Then go.|He paused . . . and went.
Press Ctrl+C.|(See p. 5.)|Mix 1 tbsp. sugar with 2 oz. butter.|Then bake.
St. Paul's is on Main St. near Oxford St.|The bus stops there.
He has a Ph.D. in maths.|She got a Ph.D.|Then she left.
George W. Bush and John F. Kennedy met.
Copy it to the .ssh folder.|The file index.html.erb is new.
Try Python 3.11.4 on Ubuntu 22.04 LTS.|Visit www.example.org.|Then log in at 10.0.0.1.|Done.
See p. 12 and pp. 3-5 in vol. 2, no. 7.|Cf. Art. 5 of the law.|Done.
The bus leaves at 9 a.m. and 3 p.m. daily.|It costs $5.50.
Tickets are sold by Smith & Co. in town.
On Sat. Feb. 3 we met Lt. Col. Brown.|He sat.|She stood up.
It works with macOS.|iOS is next.
The answer is no.|Nobody came.|It has 5 rooms.|3 are empty.
We use gRPC.|npm installs the rest.|pip does it too.|systemd starts it.
He shouted "Stop!" and ran.|"Stop!" he cried.|She said, "I see."|Then she left.
The total was 45%.|(See table 2.)|It rose (cf. Fig. 3) again.|Prices fell [1].|They rose.[2]
They stayed.
Mr. J. D. Smith Jr. spoke.|Gen. Lee came.|The U.N. Security Council met.|So did the E.U.
Then it rained.
Buy eggs, milk, etc. before noon.|Bring cups, plates, etc.|The rest is here.
It opens in May.|Dogs stay out.|She was born on 5 Jan. 1990.|He was born in Jan.|They met in 2010.
I have a B.A. in history.|He has an M.Sc.|He works.
Is it done?|Not yet!
Wow!!!|That is great…|Really?|Yes.
""",
    "de": """
Der Bhf. Süd, die Inh. Anna Kuhn und Dipl.-Ing. Otto Lang sind bekannt.|Gut.
Die Datei heißt alt.exe.|lies.txt liegt daneben.
Die Fa. Kern liefert das Holz.
Er kam im Jahr 1950.|Das Haus war leer.|Es waren 12.
Dann ging er am 3. Mai z. B. nach Berlin, d. h. heim.|Gut.
Nach Abs. 2 und Art. 5 gilt u. a. Nr. 3 bzw. § 4.|Siehe S. 12.|Der Hr. Dr. med. Meier kommt.
Karl IV. war König.|Ludwig der XIV. regierte.
Es kostet ca. 5 Euro inkl. MwSt.|Das ist viel.
Am 24. Dezember, dem 3. Advent, kommt der 1. FC Köln.|Der 15. ist frei.
Die Datei config.yaml liegt auf example.org.|Die Version 2.10 läuft.|Mit .NET geht es auch.
Am Mo., den 3. Januar, um 8.30 Uhr beginnt der Kurs.
Er dauert ca. 3 Std. und kostet 50 Euro.
Laut § 3 Abs. 2 S. 1 BGB gilt das.|Vgl. dazu Kap. 4, Abb. 2.|Das war im 2. Weltkrieg so.
Papst Johannes Paul II. besuchte Köln.|Kaiser Wilhelm II. war da.|Er wurde 85.
Seine Frau wurde 90.
Die 1. Mannschaft gewann im 3. Spiel.|Sie wurde 2. in der Liga.
Das Turnier endete am 30. Juni.
Er fährt einen VW Golf, Bj. 1999.|Die Fa. Meier & Co. KG liefert.
Frau Dr. Schulz z. B. kommt.
Der Preis liegt bei 5 Mio. Euro.|Das sind 3 Mrd. mehr.|Der Zug fährt um 12.|Danach keiner.
Das Haus hat die Nr. 5.|Es ist alt.|Er wohnt in Zimmer 12.|Herr Meier auch.
Sie sagte: „Ich komme.“|Dann ging sie.|„Warum?“, fragte er.
Das gilt u. a. für Kinder, d. h. bis 14 Jahre.|Es gibt Äpfel, Birnen usw.
Die Kosten trägt die Stadt.
iPads sind teuer.|eBay ist billig.|npm installiert alles.
Im 20. Jahrhundert zog sie um.|Der 3. Anbau wurde 1930 fertig.|Die Fa. Holz liefert.
""",
    "fr": """
Le sac pèse 9 kg.|Anne le porte.|L'art. L. 312 et l'art. R. 8 valent.
J.-P. Morel et les Éts. Blanc ont signé.|Anne aussi.
M. Dupont arrive à la p. 5, art. 3, cf. n° 4.|Mme. Durand part.|Le 1er av. J.-C. fut beau.
Le XIXe siècle commence.
Voir l'art. 12, p. 3 et fig. 2.|Mme Durand et M. Petit arrivent.|Le Dr. Roux part à 5 h.
Il pleut.
Il y a des pommes, des poires, etc.|Les prix montent.|Ouvert à 9 h.|Le prix est bas.
Voir p. ex. la liste.|C'est le n° 5.
Né en 1950, J. Le Goff était historien.|Il meurt en 2014.|L'année suivante, tout change.
""",
    "es": """
El Sr. López vive en la pág. 5, p. ej. en la Av. Central.|La Sra. Díaz también.
Nació en 1950.|Murió en 2000.
La Dra. Ruiz vive en la Avda. Mayor, n.º 5.|Véase la fig. 3.|Los EE. UU. firmaron.
Ud. lo sabe.
Costó 3.500 euros en 1990.|Después subió.|Hay peras, uvas, etc.|Las manzanas no.
""",
    "ru": """
Мешок весит 9 кг.|Анна его несёт.|Длина 5 см.|Анна мерит.
На рис. 5 показан дом.|Т. е. он стоит в г. Москве на стр. 3 и т. д.|Он построен в 1950 г.
Потом сгорел.|В XIX в. было так.
Дом построен в 1950 г. на ул. Ленина.|Это был А. С. Пушкин.|Он жил в XIX в.|Потом уехал.
См. рис. 3 и табл. 4.
Купили хлеб, сыр и т. п.|Все рады.|Это стоит 5 руб.|Он рад.
""",
    "pl": """
W 19. wieku zbudowano dom.|Dom przy ul. Długiej 5 spłonął w 1950 r.|Potem odbudowano.
Np. ten tu.
W XIX w. był tu dom.|Mieszkał tu dr Jan Nowak, ur. 5 maja 1950 r.
Był lekarzem, np. w ul. Długiej.
Ogłoszono to w Dz. U. z 2001 r. Nr 115.|Potem uchylono.
""",
    "cs": """
V 19. století byl postaven.|Stalo se to 3. května 1950.|Potom shořel.
Dne 5. června 1950 odjel.|Bydlel v ul. č. 5.|Dr. Novák tam byl.
""",
    "da": """
I det 19. århundrede blev huset bygget.|Det skete den 3. maj kl. 5.|Så brændte det.
Han blev født den 3. maj 1950.|Så flyttede han til nr. 5.|Hr. Jensen bor f.eks. der.
""",
    "fi": """
Talo rakennettiin 19. vuosisadalla.|Se tapahtui 3. toukokuuta.|Sitten se paloi.
Hän syntyi 5. toukokuuta 1950.|Sitten hän muutti.|Esim. tämä on 2. painos.
""",
    "hu": """
A 19. században épült.|Május 3. napján égett le.|Aztán vége.
Az 5. emeleten lakik.|A 20. században épült.|Dr. Kovács ott volt.
""",
    "zh": """
这是第一句。|这是第二句！
他说：“你好。”|然后走了。|真的吗？|是的！
""",
    "ja": """
これは本です。|あれは？|はい！
「行こう。」と彼は言った。|彼女は笑った。
""",
    "it": """
Il sacco pesa 9 kg.|Anna lo porta.
Il sig. Rossi abita in via Roma n. 5, pag. 3.|L'art. 5 dice così.|È nato nel 1950.|Poi morì.
Il Prof. Bianchi e la Dott.ssa Neri vivono in P.zza Roma.|Vedi fig. 3.
Nel sec. XIX era così.|Poi cambiò.
""",
    "pt": """
No séc. XV ardeu.|Pesa 9 kg.|Ana leva.
O Sr. Silva mora na Av. Brasil, nº 5, pág. 3.|A Dra. Ana vem.|Nasceu em 1950.|Depois morreu.
O Dr. Costa e a Sra. Lima leem o art. 3, p. ex. hoje.|Custa R$ 5,50.|É caro.|Veja a fig. 2.
""",
    "nl": """
De zak weegt 9 kg.|Anna draagt hem.|Zie art. 5 jo. art. 7 BW.|Anna weet het.
De winkel is open.|'s Avonds is hij dicht.
Dhr. Jansen woont bijv. in nr. 5.|Mevr. Smit ook.|Het was in 1950.|Daarna niet.
""",
    "sv": """
Huset byggdes t.ex. på 1800-talet, dvs. tidigt.|Det var 1950.|Sedan brann det.
""",
    "nb": """
Den 17. mai er en fridag.|Hr. Hansen bor i nr. 5.|Så reiste han.
""",
    "ko": """
이것은 책입니다.|저것은 뭐예요?|네.
""",
    "hi": """
यह घर है।|वह बड़ा है।
""",
    "ar": """
هذا كتاب.|ما هذا؟|نعم.
""",
    "tr": """
Dr. Yılmaz 5. katta oturuyor.|Ev 1950'de yapıldı.|Sonra yandı.
""",
}
UNSPACED = {"zh", "ja"}


def cut(text, code="en"):
    return [text[span.start : span.end] for span in sentence_spans(text, code)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. is big.", "It is made in the U.S.", "Then we saw it."],
        ["Mr. Xi met Dr. No and Mrs. Yes.", "They left."],
        ["It grew by 3.5 percent to 1,000.75 at 9.30 p.m. on Friday.", "Fine."],
        ["Alright, let's talk money, guys!", "Let's go.", "So, there you have it, guys.", "Yes."],
        ["He said: 'We're serious.'", "Beyond that, nothing."],
        ['She said "We agree. We do." and left.', "He stayed."],
        ["Is it so?", "Yes!", "What?!"],
        ["J. R. R. Tolkien wrote it, e.g. for children, i.e. for all.", "End."],
        ["Think of it – a lot of oil.", "Then more…"],
        ["Emoji 😀 first.", "Second 😀."],
    ],
)
def test_boundaries_in_english(sentences):
    """Abbreviations, decimals, quotation marks and dashes do not break a sentence."""
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("de", ["Er kam am 3. Mai z.B. nach Berlin.", "Dann ging er."]),
        ("ru", ["Это первое.", "А это второе!"]),
        ("fr", ["M. Dupont arrive.", "Il part."]),
    ],
)
def test_boundaries_in_other_languages(code, sentences):
    """The language's own abbreviations are known."""
    assert cut(" ".join(sentences), code) == sentences


@pytest.mark.parametrize(
    ("code", "marked"),
    [(code, line) for code, lines in SENTENCES.items() for line in lines.strip().split("\n")],
)
def test_sentences_end_where_their_readers_see_it(code, marked):
    """Names, versions, ordinals and abbreviations go on; the same words at an end are one."""
    sentences = marked.split("|")
    assert cut(("" if code in UNSPACED else " ").join(sentences), code) == sentences


def test_a_label_at_the_start_belongs_to_what_it_labels():
    """A number or a letter with a dot is no sentence."""
    assert cut("1. Open the lid. 2. Pour it in.") == ["1. Open the lid.", "2. Pour it in."]


@pytest.mark.parametrize(
    "word", ["config.yaml", "v2.10", "e.g.x", "Node.js", "a.B.C", "3.5", "X.Y"]
)
def test_no_boundary_lies_inside_a_word(word):
    """A boundary needs white space."""
    assert cut(f"Here is {word} for you.") == [f"Here is {word} for you."]


def test_chinese_needs_no_spaces():
    """Full stops of its own."""
    assert cut("这是第一句。这是第二句！", "zh") == ["这是第一句。", "这是第二句！"]


def test_each_line_of_a_list_ends_a_sentence():
    """Lists are lines."""
    assert cut("The kinds are:\n- one\n- two") == ["The kinds are:", "- one", "- two"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hut Arle\nLake Road 4\nKirn 5571", 1),
        ("Hut Arle opens.\nLake Road 4\nKirn 5571", 3),  # the first line says something itself
        ("Roses are red\nViolets are blue", 2),
        ("\n".join(f"Room {number}" for number in range(9)), 9),
    ],
)
def test_an_address_is_one_sentence(text, sentences):
    """A line of it says little."""
    assert len(cut(text)) == sentences


def test_a_long_sentence_of_pieces_takes_no_quadratic_time():
    """Twice the pieces take not four times the steps; this one took half a minute."""
    text = "The abc def. " + "abc dfe ghi. " * 20_000
    assert len(cut(text)) == 1


@pytest.mark.parametrize(
    "piece", [".", "?!", "a. ", "A. ", "( ", '"', "[x] ", ".) ", "1. ", ".[1]", "“"]
)
def test_no_run_of_marks_takes_quadratic_time(piece):
    """A quadratic step would take many minutes here, so this test fails by not ending."""
    assert cut(piece * 20_000)


@given(
    st.text(alphabet=st.sampled_from("ab .!?\n\"'’(A)1,😀。「」[]…"), max_size=200),
    st.sampled_from(["en", "de", "fr", "ru", "zh", "pl", "xx"]),
)
def test_every_visible_character_is_in_exactly_one_sentence(text, code):
    """Spans are in order, apart, trimmed, and leave out only white space."""
    spans = sentence_spans(text, code)
    outside = list(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        end = span.end
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        outside[span.start : span.end] = [""] * len(piece)
    assert "".join(outside).strip() == ""
