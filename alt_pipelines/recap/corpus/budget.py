"""How many sentences of each article a run may use: every article's first, then its second, while the budgets last.

Taking turns keeps every article in the run; cutting the list at its end lost the later documents of a big genre. Only
the arithmetic of turns belongs here: what is done with the words that were cut is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What bounds the sentences of a run.

    Attributes:
        requested: sentences that the request asks for at most; an article's first sentence does not count.
        installed: sentences that the installation allows at most, whatever is requested.
        tokens: estimated tokens at most; an article's first sentence does not count.
    """

    requested: int
    installed: int
    tokens: int


@dataclass(frozen=True)
class Budget:
    """The outcome of a turn-taking.

    Attributes:
        kept: sentences kept of each article, always its first ones.
        over_tokens: sentences cut because the tokens were used up.
        over_requested: sentences cut because the request asked for no more.
        over_installed: sentences cut because the installation allows no more.
        leads_over_requested: sentences kept beyond `requested`, so that every article keeps its first one.
    """

    kept: tuple[int, ...]
    over_tokens: int
    over_requested: int
    over_installed: int
    leads_over_requested: int


def take_turns(tokens: Sequence[Sequence[int]], limits: Limits) -> Budget:
    """Share out the limits over articles whose sentences have these `tokens`.

    The first turn is bounded by the installation's limit only: a document that is nowhere is worse than a few hundred
    sentences more than requested. Within a turn the articles come in an order that spreads any cut evenly over the
    list. An article whose next sentence does not fit has had its last turn.
    """
    kept = [0] * len(tokens)
    taken = spent = over_tokens = turn = 0
    waiting = [index for index in spread_order(len(tokens)) if tokens[index]]
    while waiting:
        room = (limits.installed if turn == 0 else min(limits.requested, limits.installed)) - taken
        staying = []
        for index in waiting[: max(0, room)]:
            cost = tokens[index][turn]
            if turn and spent + cost > limits.tokens:
                over_tokens += len(tokens[index]) - turn
                continue
            kept[index] += 1
            taken += 1
            spent += cost
            if turn + 1 < len(tokens[index]):
                staying.append(index)
        waiting = staying
        turn += 1
    cut = sum(map(len, tokens)) - taken - over_tokens
    by_installation = limits.installed < limits.requested or 0 in kept
    return Budget(
        kept=tuple(kept),
        over_tokens=over_tokens,
        over_requested=0 if by_installation else cut,
        over_installed=cut if by_installation else 0,
        leads_over_requested=max(0, taken - limits.requested),
    )


def spread_order(count: int) -> list[int]:
    """0..count-1 ordered so that every beginning of the list is spread evenly over the range (bit reversal)."""
    bits = max(1, (count - 1).bit_length())
    return [index for index in (int(f"{i:0{bits}b}"[::-1], 2) for i in range(1 << bits)) if index < count]
