"""The tag label graph: which tags speak for which genre, learned from what the recap worker decided.

`recap_genre_learning_results` → one mean confidence per (genre, tag) and window → `tag_label_graph`, which genre
refinement reads as a prior. The rules are stated once in words and Python (the tests' reference) and once in SQL
(`store`), where they run; a property test holds the two together. The schedule, the API, the UI and the script all
call `run.build_graph`.
"""
