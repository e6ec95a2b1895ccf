"""The words of the terminal of the played Discord, in each language of terminals."""

from typing import Final

_ENGLISH: Final = {
    "help": """\
text        a message that mentions the bot   /command value   a registered command, as /ask
/command name=value name=value   its options by name; each value reaches to the next name=
:as NAME    who speaks                 :in CHANNEL where
:dm         a direct message           :say TEXT   a message that does not mention the bot
:reply TEXT a reply to the last answer :press N    button N under the last card that has one
:edit TEXT  change my last message     :delete     delete my last message
:menu N     a menu of the last message that a person wrote, by number or name
:fill name=value name=value   fill in the form that has opened, and send it
:complete [command] name=text   what is proposed while the text is typed
:wait [S]   wait for the answer        :commands   the registered commands
:who        people and channels        :violations rules that were broken
:help :quit""",
    "private": "only the asker sees it",
    "thinking": "thinking…",
    "edited": "edited {count}",
    "pings": "pings {names}",
    "disabled": "disabled",
    "comma": ", ",
    "no_choice": "nothing is proposed",
    "deleted": "deleted",
    "no_violation": "none",
    "no_such": "there is no :{word}; :help lists what there is",
    "a_number": "the number of a button, as in :press 1",
    "no_button": "that card has {count} buttons, and no card before it has a button {number}",
    "earlier_card": "button {number} of an earlier card, for the last one has {count}: {button}",
    "moderators": "Only moderators see it: {calls}",
    "form": "A form: {title}",
    "required": "required",
    "fill": "Fill it in: :fill {fields} (for a new line write \\n)",
    "no_form": "no form is open",
    "which_field": "which field? {fields}",
    "sent": "sent",
}
_ARABIC: Final = {
    "help": """\
نصّ         رسالة تذكر البوت          /أمر قيمة   أمر مسجّل، مثل /اسأل
/أمر اسم=قيمة اسم=قيمة   خياراته بأسمائها، وكل قيمة تمتدّ إلى الاسم= التالي
:as NAME    من يتكلّم                 :in CHANNEL أين
:dm         محادثة خاصة               :say نصّ    رسالة لا تذكر البوت
:reply نصّ  ردّ على آخر جواب           :press N    الزرّ N تحت آخر بطاقة لها مثله
:edit نصّ   تعديل آخر رسالة لي         :delete     حذف آخر رسالة لي
:menu N     قائمة آخر رسالة كتبها إنسان، برقم أو باسم
:fill اسم=قيمة اسم=قيمة   ملء النموذج الذي فُتح وإرساله
:complete [أمر] اسم=نصّ   ما يُقترح عند كتابة النصّ
:wait [S]   انتظار الجواب             :commands   الأوامر المسجّلة
:who        الناس والقنوات            :violations ما خالف القواعد
:help :quit""",
    "private": "يراه السائل وحده",
    "thinking": "يفكّر…",
    "edited": "عُدّل {count}",
    "pings": "ينبّه {names}",
    "disabled": "معطّل",
    "comma": "، ",
    "no_choice": "لا اقتراح",
    "deleted": "حُذفت",
    "no_violation": "لا شيء",
    "no_such": "لا يوجد :{word}، وما يوجد يسرده :help",
    "a_number": "رقم زرّ، مثل :press 1",
    "no_button": "عدد أزرار تلك البطاقة {count}، وليس لبطاقة قبلها زرّ رقمه {number}",
    "earlier_card": "الزرّ {number} من بطاقة أسبق، فعدد أزرار الأخيرة {count}: {button}",
    "moderators": "لا يراه إلا المشرفون: {calls}",
    "form": "نموذج: {title}",
    "required": "لا بدّ منه",
    "fill": "املأه هكذا: :fill {fields} (والسطر الجديد \\n)",
    "no_form": "لا نموذج مفتوح",
    "which_field": "أي حقل؟ {fields}",
    "sent": "أُرسل",
}
TEXTS: Final = {"ar": _ARABIC, "en": _ENGLISH}
