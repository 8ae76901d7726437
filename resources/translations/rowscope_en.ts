<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> or </source>
        <comment>between two keys</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n above the threshold of {read} read</source>
        <translation>
            <numerusform>%n above the threshold of {read} read</numerusform>
            <numerusform>%n above the threshold of {read} read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n abstained</source>
        <translation>
            <numerusform>%n abstained</numerusform>
            <numerusform>%n abstained</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days before</source>
        <translation>
            <numerusform>%n day before</numerusform>
            <numerusform>%n days before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files cannot be read; see the list.</source>
        <translation>
            <numerusform>%n file cannot be read; see the list.</numerusform>
            <numerusform>%n files cannot be read; see the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films</source>
        <translation>
            <numerusform>%n film</numerusform>
            <numerusform>%n films</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films are listed.</source>
        <translation>
            <numerusform>%n film is listed.</numerusform>
            <numerusform>%n films are listed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films in the lasso</source>
        <translation>
            <numerusform>%n film in the lasso</numerusform>
            <numerusform>%n films in the lasso</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films were left out</source>
        <translation>
            <numerusform>%n film was left out</numerusform>
            <numerusform>%n films were left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films; line: this film</source>
        <translation>
            <numerusform>%n film; line: this film</numerusform>
            <numerusform>%n films; line: this film</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n maps</source>
        <translation>
            <numerusform>%n map</numerusform>
            <numerusform>%n maps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marks</source>
        <translation>
            <numerusform>%n mark</numerusform>
            <numerusform>%n marks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the table</source>
        <translation>
            <numerusform>%n more in the table</numerusform>
            <numerusform>%n more in the table</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more passed</source>
        <translation>
            <numerusform>%n more passed</numerusform>
            <numerusform>%n more passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more: see the reading.</source>
        <translation>
            <numerusform>%n more: see the reading.</numerusform>
            <numerusform>%n more: see the reading.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n not read</numerusform>
            <numerusform>%n not read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notes on this file</source>
        <translation>
            <numerusform>%n note on this file</numerusform>
            <numerusform>%n notes on this file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other classes</source>
        <translation>
            <numerusform>%n other class</numerusform>
            <numerusform>%n other classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n patients</source>
        <translation>
            <numerusform>%n patient</numerusform>
            <numerusform>%n patients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pixels</source>
        <translation>
            <numerusform>%n pixel</numerusform>
            <numerusform>%n pixels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read</source>
        <translation>
            <numerusform>%n read</numerusform>
            <numerusform>%n read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n series</numerusform>
            <numerusform>%n series</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies</source>
        <translation>
            <numerusform>%n study</numerusform>
            <numerusform>%n studies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units</source>
        <translation>
            <numerusform>%n unit</numerusform>
            <numerusform>%n units</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;All units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Automatic window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bare film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Best window of a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Boxes and outlines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cobb angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete the mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Demo study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Deviation or raw state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find in the worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Influence map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Invert grey levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light or dark colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Link the panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Magnifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Messages…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next baseline of Influence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open films…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Overlays of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Own call first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reference lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Row cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;State map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Take out of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text on the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;What if</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names in a row</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 is closed, 1 is open; a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 model row = {rows:.1f} stored rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 step = {rows:.1f} stored rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 % certain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1–{count} finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>50 % a guess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A band is not the outline of a lesion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A length is in millimetres only where that is true, and of a kind that is named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A map and a dashed box point at; they are not an outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A plain RNN has no gate: all of its state passes through every step. What the row and the state before drive a unit with adds up before the tanh, which gives the state now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A recurrent network reads each film row by row, says how sure it is, and what moved it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second call. The first one stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A side that the model does not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A singular value says how much the matrix can stretch what comes in, in one direction. It is multiplied once a step, so it has no eigenvalues that would mean something.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A view that the model does not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ANSWER CONFIDENCE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abdomen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About &amp;Rowscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Rowscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Absent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abstained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abstained: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy on validation films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the call …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After each row off by up to {off:.2f} ({source}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After recording the model&apos;s answer is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age of the patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All &amp;keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All commands have the keys that they came with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All gates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All rows above each step are replaced by five other contents and the film is read again: only this says whether they could have affected the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that was measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An age that the model does not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An index holds the state of the network at every step of many films. It shows where else the network was in a state.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An index needs a model and two films in the list, or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An index of films shows them, and how this unit is distributed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An outline goes round the pixels that are at least this probable. Another cut draws other outlines and areas; the figures of the model&apos;s tests hold for its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another kind of image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another part examined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer by row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer by row: the probability of every class if reading stopped after that step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer of {model} to a changed film ({edits}) beside that to the film as read; log-odds of {name}. A what-if of the model, not of the patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apache License 2.0. Typeface: Inter, SIL Open Font License.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appears after your own call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appears when a model has read the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appears when films are indexed: see the page Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appears when the mouse is released</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrays (npz)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow wi&amp;th text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow with text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As read | changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As shipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the network numbers them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the edge of usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the right stands the answer: a probability, its interval, and the threshold that decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the same share of the height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At this threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Audit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B blinks it over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BLOCK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the first keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the model&apos;s threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being measured …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best window of a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beyond the header&apos;s range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box {number} · {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes that the model draws (Shift+O: all regions)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken by the State map, as expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush rows to see it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brushed rows become</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By column above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By index until it is known what each unit brings to the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the step at which a unit is farthest from zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By what a unit brings to the log-odds: over all steps, their gradient by the unit&apos;s state, times the state&apos;s deviation from the training mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CENTER WIDTH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CENTRE WIDTH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CKA: how alike the states are as a whole, without matching; 0 unrelated, 1 alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CLASS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CODE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CODE KEYS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COLUMN ROW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COLUMN,ROW COLUMN,ROW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can the map be trusted?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caption and Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change against {film}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change of influence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change of the log-odds against {film}, step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the film and let the model read it again: brush rows with Shift and a drag over the film, or move the whole of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a gate: only a square matrix that is multiplied again has eigenvalues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a key and press another one. Changes hold at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the model that is to read the film, at the top right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what the film or the model is compared with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen units off or on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a column of the hidden state to choose a unit; click more of them for a group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cobb angle {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cobb {angle}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of the brushed rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare all four</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare reading directions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with the &amp;prior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with the untrained network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with the prior film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence in per cent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conformal prediction set: of films like the validation films, {level:.3g} % of each class have it among those that cannot be excluded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content of the film: {content}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y the marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Current {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DEGREES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoded pixels kept in memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all mar&amp;ks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deviation from the training mean, or the raw state (D)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference, log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different patients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different patients: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Directions that count: 1 where one singular value has all the weight, as many as there are where all are equal (participation ratio of their squares).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance of rows {row:g} mm, of columns {column:g} mm: {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does the filling matter?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the marker to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to leaf through the frames; light: loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag with Shift over the film to brush rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing (SVG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a film here, or press Ctrl+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop films anywhere in this window: files, folders, a DICOMDIR, a zip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop films here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport the marks…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eigenvalues, with the unit circle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellip&amp;se</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellipse {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enough rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every result stays hidden until you have recorded your call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export c&amp;alls…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the &amp;log of readings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the &amp;worklist…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the list …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the log of readings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FILE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FINDING</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FINDING VALUE|model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FIRST LAST FILL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed its tests; no outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farther films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer rows than the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill of outlines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill outlines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film and program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film sha256 {hash}, frame {frame}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Films of the index {name} ({films:,} films, {rows:,} rows) in which {model} was in the state of {steps} of this film{changed}; distance: root mean square over steps and units, in standard deviations of each unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a tag, a name or a value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find patients, dates, modalities, descriptions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold what stands beneath the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found calibrated on its test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found on this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found: {places}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a blank film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From it blurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From midway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the mean film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to step…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradients are being measured …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradients by rows back from the last one, relative to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey levels change by a drag or a number key; the stored values never do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey of brushed rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held against a header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden states of layer {layer}, steps × units, {quantity}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden units {units} of {place}, {model}: state by step, and the answer with them {kind}, against {count} random groups of the same size; Δ log-odds of {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden units, as 17, 41, 98; empty is all of them (U)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Horizon, rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Horizon: how many stored rows back a row still moves the last state by 1 % of what the last row does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it was tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of 100 films like yours show the finding. From it and the test&apos;s sensitivity and specificity follow the predictive values; in brackets, from both lower and from both upper ends of their intervals. They hold only as far as your films are like those of the test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much it multiplies for one film, only its maker can say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much it multiplies, only its maker can say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the gradient of the answer shrinks from the last row back, for RNN, LSTM and GRU of this size before training, and for this model, on this film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often validation films with such an answer show this class: once with this film counted as one that does not, once as one that does. One of the two is calibrated; they have no level, as other intervals have. It holds for films like those, not for another hospital&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strongly outlines are filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How usual it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If the rows above were others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If these differ much, the model answers to what was put in, and not to what was taken away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images that differ have one UID: they are told apart by content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In brackets: the {level:g} % interval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the usual range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index the films of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing the films of the list…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence by column, to ±{end:g} log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence by row and column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence by row, or by row and column (Ctrl+Shift+I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence of every cell on {name}, Δ log-odds, rows × columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence of every step on {name}, Δ log-odds, against {baseline}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence, difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence, ρ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert the changed film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IoU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this image for this model?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be moved: the model keeps no films to say what another one does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may name the patient; nothing of it is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It multiplies no matrix.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It reads from both ends: no row is far from the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was lowest after epoch {best}: {loss:.3f}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its probabilities were not found calibrated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep as try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LAYER down|up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LETTER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LLD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LLO</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lay films out by the hanging rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer and direction (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {number} {arrow}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laying out the rows by UMAP…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least probability of a pixel within an outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let Find follow the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link &amp;pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link &amp;scroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link &amp;window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link &amp;zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link the panes (K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List what was opened last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Liver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {film} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look as closely as you like: what the model reads stays the whole film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for an index…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <comment>of a training</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lung</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L{number} {arrow}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MARK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MARK NAME</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MATRIX …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MODEL|none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map, and what moved the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matched on {rows} steps of this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matched on {rows} steps of {films} films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on {source}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mediastinum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memo&amp;ry map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory is known of the last layer alone: its state ends in the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model card and its limits …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model {name} {version}, weights sha256 {hash}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models that rowscope-engine train makes hold them; one that was made elsewhere gets none afterwards. While a training runs, its folder of --tensorboard shows them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model’s view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NAME</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NAME|NUMBER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NUMBER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NUMBER PANE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NUMBERS|all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name patient and study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names of files are then kept on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near points are alike; axes and far distances mean nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearer films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative predictive value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neither model answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neither turned nor made up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest first. The list is kept until the program ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next overlay colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next page at the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next page beneath the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next presentation, or as stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer, no steps to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer, so no rows to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier film of this patient and kind is in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film has been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film is open, so there is no picture of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film of the list fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film on screen has a mark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No gate of this network says what it keeps: its last state is no sum over the rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No gates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No map: the network has not been opened on this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No map: there is no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is installed: films can be seen and measured, but none is read. Open one from the File menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model reads yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pane shows anything yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pane shows anything yet: open a film in Inspect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row is out of reach: replacing those of the first step alone moves the log-odds by up to {moved}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No second model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No wide borders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No: {why}. It shows what the network holds, not what the answer rests on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has tested it. It shows what the network holds, not what the answer rests on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has tested what the maps and the curve of this model are worth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody tested whether they are calibrated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {counted} rules for its maps is broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: the head reads the last layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norm: the root of the sum of all squares (Frobenius).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a diagnosis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not answered: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not clear what it shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found calibrated on its test: a 0.9 may come true more or less often.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known of a network of this kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shown: nobody measured what it is worth row by row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shown: what it says after some rows is off by up to {off:.2f}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shown: {films:,} films are too few to say what it is worth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not tested from {film}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not tested on other films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not tested; no outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not the sex that the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not what the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notebook of all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing from {storage} for {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found at this cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was said so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers are missing or occur twice: the images stand by file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On validation films. Drag a marker to change a threshold; each finding has its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One pixel for one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only above the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only abstained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one of them answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only those I have not seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a film to see what a network does with each of its rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model: the folder that a training wrote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a series first: the film on screen is a single one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a&amp;gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an index…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open films and read them row by row. Research use only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens films and reads them row by row with a recurrent network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order and choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other classes: not compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other rows above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outli&amp;ne</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outlines that the model draws (Shift+O: all regions)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outside the usual range</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Over all steps of %n films</source>
        <translation>
            <numerusform>Over all steps of %n film</numerusform>
            <numerusform>Over all steps of %n films</numerusform>
        </translation>
    </message>
    <message>
        <source>Own call first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PAGE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PANE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PANE FILE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PATH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PATH.pdf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PC 1 {first} · PC 2 {second}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PERCENT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part examined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient and study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps turned or made up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photometric</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels of at least {value:.2f} are within. Drag to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or stop the cine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the frames as a cine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positive predictive value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pr&amp;obe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presentations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prevalence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prevalence in per cent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prior {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability {value:.2f} on a scale from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability, interval and threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probe {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RIGHT DOWN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RLD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RLO</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RNN, LSTM, GRU: {size} units before training, our first weights / torch’s (quiet)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ROWS COLUMNS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ROWSxCOLUMNS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;ference point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read</source>
        <comment>by the model: how fast and on what</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read &amp;all images of this series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read &amp;or Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read all images of this series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read in {seconds:.2f} s on {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read or Inspect (Tab)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the &amp;guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read with this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading directions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading with the second model …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record my &amp;call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record my call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectan&amp;gle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red, green and blue as they are stored, 8 bits each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo it (Ctrl+Shift+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo the try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename t&amp;he mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only, not a diagnosis: films stay on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only. Not a diagnosis, not a medical device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only. Not a diagnosis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row states</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows above step {step} (stored rows 0–{row}) could not have affected this answer: replaced in {ways} ways, they moved its log-odds by at most {moved}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows and columns are being measured …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the file → rows that the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows × columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rowscope met an error that it did not expect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rowscope opens nothing from the web: save the files here, then drop them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;hutter of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;wap the first two panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SCALE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SECONDS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHARE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STEP …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same patient? The file has no patient ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same patient? {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same state as at {steps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same state as at {steps} of the changed film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same state as at {steps}, changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same state elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save: {form}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second call …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitivity and specificity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several images lie at one place, and nothing tells them apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sex of the patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape of the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape unlike its films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+I takes the next baseline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+O boxes and outlines    . next region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shifted down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shifted right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the &amp;tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the nearest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the weights {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown after recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown as it is: training means are stored of the hidden state alone, and there is no deviation of anything else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Singular values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller range than declared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth enlarged pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth or single pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So the two losses cannot be compared value by value; each can with itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft tissue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some images were found more than once; each is shown once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaks to its own layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaks to layer {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>States, CKA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>States, difference in σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>States, σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay with the film that is shown (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step} of layer {layer}: model rows, gates of units {units} along all steps, what units {strongest} kept, wrote and erased there, and what each step still holds of the final state.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps {first}–{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still showing {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop reading this series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the cine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength of the map over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strongest units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studies of this patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subdural</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surprise is of model rows, not of units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ta&amp;gs of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags of {film}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take away…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temporal bone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten steps down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten steps up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the arrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The &amp;model&apos;s threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Python of this pane is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is hidden until your own call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer to that film waits for your own call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The audit of {model}, measured on {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bare film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blocks of {model} in the order of data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call is then locked. You can add to it, not change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class whose log-odds are asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command “{text}” cannot be read: {name} takes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command “{text}” cannot be read: {name} takes {arguments}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not say what it shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file says only how films are shown. Open these films, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files do not say where the images lie in the patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film as read, in four directions. The network learnt films from the top down only: the other three are new to it. Curves are not calibrated by row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has no study date, so it cannot be told which films are prior.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has padding; its pixels are in the picture as they are stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is being read again …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film itself may show names. Look before you send it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film names no patient ID, so it cannot be told which films are prior.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film that Influence starts from (Shift+I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first: {first}; the second: {second}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder holds no image files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula gives every value back as it was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gaps between the images differ: some may be missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The grey that brushed rows become, on the model&apos;s scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hanging rules in {path} cannot be used: {why}. The program&apos;s own are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head reads a weighted mean of all steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head reads the mean of all steps: each step adds its share of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head reads the state after the last step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head reads the state at the top of the film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header gives two ages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The marks are on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The matrix is too large for a spectrum here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not say which kinds of image it is for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model draws no box on this film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is wrong here: an opacity was drawn at the arrow, and it finds none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model returned no prediction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {name} has changed on disk and was read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s answer is hidden. Record your own call first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s cut of outlines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is being asked …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network reads from top to bottom; the strips show what it holds at each row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pane “{code}” shows nothing yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture itself is not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The reading did not end within %n seconds.</source>
        <translation>
            <numerusform>The reading did not end within %n second.</numerusform>
            <numerusform>The reading did not end within %n seconds.</numerusform>
        </translation>
    </message>
    <message>
        <source>The same network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The smallest value is meant to be shown white (MONOCHROME1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tour has stopped: try everything. Untouched for a while, it begins anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training of {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The values were stretched to 16 bits: they are right to half of the slope.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of epoch {kept} of {epochs} were kept: validation loss {loss:.3f}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The wheel over a series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole film is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {count} strongest of {all}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {level:g} % interval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no command “{name}”; rowscope --commands lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no index for {model} yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no pane “{code}”; take {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no reading of this film yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These chest films are drawn by the program itself: they show no patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They agree: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They answer different questions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They differ: {first} and {second}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film lies on its side: the model gives no answer, and says why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This index holds states of other weights of {name}: make it again, or choose another index.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This index holds states of {other}, and {name} is open: choose that model, or another index.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is all that the model saw of the film: it reads this coarse picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is your cut, not the model&apos;s ({value:.2f}). The figures of its tests hold for its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is your threshold, not the model&apos;s ({value:.2f}). The figures are of the validation films that the model keeps; they hold for films like those.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is your threshold, not the model&apos;s ({value:.2f}). What it does to other films was not measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This map failed its tests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This map is not tested.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This map shows which rows moved the answer, towards the finding or away from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model answers from a weighted mean of all its states: every row reaches it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model answers from its last state.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model answers from the mean of all its states: every row reaches it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model holds no curves of its training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pane &amp;alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This study holds files of several patients; they stand apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To a step&apos;s score this unit adds {score} for each unit of state.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too few grey values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many clipped pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training films at this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training means are stored of the hidden state alone: no deviation of this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True size is not known: this film does not say how large its pixels are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True size is not known: this film has its spacing at the detector, not in the patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True size is not known: this screen does not say how large it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned, by its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned, or made up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UNIT …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last try (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units are numbers from 0 to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units that are off: zero or their mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units that rise and fall together stand side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units, |r|</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlike its films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untrained network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upright, by its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VALUE|model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VIEW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VOI LUT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vanishing gradients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Venn–Abers interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vessels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W {width}  C {center}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WHAT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WORDS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for my call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight onto the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights {name} of {model}, {figures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What brushed rows become</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What does it show?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What each of them would say if reading stopped there. Of a network whose curve nobody measured it is no probability.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if the film were {how}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if {steps} held nothing unusual?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if {steps} were {how}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if: {steps} steps read again in {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left of each row in the last state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left of each step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left of each step in the state that layer {layer} ends with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What moved the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What moved the answer, step by step (I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What of the network is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model saw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the network does appears after your own call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the network&apos;s cells hold after each row (S)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this threshold does to other films was not measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {model} reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which way up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wide borders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Win&amp;dow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window of the full range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words to add to the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>X,Y …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>X1,Y1 X2,Y2 TEXT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, for this network: without the rows that it marks strongest the answer goes {faster:.1f} times as fast as without rows at random. It does not show where a lesion is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your call is kept beside the model&apos;s answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your films are untouched, and you can go on. Please report this:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your films stay on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own call first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own call first: the answer stays hidden until you have recorded yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;into a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom into a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[MODEL]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a baseline is mean, midway, blank or blurred.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a call is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a confidence is 50 to 100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a cut lies between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a fill lies between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a film is flipped {ways}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a film is rotated by {angles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a gate of this network is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a hanging rule is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a language is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a lasso has three corners or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a layer is a number from 1, and down or up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a layout is rows x columns, from 1x1 to 3x3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a layout is rows x columns, from 1x1 to 3x3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a link is {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a link is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list is filtered by {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list is sorted by {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a map is influence, state or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name is letters, digits and dashes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a network of random weights makes nearly the same map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a page is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pixel for each stored pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a place in the plane is X,Y.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a place is COLUMN,ROW, and not “{text}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a projection is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a second model is {names} or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a speed is more than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a stretch is its first and its last step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a theme is dark or light.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a threshold lies between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tool is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a what-if of the model, not of the patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a window is [centre, width] or a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a window is wider than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a workspace is read or inspect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>abdomen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about the model alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above its threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above step 0 there is no row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above step {step} replaced: up to {moved} log-odds, by {filling}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above your threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after the model&apos;s answer was seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against {film}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against {film}; a band is not the outline of a lesion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against {film}; not tested from this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against {film}; not tested from this film; a band is not the outline of a lesion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all text on the film, the least, none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>also off on the next film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an index needs a model and two films in the list, or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an outline has three places or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>ankle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another window on the model&apos;s 0 to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer by row: thin as read, strong without</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as read {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>as stored, %n presentations</source>
        <translation>
            <numerusform>as stored, %n presentation</numerusform>
            <numerusform>as stored, %n presentations</numerusform>
        </translation>
    </message>
    <message>
        <source>as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ask What if about another class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at detector, not corrected for magnification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the next step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the same step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at this step · weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at this threshold, {films}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at which everything is drawn, this time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at your threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>average precision at an overlap of 0.5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>averages of areas, no window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away from {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>band: training films, mean ± 1&#xa0;σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before any answer was seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before any training: what its shape alone does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below its threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below your threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blurred film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bottom up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>breast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brushed steps become mean, blurred, neighbour, mirror, noise SEED, value GREY or film PATH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by influence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by peak step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by the model; yours are not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by the model; yours are saved as they are made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibration not tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cell state; a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cell state; beyond ±3 it hardly changes what the cell shows; not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change of the log-odds against {film}, step by step. {lesion}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change of the log-odds against {film}, step by step; not tested from this film. {lesion}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change the film and read it again, or leave that</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed, as-read or both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a mark, by place, name or id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a region by its number and bring it into sight; 0 chooses none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose hidden units of the layer that is shown by their numbers, or “none”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose units by their numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>click a date, or drag it to a pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>close or open the shutter of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>close the window of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour as stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour row states</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colours are by {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column {column}, row {row}: red {red}, green {green}, blue {blue}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column {column}, row {row}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns of the brushed rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>commands for the window, divided by “;”, as --commands lists them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compare in Inspect with the same network before any training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cspine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoded pixels that are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deviation from the step&apos;s mean; a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deviation from the training mean of the step; a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deviation in σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deviation is on or off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>distance in σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>do it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw boxes and outlines of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw boxes of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw everything at a scale from the next start; 0 is as the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw outlines at another probability of a pixel, or as the model came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw outlines of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw overlay planes in the next colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawn here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each dot is {size} × {size} weights and shows the strongest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>elbow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enlarged pixels are {ways}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch {epoch}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchange dark and bright for the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchange left and right on screen, or top and bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchange the first two panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>explain one of several findings, by its number or name, in strips and maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>extremity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>f, forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed its tests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed its tests: a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed its tests: a state, not importance. {lesion}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fill outlines, 0 to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>film that Influence starts from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>film upside down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>films or folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>find a stretch elsewhere, by its first and last step; “none” follows the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first row read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>foot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forget what was opened last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found at 0.25 false ones a film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found at 1/8 to 8 false ones a film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>g, new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gaps between images differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>give a command other keys; none takes them away, first gives the first back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>give a mark a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>go back to a try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has marks, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held at their training means</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden units, as 17,41,98</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden until your call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hide answers until my own call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>highest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>highest value {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>holds {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>horizon {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>i, input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if reading stopped after step {step}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in each direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in pixels: the file has no spacing that can be trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {seconds:.2f} s on {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index the films of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>influence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>info</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>integration leaves {residual}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interval {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inverted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is being measured …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it asks a question, and nobody is there to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has other parts than rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it names more panes than its layout has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep what is tried</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept + written = the state {state} after this step; kept + erased = before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>knee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest singular value {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest weight {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay Influence by row and column over the film, or by row alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay a map over the film, or none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay films out by the hanging rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay row states out in another plane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay the films out by a hanging rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay the magnifier on a place of the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay what is left of each row over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay what the model saw over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer {number} downwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer {number} upwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left to right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than 0.000001</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than 1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let Influence start from another film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let a second model read the film, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let enlarged pixels run into each other, or show each as one square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let the model read all images of the series on screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let the units stand in another order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let time pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>link the panes in this, or no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list all films again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list it as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list only some of the films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list only what all these words are found in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list the films inside a line in the plane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list what --do understands, and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list what was opened last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list what was said so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log-odds {before} → {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log-odds; the steps sum to the difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lowest value {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lspine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>luminance at column {column}, row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>make a pane the active one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>make the next pane active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>map over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marks of the same name stand together; saved as they are made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean {mean}, σ {std} over {films:,} films; this film {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean ± SD of luminance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean ± SD of modality values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean ± SD of stored values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure an angle at the second place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure from one place to another, in stored pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure in a rectangle, by two corners</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure in an ellipse, by two corners around it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure the angle between two lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure within an outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mirrored top to bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modality value = pixel × {slope} + {intercept}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modality value at column {column}, row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model row {row}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model, answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model, state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>modulus {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than 99 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move the film by pixels of the pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move the film down and right, in model rows and columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>n, new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name of the model to read with, or folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neighbouring rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no film is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no model reads yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no network is open on this film: show it in Inspect first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no other model “{name}” is in the list; open it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no pixel spacing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no series is on screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no such film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no unit is chosen on a film that the model has read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no unit is chosen: these are the strongest at this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody measured it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody tried whether a network of random weights makes another map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody tried whether the answer rests on the rows that it marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>noise, 20 draws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a lesion&apos;s outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not an outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found calibrated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved: lost when the program ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not tested for this model: a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not tested for this model: a state, not importance. {lesion}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not tested: a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>o, output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of all {count} units off by at most {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of this network is shown {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the films that the threshold was chosen on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one colour a film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only nearness counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open a file, a folder or a model; read it anew if it is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open a film that was found, from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open an index of states</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the demo study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the dialog for exports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the dialog for keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the dialog for settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the window without a display, save it when all is read, and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outline: as read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output {row} ← input {column}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over {rows}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overlay {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overlay {name}, hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding ({value})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part of it lies beside the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peak inside a reader&apos;s box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peak step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pelvis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>percentile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>percentile among the same row of validation films; not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>percentile among validation films; not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>picture of all films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>picture of this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>play so many frames a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>play the frames, over and over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>point at a place, from another one, with words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>points at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>presentation {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>print into a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the Python that makes a pane’s numbers on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the picture of the film on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the row cursor on a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the row cursor on a stored row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the threshold elsewhere, or back to the model&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the threshold of a finding elsewhere, or as the model came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the worklist in another order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>r, reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random group, mean of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random unit, mean of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raw hidden state; a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read no more films of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read no more images of series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read the film in all four directions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read the film without the chosen units: on, off; zero or mean is read instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read with a model, by name or folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read with the model that fits the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading {read} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>real part; upwards the imaginary part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>record my call: present, absent or unsure, 50 to 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded {time} UTC, {seen}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>red {red}, green {green}, blue {blue}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redo the try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reference point at column {column}, row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right to left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotate the film on screen, clockwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows above this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows of {film}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows until 1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rule {name}: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved as they are made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>say everything about one block of the model, such as recurrent.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>say one of {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>say the value of a pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>say whose calls these are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>screen pixels for each stored pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scrolls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen by the model, {rows} × {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen, {rows} × {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitivity {sensitivity:.2f}, specificity {specificity:.2f}; {films}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set a reference point, by which films are linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shifted by {rows} and {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shoulder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a centimetre as a centimetre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a frame, counted from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a gate of the network in map and strip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a page at the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a page beneath the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a series of the list in a pane, both counted from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show an entry of the list, counted from 1, where it was left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show another layer, counted from 1, and direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show another workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show every word in another language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show h, c, a gate by its letter, memory or surprise in map and strip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show in Inspect what the model makes of another film, beside this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show it smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show one matrix of the model, or its part for one gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show one stored pixel on each pixel of the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide the worklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide what the file lays over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide where films of other panes cut a film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show so many panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the active pane alone, or all of them again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the demo study by itself, until somebody touches it; nothing is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film as a presentation state does, from 1; 0 is as stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film as when it was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film from its smallest to its greatest value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film with a window of its menu, by its name or place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film with a window of modality values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film with the automatic window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the film with the best window for a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the first frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the frame before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the hidden state against its mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the last frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the last prior of the same kind beside the film; with a model: compare it in Inspect with the one that reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the model: architecture, weights, training, audit or card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the next film of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the tour in a window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the whole film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the window in other colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show what stands in the header of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shown as grey {grey} of 255</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shutter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shutter, open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skull</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smooth enlarged pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard deviation {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stay at the frame that is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stay with the film that is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step} · {name} {before} → {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: its influence changed by {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: up to {moved}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: {share} of the final state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: {value} ({sigma})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: {value} log-odds more than the other one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: {value} log-odds, away from {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}: {value} log-odds, towards {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps go from 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps {first}–{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop comparing in Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored columns {first:.0f}–{last:.0f}: {value} log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored row for the row cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored value at column {column}, row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored, one row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored, {count} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strong: mean of the group, in σ; band: ±&#xa0;1&#xa0;σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>surprise, model row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>swap black and white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>switched off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take a file, or the files of a folder, out of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take a mark away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take all marks of the film away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take another tool into the hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the film that is shown out of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the last gesture back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the magnifier off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the truth of the films from a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text was expected instead of {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer is hidden until your own call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer to that film waits for your own call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the blocks are {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the call could not be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the film has no column {column}, row {row}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the film has one frame only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the film has steps 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>the list has %n entries.</source>
        <translation>
            <numerusform>the list has %n entry.</numerusform>
            <numerusform>the list has %n entries.</numerusform>
        </translation>
    </message>
    <message>
        <source>the matrices are {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model&apos;s probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model&apos;s probability; its test did not find it calibrated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model&apos;s probability; whether it is calibrated was not tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same as its entry in a menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same with a pixel for each stored one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the strongest at this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the threshold of this model cannot be moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the window of the model is not open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the windows of this film are {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>there are %n panes.</source>
        <translation>
            <numerusform>there is %n pane.</numerusform>
            <numerusform>there are %n panes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>there are %n series in the list.</source>
        <translation>
            <numerusform>there is %n series in the list.</numerusform>
            <numerusform>there are %n series in the list.</numerusform>
        </translation>
    </message>
    <message>
        <source>there are tries 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no call to add to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no command with the code “{code}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no film {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no image in this box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no index of this model’s states.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no mark “{which}” on this film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such place on a film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is only one pane.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>this film has %n findings.</source>
        <translation>
            <numerusform>this film has %n finding.</numerusform>
            <numerusform>this film has %n findings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this film has %n presentations; 0 is as stored.</source>
        <translation>
            <numerusform>this film has %n presentation; 0 is as stored.</numerusform>
            <numerusform>this film has %n presentations; 0 is as stored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this film has %n regions.</source>
        <translation>
            <numerusform>this film has %n region.</numerusform>
            <numerusform>this film has %n regions.</numerusform>
        </translation>
    </message>
    <message>
        <source>this index has no labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this model has no cut that can be moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this model has units 0 to {last}; there is no unit {unit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this model, answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this model, last state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this network has no gates, or is not opened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this network reads in one direction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>thorax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threshold {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ticks: {count} random ones; {below} move it less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few to tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top down, as trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>towards {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training films at this step: mean {mean}, σ {std}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tspine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turn the film for the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned 180°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned 270°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned 90°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned by {degrees}°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 0.01 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undo the last try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undone · {how}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit and gate, {when}; the strongest weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit} held at its mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit} switched off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit} {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit}, step {step}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units are numbers from 0 to {last}, or all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units stand by {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>untrained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>u{unit}: sum {total}, {state} {final}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>u{unit}: terms sum to {total}, final {state} {final}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>values of the pixels, 16 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weak: points at, not an outline, no area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what is left of the row at the end; not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what is left of the row in the last state; it is retained, not important</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what is new at the step, −1 to 1; a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the wheel does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole film, nothing cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>window {centre}, {width}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without a touch, until the tour begins anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without an answer there are no steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without its padding: rows {top}–{bottom}, columns {left}–{right}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without the rows that it marks strongest the answer goes only {factor:.1f} times as fast as without rows at random, and {least:g} times is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without {count} px of padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write a note to my call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write a notebook with the Python of every pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write all films as they are shown, as PNG or JPEG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write all marks to a CSV file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write every pane that shows something into a folder, in every form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write the active film as it is shown, as PNG or JPEG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write the log of readings as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write the reader study as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write the reading as PDF, PNG or JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write the values of the pixels as a PNG of 16 bits, and what they mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write the worklist as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write what a pane shows: .png, .svg, .csv, .npz, .py or .ipynb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write what the window shows in the end, without a display, and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your call first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your cut {cut:.2f}, not the model&apos;s {shipped:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your cut {cut}, not the model&apos;s {shipped}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your threshold {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>z, update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom in mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom {percent} %, fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom {percent} %, true size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{above} of {read} above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{block}, {way}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{broken} of {counted} rules for its maps are broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} multiplications and additions for one film, without what is done element by element.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} weights in all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} units held at their means</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} units switched off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{device}, {seconds:.2f} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{epochs} epochs; the training loss fell from {first:.3f} to {last:.3f}. No film was held out, so nothing says whether it learnt by heart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films:,} films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films:,} films of {patients:,} patients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films} films were indexed, and {left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films} in one folder: without labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films}, {positive}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films}; labels: their folders {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{film} itself is “{name}” {value}: the map shows only what differs from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{film}, step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{finding}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first}–{last} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{format}, {columns} × {rows}, {bits} bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{inputs} → {output}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{interval}, {films} films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} belongs to “{command}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}; how good such ones are was not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}; {name} {value} ({ends}) on {films:,} test films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level:.0f} % interval {ends}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level}: neither class fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level}: no class fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level}: only {names} cannot be excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level}: {names} cannot be excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{listed} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low:g} to {high:g}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{map}, this film’s own scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{map}, Δ log-odds per cell of {rows} × {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{millions:,.1f} million multiplications and additions for one film, read once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} at {value:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read now: {storage} is not answering. Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be written: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{name} has %n frames.</source>
        <translation>
            <numerusform>{name} has %n frame.</numerusform>
            <numerusform>{name} has %n frames.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} has changed on disk and was read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no table with the columns file and truth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must end in .ipynb.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must end in .pdf, .png or .json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must end in .pdf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must end in .png or .jpg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must end in .png.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must end in one of {ends}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} names no film of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, frame {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: no answer. {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {answers}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {films}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {value:.2f} on a scale from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nats:.2f} nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{note}; {leaves}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} of {count} · touch anything to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{one} compared with {other}; a difference is the first one’s value minus the other’s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part} {view}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be written. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} of {count}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} percentile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} · peak step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{positive:,} with the finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{probability} so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rank} of {most} directions count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {count} read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows:,} outputs × {columns:,} inputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows:,} × {columns:,} weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} rows, {columns} columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} × {columns} grey levels of the film’s depth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} × {columns} grey levels of the film’s own range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} × {columns} grey levels, ranked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} × {columns} panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scale} towards {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen}, with {above} above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} of the final state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{speed} frames a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps} of the film as read: {total} log-odds, divided among its columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps}: {fill}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps}: {fill}, stored rows {first}–{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps}: {part} of {whole} log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps}: {share} % of the change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a list such as 17,41,98</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a number of seconds from 1 to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a size such as 1280x800</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.2f}, set by the reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} here: above {share} of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value}, beyond the scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: the map over the film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {measured}; {verdict}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {verdict}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{window} ({name})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} Plane: {plane} of row states.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} · {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}; brings {value} log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{years:.3g} years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>|r|: mean correlation of units that were matched one to one, of either sign. By chance: the same with the other one’s rows moved round.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Δ log-odds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Δ log-odds, this film’s scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ρ: rank correlation of the two Influence maps. A map that stays alike when all weights are drawn anew says nothing of what was learnt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Research use only. Not a diagnosis.” is always in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}” is no part of a rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is no class; it is {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{step}” cannot be done: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is neither on nor off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is no key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is no unit; name numbers from 0, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is not a place such as 120,45.5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← → film    I influence map    B model’s view    Space text    Tab Read or Inspect    F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← → film    I influence map    Tab Read or Inspect    F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← → film    ↑ ↓ row    I influence    S state    B model’s view    Tab Read or Inspect    F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← → film    ↑ ↓ row    Shift+U units off or on    Esc film as read    F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ ↓ row    Shift drag brush rows    Enter keep as try    Ctrl+Z undo    Esc leave what if    F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> and </source>
        <extracomment>joint.and</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> or </source>
        <extracomment>joint.or</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>joint.list</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1, and “offset” 0, after the last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10 % cropped from each side</source>
        <extracomment>nuisance.cropped-much</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 % cropped from each side</source>
        <extracomment>nuisance.cropped-little</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; </source>
        <extracomment>joint.semicolons</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A ({a}) chooses among {classes}, B ({b}) among {classes_2}: only models of the same classes can be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A DICOM Segmentation has the segment “{label}”, which is none of the classes {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A VOI LUT has entries of {descriptor:g} bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A VOI LUT is damaged and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A VOI LUT uses {used} of the {bits} bits that it says; its greatest entry is white.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A card of {info} needs {keys}; fill them in the recipe, a table [population] with ages, views and body_parts, or an empty one for anybody&apos;s films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A colour palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A convolution of 3 × 3 over this row and the two above it, normalised within each row, then SiLU. {rows} model rows become one, and {columns} columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A grid network with the pool “{pool}” and {classes} classes needs {least} maps or more, not {maps}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A look-up table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A map of rows and columns is measured by {known}, not by “{method}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A process that reads films did not start; read them in one (`--workers 1`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A shutter hides some of it on screen; values beneath are measured and read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A split is three shares that sum to 1, such as 0.8,0.1,0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A weight of every unit onto every class, and their sum: one logit a class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A weighted mean of all states, with weights that were learnt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window of width {width:g} shows nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AUC</source>
        <extracomment>result.auc
----------
seeds.auc
----------
score.auc</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AUC among films of one shape</source>
        <extracomment>result.shape-matched</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AUC of the shape alone</source>
        <extracomment>result.shape-alone</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All values lie in the range of the header.</source>
        <extracomment>range.inside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An array of shape {array} and type {dtype} is no film; give numbers in rows × columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An index of so many rows needs faiss; get it with: pip install “rowscope[index]”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another process is training into {output}. Wait for it, or name another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer by row: mean calibration error</source>
        <extracomment>by-row.mean</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer by row: worst calibration error</source>
        <extracomment>by-row.worst</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archives within archives are not opened ({count:,} found): unpack {count:it|them} first, and open the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for at least one film of 16 rows, and a seed from 0 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borders of one value take {total:percent} % of the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borders of one value take {total:percent} % of the film: {edges:list}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brier score</source>
        <extracomment>result.brier</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brier score, films with the finding only</source>
        <extracomment>result.brier-with</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brier score, films without the finding only</source>
        <extracomment>result.brier-without</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidate g</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidate n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cell state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class {argmin} has {min} validation films; trust needs {least_films} of each. Hold out more (`data.validation`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressed with loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressed, in parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-validation needs two folds or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each seed keeps a checkpoint of its own; leave --checkpoint out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every pixel has the Pixel Padding Value {said}; it was not taken as padding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold {number} of {count} {words} of class “{missing}”; ask for fewer folds, or not for blocks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget gate f</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTJ2K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTJ2K lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTJ2K lossless, RPCL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High Bit is {high} of {stored} bits stored; they were moved down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High Bit {high} contradicts {stored} bits stored and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image Orientation (Patient) is not two directions and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence from midway: deletion, edge detector</source>
        <extracomment>influence.midway.deletion.edges</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence from midway: deletion, random order</source>
        <extracomment>influence.midway.deletion.random</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence on {name}</source>
        <extracomment>map.grid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence towards {name}</source>
        <extracomment>map.influence</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: agreement with Shapley values</source>
        <extracomment>influence.agreement.shapley</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: agreement with integrated gradients</source>
        <extracomment>influence.agreement.gradients</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: completeness</source>
        <extracomment>influence.completeness</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: deletion, edge detector</source>
        <extracomment>influence.deletion.edges</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: deletion, random order</source>
        <extracomment>influence.deletion.random</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: explained by mean film</source>
        <extracomment>influence.share.mean-film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: explained by mean map of other films</source>
        <extracomment>influence.share.mean-map</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: explained by row position</source>
        <extracomment>influence.share.position</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: insertion, edge detector</source>
        <extracomment>influence.insertion.edges</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: insertion, random order</source>
        <extracomment>influence.insertion.random</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: other seeds</source>
        <extracomment>influence.seeds</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: peak inside finding</source>
        <extracomment>influence.pointing</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: random weights</source>
        <extracomment>influence.weights</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: random weights, layer by layer</source>
        <extracomment>influence.weights.cascade</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Influence: random weights, without signs</source>
        <extracomment>influence.weights.sizes</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input gate i</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has a Modality LUT and a rescale; the Modality LUT was used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has a VOI LUT and a window; the window is shown first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has a channel beside its colours that is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is animated; only its first picture is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not clear that this is what the model reads: {accepted:or}.</source>
        <extracomment>admission.unclear</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks like a film that the model reads (wrong in any way: {wrong:small}).</source>
        <extracomment>guard.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks like {accepted:or}, but not clearly: {share:.2f}, where the model answers from {least:.2f}.</source>
        <extracomment>admission.doubtful</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks like: {seen}.</source>
        <extracomment>admission.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be wrong in some way ({kind}): {wrong:small}, where the model abstains above {limit:small}.</source>
        <extracomment>guard.doubtful</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was turned as its {kind} orientation says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item {number:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its data set is {found} where its transfer syntax says {said}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its first bytes are also those of another kind: {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pixels are fractions; {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pixels are {times:.3g} times as high as wide, as its {source} says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pixels are {times:.3g} times as wide as high, as its {source} says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its shutter is described impossibly and hides nothing there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its spectral radius is {radius:.2f}: taken alone, {alone}. But it is never alone: gates decide at every row what is kept, so this number does not say how long the network remembers. The horizon measures that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its spectral radius is {radius:.2f}: taken alone, {alone}. The activation bends this at every row, so it is a tendency and no proof. The horizon measures how far back a row can still move the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its {source} gives pixels of an impossible shape and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG 2000</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG 2000 lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG XL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG XL lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG XL, a JPEG packed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG extended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG lossless, first order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG progressive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG spectral selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG with {components} components (CMYK) is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG-LS lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG-LS near-lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning curves need TensorBoard: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load the model, or prepare the film for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modality, colour, size and contrast are those that the model reads.</source>
        <extracomment>kind.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model {side} ({info}): {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one film for the model to read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one hidden unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one key to tune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the rows to be filled with --rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No combination can be trained: {reasons}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No combination could be trained; tuning.csv says why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film could be read, so that there is nothing to index.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film of {source} has a mask in {masks}; a mask lies there under the same path as its film, with another ending (the first film is {name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No films were held out to set a threshold for this finding.</source>
        <extracomment>finding.unset</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No wide borders of one value lie around the film.</source>
        <extracomment>borders.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shown: it lies within {count} sequences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nuisance: films answered otherwise, worst change</source>
        <extracomment>nuisance.crossed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nuisance: mean change of the probability, worst change</source>
        <extracomment>nuisance.moved</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of Frames is 0; one frame was assumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of Frames says {said:,} and {there:,} are there; these are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One time step reads {rows:,} model {rows:row|rows}, {values:,} values side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one of Rescale Slope and Intercept is usable; the other is neutral.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first {count:,} lines are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacities of a film are two numbers from 0 to {most}, such as 0-4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output gate o</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay {group:04X} holds fewer bits than it says and is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay {group:04X} is described impossibly and is not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG {bits} bit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG {bits} bit, interlaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient Orientation is not two directions and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures need Matplotlib: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel Aspect Ratio contradicts the spacing, which was used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel Aspect Ratio is not two sizes and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel Spacing does not say where it is true, so lengths are given in pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private creator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private, of {creator}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RLE lossless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw state: explained by mean film</source>
        <extracomment>raw-state.share.mean-film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw state: explained by mean map of other films</source>
        <extracomment>raw-state.share.mean-map</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw state: explained by row position</source>
        <extracomment>raw-state.share.position</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads step after step, {way}, and keeps {hidden:,} units between two steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rescale Slope is 0 and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rescale Slope is negative: greater stored values are less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset gate r</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row by row it is more surprising than {percentile:.0f} % of validation films.</source>
        <extracomment>surprise.usual</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row by row it is more surprising than {percentile:.0f} % of validation films: {value:.2f}, where the model abstains above {limit:.2f}.</source>
        <extracomment>surprise.unusual</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows {first} to {last} are no band of the film; it has rows 0 to {end}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows × columns: deletion, edge detector</source>
        <extracomment>grid.deletion.edges</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows × columns: deletion, random order</source>
        <extracomment>grid.deletion.random</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows × columns: peak inside finding</source>
        <extracomment>grid.pointing</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows × columns: random weights</source>
        <extracomment>grid.weights</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows × columns: |Influence| within the lungs</source>
        <extracomment>grid.lungs</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several seeds are trained one after the other; start without torchrun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several seeds are two or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softmax makes probabilities of the logits. A scale and an offset, where the model was calibrated, are already in the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softmax makes probabilities of the logits. Scale and offset of the calibration are already in the head; the answer by row has a scale and an offset of its own after every step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some pixels are no finite number; they are taken for padding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: all {count} units, {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: deletion, edge detector</source>
        <extracomment>state.deletion.edges</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: deletion, random order</source>
        <extracomment>state.deletion.random</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: explained by mean film</source>
        <extracomment>state.share.mean-film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: explained by mean map of other films</source>
        <extracomment>state.share.mean-map</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: explained by row position</source>
        <extracomment>state.share.position</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: {units}, {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stem {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps {first} to {last} are no band of the film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surprise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surprise of each model row, after the rows above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TIFF {bits} bit{kind}, {compression}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The DICOMDIR names {count:,} {count:file|files} outside of its folder; not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The DICOMDIR names {count:,} {count:file|files} that {count:is|are} not there: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer by row of “{model}” is not audited: its task is {task}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The array holds values that are not finite; replace them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The checkpoint {path} cannot be written: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed pixels have {bits} of {stored} stored bits; their values are shown as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data have no films of the split “{split}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data have no training films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The decoder makes {down} × {across} places of a cell of {height} × {width} model pixels; each place must be a whole number of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file ends before this value does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has values from {darkest:g} to {brightest:g}; its header allows {low:g} to {high:g}.</source>
        <extracomment>range.outside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has values of a smaller range, {least:g} to {most:g}, than its header declares, {low:g} to {high:g}; it was read by its own. A dark film is read too bright.</source>
        <extracomment>depth.smaller</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has {high} × {wide} model pixels, too few for {down} × {across} cells.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has {levels:,} different grey values.</source>
        <extracomment>levels.enough</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film has {levels:,} different grey values; the model needs {needed} or more.</source>
        <extracomment>levels.few</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is {aspect:.2f} times as wide as high, which is too narrow: the model reads {least:g} to {most:g}.</source>
        <extracomment>geometry.narrow</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is {aspect:.2f} times as wide as high, which is too wide: the model reads {least:g} to {most:g}.</source>
        <extracomment>geometry.wide</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is {aspect:.2f} times as wide as high.</source>
        <extracomment>geometry.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film uses the range of values that its header declares.</source>
        <extracomment>depth.declared</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film, resampled to the model&apos;s rows and columns: grey values 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The films are {own:.0f} and {its:.0f} rows high: rows are compared at the same share of the height.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The films have multiples of {rows_multiple} rows, but the network reads {rows_per_step} rows at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding of A ({a}) is “{names}”, that of B ({b}) is “{names_2}”: only models of the same finding can be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder “{found}” has characters in its name that cannot be seen; rename it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header does not say from which side the film was taken.</source>
        <extracomment>view.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header does not say how old the patient is.</source>
        <extracomment>age.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header does not say the patient&apos;s sex.</source>
        <extracomment>sex.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header does not say which part of the body was examined.</source>
        <extracomment>part.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header does not say which side the film shows.</source>
        <extracomment>laterality.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header does not say which way up the film is.</source>
        <extracomment>orientation.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header gives two ages, {stated} and {counted}</source>
        <extracomment>age.two</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says RGB but its JPEG frames are YCbCr; the frames were believed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says YBR but its JPEG frames are RGB; the frames were believed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the film is upright.</source>
        <extracomment>orientation.upright</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the film&apos;s side is: {found}.</source>
        <extracomment>laterality.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the film&apos;s side is: {found}; the model reads films: {accepted:or}.</source>
        <extracomment>laterality.other</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the film&apos;s upper edge is {top}, not the head (H).</source>
        <extracomment>orientation.turned</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the part examined is {part}; the model reads {accepted:and} films.</source>
        <extracomment>part.other</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the patient&apos;s left is at the left edge: a mirrored film.</source>
        <extracomment>orientation.mirrored</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the view is {view}.</source>
        <extracomment>view.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says that the view is {view}; the model reads {accepted:and} views.</source>
        <extracomment>view.other</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header says: {part}.</source>
        <extracomment>part.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index cannot be written ({error}); free some space, or name another folder (`-o`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index in {folder} is damaged ({name}); make it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index in {folder} is of format {version}, and this program reads format {format}; make it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index in {folder} was made again meanwhile; open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index in {folder} was made with other weights (of “{made}”) than those of “{model}”; make it again: rowscope-engine index {model} FILMS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index was not finished: its process ended. Begin it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last row does not move the {of} of “{name}”: there is nothing to compare the others with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The machines of this training differ: only some have bfloat16 units; set `training.precision = &quot;32&quot;`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask of {name} has {rows} × {columns} pixels, its film {rows_2} × {columns_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {name} holds the number {wrong}; it must hold 0 and 255, or class numbers from 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The masks “{masks}” are neither in {source} nor beside it; `data.masks` names a folder or a tar file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mean of all states: every row is equally near to the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model gave an answer that is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model gave no usable answer for this film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model would not answer for it: {reason} (“{name}”)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {model} keeps no class means; train it anew, or choose another baseline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model “{info}” does not expect rows; see `model fit-trust`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model “{info}” gave no usable answer for {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model “{model}” has {layers} {layers:layer|layers}, and no layer {layer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network has no matrix “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is too large: it {number}; at most {most} million are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network would see nearly nothing: {flat:,} of {count:,} training films use less than a hundredth of its range. Read ranks instead (`input.intensity = &quot;rank&quot;`), or say the range of the stored values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network “{name}” gives no maps, which the task needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patient is a quadruped, so no orientation letters are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patient is {age} old</source>
        <extracomment>age.one</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patient is {found}.</source>
        <extracomment>sex.fits</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patient is {found}; the model reads films: {accepted:or}.</source>
        <extracomment>sex.other</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patients with films of “{name}” are too few ({patients}) for {parts} parts that share none. Bring more films, or ask for fewer parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pixels were not looked at.</source>
        <extracomment>pixels.not-seen</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processes ended before the work was done; the same command goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The records in {path} are damaged. The file is kept as {aside}, and new records begin empty; a copy of yours can be put back in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report&apos;s “results” are no pairs of texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows of the films cannot be written ({error}); free some space, or name a folder elsewhere (`--cache`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The score auc needs `positive` in the recipe; macro-auc does not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The score must be one of {score}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The segments of one film differ in size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of opacities lies between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The state after the last step of each direction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task “{task}” is scored by its own chief figure; leave the score out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task “{task}” needs a network with maps, such as architecture = “grid”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task “{task}” needs {needs}, which cannot be read from {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training loss is a focal one, which counts easy films less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training went astray: the network answers with no numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training went astray: the network answers with no numbers. Lower `training.learning_rate`, or set `training.clip`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The units of “{info}” cannot be switched off: that is known of the architecture “row-classifier”, and this one is “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The validation films are all of “{name}”; put films of the other classes into `val`, or set `data.validation`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole film has no neighbours; brush fewer rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {figure} cannot be measured on a fold of {films:,} films; ask for fewer folds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {kind} “{name}” comes with the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {kind} “{name}” comes with two packages: {packages}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {kind} “{name}” is no {name_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {kind} “{name}” of {package} cannot be loaded: {error}. Install it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {name} do not fit the network&apos;s configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no training films {which} “{name}” ({there:,} with it, {absent:,} without); bring some, or take it out of the recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no {title} films of {empty} ({there}): {split}{films}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no CUDA device here; train with --device cpu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder “{name}” of masks beside the films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no layer {layer}: the model has {own}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model in the folder “{name}”: it has no {metadata}. Choose a folder that training wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model “{name}”, and no other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model “{name}”; known models: {known:list}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {kind} “{name}” here; install the package that brings it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was not enough memory to read this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This bundle asks no other model what a film shows.</source>
        <extracomment>admission.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This bundle expects no rows: how unusual a film is, is not told.</source>
        <extracomment>surprise.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This bundle has no guard: films that are turned or made up are not told.</source>
        <extracomment>guard.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not look like a film of the kind that the model reads.</source>
        <extracomment>guard.no-such-film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file ended the process that read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file was not read within {seconds:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film has no contrast: all its pixels have the same value.</source>
        <extracomment>kind.flat</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film has only {rows} × {columns} pixels; the model reads a grid of {grid_rows} × {grid_columns}.</source>
        <extracomment>kind.small</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film is more surprising, row by row, than nearly all films that the model was tried on; the model reads films like those.</source>
        <extracomment>surprise.strange</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks drawn by this program; the model reads films of patients.</source>
        <extracomment>guard.drawn</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks inverted, bright for dark; the model reads bones as bright.</source>
        <extracomment>guard.inverted</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks mirrored, with the heart on the wrong side; the model reads films that are not. A patient&apos;s heart may lie there, too: look before you turn the film.</source>
        <extracomment>guard.mirrored</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks turned by a quarter to the left; the model reads it upright.</source>
        <extracomment>guard.left-side-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks turned by a quarter to the right; the model reads it upright.</source>
        <extracomment>guard.right-side-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks upside down; the model reads upright films.</source>
        <extracomment>guard.upside-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film looks wrong (“{kind}”); the model does not read it.</source>
        <extracomment>guard.wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film of {rows} × {columns} pixels is too high; the model reads films that are {least:.2g} to {most:.2g} times as high as wide.</source>
        <extracomment>kind.high</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This film of {rows} × {columns} pixels is too low; the model reads films that are {least:.2g} to {most:.2g} times as high as wide.</source>
        <extracomment>kind.low</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a colour image; the model reads grey films.</source>
        <extracomment>kind.colour</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is {kind} image; the model reads {modalities:and} films.</source>
        <extracomment>kind.modality</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like a {seen}</source>
        <extracomment>suggest.a</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like an {seen}</source>
        <extracomment>suggest.an</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like another kind of image ({seen}); the model reads only: {accepted:or}.</source>
        <extracomment>admission.other</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too few validation films for this finding: {there:,} with it and {absent:,} without, {least:,} of each are needed.</source>
        <extracomment>finding.few</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training films were changed at random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training films were read under dropout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training needs Lightning Fabric: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training targets were mixed, so that their loss cannot reach zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparency is shown over black.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UMAP is not installed; get it with: pip install “rowscope[index]”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UMAP needs more rows than this index has; index more films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update gate z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VOI LUT Function is unknown; LINEAR was assumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation reads averaged weights, which follow later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the film shows could not be asked, so there is no answer: {why}.</source>
        <extracomment>admission.unasked</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window Center and Window Width do not pair up; the pairs there were used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window Width {width:g} at {center:g} is impossible and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a search, give `{hidden}` as numbers or as a range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without these units the model gave no usable answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`data.patient` has more than {longest_pattern} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`data.patient` is not a regular expression: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`training.early_stopping` and a plateau need validation films; set `data.validation`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`{hidden}` is not a key of this network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`{key}` needs validation films; set `data.validation`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a check sum inside does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a comparison with another one</source>
        <extracomment>work.compare</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a compressed frame does not begin with a codestream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a compressed frame ends inside its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a compressed frame has a damaged header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a compressed frame has no frame header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a day, such as 2026-11-29</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a deflated frame ends before its pixels do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a deflated frame holds more than its pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a deflated frame is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a divisor of {rows}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file in it becomes more than {most} times as large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file in it is larger than it says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of at most {most_results} pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of at most {most_stem_layers} layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of at most {most_tests} tests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of pairs of texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of texts of at most {most} visible characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of {allowed:list}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number from {low:g} to {high:g}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text of at most {most} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number from {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a {modality}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above chance, whole interval</source>
        <extracomment>rule.pointing</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <extracomment>result.accuracy
----------
seeds.accuracy
----------
score.accuracy</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy of “{name}”</source>
        <extracomment>result.accuracy-of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy, films with the finding only</source>
        <extracomment>result.accuracy-with</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy, films without the finding only</source>
        <extracomment>result.accuracy-without</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adults of {least:g} to {most:g} years</source>
        <extracomment>people.adults</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ages {least:g} to {most:g} years</source>
        <extracomment>population.ages</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {count} units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an RLE frame ends inside its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an RLE frame has a damaged header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an RLE segment ends before its pixels do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an RLE segment holds more than the pixels of its frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an {modality}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another method for a network as large as this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer to the mean film</source>
        <extracomment>result.mean-film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as Latin-1, letter by letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at its native shape</source>
        <extracomment>nuisance.native</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {most:g}</source>
        <extracomment>rule.moved
----------
rule.by-row</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {most:g} %</source>
        <extracomment>rule.nuisance</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {most:g} % of the change left over</source>
        <extracomment>rule.residual</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {most:g} of the variance</source>
        <extracomment>rule.own</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {most} figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most “high”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>baseline</source>
        <extracomment>result.baseline</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blank film</source>
        <extracomment>start.blank</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blurred a little</source>
        <extracomment>nuisance.blurred</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blurred film</source>
        <extracomment>start.blurred</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>body part {values:or}</source>
        <extracomment>population.parts</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both sides</source>
        <extracomment>side.both</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brighter by 10 %</source>
        <extracomment>nuisance.brighter</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrating the answer by row</source>
        <extracomment>work.by-row</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibration error</source>
        <extracomment>result.calibration
----------
seeds.calibration_error</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibration error of intervals</source>
        <extracomment>result.calibration-intervals</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>candidate</source>
        <extracomment>gate.candidate</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cell state</source>
        <extracomment>gate.cell-state</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>check the path, and that you may read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>children of {least:g} to {most:g} years</source>
        <extracomment>people.children</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a DICOM, PNG, JPEG or TIFF file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a file that holds an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a frame that it has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a smaller image or export it at lower resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>classes in a set</source>
        <extracomment>result.set-size</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour or transparency of {depth} bits, {numbers}, is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour type {colour_type} at {depth} bits is unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compressed as JPEG, quality 50</source>
        <extracomment>nuisance.compressed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>convert it, for example to uncompressed DICOM or to PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copy it again from where it came from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>correlation at least {least:g}</source>
        <extracomment>rule.alike</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark frame of 5 %</source>
        <extracomment>nuisance.dark-frame</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>darker by 10 %</source>
        <extracomment>nuisance.darker</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deflated frame by frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deflated, explicit little endian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deletion</source>
        <extracomment>result.deletion</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>doubtful</source>
        <extracomment>mark.doubtful</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawn</source>
        <extracomment>wrong.drawn</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>export it again from where it came from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>export it again, or open it once more when the machine is less busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>factor above 1, whole interval</source>
        <extracomment>rule.better</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>mark.failed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fails</source>
        <extracomment>verdict.fails</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>false for so many classes on so large a grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>female</source>
        <extracomment>sex.female</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file stretched, 20 % higher</source>
        <extracomment>nuisance.higher</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file stretched, 20 % wider</source>
        <extracomment>nuisance.wider</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>film {name}</source>
        <extracomment>start.film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>films</source>
        <extracomment>result.films</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>films of these tests</source>
        <extracomment>result.audited</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>films whose shape points the wrong way</source>
        <extracomment>nuisance.against-shape</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forget</source>
        <extracomment>gate.forget</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the back to the front (PA)</source>
        <extracomment>view.PA</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the bottom up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the front to the back (AP)</source>
        <extracomment>view.AP</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the top down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gamma 0.75</source>
        <extracomment>nuisance.gamma-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gamma 1.3</source>
        <extracomment>nuisance.gamma-up</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden state</source>
        <extracomment>gate.hidden-state</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>image stretched within its frame, 20 % higher</source>
        <extracomment>nuisance.higher-inside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>image stretched within its frame, 20 % wider</source>
        <extracomment>nuisance.wider-inside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {inside} of {bins} bins, within chance in {compatible}</source>
        <extracomment>result.inside-bins</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>input</source>
        <extracomment>gate.input</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inverted</source>
        <extracomment>wrong.inverted</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot be opened ({what})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it claims {frames:,} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it describes an image but ends before the pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not begin with a header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it ends before its end marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it ends before its pixels do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has changed since it was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has no page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has {frame_count} frames and no frame {index}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds two sets of pixel data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds {count:,} files, more than the limit of {most:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is DICOM without an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is DICOM without an image{kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is a directory of other files (DICOMDIR)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is a pipe or a device, not a regular file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is a presentation state of no image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is a video ({name}), not an image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is larger than 1 GiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is larger than 64 MB and holds no image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is neither DICOM nor PNG, JPEG or TIFF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no presentation state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not DICOM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is protected by a password; unpack it with the program that made it, and open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it stores {stored} bits in {allocated}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it was not read within {seconds:.0f} seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its JPEG XL container holds no image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its JPEG XL container is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its JPEG XL image has extra channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its JPEG XL image holds floating-point numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its JPEG XL image is an animation, or holds a preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its JPEG XL image is turned, which DICOM does not allow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its Modality LUT is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its codestream has an impossible number of tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its colour palette is damaged or missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its colours are of a kind that is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its compressed pixel data are not a list of fragments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its compressed pixels have {precision} bits where its header says {stored} of {allocated}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its compression ({compression}) is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its content is damaged or not what it says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its decoder gave pixels of another kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its decoder gave pixels of another shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its deflated data are damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its deflated data become larger than 1 GiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its deflated data end too early</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its directory is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its file meta information is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header gives {name} as {kind}, not {wanted}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has more than one value of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has more than {max_elements:,} elements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has no Photometric Interpretation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has no usable {keyword}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has the Pixel Representation {signed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has the Planar Configuration {planar}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header has two values of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header nests more than 32 sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header or its pixels are missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header promises {length:,} bytes of pixels and {there:,} are there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header says {frames} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header says {rows} × {columns} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its header says {rows} × {columns} × {samples} and its compressed pixels say {said} × {said_2} × {said_3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its maker did not say</source>
        <extracomment>population.unsaid</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pages run in a circle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its palette is damaged or missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixel data hold no frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels are compressed in an unknown way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels are not finite numbers of 32 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels are numbers of {bits} bits, its header denies it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels are {kind} where its header promises {kind_2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels have twice the {allocated} bits that its header says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels need {needed:,} bytes and {there:,} are there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pixels use colour {most} of a palette of {colours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its rescale gives values that are not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its transfer syntax says compressed but its pixels are not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its values are larger than can be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its values, {low:.6g} to {high:.6g}, were taken as its range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest Youden index on {films:,} validation films of {patients:,} patients</source>
        <extracomment>chosen.youden</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest calibration error</source>
        <extracomment>result.worst-calibration_error</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lateral</source>
        <extracomment>view.LATERAL</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>laterality {values:or}</source>
        <extracomment>population.sides</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer {number}, downwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer {number}, upwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>least sensitivity at the threshold</source>
        <extracomment>result.worst-sensitivity</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>least specificity at the threshold</source>
        <extracomment>result.worst-specificity</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <extracomment>side.left</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left lateral (LL)</source>
        <extracomment>view.LL</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left lateral decubitus (LLD)</source>
        <extracomment>view.LLD</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left oblique (LLO)</source>
        <extracomment>view.LLO</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left side down</source>
        <extracomment>wrong.left-side-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light frame of 5 %</source>
        <extracomment>nuisance.light-frame</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log loss over folds</source>
        <extracomment>result.loss-over-folds</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lossy compression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lossy compression {ratio}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lossy {method}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lossy {method} {ratio}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>male</source>
        <extracomment>sex.male</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean AUC</source>
        <extracomment>score.macro-auc</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean film</source>
        <extracomment>start.mean</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean film of “{of}”</source>
        <extracomment>start.class-mean</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of units {units:list}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of {count} units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean width of intervals</source>
        <extracomment>result.width</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>midway film</source>
        <extracomment>start.midway</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mirrored</source>
        <extracomment>wrong.mirrored</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>most films answered otherwise</source>
        <extracomment>result.nuisance-crossed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>multiplied by it again and again, any state would fade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>multiplied by it again and again, some states would grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no process could be started to read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no such film</source>
        <extracomment>wrong.no-such-film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none of its pixels is a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none yet</source>
        <extracomment>result.none-yet</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked</source>
        <extracomment>mark.not-asked</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <extracomment>verdict.not-measured
----------
figure.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not told from chance on the validation films: {words}</source>
        <extracomment>result.untold</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing found</source>
        <extracomment>leaks.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing found; whose films they are is not known</source>
        <extracomment>leaks.none-unknown</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing: whoever it shows</source>
        <extracomment>population.anybody</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>oblique</source>
        <extracomment>view.OBLIQUE</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of another sex</source>
        <extracomment>sex.another</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the model&apos;s grid, {rows} × {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one change or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one line of visible characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of {allowed:list}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of {known}; no package here brings “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only JPEG XL has the colours XYB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output</source>
        <extracomment>gate.output</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pairs of short texts of visible characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <extracomment>mark.passed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes</source>
        <extracomment>verdict.passes</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peak inside finding</source>
        <extracomment>result.pointing</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>people of {least:g} to {most:g} years</source>
        <extracomment>people.any</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>play it with a video player, or save single frames of it as images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positives inside the mean interval</source>
        <extracomment>result.inside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pydicom: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random area / own area at least {least:g}</source>
        <extracomment>rule.factor</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random weights</source>
        <extracomment>result.weights</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank correlation {value:correlation}</source>
        <extracomment>result.correlation</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recurrent {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by any</source>
        <extracomment>result.refused.any</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by guard</source>
        <extracomment>result.refused.guard</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by surprise</source>
        <extracomment>result.refused.surprise</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused if {kind}</source>
        <extracomment>result.refused-if</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset</source>
        <extracomment>gate.reset</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <extracomment>side.right</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right lateral (RL)</source>
        <extracomment>view.RL</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right lateral decubitus (RLD)</source>
        <extracomment>view.RLD</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right oblique (RLO)</source>
        <extracomment>view.RLO</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right side down</source>
        <extracomment>wrong.right-side-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seeds</source>
        <extracomment>result.seeds</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitivity</source>
        <extracomment>result.sensitivity
----------
seeds.sensitivity</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitivity of at least {least:g} on {films:,} validation films of {patients:,} patients</source>
        <extracomment>chosen.sensitivity</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sexes {values:or}</source>
        <extracomment>population.sexes</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared by splits</source>
        <extracomment>result.shared</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shifted down by 5 %</source>
        <extracomment>nuisance.shifted-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shifted left by 5 %</source>
        <extracomment>nuisance.shifted-left</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shifted right by 5 %</source>
        <extracomment>nuisance.shifted-right</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shifted up by 5 %</source>
        <extracomment>nuisance.shifted-up</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed or fractional colour is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size at most {most:g} at the end</source>
        <extracomment>rule.cascade</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size of the correlation at most {most:g}</source>
        <extracomment>rule.unlike</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipped files</source>
        <extracomment>result.skipped</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>specificity</source>
        <extracomment>result.specificity
----------
seeds.specificity</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stem {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test</source>
        <extracomment>result.test</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test {figure} over seeds</source>
        <extracomment>result.over-seeds</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the blank film</source>
        <extracomment>baseline.blank</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the blurred film</source>
        <extracomment>baseline.blurred</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the components of its codestream differ in depth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the film does not fill the grid of the model “{model}”</source>
        <extracomment>admission.small</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the film midway between the classes</source>
        <extracomment>baseline.midway</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the film {name}</source>
        <extracomment>baseline.film</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mean film</source>
        <extracomment>baseline.mean</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mean film of “{of}”</source>
        <extracomment>baseline.class-mean</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the median of the validation losses, a rule set before the first training</source>
        <extracomment>seeds.rule</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model “{model}” knows other classes than this one expects</source>
        <extracomment>admission.other-classes</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model “{model}”, which would tell, is not installed or damaged</source>
        <extracomment>admission.missing</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the process that read it crashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the range that it declares, {least:.6g} to {greatest:.6g}, was taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the transfer syntax {named} is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is not enough memory for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>they lie within 0 and 1, which was taken as their range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <extracomment>split.training</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two numbers from 0 to {oldest}, the least and the greatest age in years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uncompressed, explicit big endian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uncompressed, explicit little endian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uncompressed, implicit little endian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>count.unknown</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unpacked it would take more than {most} GiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unpaired</source>
        <extracomment>side.unpaired</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>update</source>
        <extracomment>gate.update</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upside down</source>
        <extracomment>wrong.upside-down</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <extracomment>split.validation</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>views {values:or}</source>
        <extracomment>population.views</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <extracomment>result.warning</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>white</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without repetition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without some that are damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worst change that means nothing</source>
        <extracomment>result.nuisance</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{after} after the end of the image were ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age}.</source>
        <extracomment>age.inside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age}; the model reads films of {people}.</source>
        <extracomment>age.outside</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{allocated} bits per pixel are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{beside} is there and is no report; choose another name with -o.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{beyond:,} pixels have a number that its palette does not hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{borders}, which few films of patients have.</source>
        <extracomment>borders.unusual</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{borders}; the model reads films with at most {limit:percent} % that are not black.</source>
        <extracomment>borders.lit</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{borders}; the model reads films with at most {limit:percent} %.</source>
        <extracomment>borders.wide</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bundle} does not hold the recipe that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bundle}: a class has fewer than {least_films} validation films, too few to calibrate the answer by row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cell} {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change}: probability moves by {moved:.3f} in the mean</source>
        <extracomment>result.moved</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change}: {figure} moves by {moved:score}</source>
        <extracomment>result.figure-moved</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change}: {measured}</source>
        <extracomment>audit.change</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{classes} names, as in its architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{classes} names, as in the architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{columns} model columns cannot be divided into cells of {width}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,}</source>
        <extracomment>count</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} exact {count:copy|copies} in {one} and {other}</source>
        <extracomment>leaks.exact</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} near {count:copy|copies} in {one} and {other}</source>
        <extracomment>leaks.near</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} of its pixels are no numbers, and no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} of {patients:,} patients</source>
        <extracomment>count.of-patients</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} {count:byte|bytes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} {count:patient|patients} in {one} and {other}</source>
        <extracomment>leaks.patient</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} further {count:page differs|pages differ} in size or kind and cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} numbers from {low:g} to {high:g}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {count:day|days}</source>
        <extracomment>age.days</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {count:month|months}</source>
        <extracomment>age.months</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {count:week|weeks}</source>
        <extracomment>age.weeks</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {count:year|years}</source>
        <extracomment>age.years</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}; kept is seed {seed}, {rule}</source>
        <extracomment>seeds.kept</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{data} holds no films of which the lungs could be asked; name a folder, a table or a tar file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{data}, split “{split}”</source>
        <extracomment>source.split</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{data}: the audit needs films of {rows} model rows each; the maps of other heights are not audited.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, below zero</source>
        <extracomment>score.below-zero</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, neighbouring patients</source>
        <extracomment>folds.blocks</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, patients drawn by class</source>
        <extracomment>folds.drawn</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, {films:,} films</source>
        <extracomment>result.pointing-of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{figure}, {films:,} {films:film|films}</source>
        <extracomment>figure.of-films</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be read: {what}; {way_out}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be unpacked ({why}): make room on the disk for temporary files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{film:capital} is itself answered “{name}” above 0.99</source>
        <extracomment>baseline.certain</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{film:capital} is itself answered “{name}” {probability:.2f}</source>
        <extracomment>baseline.decided</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films:,} films held out</source>
        <extracomment>source.held-out</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films:,} films of {data}</source>
        <extracomment>source.films</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films:,} {split} films of {data}</source>
        <extracomment>source.films-of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films:,} {where} films</source>
        <extracomment>result.films-of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{films}, from {source}, split “{split}”, on {day}</source>
        <extracomment>result.tested</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{film} has no model row from stored row {start} on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{film}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} cannot be written ({error}); name another folder (`-o`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} could not be written: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} holds no index of row states; make one: rowscope-engine index MODEL FILMS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is a file; --masks names a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is no text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is there and is no index; name another folder (`-o`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder}: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found}; allowed by the recipe</source>
        <extracomment>leaks.allowed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found}; allowed by the recipe; whose films they are is not known</source>
        <extracomment>leaks.allowed-unknown</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{grey:g} is no grey of the model; give 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hits}; by chance {chance:.2f}</source>
        <extracomment>audit.pointing</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{info} has layers 1 to {last}; there is no layer {layer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{info} has no safeguards yet; use `model fit-trust` first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{info} has units 0 to {last} in every layer; there is no unit {unit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{info} is a first trial without a card: its recipe lacks {keys}. Fill them in, then: rowscope-engine model card {info} --recipe RECIPE.toml</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{info} keeps no fingerprints to know its films by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{info} reads downwards only; it has no units that read upwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keyword} is not a finite number and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keyword} is unreadable and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keyword} was read {guess}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kinds:semicolons}</source>
        <extracomment>leaks.kinds</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} of {precision} bits is not supported as a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} {bits} bit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}, and no answer of this model fits it.</source>
        <extracomment>admission.stranger</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}: {model} reads such images.</source>
        <extracomment>suggest.such</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}; no installed model reads it.</source>
        <extracomment>suggest.none</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}; {model} reads such images, but not this one: {reason}</source>
        <extracomment>suggest.not</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{leaks:list}</source>
        <extracomment>leaks.counted</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{level:percent} % sets hold “{name}”</source>
        <extracomment>result.sets</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{listing}: no readable film.{why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{look} has no films of two classes. Put those of each class into a folder of its own, name them in a table with the columns path and label, or bring an npz file with images and labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low:.3f} to {high:.3f}, mean {mean:.3f} ± {deviation:.3f} (SD)</source>
        <extracomment>seeds.spread</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low} to {high} is no range of values; give low, high.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mean}; by chance up to {chance:.2f}</source>
        <extracomment>audit.mean</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{modality} images say their pixel spacing as a rule, and this one does not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no film midway between its classes: that needs two of them and their mean films; choose another baseline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} reads images like this one.</source>
        <extracomment>suggest.alike</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} reads such films, but not this one: {reason}</source>
        <extracomment>suggest.turned</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} was made by another recipe than {recipe}: network, grid, training or augmentation differ. Cross-validate the recipe that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model}, untrained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}</source>
        <extracomment>task.figure</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be the baseline. {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be used: {why}. The windows that come with the program are offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has no rows to lend. {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds a tuning {words}; name another folder, or delete it to begin anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {across} × {down} pixels large, and a box of it lies at {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} of “{of}”</source>
        <extracomment>task.figure-of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not read for this model; open it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} {value:score}</source>
        <extracomment>audit.stage</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: the model abstains. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {units}, {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{of} {what}</source>
        <extracomment>result.of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{other} has the weights of {info}; name one of another seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{other} is no sibling of {info}: it reads or answers something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{output} cannot be written: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{output} cannot be written: {parent} is no folder to write in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{output} holds a model already. Name another folder, or say --force to replace it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{output} is there and holds no model; name another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{output}/{journal} is damaged; delete the folder to begin anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parts:semicolons}</source>
        <extracomment>population.all</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read as a DICOM Segmentation: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read as a mask: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}. What you make now is lost when the program ends; make the folder writable, or name another one in ROWSCOPE_DATA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not say which image a plane lies on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} has no films to learn from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is in colour; a mask holds 0 and 255, or class numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is no DICOM Segmentation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is no report of `rowscope-engine {makers}`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a TOML file: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a file of Rowscope and is left as it is. What you make now is lost when the program ends; move that file away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is too large for a report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} may hold the tables `grid` and `search` only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was written by a later version of Rowscope and is left as it is. What you make now is lost when the program ends; install that version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was written by another version of this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: its folder {parent} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the name of a report must end in .html.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent:.1f} %, {films:,} {films:film|films}</source>
        <extracomment>audit.percent</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent:.2g} % left over, {films:,} films</source>
        <extracomment>audit.residual</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} does not hold what the architecture implies: {odd}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} fails its self-test: the network does not answer as it did when it was saved. Install the bundle again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} fails its self-test: “{name}” does not come out as it was when it was saved. Install the bundle again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} has a header of more than 1 MiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is a folder, a pipe or a device, not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is a link; put a copy of the file in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is damaged: its tensors are not what was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is larger than {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is nested deeper than {deepest} levels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is no test: training or validation films are among the measured ones. Only a test goes into a card.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is not a valid safetensors file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is not the file that {metadata} speaks of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is not valid JSON of finite numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} must be a table of keys and values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} must be {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} was measured with other weights than those of {info}; evaluate again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} was measured with other weights; audit the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: the metadata do not say how many films it holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: the quantiles of surprise are not in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: unknown key {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “calibration.labels” names an unknown class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “provenance” is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “results” or “data” is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{item}” holds characters that cannot be seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{key}” is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{key}” must be {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{name}” has the wrong shape or type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{name}” is not finite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{twice}” is there twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: “{wrong}” holds values that cannot be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rest} after the pixel data were ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} model rows cannot be divided by row strides {row_stride} and bands of {band}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} model rows cannot be read {rows_per_step} at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} × {columns} pixels are more than the limit of {max_samples} million</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{samples} samples per pixel as {photometric} are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scores:list}; SD {spread:.3f}</source>
        <extracomment>folds.each</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{score} of each fold</source>
        <extracomment>result.each-fold</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{score} over {folds} folds</source>
        <extracomment>result.over-folds</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seed} is no seed; give 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:.1f} % of the pixels are padding ({said}), which is no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % at the left edge ({shade})</source>
        <extracomment>borders.left</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % at the lower edge ({shade})</source>
        <extracomment>borders.lower</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % at the right edge ({shade})</source>
        <extracomment>borders.right</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % at the upper edge ({shade})</source>
        <extracomment>borders.upper</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the highest value.</source>
        <extracomment>clipping.bright</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the highest value; the model reads films of at most {limit:percent} %.</source>
        <extracomment>clipping.too-bright</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the lowest value.</source>
        <extracomment>clipping.dark</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the lowest value; the model reads films of at most {limit:percent} %.</source>
        <extracomment>clipping.too-dark</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size:.2f}, one in {single}</source>
        <extracomment>result.set-sizes</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{some:,} of {whole}</source>
        <extracomment>source.some</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} cannot be read as an npz file: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} cannot be unpacked: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} does not hold the films of {info}: the fingerprint of its split “{other}” is another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} has no array “images” but {held}; call its arrays “images” and “labels”, or “train_images”, “train_labels”, “val_images” and so on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} has no array “{missing}” but {held}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} has no table of boxes “{name}”; name it in `objective.options.boxes`, or a folder of masks in `objective.options.masks`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} holds arrays; masks are read beside films that are files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} is neither a folder, a table (CSV, Parquet), a tar file nor an npz file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} is not a whole tar file: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} is not divided by the recipe of {bundle}: which of its films are validation films cannot be told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}, film {folder}{film:06}: {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: boxes are read for films that are files of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: no film has a word in any of the columns {columns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: no film of the split “{split}” was read by both models; try --split all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: none of the boxes of “{table}” is of a film that was read, such as {name}; paths count from the table&apos;s folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: the split of {name} is “{word}”; it must be train, val or test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: to A the film {names} is “{classes}”, to B “{classes_2}” ({count:,} such films); use data whose classes both recipes name alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{column}” of {name} is “{word}”; it must be {wanted}, or empty where nothing is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{images}” holds {films:,} films, but “{labels}” {labels_2:,} labels; there must be one for each film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{labels}” holds neither numbers nor words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{labels}” is {given}, but it must hold a column for each of {cells}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{labels}” is {given}, but it must hold one label for each film, as (N,), or a column for each of the {classes} classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{labels}” of film {folder}{film:06} is {given}, which is outside the classes{more}; labels must be {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{labels}” of film {folder}{film:06} is {shown}; a line of columns must hold a 1 for the film&apos;s class and else zeros.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{name}” is {shape}; images must be (N, R, C), grey, or (N, R, C, 3), in colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{name}” must be (N, {count}), a column for each of `data.columns.subgroups`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: “{name}” must hold one value for each film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{spacings} is not two lengths in millimetres and was ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stages:list}; {films:,} films</source>
        <extracomment>audit.stages</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps} lists of numbers, one for each step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column that looks like the {lacks} of a film, only {header}. Rename one, or write the recipe by hand (`data.columns.{lacks}`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column “{missing}” but {header}; say which it is in `objective.options.columns`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column “{missing}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column “{name}” but {alike}; write it as there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column “{name}” but {header}; say which it is in `data.columns.{key}`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has no column “{name}” but {header}; the task needs one for each of {cells}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} has two columns “{double}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} is a Parquet file; reading it needs pyarrow: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} is not UTF-8; save it as UTF-8, in a spreadsheet “CSV UTF-8”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} is not a CSV table: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} is not a Parquet table: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} knows the shape of none of the films, such as “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table} names no film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}, line {line}: a place of a box is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}, line {number}: a box ends before it begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}, line {number}: {count} cells, but the first line has {count_2}; put a cell with a comma in it between quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: a line has an empty “{path}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: a row is not a number ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: none of its films is in “{test_list}”, the `data.columns.test_list`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: none of its {count:,} files is there, such as “{entries}”; `data.columns.prefix` takes the front of a path away, `suffix` adds an end, and `search = true` looks for files by their names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: the column “{label}” has {count:,} labels, or several in one cell; name the two or more that matter in a recipe (`data.folders`, with &quot;*&quot; for all others).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: two lines of {name} contradict each other: “{one}” is “{about}” in one and “{about_2}” in another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: {name} lies outside the archive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{table}: “{word}” is no width over height.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{there} follow the pixels that the header promises; not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{thickness:.3g} mm slice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} has no classes, but “{name}”: a recipe for masks or boxes is written by hand; begin with `resources/recipes/{recipe}.toml`, see “Masks and boxes” in the guide to training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} holds no table of its films; the task reads {cells} from columns of one, such as films.csv.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: no box is of {names}; the table says {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: {values} in {kind} do not tell what is black and what is white. Say it in the recipe, `data.value_range = [low, high]`, or take `input.intensity = &quot;min-max&quot;` or `&quot;rank&quot;`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: {values} lie outside {wanted}, the recipe&apos;s `data.value_range`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: “{name}” holds {kind} and “{other}” {second}; store all images in one type, or say in the recipe what is black and white: `data.value_range = [low, high]`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{told:,} of {films:,} {where} films; the others&apos; answer is that of the mean film</source>
        <extracomment>result.some-films-of</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{told}: the map shows only what differs from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.2f} for “{name}”</source>
        <extracomment>result.answer</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.2f}, random {random:.2f}</source>
        <extracomment>result.deletions</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.3f}</source>
        <extracomment>figure.plain</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.3f} (too few to tell)</source>
        <extracomment>figure.number-untold</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:.3f} ({low:.3f}–{high:.3f})</source>
        <extracomment>figure.number</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:percent} % (too few to tell)</source>
        <extracomment>figure.whole-share-untold</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:percent} % ({low:percent}–{high:percent} %)</source>
        <extracomment>figure.whole-share</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:score} (too few to tell), {films:,} {films:film|films}</source>
        <extracomment>figure.score-untold</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:score} ({low:score}–{high:score}), {films:,} {films:film|films}</source>
        <extracomment>figure.score</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:share} % (too few to tell)</source>
        <extracomment>figure.share-untold</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value:share} % ({low:share}–{high:share} %)</source>
        <extracomment>figure.share</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{variable} must be one of {known}, not “{most}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} says {bits} bits and holds 8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}; {instead} is undecided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}; {names:comma-and} {count:is|are} decided too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{which} ends before its end marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{whole}; each half of the patients with a calibration fitted to the other half</source>
        <extracomment>source.halves</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{why}; `measure.allow_untold = true` writes the model as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{within}; the lungs take {film:.2f} of the film, edges have {edges:.2f} there ({lungs})</source>
        <extracomment>audit.lungs</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} bits per pixel of this kind are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}: its maps show only what differs from it</source>
        <extracomment>result.decided</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{worst}, after step {step}; by chance up to {chance:.2f}</source>
        <extracomment>audit.worst</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>|Influence| within the lungs</source>
        <extracomment>result.lungs</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{change}” must be KEY=VALUE, such as training.epochs=5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{config}” needs a configuration of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{config}” takes no name in a bundle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{config}” with these options has “{key}” {sizes}, not {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{info}” cannot be exported: it has a part that is not built in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}={text}” must be a range of numbers, such as {key}=1e-4..1e-2:log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}={text}”: a range with :log must begin above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}” cannot be searched; give its values in the grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}” cannot be tuned: it also says which films are held out, and the best of several draws is luck.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}” cannot be tuned; keys of {tunable} and {tunable_2} can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}” is named twice; give all its values together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{key}” needs a list of values, such as {key}=1,2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{lungs}” says of no film where its lungs lie; a folder of masks holds them under the films&apos; names, as large as the films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{method}” is no method; use {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{model}” (architecture “{name}”) has a part that does not come with the program; only networks of built-in parts can be exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{model}” answers for {classes}; name one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{model}” draws no outlines, so there are no masks to write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{model}” draws no outlines; name a model of lung fields or a folder of masks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{model}” has the task “{task}”; {work} needs a model that says one of several classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” cannot be in all {parts} parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is no baseline; use mean, midway, blank, blurred, class-mean:CLASS or the path of a film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is no class of “{model}”, which answers for {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is no device; use auto, cpu, cuda or cuda:0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}”, which a package brings; only its maker can say more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{of}” is no class of {model}, so it has no mean film; its classes are {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{one}” and “{other}” tell other classes apart: only states and horizons are compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{other}” is read in {its} steps: it lies on the {own} steps of “{one}” by the share of the film&apos;s height.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{other}” tells other classes apart than “{one}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{place}”: there is no table before “{parts}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{table}”, the `data.shapes` of the recipe, is not beside {source}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{target}” is no class of {info}; its classes are {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{test_list}”, the `data.columns.test_list` of {table}, cannot be read beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” ({name})</source>
        <extracomment>suggest.model</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{words}” is no change of a film; say rows FIRST LAST and one of {fills}, or shift ROWS COLUMNS, rotate DEGREES, invert, window CENTRE WIDTH.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{word}” must be KEY=VALUES, such as network.layers=1,2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>100 validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 convolutions, GRU 1 × 128, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 convolutions, GRU 1 × 96, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 convolutions, grid of GRU 2 × 32, both directions, area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 convolutions, grid of GRU 2 × 48, both directions, area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 convolutions, grid of GRU 2 × 48, both directions, peak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CHEST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Children of one to five years, one hospital in Guangzhou, China; anteroposterior chest films taken in routine care (Kermany 2018)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Children of one to five years, one hospital in Guangzhou, China; anteroposterior chest films taken in routine care (Kermany 2018), with masks by V7 Labs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digits of about 500 writers: United States Census Bureau staff and high school students (NIST Special Databases 1 and 3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSTM 3 × 128, last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lungs of children</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MedNIST: CT of abdomen, chest and head, breast MRI, hand and chest films of adults, each from one public collection; and chest films of children of one to five years from Guangzhou, China (Kermany 2018)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody: chest phantoms drawn by this program, one seed for each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacities on drawn chest films, with boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity on drawn chest films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline of an opacity on drawn chest films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pneumonia in children</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research and education only. It keeps a model from answering for an image of another kind; it makes no finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research and education only. Not a medical device: it must not be used to diagnose, to triage or to exclude a disease.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research and education only: learning how a network reads an image row by row. Not for any medical purpose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research, education and demonstration only. It has never seen a patient: its answer to a real film means nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What an image shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>abdomen CT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>breast MRI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chest CT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chest film of a child</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chest film of an adult</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>films of these audits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hand film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head CT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lung</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pneumonia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>val</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
