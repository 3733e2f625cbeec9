"""Words: the tokens of a text, cut as the English treebanks of Universal Dependencies cut them.

What comes in is a text or a stretch of it; what goes out is a list of character ranges. Clitics stand alone ("do|n't",
"Kerry|'s", "can|not"), hyphenated compounds fall apart ("US|-|Russian") unless the first part is a prefix
("re-election"), an abbreviation keeps its stop unless the stop also ends the sentence, and numbers, times, dates,
addresses and e-mail addresses stay whole.
"""

from __future__ import annotations

import re
import unicodedata

from truceline.annotate.abbreviations import ABBREVIATIONS, ALSO_WORDS

# Chinese and Japanese are written without spaces: each Han character is one word, each run of kana another.
_HAN = r"\u2e80-\u303f\u3100-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = r"\u3040-\u30ff"
_LETTER = rf"[^\W\d_{_HAN}{_KANA}]"
_CHARACTER = rf"[^\W{_HAN}{_KANA}]"  # letters, digits and the underscore

# The prefixes that the treebanks leave joined to the word after them.
_PREFIXES = (
    "non|anti|re|co|pre|pro|mid|cross|post|over|semi|multi|ex|sub|counter|mini|neo|socio|psycho|inter|intra|micro|"
    "macro|extra|ultra|trans|pseudo|quasi|para|geo|bio|un|e"
)
_DOMAINS = "com|org|net|gov|edu|int|info|mil|eu|uk|us|ru|de|fr|ch|ua|sy|il|ir|tv|io|docx?|xlsx?|pdf|txt|html?|jpe?g|png"
# Written against a number, still words of their own: "$5bn", "10am", "30km".
_UNITS = (
    "bn|mn|tn|[mkbtx]|[ap]m|[ap]\\.m|[mck]m|[mk]?g|lbs?|ft|hrs?|mins?|secs?|[mk]ph|[kmgt]b|[kmg]?hz|[kmg]w|hh|sq|pts?"
)

_CLITIC = "(?:[sSmMdD]|re|ve|ll|RE|VE|LL)"

# No quantifier is open-ended where a later part of the same alternative can fail: the time stays linear.
_WORD = re.compile(
    rf"""
    (?!\s)(?:
      (?P<plain>[A-Za-z]{{1,100}}+(?=[\s,;]|\Z))
    | [,(){{}}\[\]"“”«»–—{_HAN}] | -(?![-=])                                             # the frequent signs early
    | (?P<address>
        (?:(?:https?|ftp)://|www\.)[^\s<>"“”«»]{{1,2000}}+
      | [\w.+%-]{{1,64}}@(?:[\w-]{{1,63}}\.){{1,8}}\w{{2,24}}
      | (?:[A-Za-z0-9][\w-]{{0,62}}\.){{1,8}}(?i:{_DOMAINS})(?![\w-])(?:/[^\s<>"“”«»]{{0,2000}}+)?
      | [a-z][\w-]{{0,40}}(?:\.[a-z][\w-]{{0,40}}){{2,8}}(?![\w.])                      # alt.talk.politics
      )
    | [AS]/(?:[A-Z]{{2,6}}/|\d{{1,4}}/)[\w/]{{0,20}}(?:\.\d{{1,4}})?(?!\w)          # A/73/PV.6, S/RES/2254
    | (?:
        \+\d{{6,15}}
      | (?:\d{{1,3}}[-.])?\(?\d{{3}}\)?[-./]\d{{3}}[-.]\d{{4}}(?![\w-])             # telephone numbers
      | \d{{3}}-\d{{4}}(?![\w-])
      | \d{{4}}-\d\d-\d\d(?![\w-])
      | \d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}(?![\w-])
      | (?:9/11|24/7)(?![\w/-])
      | \d{{1,2}}:\d\d(?::\d\d)?(?!\d)
      | ['’]?\d{{1,4}}0['’]?s(?!\w)                                                   # the 1990s, the '90s
      | \.?\d{{1,100}}+(?:[.,]\d{{1,100}}+){{0,20}}+(?:st|nd|rd|th|s)?(?!\w)
      | \d{{1,100}}+(?:[.,]\d{{1,100}}+){{0,20}}+(?=(?i:{_UNITS})(?!\w))
      | \d{{1,100}}+(?:[.,]\d{{1,100}}+){{1,20}}
      | ['’]\d\d(?!\w)
      )
    | (?P<initials>(?:{_LETTER}\.){{1,8}}{_LETTER}\.?(?!{_CHARACTER}))               # U.S., a.m., J.K.
    | (?P<abbreviation>(?:{_LETTER}{{1,12}}+(?:\.{_LETTER})?)\.(?!\w|\.\.))
    | [nN]['’`][tT](?!\w)
    | ['’`](?:{_CLITIC}|em|til|tis|twas)(?!\w)
    | (?:{_LETTER}{{1,40}}['’](?!{_CLITIC}['’]))?{_LETTER}{{1,40}}?(?=[nN]['’][tT](?!\w)|['’`]{_CLITIC}(?!\w))
    | (?i:{_PREFIXES})-{_CHARACTER}{{1,100}}+
    | [A-Z]{{1,5}}&[A-Z]{{1,5}}(?!\w)                                                # R&D, AT&T
    | (?i:uh-oh|uh-huh|mm-hmm?|w/o?(?=\s)|[cw]/o(?!\w)|s/he(?!\w))
    | [A-Z]{{0,2}}S?\$
    | [@#]{_CHARACTER}{{1,100}}+
    | (?P<letters>{_LETTER}{{1,100}}+(?:['’]{_LETTER}{{1,100}}+){{1,4}}(?!\w)|{_CHARACTER}{{1,100}}+)
    | [{_KANA}]{{1,100}}+
    | [:;=]['’]?-?[()DPp/](?=\s|\Z)                                                    # :-) and the like
    | [\U0001f1e6-\U0001f1ff]{{2}}                                                   # a flag
    | \.{{2,100}}+ | [!?]{{1,100}}+ | '' | `` | ’’ | ‘‘ | [-=]{{2,100}}+ | \*{{2,100}}+ | ~{{2,100}}+ | \#{{2,100}}+
    | \+{{2,100}}+ | <{{2,100}}+ | >{{2,100}}+ | /{{2,100}}+ | \${{2,100}}+
    | (?P<other>.)
    )
    """,
    re.VERBOSE | re.DOTALL,
)

