"""What a large collection is about is told by its titles, from all over it."""

from listed_articles import article

from retrieval.answers.question_types.collection_overview import (
    central_first,
    structural_headings,
    title_subjects,
)
from retrieval.articles import Collection
from retrieval.index.memory_engine import memory_index

BOATS = [article(f"Rowing boats: Month {n}\n\nWe rowed.\n", f"boats-{n:02}") for n in range(12)]
PUMPS = [article(f"The pump {n}\n\nIt runs.\n", f"pumps-{n:02}") for n in range(4)]
OTHERS = [
    article(f"{name}\n\nThis is so.\n", name.casefold())
    for name in ("Keys", "Bread", "Harbour", "Wages", "Roof")
]


def test_what_many_titles_name_is_what_the_collection_is_about():
    """Two words where they stand together, and no words that name anything, such as months."""
    assert title_subjects([*BOATS, *PUMPS, *OTHERS]) == (("Rowing boats", 12), ("pump", 4))
    sites = [article(f"Pumps on GOV.UK {n}\n\nThey run.\n", f"sites-{n}") for n in range(20)]
    assert ("GOV.UK", 20) in title_subjects(sites)


def test_of_a_few_articles_the_titles_themselves_are_read():
    """And titles that are all the same name no subject."""
    assert title_subjects(BOATS) == ()
    same = [article("Solution\n\nIt works.\n", f"solution-{n}") for n in range(30)]
    assert title_subjects(same) == ()


def test_what_a_large_collection_speaks_of_most_is_shown_first():
    """Behind the front page, no two of the first on the same subject, and none is lost."""
    keys = article("Keys\n\nThe pump has a key. A boat has a key. So has the roof.\n", "keys")
    page = article("The boathouse\n\nThis is what we know of rowing.\n", "readme")
    articles = [*BOATS, *PUMPS, keys, page, *OTHERS[1:]]
    found = central_first(memory_index(Collection(tuple(articles))))
    assert [a.id for a in found[:4]] == ["readme", "keys", "boats-00", "roof"]
    assert {a.id for a in found} == {a.id for a in articles}
    assert central_first(memory_index(Collection(tuple(PUMPS)))) == PUMPS


def test_headings_of_several_articles_name_no_subject():
    """They are a part that each of them has."""
    one = article("Keys\n\n# Notes\nA key.\n\n# Lending\nA lock.\n", "keys")
    other = article("Wages\n\n# Notes\nA coin.\n", "wages")
    assert structural_headings([one, other]) == {"Notes"}


def test_headings_without_a_sentence_name_no_subject():
    """Neither do those of contents."""
    law = article(
        "Keys\n\n# Contents\nAll of it.\n\n# Date\n1931-04-02\n\n# Locks\nThey turn.\n", "k"
    )
    assert structural_headings([law]) == {"Contents", "Date"}
