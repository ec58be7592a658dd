"""Fit the judgement of shortlists and write judgement.json and judgement.npz, and calibrate the tags of all languages.

    python -m benchmarks.fit_judgement [--dry-run]

The data are alt_pipelines_tests/support/data/judged_articles.jsonl: articles in 23 languages, written for this project
by 59 writers who knew neither the code nor its results. Each judged the phrases of the shortlists of their own
articles, in no order and without scores: chosen (an editor could choose it as a tag), fine, or unfit (a reader would be
ashamed of it: a wrong cut, an oblique form, an empty word). Every article has the same weight.

The figures are out of fold by groups of writers: no article is judged by a network that was fitted on articles of the
same writer. The ranking under them is the shipped one. "Unfit" and "chosen" count only phrases that were judged.

Run `python -m benchmarks.fit_tag_weights` afterwards: the calibration of English and Japanese depends on the judgement.
"""

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from alt_pipelines.tagging.extraction import ranking, refinement
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.judgement import JUDGED, Judge, Network, apply, judged_values
from alt_pipelines.tagging.extraction.ranking import FEWEST, Ranked, first_model
from alt_pipelines.tagging.extraction.shortlist import prepared, selected
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.judged_data import judged_articles
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import PROJECT
from benchmarks.fit_tag_weights import GATE, OUT, load_encoder
from benchmarks.judgement_network import Training, trained
from benchmarks.tag_calibration import calibration_error

JUDGEMENT = PROJECT / "alt_pipelines" / "tagging" / "extraction" / "judgement.json"
# Chosen on the figures out of fold. The vectors are many times as many values, and need more dropout.
TRAINING = {
    "features": Training(hidden=128, input_dropout=0.05, dropout=0.3, epochs=20, batch=128, rate=0.001),
    "vectors": Training(hidden=256, input_dropout=0.3, dropout=0.5, epochs=12, batch=512, rate=0.003),
}
# Probabilities of being unfit that no tag exceeds; LATE from the sixth phrase on. In English and Japanese LATE does not
# apply: they have enough phrases, and leaving out more costs F1 on their development sets. The features alone know too
# little to leave out much: in scripts without capitals, only five phrases would be left. With vectors, in 1177 articles
# of 20 or more candidates, cuts of 0.4 and 0.3 leave 5.4 % unfit of 9.9 tags, 0.3 and 0.2 leave 4.9 % of 9.8, 0.15 and
# 0.1 3.9 % of 9.4. In 60 articles of DUC 2001, F1@10 is 40.1 with the second, 39.5 with the last.
CUT = {"features": 0.6, "vectors": 0.3}
LATE = {"features": 0.5, "vectors": 0.2}
# The same for articles of fewer than FEWEST candidates. With 0.3 throughout, one in twenty of the small cases in
# alt_pipelines_tests/cases would lose a tag that an editor expects, such as a name that stands alone in a list.
SHORT = {"features": 1.0, "vectors": 0.95}
SHORT_LATE = {"features": 1.0, "vectors": 0.6}
FOLDS = 8  # groups of writers
PRIOR = 30.0  # tags: a language with as many gets half of its own offset
GENERIC = {"features": "generic", "vectors": "generic+vectors"}  # the calibrated model of each set of features


@dataclass(frozen=True)
class Shortlist:
    """A shortlist of a judged article: values of its phrases, and -1 unfit, 0 fine, 1 chosen, or None, for each."""

    language: str
    writer: int
    ranked: Ranked
    values: NDArray[np.float64]
    verdicts: list[int | None]
    chosen: int  # phrases of the article that were chosen


@dataclass(frozen=True)
class Judged:
    """A selected tag: its score and the number of candidates that it was selected from, and whether it was chosen."""

    language: str
    score: float
    candidates: int
    good: bool


