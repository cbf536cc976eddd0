"""Two articles that disagree are found to, and two that only differ are not."""

import pytest

from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length, SectionRole
from retrieval.briefing.differences import Differences
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader

# They make words common, so that a name is one and a concept weighs what it would elsewhere.
OTHERS = [
    "People in Tolmar and Velden speak of copper, of salt and of the sea.",
    "Fishing boats leave at dawn, and the market opens at noon.",
]
DISAGREE = {
    "a number": (
        "The viaduct of Tolmar is 340 metres long and carries two tracks.",
        "The viaduct of Tolmar is 410 metres long and stands on granite.",
    ),
    "a number in words": (
        "The lighthouse of Tolmar has three keepers on watch every winter night.",
        "The lighthouse of Tolmar has seven keepers on watch every winter night.",
    ),
    "a number with a magnitude": (
        "The new copper mine of Tolmar cost 4 million crowns altogether.",
        "The new copper mine of Tolmar cost 9.5 million crowns altogether.",
    ),
    "a denial": (
        "Visitors need a permit to enter the copper mine of Tolmar.",
        "Visitors do not need a permit to enter the copper mine of Tolmar.",
    ),
    "who gives and who gets": (
        "The city of Tolmar supplies refined copper to Velden.",
        "The city of Velden supplies refined copper to Tolmar.",
    ),
    "who buys from whom": (
        "For its copper coins Tolmar buys refined metal from Velden.",
        "For its copper coins Velden buys refined metal from Tolmar.",
    ),
}
AGREE = {
    "the same number": (
        "The viaduct of Tolmar is 340 metres long and carries two tracks.",
        "The viaduct of Tolmar is 340 metres long and stands on granite.",
    ),
    "the same number in words": (
        "The lighthouse of Tolmar has three keepers on watch every winter night.",
        "The lighthouse of Tolmar has 3 keepers on watch every winter night.",
    ),
    "a number within a range": (
        "The copper pipes of Tolmar last for 12 years in salt water.",
        "The copper pipes of Tolmar last for 10 to 15 years in salt water.",
    ),
    "two sides of one hundred": (
        "Copper ships carry 85 percent of the cargo that leaves Tolmar harbour.",
        "Herring boats carry the other 15 percent of the cargo that leaves Tolmar harbour.",
    ),
    "numbers of different things": (
        "The viaduct of Tolmar is 340 metres long and carries two tracks.",
        "The viaduct of Tolmar was built by 900 workers with granite.",
    ),
    "years": (
        "The viaduct of Tolmar was opened by the king in 1885.",
        "The viaduct of Tolmar was repaired by the king in 1931.",
    ),
    "planned and done": (
        "The new copper mine of Tolmar is expected to cost 4 million crowns altogether.",
        "The new copper mine of Tolmar cost 9.5 million crowns altogether.",
    ),
    "a denial on a condition": (
        "Visitors need a permit to enter the copper mine of Tolmar.",
        "Visitors do not need a permit to enter the copper mine of Tolmar if they are miners.",
    ),
    "a denial of something else": (
        "Visitors need a permit to enter the copper mine of Tolmar.",
        "Visitors to the copper mine of Tolmar never meet the harbour master of Velden.",
    ),
    "the same direction": (
        "The city of Tolmar supplies refined copper to Velden.",
        "Every month Tolmar supplies Velden, and refined copper is shipped to Velden by boat.",
    ),
    "different units": (
        "The copper works of Tolmar need 340 kilowatts at noon in winter.",
        "The copper works of Tolmar need 410 kilowatt-hours at noon in winter.",
    ),
    "amounts for different things": (
        "The city paid 29 million crowns for the viaduct of Tolmar.",
        "The city paid 13 million crowns to Velden's shopkeepers.",
    ),
    "a denial that adds another rule": (
        "Visitors need a permit to enter the copper mine of Tolmar.",
        "Visitors may not enter the copper mine of Tolmar without a guide, a helmet and a permit.",
    ),
    "different things that are given": (
        "The city of Tolmar supplies refined copper to Velden.",
        "The city of Velden supplies dried herring to Tolmar.",
    ),
}


