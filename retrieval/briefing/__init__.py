"""What do the articles say on a topic, in a minute?

`briefer` leads through it: `topics` finds the sentences that speak of the topic, `selection` takes
the points, `likeness` tells who else says them, `differences` finds where articles disagree,
`sections` puts all under headings.
"""