def main() -> None:
    """Fit the networks, print their figures and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    options = parser.parse_args()
    stored = json.loads(OUT.read_text("utf-8"))
    judges: dict[str, Judge] = {}
    for name, shortlists in shortlists_of(load_encoder()).items():
        if name == "features":
            table("the ranking alone", shortlists, {id(one): one.ranked for one in shortlists})
        held_out = out_of_fold(shortlists, name)
        tags = table(f"judged by {name}", shortlists, held_out)
        calibrate(stored, GENERIC[name], [tag for tag in tags if tag.language not in ("en", "ja")])
        judges[name] = fit(shortlists, name)
    if not options.dry_run:
        write(judges)
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def write(judges: Mapping[str, Judge]) -> None:
    """Write the judges into the folder of the product's code, the weights of the hidden layers in half precision."""
    languages = sorted(set().union(*(judge.languages for judge in judges.values())))
    limits = {
        name: {limit: getattr(judge, limit) for limit in ("cut", "late", "short", "short_late")}
        for name, judge in judges.items()
    }
    known = {"features": list(JUDGED), "languages": languages, "judges": limits}
    JUDGEMENT.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    arrays = {}
    for name, judge in judges.items():
        for field in fields(Network):
            precision = np.float16 if field.name == "hidden" else np.float32
            arrays[f"{name}.{field.name}"] = getattr(judge.network, field.name).astype(precision)
    np.savez_compressed(JUDGEMENT.with_suffix(".npz"), allow_pickle=False, **arrays)


def shortlists_of(encoder: refinement.Encoder) -> dict[str, list[Shortlist]]:
    """Return the shortlists of all judged articles as the first pass makes them, and as the second pass does."""
    found: dict[str, list[Shortlist]] = {name: [] for name in TRAINING}
    for article in judged_articles():
        clean = clean_article(article.title, article.content)
        assert isinstance(clean, CleanText)
        text, language = f"{clean.title}\n{clean.text}", article.language
        first = ranking.rank(find_candidates(clean.title, clean.text, language), first_model(language))
        (second,) = refinement.refine([refinement.Uncertain(clean.title, clean.text, language, first)], encoder)
        for name, ranked in (("features", first), ("vectors", second)):
            ranked = prepared(ranked, text, language)
            vectors = refinement.phrase_vectors([ranked], [text], encoder) if name == "vectors" else None
            assert vectors is not None or name == "features", "the judgement is fitted on the shipped encoder"
            values = judged_values(ranked, text, language, vectors[0] if vectors is not None else None)
            verdicts = [article.verdicts.get(c.form) for c in ranked.candidates]
            chosen = sum(verdict == 1 for verdict in article.verdicts.values())
            found[name].append(Shortlist(language, article.writer, ranked, values, verdicts, chosen))
    return found


def fit(shortlists: Sequence[Shortlist], name: str) -> Judge:
    """Fit the network on the judged phrases."""
    known = [[i for i, verdict in enumerate(one.verdicts) if verdict is not None] for one in shortlists]
    values = np.vstack([one.values[rows] for one, rows in zip(shortlists, known, strict=True)])
    verdicts = np.array([one.verdicts[i] for one, rows in zip(shortlists, known, strict=True) for i in rows])
    weights = np.concatenate([np.full(len(rows), 20 / max(len(rows), 1)) for rows in known])
    languages = frozenset(one.language for one in shortlists)
    network = trained(values, verdicts, weights, TRAINING[name])
    return Judge(network, CUT[name], LATE[name], SHORT[name], SHORT_LATE[name], languages)


def out_of_fold(shortlists: Sequence[Shortlist], name: str) -> dict[int, Ranked]:
    """Return the judged shortlists by the identity of theirs, each by a network fitted on other writers' articles."""
    found: dict[int, Ranked] = {}
    doubts, hopes, unfit, chosen = [], [], [], []
    for fold in range(FOLDS):
        judge = fit([one for one in shortlists if one.writer % FOLDS != fold], name)
        for one in (one for one in shortlists if one.writer % FOLDS == fold):
            logits = judge.network.logits(one.values)
            found[id(one)] = apply(judge, one.ranked, logits, one.language)
            for verdict, doubt, hope in zip(one.verdicts, logits.unfit, logits.chosen, strict=True):
                if verdict is not None:
                    doubts.append(float(doubt))
                    hopes.append(float(hope))
                    unfit.append(verdict == -1)
                    chosen.append(verdict == 1)
    print(f"\nArea under the ROC curve, {name}: unfit {roc_auc_score(unfit, doubts):.3f}, ", end="")
    print(f"chosen {roc_auc_score(chosen, hopes):.3f}\n")
    return found