@pytest.fixture
def disagree(make_collection):
    """Whether the first sentences of two articles disagree, in either order."""

    def tell(one: str, other: str) -> bool:
        index = memory_index(make_collection([one, *OTHERS], [other, *OTHERS]))
        differences = Differences(index, Concepts(index, ()))
        first = index.sentences_of(len(OTHERS) + 1)[0]
        assert differences.disagree(0, first) == differences.disagree(first, 0)
        return differences.disagree(0, first)

    return tell


@pytest.mark.parametrize("case", DISAGREE)
def test_a_disagreement(disagree, case):
    """The words show it."""
    assert disagree(*DISAGREE[case])


@pytest.mark.parametrize("case", AGREE)
def test_no_disagreement(disagree, case):
    """Both can be true."""
    assert not disagree(*AGREE[case])


def brief(collection, topic="copper mine", length=None):
    index = memory_index(collection)
    briefer = Briefer(index, QuestionReader(index, ()))
    return briefer.brief(topic, length or Length(words=120, points=6))


def test_what_two_writers_say_of_themselves_is_no_disagreement(make_collection):
    """Each has an "I" of their own."""
    one, other = (f"I worked in the copper mine of Tolmar for {n} long winters." for n in (3, 7))
    found = brief(make_collection([one, *OTHERS], [other, *OTHERS]))
    assert SectionRole.DIFFERENCE not in {section.role for section in found.sections}


@pytest.mark.parametrize("case", ["a number with a magnitude", "a denial"])
def test_a_disagreement_stands_in_a_section_of_its_own(make_collection, case):
    """Both articles' passages, before what lies ahead, and neither confirms the other."""
    one, other = DISAGREE[case]
    ahead = "Cave-ins remain a risk in the copper mine of Tolmar."
    found = brief(make_collection([f"{one} {ahead}", *OTHERS], [other, *OTHERS]))
    roles = [section.role for section in found.sections]
    assert SectionRole.OUTLOOK in roles
    assert roles.index(SectionRole.DIFFERENCE) < roles.index(SectionRole.OUTLOOK)
    [difference] = [s for s in found.sections if s.role is SectionRole.DIFFERENCE]
    assert {point.quote.text for point in difference.points} == {one, other}
    assert {p.quote.paragraph.article for p in difference.points} == {"article-1", "article-2"}
    assert not any(point.also for point in difference.points)


def test_one_article_does_not_disagree_with_itself(make_collection):
    """It may quote two sources."""
    one, other = DISAGREE["a number with a magnitude"]
    found = brief(make_collection([f"{one} {other}", *OTHERS]))
    assert found.found
    assert SectionRole.DIFFERENCE not in {section.role for section in found.sections}


def test_a_disagreement_that_leaves_no_room_is_left_out(make_collection):
    """It takes half of the words at most."""
    one, other = DISAGREE["a number with a magnitude"]
    words = len(one.split()) + len(other.split())
    collection = make_collection([one, *OTHERS], [other, *OTHERS])
    roles = {
        budget: {s.role for s in brief(collection, length=Length(budget, 6)).sections}
        for budget in (2 * words, 2 * words - 1)
    }
    assert SectionRole.DIFFERENCE in roles[2 * words]
    assert SectionRole.DIFFERENCE not in roles[2 * words - 1]


def test_what_disagrees_is_no_second_source(make_collection):
    """A passage that contradicts a point does not stand beside it."""
    one, other = DISAGREE["a denial"]
    collection = make_collection([one, *OTHERS], [other, *OTHERS])
    found = brief(collection, length=Length(12, 6))
    assert [point.also for point in found.points] == [()]
