"""Texts to draw from: mostly Arabic, with everything that copied text brings along."""

from hypothesis import strategies as st

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة"
MARKS = "".join(map(chr, [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)]))
FOREIGN = "ٱٲٳٵٶٷٸپچژڤکگھہۀۂیےۓەABCxyzéßİŉǰ" + "\u0301\u0307\u0323\u0345"
FORMS = "ﷲﷺﻻﻼﻷﻹﻵﺍﺎﻬﯾﭘ﴾﴿①²½ﬁ" + "\u08f0\u08d3"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳"
UNSEEN = "\u0640\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202e\u2066\u2067\u2069\u061c\ufeff\u00ad\u034f"
POINTS = " \n\t.,،؛؟?!…٬٫:'’«»\"“”()[]-–\u00a0\u202f\u06d4"

ARABIC_HEAVY = st.text(st.sampled_from(LETTERS * 2 + MARKS + FOREIGN + FORMS + DIGITS + UNSEEN + POINTS), max_size=60)
TEXT = st.one_of(ARABIC_HEAVY, st.text(max_size=60))
