"""Fit the judgement of shortlists, the phrase layers that it reads, and the calibration of the tags of all languages.

    python -m benchmarks.fit_judgement [--dry-run]

It writes judgement.json, judgement.npz and weights.json, and builds models/multilingual-e5-small again: commit them
together. It takes about an hour on two cores, most of it for the phrase layers, and prints a line after each fold.
`make bench-install` installs what it needs.

The data are alt_pipelines_tests/support/data/judged_articles.jsonl: articles in 23 languages, written for this project
by 90 writers who knew neither the code nor its results. Each judged the phrases of the shortlists of their own
articles, in no order and without scores: chosen (an editor could choose it as a tag), fine, or unfit (a reader would be
ashamed of it: a wrong cut, an oblique form, an empty word). Every article has the same weight.

The figures are out of fold by groups of writers: no article is judged by a network that was fitted on articles of the
same writer. The networks with vectors take long to fit, so they judge two of three groups. The ranking under them is
the shipped one. "Unfit" and "chosen" count only phrases that were judged.

Run `python -m benchmarks.fit_tag_weights` afterwards: the calibration of English and Japanese depends on the judgement.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from alt_pipelines.tagging.extraction.judgement import JUDGED, Limits, Logits, Network, apply, combined, is_short
from alt_pipelines.tagging.extraction.ranking import FEWEST, Ranked, first_model
from alt_pipelines.tagging.extraction.shortlist import selected
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import PROJECT
from benchmarks.fit_tag_weights import GATE, OUT, load_encoder
from benchmarks.judged_shortlists import Shortlist, shortlists_of
from benchmarks.judgement_network import Training, trained
from benchmarks.tag_calibration import calibration_error

JUDGEMENT = PROJECT / "alt_pipelines" / "tagging" / "extraction" / "judgement.json"
LogitsOf = Callable[[Sequence[Shortlist], Sequence[Shortlist]], list[Logits]]  # fitted on the first, of the second
# Chosen on the figures out of fold.
FEATURES = Training(hidden=128, input_dropout=0.05, dropout=0.3, epochs=20, batch=128, rate=0.001)
# Probabilities of being unfit that no tag exceeds; LATE from the sixth phrase on. In English and Japanese LATE does not
# apply: they have enough phrases, and leaving out more costs F1 on their development sets. The features alone know too
# little to leave out much: in scripts without capitals, only five phrases would be left. With vectors, in 1097 articles
# of 20 or more candidates, cuts of 0.2 and 0.12 leave 3.0 % unfit of 9.9 tags and 65.3 % of all chosen phrases, 0.12
# and 0.08 2.5 % of 9.8 and 65.1 %, 0.1 and 0.05 2.3 % of 9.6 and 64.2 %. In English, cuts of 0.12, 0.15 and 0.2 leave
# 3.6, 4.2 and 4.9 % unfit; F1@10 on DUC 2001 is 40.3 with 0.12 and 41.0 with 0.15.
CUT = {"features": 0.6, "vectors": 0.15}
LATE = {"features": 0.5, "vectors": 0.08}
# The same for articles of fewer than FEWEST candidates: in 768, 0.7 and 0.4 leave 8.6 % unfit of 7.8 tags and 91.8 % of
# all chosen phrases, 0.5 and 0.3 6.4 % of 7.5 and 91.2 %, 0.4 and 0.25 5.3 % of 7.2 and 90.7 %. Of 935 small cases
# (alt_pipelines_tests/cases, and the shared ones), 8, 9 and 18 then lose a tag that an editor expects, such as a name
# that stands alone in a list; 6 do so with any limit.
SHORT = {"features": 1.0, "vectors": 0.5}
SHORT_LATE = {"features": 1.0, "vectors": 0.3}
# The least margin, the logit of being chosen minus that of being unfit. In short articles, none, -3, -2 and -1 leave
# 6.5, 5.6, 5.1 and 4.6 % unfit and 91.2, 91.2, 91.1 and 90.5 % of all chosen phrases; of 135 small cases that nobody
# had seen before, 94, 97, 101 and 102 pass. In the others, in languages without a ranking of their own, none, 1.5 and 3
# leave 2.4, 2.2 and 2.0 % unfit and 66.7, 66.5 and 64.8 %.
MARGIN = {"features": -100.0, "vectors": 1.5}
SHORT_MARGIN = {"features": -100.0, "vectors": -2.0}
FOLDS = {"features": 8, "vectors": 3}  # groups of writers
HELD_OUT = {"features": 8, "vectors": 2}  # groups whose articles are judged; each takes a fit without them
PRIOR = 30.0  # tags: a language with as many gets half of its own offset
GENERIC = {"features": "generic", "vectors": "generic+vectors"}  # the calibrated model of each set of features


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
    from benchmarks.judged_by_vectors import ByVectors
    from benchmarks.phrase_training import ship

    encoder = load_encoder()
    shortlists = shortlists_of(encoder)
    table("the ranking alone", shortlists["features"], [one.ranked for one in shortlists["features"]])
    by_vectors = ByVectors(encoder)
    by_both = as_combined(by_vectors.logits, shortlists["features"])
    logits_of: dict[str, LogitsOf] = {"features": by_features, "vectors": by_both}
    for name, found in shortlists.items():
        tags = table(f"judged by {name}", *out_of_fold(found, name, logits_of[name]))
        calibrate(stored, GENERIC[name], [tag for tag in tags if tag.language not in ("en", "ja")])
    if not options.dry_run:
        layers, network = by_vectors.fit(shortlists["vectors"])
        languages = sorted({one.article.language for one in shortlists["vectors"]})
        networks = {"features": features_network(shortlists["features"]), "vectors": network}
        write(networks, languages, ship(layers))
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def limits_of(name: str) -> dict[str, float]:
    """Return the limits of a set of features as they are stored."""
    limits = {"cut": CUT, "late": LATE, "margin": MARGIN}
    limits |= {"short": SHORT, "short_late": SHORT_LATE, "short_margin": SHORT_MARGIN}
    return {limit: values[name] for limit, values in limits.items()}


def write(networks: Mapping[str, Network], languages: Sequence[str], fingerprint: str) -> None:
    """Write the networks, the hidden layers in half precision, and the fingerprint of the phrase layers into the folder
    of the product's code.
    """
    document = {
        "features": list(JUDGED),
        "languages": languages,
        "phrase_layers": fingerprint,
        "judges": {name: limits_of(name) for name in networks},
    }
    JUDGEMENT.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    arrays = {}
    for name, network in networks.items():
        for field in fields(Network):
            precision = np.float16 if field.name == "hidden" else np.float32
            arrays[f"{name}.{field.name}"] = getattr(network, field.name).astype(precision)
    np.savez_compressed(JUDGEMENT.with_suffix(".npz"), allow_pickle=False, **arrays)


def features_network(shortlists: Sequence[Shortlist]) -> Network:
    """Fit the network that judges by features on the judged phrases."""
    known = [[i for i, verdict in enumerate(one.verdicts) if verdict is not None] for one in shortlists]
    values = np.vstack([one.values[rows] for one, rows in zip(shortlists, known, strict=True)])
    verdicts = np.array([one.verdicts[i] for one, rows in zip(shortlists, known, strict=True) for i in rows])
    weights = np.concatenate([np.full(len(rows), 20 / max(len(rows), 1)) for rows in known])
    return trained(values, verdicts, weights, FEATURES)


def by_features(shortlists: Sequence[Shortlist], others: Sequence[Shortlist]) -> list[Logits]:
    """Return the logits of the phrases of other shortlists by a network fitted on some."""
    network = features_network(shortlists)
    return [network.logits(one.values) for one in others]


def as_combined(by_vectors: LogitsOf, first: Sequence[Shortlist]) -> LogitsOf:
    """Return what gives the logits of the second pass as the product combines them, the network of the first pass
    fitted on the shortlists of the same articles in the first pass.
    """

    def logits_of(shortlists: Sequence[Shortlist], others: Sequence[Shortlist]) -> list[Logits]:
        articles = {id(one.article) for one in shortlists}
        features = by_features([one for one in first if id(one.article) in articles], others)
        pairs = zip(others, by_vectors(shortlists, others), features, strict=True)
        return [combined(v, f) if is_short(one.ranked) else v for one, v, f in pairs]

    return logits_of


def out_of_fold(
    shortlists: Sequence[Shortlist], name: str, logits_of: LogitsOf
) -> tuple[list[Shortlist], list[Ranked]]:
    """Return the shortlists of the writers that are held out, and those shortlists as they are judged by a network
    fitted on other writers' articles.
    """
    languages = frozenset(one.article.language for one in shortlists)
    limits = Limits(**limits_of(name), languages=languages)
    judged: list[tuple[Shortlist, Ranked]] = []
    doubts, hopes, unfit, chosen = [], [], [], []
    for fold in range(HELD_OUT[name]):
        held_out = [one.article.writer % FOLDS[name] == fold for one in shortlists]
        others = [one for one, held in zip(shortlists, held_out, strict=True) if held]
        found = logits_of([one for one, held in zip(shortlists, held_out, strict=True) if not held], others)
        for one, logits in zip(others, found, strict=True):
            judged.append((one, apply(limits, one.ranked, logits, one.article.language, one.article.content)))
            for verdict, doubt, hope in zip(one.verdicts, logits.unfit, logits.chosen, strict=True):
                if verdict is not None:
                    doubts.append(float(doubt))
                    hopes.append(float(hope))
                    unfit.append(verdict == -1)
                    chosen.append(verdict == 1)
        print(f"fold {fold + 1} of {HELD_OUT[name]} by {name}: {len(others)} articles", file=sys.stderr, flush=True)
    print(f"\nArea under the ROC curve, {name}: unfit {roc_auc_score(unfit, doubts):.3f}, ", end="")
    print(f"chosen {roc_auc_score(chosen, hopes):.3f}\n")
    return [one for one, _ in judged], [ranked for _, ranked in judged]


def table(name: str, shortlists: Sequence[Shortlist], rankings: Sequence[Ranked]) -> list[Judged]:
    """Print what readers think of the tags selected from some rankings, by language; return the tags."""
    print(f"| {name} | articles | tags of each | unfit, % | chosen, % | of all chosen, % |\n|---|---|---|---|---|---|")
    tags: list[Judged] = []
    rows: dict[str, list[tuple[int, int, int, int]]] = {}
    for one, ranked in zip(shortlists, rankings, strict=True):
        language, verdicts = one.article.language, one.article.verdicts
        known = [(verdicts[c.form], score) for c, score in selected(ranked, 10, language) if c.form in verdicts]
        tags += [Judged(language, score, ranked.total, verdict == 1) for verdict, score in known]
        counts = (len(known), sum(v == -1 for v, _ in known), sum(v == 1 for v, _ in known), one.chosen)
        kind = "short articles" if ranked.total < FEWEST else "other articles"
        for key in (language, kind, "all"):
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
