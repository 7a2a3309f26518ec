"""The character encodings that a message may declare, by the labels of the WHATWG Encoding Standard.

A fixed table and not `codecs.lookup`: that would also find codecs that are no encodings of text (`zip`,
`unicode_escape`), quadratic ones (`punycode`), and would remember every label it was ever asked for.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Python codec: labels. As the standard has it, ISO-8859-1 and ASCII mean windows-1252, which contains both.
_LABELS: Final = """
utf-8: utf-8 utf8 unicode-1-1-utf-8
utf-16-le: utf-16le utf-16 utf16 ucs-2 unicode csunicode iso-10646-ucs-2
utf-16-be: utf-16be
cp1252: windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii cp819 ibm819
cp1250: windows-1250 cp1250 x-cp1250
cp1251: windows-1251 cp1251 x-cp1251
cp1253: windows-1253 cp1253 x-cp1253
cp1254: windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 latin5 l5
cp1255: windows-1255 cp1255 x-cp1255
cp1256: windows-1256 cp1256 x-cp1256
cp1257: windows-1257 cp1257 x-cp1257
cp1258: windows-1258 cp1258 x-cp1258
cp874: windows-874 iso-8859-11 iso8859-11 tis-620
iso8859-2: iso-8859-2 iso8859-2 iso_8859-2 latin2 l2
iso8859-3: iso-8859-3 iso8859-3 latin3 l3
iso8859-4: iso-8859-4 iso8859-4 latin4 l4
iso8859-5: iso-8859-5 iso8859-5 cyrillic
iso8859-6: iso-8859-6 iso8859-6 arabic
iso8859-7: iso-8859-7 iso8859-7 greek
iso8859-8: iso-8859-8 iso8859-8 hebrew
iso8859-10: iso-8859-10 iso8859-10 latin6 l6
iso8859-13: iso-8859-13 iso8859-13
iso8859-14: iso-8859-14 iso8859-14
iso8859-15: iso-8859-15 iso8859-15 iso_8859-15 latin-9 latin9 l9
iso8859-16: iso-8859-16 iso8859-16
koi8-r: koi8-r koi8 koi
koi8-u: koi8-u koi8-ru
mac-roman: macintosh mac x-mac-roman
gb18030: gb18030 gbk gb2312 x-gbk
big5hkscs: big5 big5-hkscs
euc_jp: euc-jp x-euc-jp
cp932: shift_jis shift-jis sjis windows-31j x-sjis
cp949: euc-kr ks_c_5601-1987 korean windows-949
"""

CODECS: Final[Mapping[str, str]] = MappingProxyType(
    {
        label: codec
        for line in _LABELS.split("\n")
        if line
        for codec, _, labels in [line.partition(":")]
        for label in labels.split()
    }
)
"""Label in lower case → name of the Python codec."""

# `<meta charset=…>` as well as `<meta http-equiv=content-type content="text/html; charset=…">`.
_META: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_PRESCAN: Final = 4096  # the standard asks for 1,024; pages put their styles before it


def declared_in_html(value: bytes) -> str | None:
    """The label in the `<meta>` elements at the top of a page, in lower case; None without one."""
    match = _META.search(value, 0, _PRESCAN)
    return match[1].decode("ascii").lower() if match else None
