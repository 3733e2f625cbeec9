"""Abbreviations whose stop belongs to the word, in groups by what may follow them.

Words are written without the final stop. The groups decide whether the stop also ends a sentence:
a title never does, a month does unless a number follows, a company form does when a new sentence plainly begins.
Dotted forms ("U.S.", "a.m.", "e.g.") are recognised by their shape; the few that need a rule of their own are here.
"""

from __future__ import annotations

# A name or another word always follows: the stop never ends a sentence.
TITLES = frozenset(
    """Mr Mrs Ms Mx Messrs Mme Mlle Mmes Dr Drs Prof Rev Hon Fr Msgr Revd Gen Lt Col Sgt Cpl Pvt Capt Cmdr Cdr Adm Maj
    Brig Cmdt Insp Supt Sen Sens Rep Reps Gov Govs Pres Amb St Ste Mt Ft Atty Asst Attn Fmr
    vs v viz cf eg ie approx ca al esp incl resp dept Dept Spc Pfc Spec Pte
    govt Govt Gvt intl Intl natl Natl assoc Assoc assn misc orig prev cont tech admin mgmt acct""".split()
)

# A number follows ("No. 5", "Art. 3", "pp. 10-12"); before anything else the stop ends the sentence.
BEFORE_NUMBERS = frozenset(
    "No Nos no nos Art Arts art arts Sec Secs sec Fig Figs fig figs para paras Para Paras p pp Vol Vols vol vols "
    "ch chs Ch Ed ed eds Res res Op op Doc doc Tel tel Rm Ext ext Sched Reg Regs c b d fl".split()
)

MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())
WEEKDAYS = frozenset("Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat Sun".split())

# May stand at the end of a sentence; ends it when the next word plainly begins a new one.
MAY_END = frozenset(
    """Inc Corp Ltd Co Cos Bros Jr Sr Esq PLC Plc Bhd Pty LLC Assn Bldg Ave Blvd Rd Hwy Dist Mfg Univ Inst
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mont Neb Nev Okla Ore Pa
    Penn Tenn Tex Va Vt Wis Wyo Ont Que
    etc min mins hr hrs yr yrs km kg lb lbs oz sq ft Ph.D M.Sc B.Sc LL.B LL.M D.Phil M.Phil Kft GmbH""".split()
)

ABBREVIATIONS = TITLES | BEFORE_NUMBERS | MONTHS | WEEKDAYS | MAY_END

# Ordinary words too: before a stop they are read as abbreviations only by the groups' own rules for sentences,
# and as whole words when split into tokens.
ALSO_WORDS = frozenset(
    "no nos art arts fig figs Mar Jun Jul Sun Sat Wed Mon Fri Miss Ill Ind Ark Del min sec Sec ed Ed res Res op Op "
    "doc Doc Reg Ext ext ch Ch v p b d c La Pa Va Md Co Ore Mont Penn hr ft Tel tel".split()
)

# The hours of the day: end the sentence unless a day or a time zone follows.
CLOCK = frozenset({"a.m", "p.m"})

# Words that, with a capital after an abbreviation, begin a new sentence rather than go on with a name:
# "in the U.S. The talks" against "the U.S. Senate".
STARTERS = frozenset(
    """The A An This That These Those He She It We They You I There Here In On At As But And Or So If When While Where
    Who What Why How After Before Since Although Though Because However Meanwhile Moreover Nor For From With Without By
    To During Until Unless Some Many Most Several Both All No Not Nobody None Nothing One His Her Its Our Their My Your
    Then Thus Therefore Yet Still Also Earlier Later Now Today Yesterday Tomorrow According Among Asked Another Each
    Every Even Only Once Others Such Between Against Despite Following Instead Indeed Perhaps Neither Either Whether Did
    Does Do Is Are Was Were Can Could Should Would Have Has Had Let Please Never Nevertheless Rather Again Further
    Furthermore Finally""".split()
)
