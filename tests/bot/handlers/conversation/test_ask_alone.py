"""A question that was read together with the one before can be asked alone."""

WHY = "Why does Russia need China?"


def test_a_follow_up_is_asked_alone(talk):
    """In the same message; then it no longer says what it was read together with."""
    talk(WHY)
    together = talk("and the military?")
    assert "Read as a follow-up to" in together.text
    alone = talk.press(together, "Ask it alone")
    assert alone.id == together.id
    assert "Read as a follow-up to" not in alone.text
    assert "Ask it alone" not in alone.buttons
    talk("/forget")
    assert alone.text == talk("and the military?").text


def test_what_says_nothing_alone_has_no_such_button(talk):
    """There would be nothing to look up."""
    talk(WHY)
    assert "Ask it alone" not in talk("why?").buttons
    assert "Ask it alone" not in talk("more").buttons


def test_what_owes_nothing_to_the_question_before_is_answered_alone(converse, collection):
    """Whatever its "it" stands for, the passage has no word of what was asked before."""
    pool = ("The pool", None, [("Prices", "A ticket costs 4 euros."), ("Lockers", "Rent one.")])
    club = ("Sailing", None, [("Boats", "You can moor a boat at the pier. It is guarded.")])
    talk = converse(collection=collection(pool, club))
    talk("What does a ticket cost?")
    answer = talk("Can I moor a boat with it?")
    assert "moor a boat" in answer.quotes[0]
    assert "Read as a follow-up to" not in answer.text


def test_what_a_pronoun_stands_for_has_to_be_spoken_of(converse, collection):
    """Else anything that can be touched is given for an answer to "who may touch them?"."""
    owls = (
        "Owls",
        None,
        [("The owls", "Owls are kept in the tower. Only the falconer is let near the owls.")],
    )
    stove = ("Kitchen", None, [("The stove", "Guests touch the stove. Cooks touch the pans.")])
    talk = converse(collection=collection(owls, stove))
    talk("Where are the owls kept?")
    answer = talk("who may touch them?")
    assert "falconer" in answer.text
    assert "stove" not in answer.text


def test_what_only_asks_for_a_measure_is_not_looked_up(converse, collection):
    """What was shown says how long it takes as well; another thing is long."""
    walk = ("Walks", None, [("The walk", "A walk with a donkey costs £9 and lasts two hours.")])
    wall = ("Walls", None, [("The wall", "The old wall is 300 metres long. It is of slate.")])
    talk = converse(collection=collection(walk, wall))
    talk("What does the walk with a donkey cost?")
    assert "two hours" in talk("how long does it take?").quotes[0]


def test_a_question_of_its_own_has_no_such_button(talk):
    """It was read alone."""
    talk(WHY)
    assert "Ask it alone" not in talk("What is BRICS?").buttons
