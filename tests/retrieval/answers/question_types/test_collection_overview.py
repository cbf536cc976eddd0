"""What a large collection is about is told by its titles, from all over it."""

from listed_articles import article

from retrieval.answers.question_types.collection_overview import (
    spread_out,
    structural_headings,
    title_subjects,
)

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


def test_a_large_collection_is_shown_from_all_over():
    """The first article stays in front, and none is lost."""
    articles = [*BOATS, *PUMPS, *OTHERS]
    spread = spread_out(articles, 8)
    assert [a.id for a in spread[:3]] == ["boats-00", "boats-02", "boats-04"]
    assert spread[7].id == "pumps-02"
    assert sorted(spread, key=lambda a: a.id) == sorted(articles, key=lambda a: a.id)
    assert spread_out(PUMPS, 8) == PUMPS


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
