"""Allocate the sentence budget in rounds: every article's first sentence, then its second, until the budget is used up.

The rounds keep every article in the run. Truncating the list of sentences instead lost the later documents of a large
genre.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of a run's sentences. The first sentence of every article is kept beyond each of them.

    Attributes:
        requested: maximum number of sentences in the request.
        installed: maximum number of sentences in the settings; the smaller of both applies.
        tokens: maximum number of estimated tokens.
    """

    requested: int
    installed: int
    tokens: int


@dataclass(frozen=True)
class Budget:
    """The result of the allocation.

    Attributes:
        kept: number of sentences kept of each article, always its first ones.
        over_tokens: sentences cut by the token limit.
        over_requested: sentences cut by the request's limit.
        over_installed: sentences cut by the installation's limit.
        leads_over_limit: sentences kept beyond the smaller limit, so that every article keeps its first one.
    """

    kept: tuple[int, ...]
    over_tokens: int
    over_requested: int
    over_installed: int
    leads_over_limit: int


def take_turns(tokens: Sequence[Sequence[int]], limits: Limits) -> Budget:
    """Allocate the limits to articles; `tokens` holds the token count of each sentence of each article.

    No limit applies to the first round: losing a document is worse than exceeding a limit by a few hundred sentences,
    and the number of documents has a limit of its own. The order of articles within a round spreads any cut evenly over
    the list. An article whose next sentence does not fit into the token limit gets no further round.
    """
    limit = min(limits.requested, limits.installed)
    kept = [0] * len(tokens)
    taken = spent = over_tokens = turn = 0
    waiting = [index for index in spread_order(len(tokens)) if tokens[index]]
    while waiting:
        room = max(0, limit - taken) if turn else len(waiting)
        staying = []
        for index in waiting[:room]:
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
    by_installation = limits.installed < limits.requested
    return Budget(
        kept=tuple(kept),
        over_tokens=over_tokens,
        over_requested=0 if by_installation else cut,
        over_installed=cut if by_installation else 0,
        leads_over_limit=max(0, taken - limit),
    )


def spread_order(count: int) -> list[int]:
    """Order 0..count-1 so that every prefix is spread evenly over the range (bit reversal)."""
    bits = max(1, (count - 1).bit_length())
    return [index for index in (int(f"{i:0{bits}b}"[::-1], 2) for i in range(1 << bits)) if index < count]
