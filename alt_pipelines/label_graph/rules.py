"""Constants of the graph's rules, shared by the SQL and by the tests' Python reference.

They follow from the contract or from Postgres. What an operator may change (number of tags, minimum confidence, minimum
support) is in `settings.GraphSettings`. The strings are the reasons for skipping a row or a tag, as users see them.
"""

from datetime import timedelta

OTHER = "other"
# Two labels and the window must fit into one B-tree entry of the primary key, whose limit is 2704 bytes.
LONGEST_LABEL_BYTES = 1000
# A row may be this far ahead of the database's clock. A row further ahead would stay in every window until that date.
CLOCK_SKEW = timedelta(hours=1)
# A confidence counts to nine decimals, more than a 4-byte float holds, and at most as 2. In this unit it is a 4-byte
# integer, and integers are summed exactly, fast and in any order.
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
