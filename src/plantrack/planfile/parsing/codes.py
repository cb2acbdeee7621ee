"""The codes of problems and how grave each is; their words are in the catalogues of `i18n`.

P0xx reading and YAML, P1xx shape and types, P2xx days, P3xx names and references, P9xx warnings. A
code is never used again for another mistake: people look it up by its number.
"""

from typing import Final

from plantrack.model.problem import Severity

SEVERITY: Final[dict[str, Severity]] = {
    "P001": "error",  # a file over 5 MiB
    "P002": "error",  # an empty file
    "P003": "error",  # bytes that are not UTF-8
    "P004": "error",  # a character that cannot be seen, or was lost
    "P005": "error",  # more values than any plan has
    "P006": "error",  # a file that is not there
    "P007": "error",  # a file that cannot be opened
    "P008": "error",  # letters in TCVN3 or VNI
    "P009": "error",  # UTF-8 that was read as something else
    "P010": "error",  # other syntax of YAML
    "P011": "error",  # ": " in an unquoted text, or indentation
    "P012": "error",  # a tab or a sign that cannot begin a value
    "P013": "error",  # a quote that is not closed
    "P014": "error",  # a line without ":"
    "P015": "error",  # a bracket that is not closed
    "P016": "error",  # text or indentation that was not expected
    "P017": "error",  # an escape that does not exist
    "P018": "error",  # a conflict that git left
    "P019": "error",  # a place of a template that was not filled
    "P020": "error",  # several documents
    "P021": "error",  # a tag
    "P022": "error",  # an alias of nothing
    "P023": "error",  # an alias inside what it stands for
    "P024": "error",  # aliases that unfold to too much
    "P025": "error",  # too many levels
    "P026": "error",  # a repeated key
    "P027": "error",  # a key that is not a text
    "P028": "error",  # a file that is not a mapping
    "P029": "error",  # a merge key for what is no mapping
    "P030": "error",  # an included file outside the workspace
    "P031": "error",  # an included file that is missing
    "P032": "error",  # an included file that cannot be read
    "P033": "error",  # a file included twice
    "P034": "error",  # a key of plans in an included file
    "P035": "error",  # a list in the place of a plan
    "P040": "error",  # a quote inside a text, or one that was not closed before
    "P041": "error",  # a tab where a line begins
    "P101": "error",  # an unknown key
    "P102": "error",  # a missing key
    "P103": "error",  # a list or mapping for a text
    "P104": "error",  # something else for a list
    "P105": "error",  # something else for a mapping
    "P106": "error",  # something else for a whole number
    "P107": "error",  # something else for a number
    "P108": "error",  # something else for true or false
    "P109": "error",  # none of the choices
    "P110": "error",  # a number out of range
    "P111": "error",  # the form of an id
    "P112": "error",  # the form of an area's code
    "P113": "error",  # the form of an activity's code
    "P114": "error",  # an empty text or list
    "P115": "error",  # spaces around a text
    "P116": "error",  # several lines where there is one
    "P117": "error",  # the form of a code
    "P120": "error",  # an unquoted word that is true or false to YAML
    "P121": "error",  # an unquoted number
    "P122": "error",  # an unquoted day
    "P123": "error",  # no value
    "P124": "error",  # text that is not NFC
    "P125": "error",  # a curly quote in the place of a straight one
    "P126": "error",  # a comma that splits a value
    "P127": "error",  # a key that belongs elsewhere
    "P201": "error",  # the form of a day
    "P202": "error",  # a day that does not exist
    "P203": "error",  # neither a day nor a period
    "P204": "error",  # a plan that ends before it starts
    "P205": "error",  # an activity due before it starts
    "P206": "error",  # validity that ends before it begins
    "P207": "error",  # regular work with a deadline
    "P301": "error",  # an unknown organisation
    "P302": "error",  # an unknown place
    "P303": "error",  # a repeated code of an area
    "P304": "error",  # a repeated code of an activity
    "P305": "error",  # a repeated id of an organisation
    "P306": "error",  # a repeated id of a place
    "P307": "error",  # an activity's code that is not of its area
    "P308": "error",  # a cycle of parents
    "P309": "error",  # a cycle of successors
    "P310": "error",  # a cycle of moved codes
    "P311": "error",  # a moved code in use
    "P312": "error",  # a code moved to nowhere
    "P313": "error",  # a retired code in use
    "P314": "error",  # a code retired twice
    "P315": "error",  # a code both moved and retired
    "P316": "error",  # an area moved to an activity, or the reverse
    "P317": "error",  # an unknown time zone
    "P318": "error",  # a repeated id of an indicator
    "P320": "error",  # the id of another file's plan
    "P319": "error",  # a name twice in one list
    "P901": "warning",  # a deadline outside the plan's year
    "P902": "warning",  # an organisation that did not exist in the plan's year
    "P903": "warning",  # an amount like 1.500
    "P904": "warning",  # more problems than are shown
    "P905": "warning",  # an activity that nobody leads
    "P906": "warning",  # an activity without a date
    "P907": "warning",  # an area whose title fits no line and has no short form
    "P908": "warning",  # an organisation that ends before the work it leads
    "P909": "warning",  # a space that is not the ordinary one
    "P910": "warning",  # a comment that marks what is still to be filled in
    "P911": "warning",  # the end of a text that YAML takes for a remark
    "P912": "warning",  # an organisation that both leads and coordinates
    "P915": "warning",  # a letter that looks like Đ and is another
}

#: What cannot be said of a file that was read only in part: the rest may hold what is missed.
NEEDS_WHOLE_FILE: Final = ("P035", "P102", "P114", "P312", "P905", "P906", "P907")
#: What cannot be said when a list of organisations and places is missing.
NEEDS_LISTS: Final = ("P301", "P302")
