"""Names and numbers of the graph's rules that both their statements use: the SQL and `reference.py`.

What an operator may change (how many tags, which confidence, how much support) is in `settings.GraphSettings`; here is
what follows from the contract or from Postgres, and the reasons for leaving something out, as a person reads them.
"""

from datetime import timedelta

OTHER = "other"
# Two labels and the window must fit into one entry of the primary key's B-tree, which ends at 2704 bytes.
LONGEST_LABEL_BYTES = 1000
# A row may be this much ahead of the database's clock; one further ahead would never leave the window again.
CLOCK_SKEW = timedelta(hours=1)
# A confidence counts to nine decimals, more than four bytes of float hold, and at most as 2: in this unit it is an
# integer of four bytes, and integers are summed exactly, fast, and in any order.
CONFIDENCE_UNIT = 1_000_000_000
HIGHEST_CONFIDENCE = 2

FUTURE = "dated in the future"
BAD_DECISION = "refine_decision is not an object"
BAD_GENRE = "final_genre is not a string"
LONG_GENRE = "final_genre is too long"
BAD_PROFILE = "tag_profile is not an object"
BAD_TAGS = "top_tags is not a list"
BAD_TAG = "a tag is malformed"
NO_TAGS = "no tags"

BLANK_LABEL = "blank label"
LONG_LABEL = "label too long"
LOW_CONFIDENCE = "confidence below the minimum"
