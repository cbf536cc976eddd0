"""Messages that ask nothing of the articles are told from questions, in many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composing.wording import small_talk_line
from retrieval.questions.small_talk import LONGEST_TALK, Talk, small_talk, without_small_talk
from retrieval.text.talk_words import talk_languages


def said(message, *own):
    found = small_talk(message, own)
    return found and (found.language, found.talk)


@pytest.mark.parametrize(
    ("message", "language", "talk"),
    [
        ("Hi there!", "en", "greeting"),
        ("thx so much", "en", "thanks"),
        ("huh?", "en", "complaint"),
        ("whats this", "en", "topics"),
        ("yo whats on here", "en", "topics"),
        ("could you please tell me what this is about", "en", "topics"),
        ("Könnten Sie mir sagen, worum es in diesen Texten geht?", "de", "topics"),
        ("ur useless", "en", "complaint"),
        ("ur great", "en", "praise"),
        ("quien sos", "es", "identity"),
        ("merci bcp a+", "fr", "farewell"),
        ("hoi! waar gaat dit over", "nl", "topics"),
        ("bedankt, tot ziens", "nl", "farewell"),
        ("ben je een robot?", "nl", "identity"),
        ("dzieki, na razie", "pl", "farewell"),
        ("czy jesteś botem", "pl", "identity"),
        ("vat alles samen", "nl", "summary"),
        ("ca parle de quoi ici", "fr", "topics"),
        ("what kind of stuff can I ask here", "en", "topics"),
        ("is there a human behind this?", "en", "identity"),
        ("kto cie stworzyl", "pl", "identity"),
        ("dzieki wielkie, milego dnia", "pl", "farewell"),
        ("dogru mu bu", "tr", "truth"),
        ("как делишки", "ru", "wellbeing"),
        ("шо вмієш", "uk", "help"),
        ("q puedes hacer", "es", "help"),
        ("td bem?", "pt", "wellbeing"),
        ("t un robot ?", "fr", "identity"),
        ("またよろしく、お休みなさい", "ja", "farewell"),
        ("잘있어", "ko", "farewell"),
        ("चलो बाय", "hi", "farewell"),
        ("heey, doeg", "nl", "farewell"),
        ("извините за беспокойство", "ru", "apology"),
        ("sorry für die Störung", "de", "apology"),
        ("bist du Mensch oder Maschine?", "de", "identity"),
        ("tu sers à quoi", "fr", "help"),
        ("pra que vc serve", "pt", "help"),
        ("너 사람이야 봇이야", "ko", "identity"),
        ("انت انسان ولا روبوت", "ar", "identity"),
        ("ben je mens of machine", "nl", "identity"),
        ("spasibo bolshoe", "ru", "thanks"),
        ("tesekkur ederim", "tr", "thanks"),
        ("shukran", "ar", "thanks"),
        ("arigato", "ja", "thanks"),
        ("thank you so much, bye", "en", "farewell"),
        ("no, that's not what I asked", "en", "complaint"),
        ("sorry about that", "en", "apology"),
        ("Are you a robot or a human?", "en", "identity"),
        ("How do I use this?", "en", "help"),
        ("can I trust this?", "en", "truth"),
        ("what is the source of this claim", "en", "truth"),
        ("who can see what I ask?", "en", "privacy"),
        ("hey, what's this place", "en", "topics"),
        ("are our chats logged", "en", "privacy"),
        ("Bleiben meine Fragen vertraulich?", "de", "privacy"),
        ("кто читает наши вопросы", "ru", "privacy"),
        ("conserves-tu mes questions ?", "fr", "privacy"),
        ("which subjects can I ask about?", "en", "topics"),
        ("TL;DR please", "en", "summary"),
        ("Vielen lieben Dank!", "de", "thanks"),
        ("Das stimmt so nicht.", "de", "complaint"),
        ("Worum geht es in den Artikeln?", "de", "topics"),
        ("Qui t'a créé ?", "fr", "identity"),
        ("C'est nul", "fr", "complaint"),
        ("Muchísimas gracias", "es", "thanks"),
        ("¿Eres un robot?", "es", "identity"),
        ("Di cosa parlano gli articoli?", "it", "topics"),
        ("Bom dia, tudo bem?", "pt", "wellbeing"),
        ("Доброе утро", "ru", "greeting"),
        ("О чём эти статьи?", "ru", "topics"),
        ("Щиро дякую!", "uk", "thanks"),
        ("Çok teşekkürler", "tr", "thanks"),
        ("İyi günler", "tr", "greeting"),
        ("非常感谢", "zh", "thanks"),
        ("总结一下", "zh", "summary"),
        ("кратко обо всём", "ru", "summary"),
        ("kurz zusammengefasst bitte", "de", "summary"),
        ("тебе можно верить?", "ru", "truth"),
        ("quels sont les sujets ?", "fr", "topics"),
        ("おはようございます", "ja", "greeting"),
        ("感謝します", "ja", "thanks"),
        ("شُكْرًا جزيلًا", "ar", "thanks"),
        ("مع السلامة", "ar", "farewell"),
        ("बहुत धन्यवाद", "hi", "thanks"),
        ("आप कौन हैं?", "hi", "identity"),
        ("what is this blog about", "en", "topics"),
        ("What does this manual cover?", "en", "topics"),
        ("sum up the handbook", "en", "summary"),
        ("gimme the gist", "en", "summary"),
        ("Worum geht es in diesem Handbuch?", "de", "topics"),
        ("De quoi parle ce site ?", "fr", "topics"),
        ("ça parle de quoi, ce blog", "fr", "topics"),
        ("¿De qué va esta web?", "es", "topics"),
        ("Di cosa tratta questo blog?", "it", "topics"),
        ("Sobre o que é este site?", "pt", "topics"),
        ("О чём этот блог?", "ru", "topics"),
        ("Bu site neyle ilgili?", "tr", "topics"),
        ("这个网站讲什么？", "zh", "topics"),
        ("um was geht es da", "de", "topics"),
        ("cest sur quoi ?", "fr", "topics"),
        ("이 글들은 뭐에 관한 거야?", "ko", "topics"),
        ("文章主要讲了啥", "zh", "topics"),
        ("どんな内容ですか", "ja", "topics"),
        ("vc é um robô?", "pt", "identity"),
        ("fais un résumé stp", "fr", "summary"),
        ("fammi un riassunto dai", "it", "summary"),
        ("hazme un resumen, majo", "es", "summary"),
        ("هلا، لخصلي الموضوع", "ar", "summary"),
        ("핵심만 말해줘", "ko", "summary"),
        ("bedankt hè doei", "nl", "farewell"),
        ("땡큐 수고해", "ko", "farewell"),
        ("了解です、どうも〜", "ja", "thanks"),
        ("iyi geceler", "tr", "farewell"),
        ("nvm, found it", "en", "apology"),
        ("adios amigo", "es", "farewell"),
        ("jai trouvé", "fr", "approval"),
        ("👋", "en", "greeting"),
        ("👎👎", "en", "complaint"),
        ("❤️", "en", "thanks"),
    ],
)
def test_small_talk_is_known_in_the_language_it_is_in(message, language, talk):
    """However it is put."""
    assert said(message) == (language, talk)


@pytest.mark.parametrize(
    "message",
    [
        "", "?", "…", "dogs", "why?", "more", "help for Ukraine", "thanksgiving dinner",
        "Hi, why do bees fly?", "What do you know about bees?", "Who made the boats?",
        "Is the pool open?", "What is the harbour about to become?", "hi " * LONGEST_TALK,
        "Where is the website?", "Who is this wiki for?", "What does the guide dog need?",
        "Worum geht es beim Lehrgang?", "Qui a créé le musée ?",
        "Hoe werkt de magnetron?", "il y a quoi comme plages",
        "Danke für den Bus, wann fährt er", "Thanks for the bus, when is it?",
        "Wie is de directeur?", "Jak działa pompa?",
        "Where does it come from?", "Woher kommt sie?",
    ],
)  # fmt: skip
def test_a_question_to_the_articles_is_no_small_talk(message):
    """Not even one that begins like it."""
    assert small_talk(message) is None


def test_a_word_of_many_languages_is_taken_for_one_of_the_articles_own():
    """Nothing else tells which language is meant."""
    assert said("super", "de") == ("de", "praise")
    assert said("ok", "ru")[0] == "ru"


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("Hello! How long do drones live?", "How long do drones live?"),
        ("Hola, when is it open? Gracias!", "when is it open?"),
        ("How deep is it? 🙏", "How deep is it?"),
        ("Thanks! And a worker?", "And a worker?"),
        ("Hello! Thanks!", "Hello! Thanks!"),
        ("Right of way, who has it?", "Right of way, who has it?"),
    ],
)
def test_the_question_is_left_of_a_message_that_also_greets_and_thanks(message, question):
    """A message that does nothing else stays as it is."""
    assert without_small_talk(message) == question


@pytest.mark.parametrize("language", talk_languages())
def test_each_small_talk_has_an_answer_in_each_language(language):
    """What is asked of the articles as a whole apart."""
    for talk in Talk:
        if talk not in (Talk.SUMMARY, Talk.TOPICS):
            line = small_talk_line(talk, language)
            assert len(line.split()) <= 40
            assert line == small_talk_line(talk, language)


@given(st.text(max_size=300))
def test_any_message_is_looked_through(message):
    """Without an error, whatever it holds."""
    assert without_small_talk(message) is not None or small_talk(message) is None
