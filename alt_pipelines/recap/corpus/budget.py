"""How many sentences of each article a run may use: every article's first, then its second, while the budgets last.

Taking turns keeps every article in the run; cutting the list at its end lost the later documents of a big genre. Only
the arithmetic of turns belongs here: what is done with the words that were cut is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """The outcome of a turn-taking.

    Attributes:
        kept: sentences kept of each article, always its first ones.
        over_tokens: sentences cut because the tokens were used up.
        over_sentences: sentences cut because the count was used up.
    """

    kept: tuple[int, ...]
    over_tokens: int
    over_sentences: int


def take_turns(tokens: Sequence[Sequence[int]], max_sentences: int, max_tokens: int) -> Budget:
    """Share out `max_sentences` and `max_tokens` over articles whose sentences have these `tokens`.

    The first turn is free of the token budget: an article's opening sentence always counts unless the number of
    sentences itself is used up, since a document that is nowhere is worse than a few thousand tokens. Within a turn
    the articles come in an order that spreads any cut evenly over the list. An article whose next sentence does not
    fit has had its last turn.
    """
    kept = [0] * len(tokens)
    taken = spent = over_tokens = 0
    waiting = [index for index in spread_order(len(tokens)) if tokens[index]]
    turn = 0
    while waiting and taken < max_sentences:
        staying = []
        for index in waiting[: max_sentences - taken]:
            cost = tokens[index][turn]
            if turn and spent + cost > max_tokens:
                over_tokens += len(tokens[index]) - turn
                continue
            kept[index] += 1
            taken += 1
            spent += cost
            if turn + 1 < len(tokens[index]):
                staying.append(index)
        waiting = staying
        turn += 1
    return Budget(tuple(kept), over_tokens, sum(map(len, tokens)) - taken - over_tokens)


def spread_order(count: int) -> list[int]:
    """0..count-1 ordered so that every beginning of the list is spread evenly over the range (bit reversal)."""
    bits = max(1, (count - 1).bit_length())
    return [index for index in (int(f"{i:0{bits}b}"[::-1], 2) for i in range(1 << bits)) if index < count]
