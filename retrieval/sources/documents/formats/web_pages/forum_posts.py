"""Finds the posts of a thread in a forum, of which an extractor takes one for the article."""

from copy import deepcopy

from lxml import etree, html

FEWEST_POSTS = 2
POSTS = (
    "//body[@id='phpbb']//*[contains(@class,'postbody')]//div[@class='content']",
    "//article[contains(@class,'message--post')]//div[@class='bbWrapper']",  # XenForo
    "//*[contains(@class,'postbody')]//blockquote[contains(@class,'postcontent')]",  # vBulletin
    "//*[contains(@class,'js-discussion')]//*[contains(@class,'comment-body')]",  # GitHub
    "//*[contains(@itemtype,'schema.org/DiscussionForumPosting')]//*[@itemprop='text']",
)
QUOTED_POSTS = ".//blockquote[.//cite or @data-quote]|.//aside|.//*[@class='bbcode_quote']"


def forum_posts(tree: html.HtmlElement) -> etree._Element | None:
    """A box with the texts of all posts in their order; None for a page that is no thread.

    What a post quotes of another one is left out.
    """
    found = max((tree.xpath(path) for path in POSTS), key=len)
    if len(found) < FEWEST_POSTS:
        return None
    box = html.Element("div")
    for post in found:
        copy = deepcopy(post)
        copy.tag, copy.tail = "div", None
        for quoted in copy.xpath(QUOTED_POSTS):
            if quoted.getparent() is not None:
                quoted.drop_tree()
        _part_paragraphs(copy)
        box.append(copy)
    return box


def _part_paragraphs(post: etree._Element) -> None:
    """Part what an empty line parts, which many forums write as two line breaks."""
    for line_break in list(post.iter("br")):
        following = line_break.getnext()
        is_empty = not (line_break.tail or "").strip()
        if is_empty and following is not None and following.tag == "br":
            line_break.tag = "hr"
