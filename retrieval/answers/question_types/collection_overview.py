"""What a collection is about, as its titles and headings tell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from retrieval.articles import Article, Articles, Paragraph, ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.text.analysis import analyzer_of, words
from retrieval.text.discourse import is_closed
from retrieval.text.frequencies import frequencies_of
from retrieval.text.headings import label
from retrieval.text.languages import language

FEWEST_ARTICLES = 20  # of fewer the titles themselves are read at a glance
FEWEST_SHARING = 3
MOST_SUBJECTS_NAMED = 4
LEAST_INFORMATION = 10.0  # nats, about what "database" carries; "month" carries 8
MOSTLY = 0.6
PAGE, MOST_PAGES = 100, 10  # of the articles of which the central ones are looked for
LONGEST_NAMING_WORD = 40  # characters
JOINTS = (" ", ".", "-")  # of the two words of one subject: "GOV.UK"
FRONT_PAGES = ("index", "readme", "home", "about")  # the ids of articles that tell of all

Subject = tuple[str, ...]


def title_subjects(articles: Sequence[Article]) -> tuple[tuple[str, int], ...]:
    """What several titles name, as it is mostly written, and in how many; the most frequent first.

    Subjects are words that carry information, or two of them where these mostly stand together.
    """
    if len(articles) < FEWEST_ARTICLES:
        return ()
    written: dict[Subject, Counter[str]] = defaultdict(Counter)
    for article in {article.title: article for article in articles}.values():
        for subject, text in dict(_named(article)).items():
            written[subject][text] += 1
    counts = {subject: forms.total() for subject, forms in written.items()}
    shared = [s for s in counts if counts[s] >= FEWEST_SHARING]
    shared.sort(key=lambda subject: (-counts[subject], subject))
    chosen: list[Subject] = []
    for subject in shared:
        longer = (s for s in shared if len(s) > len(subject) and set(subject) < set(s))
        is_part = any(counts[whole] >= MOSTLY * counts[subject] for whole in longer)
        if not is_part and not any(set(subject) & set(other) for other in chosen):
            chosen.append(subject)
    return tuple(
        (written[s].most_common(1)[0][0], counts[s]) for s in chosen[:MOST_SUBJECTS_NAMED]
    )


def central_first(index: Index) -> list[Article]:
    """The front page, then the articles on what the collection speaks of most.

    Of very many articles, a thousand from all over; a few keep their order.
    """
    articles = index.articles
    places = range(0, len(articles), max(PAGE, len(articles) // MOST_PAGES))[:MOST_PAGES]
    found = [article for place in places for article in articles.page(place, PAGE)]
    if len(articles) >= FEWEST_ARTICLES:
        found = _by_subject(index, found)
    page = front_page(articles)
    return found if page is None else [page, *(a for a in found if a.id != page.id)]


def _by_subject(index: Index, articles: Sequence[Article]) -> list[Article]:
    """The articles, those first whose titles are said most; no two of these share a word."""
    terms = {a.id: index.analyzers[a.language].terms(label(a.title)) for a in articles}
    named: set[str] = set()
    first: list[Article] = []
    others: list[Article] = []
    for article in sorted(articles, key=lambda a: -times_said(index, terms[a.id])):
        is_new = named.isdisjoint(terms[article.id])
        (first if is_new else others).append(article)
        named.update(terms[article.id])
    return first + others


def times_said(index: Index, terms: Iterable[str]) -> int:
    """How many sentences hold the rarest of these terms."""
    return min(map(index.sentences.holding, terms), default=0)


def front_page(articles: Articles) -> Article | None:
    """The article that stands for the whole folder, as `README.md` does; None if there is none."""
    return next((articles[name] for name in FRONT_PAGES if name in articles), None)


def structural_headings(articles: Sequence[Article]) -> frozenset[str]:
    """The headings that name a part of an article, and no subject.

    Several articles have them, they say so ("Contents"), or no sentence stands under them, as with
    the dates that a statute opens with.
    """
    counts = Counter(h for article in articles for h in {p.heading for p in article.paragraphs})
    found = {heading for heading, count in counts.items() if count > 1}
    for article in articles:
        framing = language(article.language).briefing.framing
        told = {p.heading for p in article.paragraphs if says_something(p)}
        headings = {p.heading for p in article.paragraphs}
        found |= {h for h in headings if h not in told or framing.fullmatch(label(h))}
    return frozenset(found)


def says_something(paragraph: Paragraph) -> bool:
    """Whether it is more than a line that is no sentence, as a date or a name is."""
    return paragraph.kind is not ParagraphKind.TEXT or is_closed(paragraph.text)


def _named(article: Article) -> Iterator[tuple[Subject, str]]:
    """The terms of the subjects in a title, each with the words that it is written in."""
    analyzer = analyzer_of(article.language)
    frequencies = frequencies_of(article.language)
    before: tuple[str, int, int] | None = None
    for word in words(article.title):
        may_name = not word.text[0].isdecimal() and len(word.text) <= LONGEST_NAMING_WORD
        if (
            not may_name
            or analyzer.is_stop_word(word.text)
            or frequencies.information(word.text.casefold()) < LEAST_INFORMATION
        ):
            before = None
            continue
        term = analyzer.term_of(word.text)
        yield (term,), word.text
        if before is not None and article.title[before[2] : word.start] in JOINTS:
            yield (before[0], term), article.title[before[1] : word.end]
        before = term, word.start, word.end
