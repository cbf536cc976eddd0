"""The article of a page is taken, and a page without one refused with what it is."""

import pytest

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.document_articles import document_article
from retrieval.sources.documents.formats.document_reader import read_document
from retrieval.sources.documents.formats.web_pages.web_page import read_page

FIRST = (
    "Bees live in hives, where each of them has work to do from the day on which it leaves its "
    "cell. The youngest clean the combs, and after three weeks they fly out for the first time."
)
SECOND = (
    "In winter the hive is quiet. The bees sit close together around their queen, tremble to stay "
    "warm, and eat what they gathered in summer, until the willows blossom."
)
THIRD = (
    "Beekeepers leave them alone then; they repair boxes, melt wax, and read about bees in books "
    "that other beekeepers have written in other winters, long ago and far away."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Of bees - The Hive Blog</title>
<link rel="canonical" href="https://example.org/bees"></head><body>
<header><nav><a href="/">Home</a> <a href="/about">About us</a></nav></header>
<article><h1>Of bees</h1><p>{FIRST}</p>
<h2 id="winter">Winter</h2><p>{SECOND}</p><ul><li>wax</li><li>honey</li></ul>
<p>{THIRD}</p></article>
<aside><h3>Read next</h3><a href="/wasps">Of wasps</a></aside>
<footer>Copyright, imprint, and cookies</footer></body></html>"""


def article(page, **options):
    document = read_page(page.encode(), **options)
    return document_article(document, "x", "A file", lambda _: "en")


def test_the_article_is_taken_and_what_stands_around_it_is_not():
    """With its headings, its lists, its own address, and the nearest anchor."""
    found = article(PAGE, address="https://example.org/bees?utm_source=x")
    assert found.title == "Of bees"
    assert found.url == "https://example.org/bees"
    assert [(p.heading, p.text) for p in found.paragraphs] == [
        ("", FIRST),
        ("Winter", SECOND),
        ("Winter", "• wax\n• honey"),
        ("Winter", THIRD),
    ]
    assert found.paragraphs[1].place.fragment == "winter"


def test_an_article_in_an_entry_of_a_list_is_read_like_any_other():
    """As pages are laid out that show their other articles in the same list."""
    page = PAGE.replace("<article>", "<article><ul><li>").replace(
        "</article>", "</li></ul></article>"
    )
    assert [p.text for p in article(page).paragraphs][:2] == [FIRST, SECOND]


PHPBB = (
    "<body id='phpbb'>{posts}</body>",
    (
        "<div id='p{number}'><dl><dt>anna</dt><dd>Joined in May</dd></dl><div class='postbody'>"
        "<h3>Re: Of bees</h3><div class='content'>{text}</div><div>Greetings</div></div></div>"
    ),
)
XENFORO = (
    "<body>{posts}</body>",
    (
        "<article class='message message--post' id='p{number}'><h4>anna</h4><h5>Senior member</h5>"
        "<article><div class='bbWrapper'>{text}</div></article></article>"
    ),
)
DISCOURSE = (
    "<body itemscope itemtype='https://schema.org/DiscussionForumPosting'>{posts}</body>",
    "<div id='p{number}'><a>anna</a><div itemprop='text'>{text}</div><span>2 likes</span></div>",
)


@pytest.mark.parametrize(("page", "post"), [PHPBB, XENFORO, DISCOURSE])
def test_all_posts_of_a_thread_are_kept(page, post):
    """Each at its own place, without who wrote it, and without the post that it quotes."""
    last = "Shrews leave the wings and the legs behind, so look at what lies on the floor."
    quoted = f"<blockquote><cite>anna wrote:</cite>{FIRST}</blockquote>"
    texts = [f"{FIRST}<br>\n<br>{THIRD}", quoted + SECOND, f"<p>{last}</p><p>Thanks.</p>"]
    posts = "".join(post.format(number=n, text=text) for n, text in enumerate(texts))
    found = article("<html><head><title>Of bees</title></head>" + page.format(posts=posts))
    assert [(p.text, p.heading, p.place.fragment) for p in found.paragraphs] == [
        (FIRST, "", "p0"),
        (THIRD, "", "p0"),
        (SECOND, "", "p1"),
        (last, "", "p2"),
        ("Thanks.", "", "p2"),
    ]


def test_a_quotation_within_a_sentence_does_not_divide_it():
    """Its marks are those of the page."""
    said = "stay warm"
    page = PAGE.replace(said, f"“<q>{said}</q>”")
    assert article(page).paragraphs[1].text == SECOND.replace(said, f"“{said}”")


def test_two_line_breaks_begin_a_paragraph():
    """As on pages that have no others; one does not, nor do two within an entry of a list.

    Characters that are none are no text.
    """
    page = PAGE.replace(f"{FIRST}</p>", f"{FIRST}<br><br>&#8;{THIRD}<br>{SECOND}</p>")
    page = page.replace("<li>honey</li>", "<li>honey<br><br>and pollen</li>")
    found = [p.text for p in article(page).paragraphs]
    assert found == [FIRST, f"{THIRD} {SECOND}", SECOND, "• wax\n• honey and pollen", THIRD]


def test_what_holds_most_of_a_page_is_no_comment():
    """Though its name says that one can comment on it."""
    box = '<article><div class="comment-on-selection">'
    page = PAGE.replace("<article>", box).replace("</article>", "</div></article>")
    comment = '<div class="comment-list"><p>Wasps are better than any bee.</p></div>'
    found = article(page.replace("<aside>", f"{comment}<aside>"))
    assert [p.text for p in found.paragraphs] == [FIRST, SECOND, "• wax\n• honey", THIRD]


def test_a_small_page_is_read_whole():
    """A note that somebody saved is no page of a newspaper."""
    found = article("<h1>Bees</h1><p>Bees sleep at night.</p><p>So do I.</p>")
    assert [p.text for p in found.paragraphs] == ["Bees sleep at night.", "So do I."]


OFFER = (
    "<p>Subscribe now to read on, or log in if you are a subscriber. The first month is free of "
    "charge, and you may leave at any time.</p></article>"
)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<form><p>Sign in</p><input name=u><input type='password'></form>", "login"),
        (
            f"<article><h1>The hive moves</h1><p>The hive in the park has moved …</p>{OFFER}",
            "notice for subscribers",
        ),
        ("<div><h2>We value your privacy</h2><p>We use cookies.</p></div>", "cookie notice"),
        ("<div id=root></div><script src=a.js></script><noscript>Enable JavaScript</noscript>",
         "app"),
        ("<ul>" + "<li><a href=/a>An article of ours</a></li>" * 40 + "</ul>", "links"),
        ("<p>Checking your browser before you go on.</p>", "human"),
        ("", "no article|app"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_with_what_it_is(body, problem):
    """So that nobody takes a banner for the article."""
    with pytest.raises(UnreadableError, match=problem):
        read_page(f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("Of many bees and their hives - The Hive", "The Hive", "Of many bees and their hives"),
        ("Of many bees - The Hive", "Of many bees", "Of many bees"),
        ("The Hive | Of many bees, and more", "Of many bees, and more", "Of many bees, and more"),
        ("Of many bees_News_The Hive of Wax", "Of many bees", "Of many bees"),
        (
            "Of many bees | Nature | The Hive",
            "Nature</h1><h1>Of many bees Subscribers",
            "Of many bees",
        ),
        (
            "Test of 2018 | Hive",
            "Eighteen hives, and which is best",
            "Eighteen hives, and which is best",
        ),
        (
            "Of many bees in winter - The Hive",
            "The Hive</h1><h2>Of many bees in winter</h2><h1>Menu",
            "Of many bees in winter",
        ),
        ("蜂の一生について|みつばち新聞", "", "蜂の一生について"),
        ("Bees - The Encyclopedia of the Hive", "Bees", "Bees"),
        ("Wax - " + "of many bees " * 4 + "only", "Wax", "of many bees " * 4 + "only"),
        ("Wax - Of many bees", '<a href="/">Wax</a>', "Of many bees"),
        (
            "Of many bees in winter",
            "Centre for all Insects</h1><h2>Of many bees in winter</h2><h1>",
            "Of many bees in winter",
        ),
        (
            "Of many bees in winter - THE HIVE",
            '<a href="/">THE HIVE The Hive’s Logo</a>',
            "Of many bees in winter",
        ),
        (
            'Ada on how bees build combs</title><meta property="og:title" content="Of wax">',
            "Of wax",
            "Of wax",
        ),
    ],
)
def test_the_title_is_that_of_the_article_and_not_of_the_site(head, heading, title):
    """Whichever of the two a page sets as its heading."""
    page = (
        f"<title>{head}</title><h1>{heading}</h1><article><p>{FIRST}</p><p>{SECOND}</p></article>"
    )
    assert article(page).title == title


def test_calls_of_notes_and_links_beside_headings_are_no_text():
    """As encyclopedias and manuals have them."""
    page = PAGE.replace("Winter</h2>", 'Winter<span class="mw-editsection">[edit]</span></h2>')
    page = page.replace("<li>wax", '<li>wax<sup><a href="#note-7">[7]</a></sup>')
    page = page.replace("Of bees</h1>", 'Of bees<a href="#top">¶</a></h1>')
    found = article(page)
    assert found.title == "Of bees"
    assert [p.heading for p in found.paragraphs] == ["", "Winter", "Winter", "Winter"]
    assert found.paragraphs[2].text == "• wax\n• honey"


@pytest.mark.parametrize(
    "heading",
    [
        '<div class="mw-heading"><h2 id="winter">Winter</h2></div>',
        '<table><tr><td><h2><a href="/winter">Winter</a></h2></td></tr></table>',
    ],
)
def test_headings_that_stand_beside_a_link_or_in_a_box_are_kept(heading):
    """As encyclopedias and newsletters set them; the heading of something else is not taken."""
    page = PAGE.replace('<h2 id="winter">Winter</h2>', heading)
    page = page.replace(f"<p>{THIRD}", f"<aside><h3>Wasps</h3></aside><p>{THIRD}")
    found = article(page)
    assert [p.heading for p in found.paragraphs] == ["", "Winter", "Winter", "Winter"]


@pytest.mark.parametrize(
    "lead",
    [
        '<p class="intro teaser">LEAD</p>',
        '<p class="page__header__intro__text"><span>LEAD</span></p>',
        "<p>LEAD</p><div><button>Share this</button></div>",
        '<h2 class="ArticleSummary_text">LEAD</h2>',
        "<h3>LEAD</h3>",
    ],
)
def test_what_leads_in_to_the_article_is_part_of_it(lead):
    """A standfirst looks like a teaser; a caption at the same place is none."""
    said = "What each of them has to do, and when, is known since long ago."
    caption = (
        "<figure><figcaption>A bee, seen from very far away.</figcaption></figure>"
        '<div class="lead-photo"><p>A bee that sits on the lid of its hive in winter.</p></div>'
    )
    heading = f"<div><h1>Of bees</h1>{lead.replace('LEAD', said)}</div>{caption}"
    page = PAGE.replace("<article><h1>Of bees</h1>", f"{heading}<article>")
    assert [(p.heading, p.text) for p in article(page).paragraphs][:3] == [
        ("", said),
        ("", FIRST),
        ("Winter", SECOND),
    ]


def test_a_question_below_the_title_is_the_heading_of_its_section():
    """A page of questions begins with one, which may be as long as a sentence."""
    question = "What does a bee do between her first day and her last one?"
    page = PAGE.replace("Of bees</h1>", f"Of bees</h1><h2>{question}</h2>")
    assert article(page).paragraphs[0].heading == question


def test_a_short_article_beside_a_hidden_login_is_read():
    """Blogs bring their form to log in along with each page."""
    form = "<div class=modal><form><p>Log in</p><input type='password'></form></div>"
    assert FIRST in [
        p.text
        for p in article(
            PAGE.replace(SECOND, "").replace(THIRD, "").replace("</body>", f"{form}</body>")
        ).paragraphs
    ]


def test_text_right_behind_a_picture_is_kept():
    """Older pages set it without a paragraph of its own, and divide it with line breaks."""
    picture = '<div style="float: left"><img src="bee.png"></div>'
    named = FIRST.replace("cell", "<a href='/cell'>cell</a>", 1)
    body = f"<h1>Of bees</h1><div>{picture}{named}<br><br>{SECOND}<br><br>{THIRD}</div>"
    page = PAGE[: PAGE.index("<h1>")] + body + PAGE[PAGE.index("</article>") :]
    assert [p.text for p in article(page).paragraphs] == [FIRST, SECOND, THIRD]


def test_a_paragraph_that_only_leads_to_another_article_is_left_out():
    """In whatever language it says so; a sentence with a link stays."""
    said = "The hive hums, as it did in all the winters before this one."
    links = (
        '<p>Lue myös: <a href="/w">Of wasps, who eat bees, and of what else they eat</a></p>'
        f"<p>{said.replace('hums', '<a href=/h>hums</a>')}</p>"
    )
    found = article(PAGE.replace(f"<p>{THIRD}", f"{links}<p>{THIRD}"))
    assert [p.text for p in found.paragraphs][-3:] == ["• wax\n• honey", said, THIRD]


def test_the_front_page_of_a_site_is_refused():
    """It names many articles and begins one; a page of one's own at that address is read."""
    links = "".join(f"<h3><a href='/{n}'>{SECOND}</a></h3>" for n in range(20))
    page = PAGE.replace("https://example.org/bees", "https://example.org/")
    assert article(page).title == "Of bees"
    many = page.replace("</body>", f"<main>{links}</main></body>")
    assert article(many.replace("org/", "org/?p=7")).title == "Of bees"
    with pytest.raises(UnreadableError) as error:
        article(many)
    assert "links" in str(error.value)


def test_a_page_in_a_script_without_spaces_is_no_list_of_links():
    """Its words are counted by their characters."""
    text = "みつばちは巣箱に住み、生まれた日から仕事があります。冬の巣箱はとても静かです。" * 4
    links = "".join(f'<a href="/{n}">news item {n}</a> ' for n in range(60))
    found = article(
        f"<html><body><div>{links}</div><article><p>{text}</p></article></body></html>"
    )
    assert [p.text for p in found.paragraphs] == [text]


def test_a_page_that_a_browser_saved_as_one_file_is_read():
    """With the address from which it was saved."""
    archive = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/bees\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary="--b"\n\n'
        "----b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{PAGE.replace('=', '=3D')}\n----b--\n"
    )
    document = read_document(archive.encode())
    assert (document.title, document.url) == ("Of bees", "https://example.org/bees")
    assert next(b.text for b in document.blocks if b.is_paragraph) == FIRST


def test_a_title_is_the_heading_without_its_readings_and_the_name_of_the_site():
    """Also where no blank is around the bar between them."""
    page = PAGE.replace("Of bees</h1>", "<ruby>蜂<rt>はち</rt></ruby>の一生について</h1>")
    page = page.replace("Of bees - The Hive Blog", "NEWS|蜂の一生について")
    assert article(page).title == "蜂の一生について"