def table(name: str, shortlists: Sequence[Shortlist], rankings: Mapping[int, Ranked]) -> list[Judged]:
    """Print what readers think of the tags selected from some rankings, by language; return the tags."""
    print(f"| {name} | articles | tags of each | unfit, % | chosen, % | of all chosen, % |\n|---|---|---|---|---|---|")
    tags: list[Judged] = []
    rows: dict[str, list[tuple[int, int, int, int]]] = {}
    for one in shortlists:
        ranked = rankings[id(one)]
        verdicts = {c.form: v for c, v in zip(one.ranked.candidates, one.verdicts, strict=True)}
        tags_of_one = selected(ranked, 10, one.language)
        known = [(verdicts[c.form], score) for c, score in tags_of_one if verdicts[c.form] is not None]
        tags += [Judged(one.language, score, ranked.total, verdict == 1) for verdict, score in known]
        counts = (len(known), sum(v == -1 for v, _ in known), sum(v == 1 for v, _ in known), one.chosen)
        kind = "short articles" if ranked.total < FEWEST else "other articles"
        for key in (one.language, kind, "all"):
            rows.setdefault(key, []).append(counts)
    for key, found in sorted(rows.items(), key=lambda item: (item[0] == "all", len(item[0]) > 2, item[0])):
        count, unfit, chosen, all_chosen = map(sum, zip(*found, strict=True))
        print(
            f"| {key} | {len(found)} | {count / len(found):.1f} | {100 * unfit / count:.0f} | "
            f"{100 * chosen / count:.0f} | {100 * chosen / all_chosen:.0f} |",
            flush=True,
        )
    return tags


def calibrate(stored: dict[str, dict[str, dict[str, float]]], name: str, tags: Sequence[Judged]) -> None:
    """Fit the confidences of the languages without a model of their own on held-out tags (Platt 1999), and store them.

    A language's confidences may differ from the common curve by an offset, shrunk by the number of its tags.
    """
    scores, good = np.array([[tag.score] for tag in tags]), np.array([tag.good for tag in tags])
    fitted = LogisticRegression(C=1e6).fit(scores, good)
    model = replace(first_model("xx"), slope=float(fitted.coef_[0][0]), intercept=float(fitted.intercept_[0]), size=0.0)
    offsets = {}
    for language in sorted({tag.language for tag in tags}):
        own = [tag for tag in tags if tag.language == language]
        expected = fmean(model.confidence(tag.score, tag.candidates) for tag in own)
        seen = (sum(tag.good for tag in own) + 0.5) / (len(own) + 1)
        shift = math.log(seen / (1 - seen)) - math.log(expected / (1 - expected))
        offsets[language] = round(shift * len(own) / (len(own) + PRIOR), 3)
    generic = stored["models"]["generic"]
    stored["models"][name] = generic | {  # type: ignore[assignment, operator]
        key: round(getattr(model, key), 4) for key in ("slope", "intercept", "size")
    }
    stored["offsets"][name] = offsets
    pairs = [
        (replace(model, intercept=model.intercept + offsets[t.language]).confidence(t.score, t.candidates), t.good)
        for t in tags
    ]
    over, under = ([good for confidence, good in pairs if (confidence >= GATE) == side] for side in (True, False))
    print(
        f"\nConfidences of {name}: calibration error {calibration_error(pairs):.3f}; {len(over) / len(pairs):.0%} of "
        f"tags pass {GATE}, precision {fmean(over or [0]):.2f}, of the rest {fmean(under or [0]):.2f}\n"
    )


if __name__ == "__main__":
    with recorded(
        "benchmarks.fit_judgement",
        fitted="The networks are out of fold by writer. Their training, cuts and weights of the ranking were chosen "
        "on these figures. The rankings of English and Japanese are fitted on DUC 2001 and flatton, the others on the "
        "gold texts. The calibration's figures are of held-out scores, with the curve and offsets fitted on the same "
        "tags.",
    ):
        main()
