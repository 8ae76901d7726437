"""Sentences that have a code of their own: code → English template."""

from collections.abc import Mapping
from types import MappingProxyType

TABLE: Mapping[str, str] = MappingProxyType({
    # -- between the words of a row
    "joint.list": ", ",
    "joint.semicolons": "; ",
    "joint.and": " and ",
    "joint.or": " or ",
    # -- marks of checks
    "mark.passed": "passed",
    "mark.doubtful": "doubtful",
    "mark.failed": "failed",
    "mark.not-asked": "not asked",
    # -- is it a film of the kind that the model reads?
    "kind.fits": "Modality, colour, size and contrast are those that the model reads.",
    "kind.modality": "This is {kind} image; the model reads {modalities:and} films.",
    "kind.low": (
        "This film of {rows} × {columns} pixels is too low; the model reads films that are"
        " {least:.2g} to {most:.2g} times as high as wide."
    ),
    "kind.high": (
        "This film of {rows} × {columns} pixels is too high; the model reads films that are"
        " {least:.2g} to {most:.2g} times as high as wide."
    ),
    "kind.small": (
        "This film has only {rows} × {columns} pixels; the model reads a grid of {grid_rows} ×"
        " {grid_columns}."
    ),
    "kind.colour": "This is a colour image; the model reads grey films.",
    "kind.flat": "This film has no contrast: all its pixels have the same value.",
    # -- header and pixels against the model's limits
    "geometry.fits": "The film is {aspect:.2f} times as wide as high.",
    "geometry.narrow": (
        "The film is {aspect:.2f} times as wide as high, which is too narrow: the model reads"
        " {least:g} to {most:g}."
    ),
    "geometry.wide": (
        "The film is {aspect:.2f} times as wide as high, which is too wide: the model reads"
        " {least:g} to {most:g}."
    ),
    "orientation.unsaid": "The header does not say which way up the film is.",
    "orientation.turned": (
        "The header says that the film's upper edge is {top}, not the head (H)."
    ),
    "orientation.mirrored": (
        "The header says that the patient's left is at the left edge: a mirrored film."
    ),
    "orientation.upright": "The header says that the film is upright.",
    "pixels.not-seen": "The pixels were not looked at.",
    "depth.declared": "The film uses the range of values that its header declares.",
    "depth.smaller": (
        "The film has values of a smaller range, {least:g} to {most:g}, than its header declares,"
        " {low:g} to {high:g}; it was read by its own. A dark film is read too bright."
    ),
    "levels.enough": "The film has {levels:,} different grey values.",
    "levels.few": (
        "The film has {levels:,} different grey values; the model needs {needed} or more."
    ),
    "range.inside": "All values lie in the range of the header.",
    "range.outside": (
        "The film has values from {darkest:g} to {brightest:g}; its header allows {low:g} to"
        " {high:g}."
    ),
    "borders.upper": "{share:percent} % at the upper edge ({shade})",
    "borders.left": "{share:percent} % at the left edge ({shade})",
    "borders.lower": "{share:percent} % at the lower edge ({shade})",
    "borders.right": "{share:percent} % at the right edge ({shade})",
    "borders.none": "No wide borders of one value lie around the film.",
    "borders.unusual": "{borders}, which few films of patients have.",
    "borders.lit": (
        "{borders}; the model reads films with at most {limit:percent} % that are not black."
    ),
    "borders.wide": "{borders}; the model reads films with at most {limit:percent} %.",
    "clipping.dark": "{share:percent} % of the pixels have the lowest value.",
    "clipping.bright": "{share:percent} % of the pixels have the highest value.",
    "clipping.too-dark": (
        "{share:percent} % of the pixels have the lowest value; the model reads films of at most"
        " {limit:percent} %."
    ),
    "clipping.too-bright": (
        "{share:percent} % of the pixels have the highest value; the model reads films of at most"
        " {limit:percent} %."
    ),
    # -- maps
    "map.influence": "Influence towards {name}",
    "map.grid": "Influence on {name}",
    # -- whose films the model is for
    "age.unsaid": "The header does not say how old the patient is.",
    "age.days": "{count} {count:day|days}",
    "age.weeks": "{count} {count:week|weeks}",
    "age.months": "{count} {count:month|months}",
    "age.years": "{count} {count:year|years}",
    "age.one": "The patient is {age} old",
    "age.two": "The header gives two ages, {stated} and {counted}",
    "age.inside": "{age}.",
    "age.outside": "{age}; the model reads films of {people}.",
    "people.children": "children of {least:g} to {most:g} years",
    "people.adults": "adults of {least:g} to {most:g} years",
    "people.any": "people of {least:g} to {most:g} years",
    "part.unsaid": "The header does not say which part of the body was examined.",
    "part.fits": "The header says: {part}.",
    "part.other": (
        "The header says that the part examined is {part}; the model reads {accepted:and} films."
    ),
    "view.unsaid": "The header does not say from which side the film was taken.",
    "view.fits": "The header says that the view is {view}.",
    "view.other": (
        "The header says that the view is {view}; the model reads {accepted:and} views."
    ),
    "view.AP": "from the front to the back (AP)",
    "view.PA": "from the back to the front (PA)",
    "view.LL": "left lateral (LL)",
    "view.RL": "right lateral (RL)",
    "view.LATERAL": "lateral",
    "view.RLD": "right lateral decubitus (RLD)",
    "view.LLD": "left lateral decubitus (LLD)",
    "view.RLO": "right oblique (RLO)",
    "view.LLO": "left oblique (LLO)",
    "view.OBLIQUE": "oblique",
    "sex.unsaid": "The header does not say the patient's sex.",
    "sex.fits": "The patient is {found}.",
    "sex.other": "The patient is {found}; the model reads films: {accepted:or}.",
    "sex.female": "female",
    "sex.male": "male",
    "sex.another": "of another sex",
    "laterality.unsaid": "The header does not say which side the film shows.",
    "laterality.fits": "The header says that the film's side is: {found}.",
    "laterality.other": (
        "The header says that the film's side is: {found}; the model reads films: {accepted:or}."
    ),
    "side.left": "left",
    "side.right": "right",
    "side.unpaired": "unpaired",
    "side.both": "both sides",
    "population.unsaid": "its maker did not say",
    "population.anybody": "nothing: whoever it shows",
    "population.all": "{parts:semicolons}",
    "population.ages": "ages {least:g} to {most:g} years",
    "population.parts": "body part {values:or}",
    "population.views": "views {values:or}",
    "population.sexes": "sexes {values:or}",
    "population.sides": "laterality {values:or}",
    # -- what other models, guard and forecaster say of what the film shows
    "admission.none": "This bundle asks no other model what a film shows.",
    "admission.unasked": "What the film shows could not be asked, so there is no answer: {why}.",
    "admission.missing": "the model “{model}”, which would tell, is not installed or damaged",
    "admission.other-classes": "the model “{model}” knows other classes than this one expects",
    "admission.small": "the film does not fill the grid of the model “{model}”",
    "admission.fits": "It looks like: {seen}.",
    "admission.doubtful": (
        "It looks like {accepted:or}, but not clearly: {share:.2f}, where the model answers from"
        " {least:.2f}."
    ),
    "admission.unclear": "It is not clear that this is what the model reads: {accepted:or}.",
    "admission.other": (
        "This looks like another kind of image ({seen}); the model reads only: {accepted:or}."
    ),
    "admission.stranger": "{kind}, and no answer of this model fits it.",
    "guard.none": "This bundle has no guard: films that are turned or made up are not told.",
    "guard.fits": "It looks like a film that the model reads (wrong in any way: {wrong:small}).",
    "guard.doubtful": (
        "It may be wrong in some way ({kind}): {wrong:small}, where the model abstains above"
        " {limit:small}."
    ),
    "guard.upside-down": "This film looks upside down; the model reads upright films.",
    "guard.mirrored": (
        "This film looks mirrored, with the heart on the wrong side; the model reads films that"
        " are not. A patient's heart may lie there, too: look before you turn the film."
    ),
    "guard.inverted": (
        "This film looks inverted, bright for dark; the model reads bones as bright."
    ),
    "guard.left-side-down": (
        "This film looks turned by a quarter to the left; the model reads it upright."
    ),
    "guard.right-side-down": (
        "This film looks turned by a quarter to the right; the model reads it upright."
    ),
    "guard.no-such-film": "This does not look like a film of the kind that the model reads.",
    "guard.drawn": "This film looks drawn by this program; the model reads films of patients.",
    "guard.wrong": "This film looks wrong (“{kind}”); the model does not read it.",
    "wrong.upside-down": "upside down",
    "wrong.mirrored": "mirrored",
    "wrong.inverted": "inverted",
    "wrong.left-side-down": "left side down",
    "wrong.right-side-down": "right side down",
    "wrong.no-such-film": "no such film",
    "wrong.drawn": "drawn",
    "surprise.none": "This bundle expects no rows: how unusual a film is, is not told.",
    "surprise.usual": (
        "Row by row it is more surprising than {percentile:.0f} % of validation films."
    ),
    "surprise.unusual": (
        "Row by row it is more surprising than {percentile:.0f} % of validation films:"
        " {value:.2f}, where the model abstains above {limit:.2f}."
    ),
    "surprise.strange": (
        "This film is more surprising, row by row, than nearly all films that the model was tried"
        " on; the model reads films like those."
    ),
    # -- which other model to take
    "suggest.model": "“{title}” ({name})",
    "suggest.a": "This looks like a {seen}",
    "suggest.an": "This looks like an {seen}",
    "suggest.turned": "{model} reads such films, but not this one: {reason}",
    "suggest.such": "{kind}: {model} reads such images.",
    "suggest.alike": "{model} reads images like this one.",
    "suggest.none": "{kind}; no installed model reads it.",
    "suggest.not": "{kind}; {model} reads such images, but not this one: {reason}",
    # -- the film that Influence starts from
    "baseline.mean": "the mean film",
    "baseline.midway": "the film midway between the classes",
    "baseline.blank": "the blank film",
    "baseline.blurred": "the blurred film",
    "baseline.class-mean": "the mean film of “{of}”",
    "baseline.film": "the film {name}",
    "start.mean": "mean film",
    "start.midway": "midway film",
    "start.blank": "blank film",
    "start.blurred": "blurred film",
    "start.class-mean": "mean film of “{of}”",
    "start.film": "film {name}",
    "baseline.decided": "{film:capital} is itself answered “{name}” {probability:.2f}",
    "baseline.certain": "{film:capital} is itself answered “{name}” above 0.99",
    # -- verdicts on maps and on the answer by row
    "influence.deletion.random": "Influence: deletion, random order",
    "influence.deletion.edges": "Influence: deletion, edge detector",
    "influence.midway.deletion.random": "Influence from midway: deletion, random order",
    "influence.midway.deletion.edges": "Influence from midway: deletion, edge detector",
    "state.deletion.random": "State: deletion, random order",
    "state.deletion.edges": "State: deletion, edge detector",
    "influence.insertion.random": "Influence: insertion, random order",
    "influence.insertion.edges": "Influence: insertion, edge detector",
    "influence.weights": "Influence: random weights",
    "influence.weights.sizes": "Influence: random weights, without signs",
    "influence.weights.cascade": "Influence: random weights, layer by layer",
    "influence.seeds": "Influence: other seeds",
    "influence.agreement.gradients": "Influence: agreement with integrated gradients",
    "influence.agreement.shapley": "Influence: agreement with Shapley values",
    "influence.completeness": "Influence: completeness",
    "influence.pointing": "Influence: peak inside finding",
    "influence.share.position": "Influence: explained by row position",
    "influence.share.mean-map": "Influence: explained by mean map of other films",
    "influence.share.mean-film": "Influence: explained by mean film",
    "state.share.position": "State: explained by row position",
    "state.share.mean-map": "State: explained by mean map of other films",
    "state.share.mean-film": "State: explained by mean film",
    "raw-state.share.position": "Raw state: explained by row position",
    "raw-state.share.mean-map": "Raw state: explained by mean map of other films",
    "raw-state.share.mean-film": "Raw state: explained by mean film",
    "grid.deletion.random": "Rows × columns: deletion, random order",
    "grid.deletion.edges": "Rows × columns: deletion, edge detector",
    "grid.weights": "Rows × columns: random weights",
    "grid.pointing": "Rows × columns: peak inside finding",
    "grid.lungs": "Rows × columns: |Influence| within the lungs",
    "by-row.worst": "Answer by row: worst calibration error",
    "by-row.mean": "Answer by row: mean calibration error",
    "nuisance.moved": "Nuisance: mean change of the probability, worst change",
    "nuisance.crossed": "Nuisance: films answered otherwise, worst change",
    "nuisance.wider": "file stretched, 20 % wider",
    "nuisance.higher": "file stretched, 20 % higher",
    "nuisance.wider-inside": "image stretched within its frame, 20 % wider",
    "nuisance.higher-inside": "image stretched within its frame, 20 % higher",
    "nuisance.cropped-little": "5 % cropped from each side",
    "nuisance.cropped-much": "10 % cropped from each side",
    "nuisance.dark-frame": "dark frame of 5 %",
    "nuisance.light-frame": "light frame of 5 %",
    "nuisance.shifted-left": "shifted left by 5 %",
    "nuisance.shifted-right": "shifted right by 5 %",
    "nuisance.shifted-up": "shifted up by 5 %",
    "nuisance.shifted-down": "shifted down by 5 %",
    "nuisance.blurred": "blurred a little",
    "nuisance.compressed": "compressed as JPEG, quality 50",
    "nuisance.brighter": "brighter by 10 %",
    "nuisance.darker": "darker by 10 %",
    "nuisance.gamma-up": "gamma 1.3",
    "nuisance.gamma-down": "gamma 0.75",
    "nuisance.native": "at its native shape",
    "nuisance.against-shape": "films whose shape points the wrong way",
    "rule.moved": "at most {most:g}",
    "rule.nuisance": "at most {most:g} %",
    "audit.change": "{change}: {measured}",
    "audit.percent": "{percent:.1f} %, {films:,} {films:film|films}",
    "rule.factor": "random area / own area at least {least:g}",
    "rule.better": "factor above 1, whole interval",
    "rule.unlike": "size of the correlation at most {most:g}",
    "rule.alike": "correlation at least {least:g}",
    "rule.own": "at most {most:g} of the variance",
    "rule.cascade": "size at most {most:g} at the end",
    "rule.residual": "at most {most:g} % of the change left over",
    "rule.pointing": "above chance, whole interval",
    "rule.by-row": "at most {most:g}",
    "audit.stage": "{name} {value:score}",
    "audit.stages": "{stages:list}; {films:,} films",
    "audit.residual": "{percent:.2g} % left over, {films:,} films",
    "audit.pointing": "{hits}; by chance {chance:.2f}",
    "audit.lungs": (
        "{within}; the lungs take {film:.2f} of the film, edges have {edges:.2f} there ({lungs})"
    ),
    "audit.worst": "{worst}, after step {step}; by chance up to {chance:.2f}",
    "audit.mean": "{mean}; by chance up to {chance:.2f}",
    "verdict.passes": "passes",
    "verdict.fails": "fails",
    "verdict.not-measured": "not measured",
    # -- measured numbers
    "figure.score": "{value:score} ({low:score}–{high:score}), {films:,} {films:film|films}",
    "figure.score-untold": "{value:score} (too few to tell), {films:,} {films:film|films}",
    # -- results: what was measured
    "result.of": "{of} {what}",
    "result.auc": "AUC",
    "work.compare": "a comparison with another one",
    "work.by-row": "calibrating the answer by row",
    "finding.unset": "No films were held out to set a threshold for this finding.",
    "finding.few": (
        "Too few validation films for this finding: {there:,} with it and {absent:,} without,"
        " {least:,} of each are needed."
    ),
    "task.figure": "{name}",
    "task.figure-of": "{name} of “{of}”",
    "result.accuracy": "accuracy",
    "result.accuracy-of": "accuracy of “{name}”",
    "result.accuracy-with": "accuracy, films with the finding only",
    "result.accuracy-without": "accuracy, films without the finding only",
    "result.sensitivity": "sensitivity",
    "result.specificity": "specificity",
    "result.brier": "Brier score",
    "result.brier-with": "Brier score, films with the finding only",
    "result.brier-without": "Brier score, films without the finding only",
    "result.pointing": "peak inside finding",
    "result.lungs": "|Influence| within the lungs",
    "result.nuisance": "worst change that means nothing",
    "result.nuisance-crossed": "most films answered otherwise",
    "result.worst-sensitivity": "least sensitivity at the threshold",
    "result.worst-specificity": "least specificity at the threshold",
    "result.worst-calibration_error": "largest calibration error",
    "result.shape-alone": "AUC of the shape alone",
    "result.shape-matched": "AUC among films of one shape",
    "result.figure-moved": "{change}: {figure} moves by {moved:score}",
    "result.moved": "{change}: probability moves by {moved:.3f} in the mean",
    "result.films": "films",
    "result.skipped": "skipped files",
    "result.sets": "{level:percent} % sets hold “{name}”",
    "result.set-size": "classes in a set",
    "result.calibration": "calibration error",
    "result.calibration-intervals": "calibration error of intervals",
    "result.width": "mean width of intervals",
    "result.inside": "positives inside the mean interval",
    "result.refused.guard": "refused by guard",
    "result.refused.surprise": "refused by surprise",
    "result.refused.any": "refused by any",
    "result.refused-if": "refused if {kind}",
    "result.deletion": "deletion",
    "result.weights": "random weights",
    "result.audited": "films of these tests",
    "result.mean-film": "answer to the mean film",
    "result.baseline": "baseline",
    "result.shared": "shared by splits",
    "result.warning": "warning",
    "result.test": "test",
    "result.seeds": "seeds",
    "result.over-seeds": "test {figure} over seeds",
    "result.over-folds": "{score} over {folds} folds",
    "result.each-fold": "{score} of each fold",
    "result.loss-over-folds": "log loss over folds",
    "split.training": "training",
    "split.validation": "validation",
    # -- results: what came out
    "result.pointing-of": "{figure}, {films:,} films",
    "result.set-sizes": "{size:.2f}, one in {single}",
    "result.inside-bins": "in {inside} of {bins} bins, within chance in {compatible}",
    "result.deletions": "{value:.2f}, random {random:.2f}",
    "result.correlation": "rank correlation {value:correlation}",
    "result.films-of": "{films:,} {where} films",
    "result.some-films-of": (
        "{told:,} of {films:,} {where} films; the others' answer is that of the mean film"
    ),
    "result.answer": "{value:.2f} for “{name}”",
    "result.decided": "{words}: its maps show only what differs from it",
    "result.none-yet": "none yet",
    "result.untold": "not told from chance on the validation films: {words}",
    "result.tested": "{films}, from {source}, split “{split}”, on {day}",
    "chosen.youden": (
        "largest Youden index on {films:,} validation films of {patients:,} patients"
    ),
    "chosen.sensitivity": (
        "sensitivity of at least {least:g} on {films:,} validation films of {patients:,} patients"
    ),
    "source.halves": (
        "{whole}; each half of the patients with a calibration fitted to the other half"
    ),
    "source.some": "{some:,} of {whole}",
    "source.split": "{data}, split “{split}”",
    "source.held-out": "{films:,} films held out",
    "source.films": "{films:,} films of {data}",
    "source.films-of": "{films:,} {split} films of {data}",
    "count": "{count:,}",
    "count.of-patients": "{count:,} of {patients:,} patients",
    "count.unknown": "unknown",
    "leaks.none": "nothing found",
    "leaks.none-unknown": "nothing found; whose films they are is not known",
    "leaks.allowed": "{found}; allowed by the recipe",
    "leaks.allowed-unknown": "{found}; allowed by the recipe; whose films they are is not known",
    "leaks.kinds": "{kinds:semicolons}",
    "leaks.counted": "{leaks:list}",
    "leaks.patient": "{count:,} {count:patient|patients} in {one} and {other}",
    "leaks.exact": "{count:,} exact {count:copy|copies} in {one} and {other}",
    "leaks.near": "{count:,} near {count:copy|copies} in {one} and {other}",
    "seeds.rule": "the median of the validation losses, a rule set before the first training",
    "seeds.kept": "{count}; kept is seed {seed}, {rule}",
    "seeds.spread": "{low:.3f} to {high:.3f}, mean {mean:.3f} ± {deviation:.3f} (SD)",
    "seeds.auc": "AUC",
    "seeds.accuracy": "accuracy",
    "seeds.sensitivity": "sensitivity",
    "seeds.specificity": "specificity",
    "seeds.calibration_error": "calibration error",
    "score.auc": "AUC",
    "score.macro-auc": "mean AUC",
    "score.accuracy": "accuracy",
    "score.below-zero": "{figure}, below zero",
    "folds.blocks": "{figure}, neighbouring patients",
    "folds.drawn": "{figure}, patients drawn by class",
    "folds.each": "{scores:list}; SD {spread:.3f}",
    "figure.plain": "{value:.3f}",
    "figure.none": "not measured",
    "figure.of-films": "{figure}, {films:,} {films:film|films}",
    "figure.number": "{value:.3f} ({low:.3f}–{high:.3f})",
    "figure.number-untold": "{value:.3f} (too few to tell)",
    "figure.share": "{value:share} % ({low:share}–{high:share} %)",
    "figure.share-untold": "{value:share} % (too few to tell)",
    "figure.whole-share": "{value:percent} % ({low:percent}–{high:percent} %)",
    "figure.whole-share-untold": "{value:percent} % (too few to tell)",
    # -- gates of a cell, and the states that they make
    "gate.reset": "reset",
    "gate.update": "update",
    "gate.candidate": "candidate",
    "gate.input": "input",
    "gate.forget": "forget",
    "gate.output": "output",
    "gate.cell-state": "cell state",
    "gate.hidden-state": "hidden state",
})  # fmt: skip
