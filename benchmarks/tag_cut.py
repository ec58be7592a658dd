"""What the cut of weak tags (`tagging.extraction.weak_tags`) does to F1, by set, pass and number of tags.

    python -m benchmarks.tag_cut

"Cut" is the share of the tags that it leaves out. DUC 2001 dev and flatton are out of fold (5 folds): their weights and
calibration are fitted on other articles. Nothing was fitted on the other sets, except on the gold texts.
"""

from collections.abc import Iterable, Sequence

from alt_pipelines.tagging.extraction.article import RawArticle, Tag
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.ranking import first_model, rank, select
from alt_pipelines.tagging.extraction.weak_tags import without_weak
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import Example, folds, load, load_languages, scores
from benchmarks import fit_tag_weights as fitting
from benchmarks.tag_calibration import Judged, calibrated

COUNT = 10
Found = tuple[Example, list[Tag], int]  # with the number of candidates


def out_of_fold(path: fitting.LanguagePath, short: Sequence[fitting.Doc]) -> dict[str, list[Found]]:
    """Return the tags of every article by pass, with confidences."""
    ranked = {}
    judged: dict[str, list[Judged]] = {}
    for train, held_out in folds(len(path.docs), 5, 0):
        fitted = path.fit([path.docs[i] for i in train])
        for i in held_out:
            for name, ranking in path.rankings(path.docs[i], fitted).items():
                ranked[name, i] = ranking
                judged.setdefault(name, []).extend(fitting.judge(path.docs[i], ranking, "held out"))
    whole = path.fit(path.docs)
    for doc in short:
        for name, ranking in path.rankings(doc, whole).items():
            judged[name] += fitting.judge(doc, ranking, "short")
    models = {name: calibrated(whole.first, tags) for name, tags in judged.items()}
    found: dict[str, list[Found]] = {}
    for (name, i), ranking in sorted(ranked.items(), key=lambda row: row[0]):
        chosen = select(ranking, COUNT)
        tags = [Tag(c.form, models[name].confidence(score, ranking.total)) for c, score in chosen]
        found.setdefault(name, []).append((path.docs[i].example, tags, ranking.total))
    return found


def as_shipped(examples: Iterable[Example]) -> list[Found]:
    """Return the tags of the first pass before the cut."""
    found = []
    for example in examples:
        article = RawArticle(example.id, example.title, example.text)
        clean = clean_article(article.title, article.content)
        if isinstance(clean, CleanText):
            ranked = rank(find_candidates(clean.title, clean.text, example.language), first_model(example.language))
            tags = [Tag(c.form, ranked.model.confidence(score, ranked.total)) for c, score in select(ranked, COUNT)]
            found.append((example, tags, ranked.total))
    return found


def main() -> None:
    """Print F1@5 and F1@10 with and without the cut."""
    print("| set | F1@5, @10 with all tags | with the cut | cut |\n|---|---|---|---|")
    for name, (path, short) in fitting.paths(fitting.load_encoder()).items():
        for pass_, found in out_of_fold(path, short).items():
            _row(f"{name}, {pass_}, out of fold", found)
    for name in ("Inspec", "500N", "Japanese news"):
        _row(f"{name}, first pass", as_shipped(load(name)))
    _row("gold texts of other languages, first pass", as_shipped(load_languages()))
    _row("unseen texts of other languages, first pass", as_shipped(load_languages(unseen=True)))


def _row(name: str, found: Sequence[Found]) -> None:
    every = [list(tags) for _, tags, _ in found]
    kept = [list(without_weak(tags, example.language, total)) for example, tags, total in found]
    cells = []
    for rows in (every, kept):
        five, ten, _ = scores([[tag.tag for tag in tags] for tags in rows], [example for example, _, _ in found])
        cells.append(f"{five:.1f}, {ten:.1f}")
    share = 1 - sum(map(len, kept)) / max(1, sum(map(len, every)))
    print(f"| {name} | {' | '.join(cells)} | {share:.0%} |", flush=True)


if __name__ == "__main__":
    with recorded(
        "benchmarks.tag_cut",
        fitted="Only the rows of the gold texts are of texts that the weights were fitted on.",
    ):
        main()
