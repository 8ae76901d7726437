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
        <source>%n frames</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
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
        <source>&amp;Bare film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Deviation or raw state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
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
        <source>&amp;Invert grey levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Maps</source>
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
        <source>&amp;Open films…</source>
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
        <source>&amp;Quit</source>
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
        <source>&amp;State map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Study list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text on the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 step = {rows:.1f} stored rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A band is not the outline of a lesion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A side that the model does not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A view that the model does not read</source>
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
        <source>Abstained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After each row off by up to {off:.2f} ({source}).</source>
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
        <source>All keys</source>
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
        <source>Another kind of image</source>
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
        <source>Apache License 2.0. Typeface: Inter, SIL Open Font License.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appears when a model has read the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the edge of usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beyond the header&apos;s range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CENTER WIDTH</source>
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
        <source>Chosen units</source>
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
        <source>Conformal prediction set: of films like the validation films, {level:.3g} % of each class have it among those that cannot be excluded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoder</source>
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
        <source>Drop a film here, or press Ctrl+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop films here</source>
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
        <source>Fewer rows than the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film</source>
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
        <source>Fit to pane</source>
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
        <source>From a blank film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From it blurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the mean film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey values</source>
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
        <source>Hidden units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden units, as 17, 41, 98; empty is all of them (U)</source>
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
        <source>How often validation films with such an answer show this class: once with this film counted as one that does not, once as one that does. One of the two is calibrated; they have no level, as other intervals have. It holds for films like those, not for another hospital&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How usual it is</source>
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
        <source>Influence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert grey levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this image for this model?</source>
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
        <source>Last step</source>
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
        <source>Loading {film} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on {source}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model card and its limits …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NAME</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NUMBER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative predictive value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neither turned nor made up</source>
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
        <source>No answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer, no steps to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No film has been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No map. I: influence, S: state</source>
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
        <source>Not a diagnosis.</source>
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
        <source>Not read</source>
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
        <source>Not tested from {film}, only from the mean film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not tested on other films.</source>
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
        <source>Nothing from {storage} for {seconds} s</source>
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
        <source>Open a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model: the folder that a training wrote</source>
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
        <source>Opens films and reads them row by row with a recurrent network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outside the usual range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PATH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part examined</source>
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
        <source>Positive predictive value</source>
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
        <source>Probability {value:.2f} on a scale from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw</source>
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
        <source>Read with this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Research use only</source>
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
        <source>Reset the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the file → rows that the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rowscope met an error that it did not expect.</source>
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
        <source>Saved {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitivity</source>
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
        <source>Side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller range than declared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong</source>
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
        <source>Stay with the film that is shown (Esc)</source>
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
        <source>Still showing {name}</source>
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
        <source>Studies</source>
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
        <source>Text on the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bare film (B)</source>
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
        <source>The demo study is being drawn. This takes some seconds once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not say what it shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film that Influence starts from (Shift+I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder holds no image files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header gives two ages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not say which kinds of image it is for.</source>
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
        <source>There is no command “{name}”; rowscope --commands lists them.</source>
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
        <source>Turned, by its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned, or made up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units are numbers from 0 to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlike its films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upright, by its header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>VOI LUT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Venn–Abers interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
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
        <source>What the network&apos;s cells hold after each row (S)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which way up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wide borders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, for this network: without the rows that it marks strongest the answer goes {faster:.1f} times as fast as without rows at random. It does not show where a lesion is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your films are untouched, and you can go on. Please report this:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a baseline is mean, blank or blurred.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a map is influence, state or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a network of random weights makes nearly the same map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a state, not importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a theme is dark or light.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a window is wider than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above the threshold</source>
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
        <source>against {film}; tested from the mean film only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>against {film}; tested from the mean film only; a band is not the outline of a lesion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all text on the film, the least, none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at this row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at this threshold, {films}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below the threshold</source>
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
        <source>by peak step</source>
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
        <source>change of the log-odds against {film}, step by step. {lesion}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change of the log-odds against {film}, step by step; tested from the mean film only. {lesion}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour as stored</source>
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
        <source>commands for the window, divided by “;”, as --commands lists them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d</source>
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
        <source>doubtful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
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
        <source>film that Influence starts from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>films or folders</source>
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
        <source>hidden units, as 17,41,98</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if reading stopped after step {step}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index</source>
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
        <source>its storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay a map over the film, or none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let Influence start from another film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>let time pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list it as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list what --do understands, and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log-odds; the steps sum to the difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>map over the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name of the model to read with, or folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no film is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no pixel spacing</source>
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
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a lesion&apos;s outline</source>
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
        <source>not proven</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not said</source>
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
        <source>of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the films that the threshold was chosen on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open a file, a folder or a model; read it anew if it is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the demo study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open the window without a display, save it when all is read, and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding ({value})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peak step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the row cursor on a stored row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raw hidden state; a state, not importance</source>
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
        <source>screen pixels for each stored pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show a frame, counted from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide the study list</source>
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
        <source>show the film with a window of modality values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the next film of the list</source>
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
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stay with the film that is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {step}</source>
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
        <source>steps {first}–{last}</source>
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
        <source>surprise, model row {row}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>swap black and white</source>
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
        <source>this film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threshold {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few to tell</source>
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
        <source>w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without the rows that it marks strongest the answer goes only {factor:.1f} times as fast as without rows at random, and {least:g} times is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write what the window shows in the end, without a display, and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom {scale:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom {scale:.2f}, fit</source>
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
        <source>{film} itself is “{name}” {value}: the map shows only what differs from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{format}, {columns} × {rows}, {bits} bits</source>
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
        <source>{low:g} to {high:g}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{map}, this film’s own scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read now: {storage} is not answering. Try again later.</source>
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
        <source>{name}, frame {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: no answer. {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{nats:.2f} nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be written. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} percentile</source>
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
        <source>{scale} towards {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a list such as 17,41,98</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a size such as 1280x800</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{years:.3g} years</source>
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
        <source>“{step}” cannot be done: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← → film    ↑ ↓ row    I influence    S state    B bare film    F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>A process that reads films did not start; read them in one (`--workers 1`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A split is three shares that sum to 1, such as 0.8,0.1,0.1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for at least one film of 16 rows, and a seed from 0 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-validation needs two folds or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning curves need TensorBoard: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one key to tune.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No combination could be trained; tuning.csv says why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures need Matplotlib: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several seeds are two or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The array holds values that are not finite; replace them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data have no training films.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The machines of this training differ: only some have bfloat16 units; set `training.precision = &quot;32&quot;`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processes ended before the work was done; the same command goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report&apos;s “results” are no pairs of texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The score auc needs `positive` in the recipe; macro-auc does not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of opacities lies between 0 and 1.</source>
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
        <source>There is no CUDA device here; train with --device cpu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training needs Lightning Fabric: pip install &apos;rowscope[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`training.early_stopping` and a plateau need validation films; set `data.validation`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a check sum inside does not fit</source>
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
        <source>doubtful</source>
        <extracomment>mark.doubtful</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>mark.failed</extracomment>
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
        <source>it holds two sets of pixel data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is DICOM without an image</source>
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
        <source>it is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is larger than 1 GiB</source>
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
        <source>it is no regular file</source>
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
        <source>its colours are of a kind that is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its compressed pixel data are not a list of fragments</source>
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
        <source>its header has no Photometric Interpretation</source>
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
        <source>none of its pixels is a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked</source>
        <extracomment>mark.not-asked</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only JPEG XL has the colours XYB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <extracomment>mark.passed</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed or fractional colour is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the components of its codestream differ in depth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the descriptor of its VOI LUT is not three numbers</source>
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
        <source>{text}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
