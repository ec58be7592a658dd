"""The normal form of labels that several services compare: genres, and tags as the recap worker stores them.

It is exactly lower(trim(label)), because the readers of the tag label graph look up labels in that form. There is no
NFKC, so full-width forms stay as they are. "Trim" removes Unicode white space at both ends. "Lower" is Unicode's full
mapping (`İ` gives two code points, a final sigma stays final). SQL that needs the same form passes `WHITE_SPACE` to
btrim and lowers under a Unicode collation; a property test in the label graph checks that both agree.
"""

# Exactly what `str.strip()` removes.
WHITE_SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def normal_label(label: str) -> str:
    """Return the label in normal form; "" for a blank one."""
    return label.strip().lower()
