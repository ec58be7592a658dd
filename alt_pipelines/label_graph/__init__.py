"""The tag label graph: how strongly each tag indicates each genre, learned from the recap worker's decisions.

`recap_genre_learning_results` → one mean confidence per (genre, tag) and window → `tag_label_graph`, which genre
refinement reads as a prior. The rules run in SQL (`store`). The tests hold a Python reference of the same rules, and a
property test compares the two. The schedule, the API, the UI and the script all call `run.build_graph`.
"""
