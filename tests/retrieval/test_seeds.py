"""The shipped articles are the original ones."""

import hashlib

import pytest

from bot.settings.settings import SHIPPED
from retrieval.articles import Collection

TEXTS = {
    "xi-jinping-and-putin": "dce12389a6ae06f3d5f3236c7533e153c6320231be0257e37995cef5b66ff400",
    "xi-jinping-and-russia": "efc8fa359c99bb43289cdf069494f8f6b5a838899ac9984ca62578eb8bb3bfd8",
}


@pytest.mark.parametrize("identity", TEXTS)
def test_the_text_is_byte_for_byte_the_original(identity):
    """What stands under the header has the original's SHA-256."""
    content = (SHIPPED / f"{identity}.txt").read_bytes()
    _, _, text = content.split(b"---\n", 2)
    assert hashlib.sha256(text).hexdigest() == TEXTS[identity]


def test_their_structure_is_recognised(shipped: Collection):
    """Titles, headings and paragraphs as a reader sees them."""
    shapes = {a.id: (a.title, len(a.paragraphs)) for a in shipped.articles}
    assert shapes == {
        "xi-jinping-and-putin": ("Xi Jinping And Putin: A Deep Dive Into Moscow's Alliance", 6),
        "xi-jinping-and-russia": ("Xi Jinping And Russia: The Ties That Bind Two Nations", 7),
    }
    assert [p.heading for p in shipped["xi-jinping-and-russia"].paragraphs] == [
        "",
        "The Historical Tapestry: Weaving Threads of Cooperation and Caution",
        "Geopolitical Alignment: A Shared Vision in a Shifting World Order",
        "Economic Interdependence: Fueling the Partnership",
        "Military and Security Cooperation: A United Front",
        "Challenges and the Road Ahead: Navigating the Complexities",
        "Conclusion: A Partnership for a New Era",
    ]
