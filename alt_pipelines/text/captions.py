"""Captions of pictures: those that tell something, and those that only name who made the picture.

describes("A fallen oak blocks a lane in Tewkesbury.")  ->  True
describes("Dana Whitlow/Getty Images")                  ->  False
"""

_FEWEST_WORDS = 5  # as in "Rain falls on the quay"; a credit is a person and an agency
_FEWEST_LOWER = 3  # of them; a credit has at most a preposition or two


def describes(caption: str) -> bool:
    """Whether a caption has enough words, and enough of them in lower case, to be more than a credit.

    A caption in a script without case never has: there, credits cannot be told from descriptions by their form.
    """
    words = caption.split()
    return len(words) >= _FEWEST_WORDS and sum(map(str.islower, words)) >= _FEWEST_LOWER