# Fused in writing, two words in the treebanks: the length of the first.
_FUSED = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "im": 1, "ive": 1, "youre": 3, "theyre": 4, "thats": 4}
_FUSED |= {
    f"{verb}nt": len(verb) for verb in "do did does wo ca is are was were could would should have has had ai".split()
}

_FINAL = re.compile(r"""[\s"'”’»)\]]*+\Z""")
_NEXT = re.compile(r"\s*+(.)", re.DOTALL)
_LONGEST_JOINED = 200  # characters; no script needs more marks on a word
_ADDRESS_TAIL = ".,;:!?'’)]}*"


def split_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open ranges (code points, into the whole text) of the words in `text[start:end]`, in order, apart.

    Every character that is not white space lies in exactly one word, and no word holds white space. Nothing outside the
    stretch is looked at, so a sentence gives the same words alone and in its text; a stop that closes the stretch is
    its own word ("in the U.S" + "."). A word is at most about 2,000 characters long. Time grows with the length only.
    The conventions are those of the UD English Web Treebank and GUM.
    """
    end = len(text) if end is None else min(end, len(text))
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, end):
        kind = match.lastgroup
        a, b = match.span()
        if kind == "plain" or kind == "letters":
            cut = _FUSED.get(text[a:b].lower()) if b - a < 9 else None
            if cut:
                words.append((a, a + cut))
                a += cut
        elif kind == "abbreviation":
            if not _keeps_stop(text, a, b, end):
                words.append((a, b - 1))
                a = b - 1
        elif kind == "initials":
            if text[b - 1] == "." and _FINAL.match(text, b, end):
                words.append((a, b - 1))
                a = b - 1
        elif kind == "address":
            tail = _address_end(text, a, b)
            words.append((a, tail))
            if tail < b:
                words.extend(split_words(text, tail, b))
            continue
        if words and words[-1][1] == a and (text[a] > "\x7f" or text[a - 1] > "\x7f") and _joins(text, a, words[-1][0]):
            words[-1] = (words[-1][0], b)
        else:
            words.append((a, b))
    return words


def _keeps_stop(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the stop that ends at `stop` belongs to the word from `start`: it abbreviates, and something follows."""
    form = text[start : stop - 1]
    if not (form in ABBREVIATIONS or form.capitalize() in ABBREVIATIONS or (len(form) == 1 and form.isupper())):
        return False
    if _FINAL.match(text, stop, end):
        return False
    if form in ALSO_WORDS:
        following = _NEXT.match(text, stop, end)
        return following is not None and (following[1].isdigit() or following[1].islower() or following[1] in ",;")
    return True


def _address_end(text: str, start: int, end: int) -> int:
    """Where an address really ends: without the punctuation after it, without a bracket that it did not open."""
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    while end > start + 1 and text[end - 1] in _ADDRESS_TAIL:
        if text[end - 1] == ")":
            if closed <= opened:
                break
            closed -= 1
        end -= 1
    return end


def _joins(text: str, at: int, start: int) -> bool:
    """Whether the character at `at` belongs to the word from `start`: marks, joiners, soft hyphens, parts of emoji."""
    if at - start > _LONGEST_JOINED:
        return False
    before, after = text[at - 1], text[at]
    if after == "\u200b" or before == "\u200b":  # the zero-width space parts words; it goes with the one before it
        return after == "\u200b" and before.isalnum()
    kind = unicodedata.category(after)
    if kind[0] == "M" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if kind == "Cf":
        return before.isalnum() or unicodedata.category(before) in {"Cf", "Mn", "Mc", "Me", "So", "Sk"}
    if unicodedata.category(before) not in {"Cf", "Mn", "Mc", "Me"}:
        return False
    return after.isalnum() or (before == "\u200d" and kind == "So")
