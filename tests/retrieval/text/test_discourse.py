"""Sentences that lean on another one, and sentences that say nothing."""

import pytest

from retrieval.text.discourse import denies, is_filler, leans, only_links
from retrieval.text.languages import language


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "This move is driven by fear."),
        ("en", "It also helps Russia."),
        ("en", "“These drills are large.”"),
        ("en", "However, bees sleep."),
        ("en", "They've met often."),
        ("en", "Once that idea is clear, start with the hive."),
        ("en", "To do this, the keeper needs smoke."),
        ("en", "As a consequence, bees sleep."),
        ("en", "The only exception to this is the queen."),
        ("de", "Dieser Schritt hilft."),
        ("de", "Das haben Mitglieder gewollt."),
        ("de", "Es ist geschlossen."),
        ("de", "Sie können schwimmen."),
        ("de", "Wenn dieser Schritt gelingt, hilft er."),
        ("fr", "Si cela arrive, fermez la ruche."),
        ("es", "Para ello hace falta humo."),
        ("it", "Se questo accade, chiudete l'arnia."),
        ("pt", "Para isso é preciso fumo."),
        ("ru", "Если это случится, закройте улей."),
        ("fr", "Il est fermé de midi à deux heures."),
        ("fr", "Cela aide aussi."),
        ("es", "Además, esto ayuda."),
        ("it", "Questo aiuta."),
        ("pt", "Isso ajuda."),
        ("ru", "Это помогает."),
        ("zh", "这有帮助。"),
    ],
)
def test_a_sentence_that_leans(code, sentence):
    """It opens by pointing back."""
    assert leans(sentence, language(code))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "Bees fly."),
        ("en", "Moreover, bees sleep."),
        ("en", "It is clear that bees fly."),
        ("en", "Thistles grow."),
        ("en", "If bees swarm, close the hive."),
        ("en", ""),
        ("de", "Das neue Freibad ist offen."),
        ("de", "Es ist nicht erlaubt, hier zu rauchen."),
        ("de", "Sie können Ihren Antrag hier stellen."),
        ("de", "Ihr könnt das Gemüse auf Vorrat einkaufen."),
        ("fr", "Il est interdit de fumer."),
        ("fr", "Il y a deux salles."),
        ("fr", "Ce que vous apportez reste à vous."),
    ],
)
def test_a_sentence_that_stands_alone(code, sentence):
    """It names what it speaks of, or its pronoun stands for nothing."""
    assert not leans(sentence, language(code))


@pytest.mark.parametrize(
    "sentence",
    [
        "Hey guys!",
        "The whole process →",
        "Today, we're going to dive deep into bees.",
        "Alright, let's talk honey, folks!",
        "So, what exactly do bees do?",
        "Will bees survive?",
        "So, stay tuned, because this story goes on!",
        "In this article, you learn about bees.",
        "Let’s get real.",
        "And let me tell you, bees are not amused.",
        "And that, my friends, is a bee.",
        "So you want to be a keeper?",
        "You've come to the right place!",
        "— Ada, in her diary",
        "-- Ada, of the village",
    ],
)
def test_filler(sentence):
    """Greetings, announcements and rhetorical questions."""
    assert is_filler(sentence, language("en"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("de", "Sie möchten Imker werden?"),
        ("de", "Dann sind Sie hier genau richtig!"),
        ("fr", "Vous voulez devenir apiculteur ?"),
        ("es", "¿Quieres ser apicultor?"),
        ("it", "Vuoi diventare apicoltore?"),
        ("pt", "Você quer ser apicultor?"),
        ("ru", "Хотите стать пчеловодом?"),
        ("de", "Diese Seite beschreibt die Pflichten des Imkers."),
        ("fr", "Cette page présente les devoirs de l’apiculteur."),
        ("es", "Esta guía explica los deberes del apicultor."),
        ("it", "Questa guida spiega i doveri dell’apicoltore."),
        ("pt", "Esta página descreve os deveres do apicultor."),
        ("ru", "Эта страница описывает обязанности пчеловода."),
    ],
)
def test_an_invitation_and_an_announcement_are_filler(code, sentence):
    """Those who ask it want no answer, and those who announce it give none."""
    assert is_filler(sentence, language(code))


@pytest.mark.parametrize(
    "sentence",
    [
        "Bees let others rest.",
        "We see this in their dance.",
        "The article was written in 1900.",
        "What matters is honey.",
        "Highways are long.",
        "And that friendly bee returned.",
        "— Come in, said Ada.",
        "This section applies to every keeper.",
        "This page lists what a keeper needs: a veil and a smoker.",
    ],
)
def test_no_filler(sentence):
    """A statement that shares a word with filler."""
    assert not is_filler(sentence, language("en"))


@pytest.mark.parametrize(
    ("code", "denials", "others"),
    [
        ("zh", ["不能带狗。", "没有停车位。", "禁止吸烟。", "切勿加热鸡蛋。"],
         ["可以带狗。", "两种票价格不同。", "不仅有茶，还有咖啡。", "有没有停车位可以问前台。"]),
        ("ja", ["犬は入れません。", "宿泊費を支給しない。", "使用してはならない。"],
         ["犬も入れます。", "承認を得なければならない。", "必ず、申請する。"]),
        ("ko", ["개는 들어갈 수 없습니다.", "사진을 찍지 마세요.", "흡연은 금지입니다."],
         ["개도 들어갈 수 있습니다.", "차뿐만 아니라 커피도 있습니다."]),
    ],
)  # fmt: skip
def test_a_denial_is_told_where_words_are_not_apart(code, denials, others):
    """What must be done is none, though it is said with a negation."""
    tongue = language(code)
    assert [s for s in denials if not denies(s, tongue)] == []
    assert [s for s in others if denies(s, tongue)] == []


@pytest.mark.parametrize(
    ("text", "code", "links"),
    [
        ("where", "en", True),
        ("所以", "zh", True),
        ("因此：", "zh", True),
        ("where bees live", "en", False),
        ("蜜蜂住在蜂箱里", "zh", False),
        ("", "en", False),
    ],
)
def test_a_word_before_a_formula_only_links_it(text, code, links):
    """It says nothing by itself; a sentence does."""
    assert only_links(text, language(code)) is links
