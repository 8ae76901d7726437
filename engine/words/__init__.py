"""Where sentences are made: late, from a code and its arguments, in the reader's language.

A `Sentence` is what the engine says to people: checks, abstentions, notes, results, errors. It is
its English text, so that it prints, compares and goes into a file as any text does, and it
remembers what it was made of. `say` makes it anew in another language. Programs decide by codes
(`Check.name`, `Note.code`, `EngineError.reason`, `Sentence.code`), never by the text.

The code is a key of `engine.words.table`, where a sentence is stored in a bundle or said in more
than one place. Everywhere else it is the English template itself, at the place where it is said:

    raise ImageError("{name} is cut off. Copy it again.", "truncated", name=path.name)

**For translators.** `templates()` yields every template of the engine as (context, code, English
template); the context is always `CONTEXT`. `say(sentence, translate)` takes a callable from an
English template to a translated one, for example

    say(sentence, lambda text: QCoreApplication.translate(CONTEXT, text))

Templates have named places, `{name}`, which a translation may put in any order. A place may have
a format of Python (`{size:,}`), one of `engine.words.formats` (`{value:score}`), or the word for
one and for many (`{films:film|films}`).
"""

from engine.words.sentence import Sentence, as_json, from_json, plain, same, say
from engine.words.table import TABLE
from engine.words.templates import CONTEXT, NAMES, templates

__all__ = [
    "CONTEXT",
    "NAMES",
    "TABLE",
    "Sentence",
    "as_json",
    "from_json",
    "plain",
    "same",
    "say",
    "templates",
]
