"""Which claims PubMed cannot answer: insurance cover, approval, prices, offers, own figures, slogans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.lexicon.folding import unify_spelling
from claims.lexicon.lexicon import Lexicon
from claims.records.retrieval import Concept, PicoSlot, Unsearchable
from claims.search.requiring import is_vague

# What else the sentence says can be looked for: it tells of an effect beside.
_EFFECT = re.compile(
    r"(?:減ら|抑え|改善|軽減|予防|防[ぐぎい]|効[くき果]|有効|和らげ|高め|下げ|治療成績|上回|優れ|劣ら)"
    r"|(?:人|方|者)ほど|傾向|を起こ[しす]"
    r"|\b(?:reduc|improv|prevent|lower|reliev|eas(?:e|ing)|increas|effective|cure|protect|caus|associat|outperform)"
    r"|\b(?:more|less|fewer|higher|lower|longer)\b(?:\s\S{1,20}){0,3}"
    # What costs less than $50, or half of it, is compared with nothing that has an effect.
    r"\s(?:likely\b|than\b(?!\s(?:[$£€¥]?\d|half\b|before\b|ever\b)))",
    re.I,
)
# The sentence says so and no more, whatever for.
_SAYS_ONLY = (
    (
        Unsearchable.INSURANCE,
        re.compile(r"(?:保険(?:適用|適応|診療|が(?:使|効|きく|き))|自由診療|自費)[^、。]{0,14}[。.]?\Z"),
    ),
    (
        Unsearchable.APPROVAL,
        re.compile(
            r"(?:承認(?:され|を(?:受|取得|得)|済)|認可(?:され|を受))[^、。]{0,14}[。.]?\Z"
            r"|\b(?:is|are|was|were|been)\s+(?:\w{1,20}[ -]){0,3}(?:approved|licen[sc]ed|authori[sz]ed)\b"
            r"(?!.*\band\s+(?:also\s+)?(?:reduc|improv|prevent|lower|reliev|increas|protect|cur|eas)\w*s\b)"
            r"|\b(?:is|are|was|were|been|an?)\s+(?:\w{1,20} ){0,2}FDA[- ](?:approved|cleared)\b"
            r"|\b(?:holds?|has|have|received|gained|won|carr(?:y|ies)|secured|obtained|earned|granted)\s(?:\w{1,12}\s){0,3}"
            r"(?:FDA|EMA|CE|MHRA|TGA|PMDA|UKCA)\b[^.]{0,20}\b(?:clearance|approval|mark|certificat\w+|licen[sc]e)\b"
            r"(?!.*\band\s+(?:also\s+)?(?:reduc|improv|prevent|lower|reliev|increas|protect|cur|eas)\w*s\b)",
            re.I,
        ),
    ),
)
_PATTERNS = (
    (
        Unsearchable.INSURANCE,
        re.compile(
            r"保険(?:適用|適応|診療|治療|給付|外|の対象|対象|収載)"
            r"|保険[がもはを]?(?:使[えいっわ]|効|きき|きか|適用|下り|おり)|保険で(?:受け|治療|診|まかな)"
            r"|無料で(?:受け|接種|検査|打)|無償で"
            r"|自由診療|自費|全額自己負担|自己負担|医療費控除|高額療養費|公費|助成|(?<![一-龥])(?:市|区|町|県|国|自治体)の補助(?!療法|人工|化学|具|食品|診断|循環|換気)|補助金|先進医療|混合診療"
            r"|\b(?:covered|reimbursed|paid for|funded) by (?:the |your |most |national ){0,2}"
            r"(?:insur|health|plan|NHS|state)|\binsurance\b|\bmedicare\b|\bmedicaid\b"
            r"|\bout of pocket\b|\bon the NHS\b|\btax[- ]deductible\b|\bfree of charge\b|\bfor free\b"
            r"|\b(?:is|are|be|get|have) (?:it |them |this )?free (?:for|on|at|if|until|once)\b"
            r"|\bfree (?:on|at|from) (?:the |any |your )?(?:NHS|GP|pharmac|dentist)"
            r"|\b(?:entitled to|eligible for) (?:a )?(?:free|funded)"
            r"|\b(?:not|n't) (?:have to |need to )?pay for\b"
            r"|\bprescription charges?\b",
            re.I,
        ),
    ),
    (
        Unsearchable.APPROVAL,
        re.compile(
            r"承認(?:され|済|を(?:受|取得|得)|医薬品|薬|機器|品)|未承認|認可|薬機法|薬事法|認証を(?:取|受)"
            r"|特定保健用食品|トクホ|機能性表示|医薬部外品|一般用医薬品|第[一二三1-3]類医薬品|処方箋(?:が|は|なし|医薬品)"
            r"|市販(?:され|が(?:開始|始))|発売され|薬局で(?:買|購入)|届出番号|届け?出(?:て|を|が|済)[^。]{0,12}(?:受理|提出|済|い?ま)"
            r"|\b(?:FDA|EMA|PMDA|CE)[- ](?:approv|clear|regist|mark|certif|licen)\w*"
            r"|\b(?:approved|licen[sc]ed|authori[sz]ed) (?:by|for|in|as|to)\b"
            r"|\b(?:over[- ]the[- ]counter|without a prescription|prescription[- ]only|off[- ]label)\b",
            re.I,
        ),
    ),
    (
        Unsearchable.PRICE,
        re.compile(
            r"[0-9]\s?(?:万|千)?円|[¥￥$£€]\s?[0-9][0-9,.]{0,9}+(?!\s?(?:million|billion|trillion))|[0-9]\s?(?:ドル|ユーロ|ポンド)"
            r"|(?:料金|価格|値段|税込|税別|割引|月額|定額|格安|分割払い|医療ローン|デンタルローン|無金利)"
            r"|\b(?:costs?|priced?|prices) (?:(?:from|about|around|only|just) )?[$£€¥0-9]"
            r"|\b(?:discount|per month|money[- ]back|free shipping|affordable price|payment plans?"
            r"|interest[- ]free|spread the cost|monthly instal?lments?|finance options?)\b",
            re.I,
        ),
    ),
    (
        Unsearchable.OWN_FIGURES,
        re.compile(
            r"満足度|リピート率|売上|販売数|シェア(?:第1位|No)|症例(?:数|実績)|実績|受賞"
            r"|モンドセレクション|口コミ|人気(?:の|が|No)|当院の(?:患者|症例|成績)"
            r"|\b(?:best[- ]sell|award[- ]winning|(?:number one|no\.\s?1) (?:choice|brand|clinic))\b"
            r"|\b(?:five[- ]star|customers|awards?)\b|\bnation's favou?rite\b|\bvoted\b"
            r"|\bour (?:patients|clients|clinic|team|doctors|members|customers)\b",
            re.I,
        ),
    ),
)
# What a house does for who comes, or asks them to do.
_OFFER = re.compile(
    r"お電話|ご予約|お問い?合わ?せ|ご相談ください|ご来院|ご来店|お越し|お待ちして|承って|受け付けて|診療(?:時間|日)"
    r"|製造して(?:い|お)|提携(?:先|工場|施設)|在籍して|認定(?:医|施設)です|資格を(?:持|有)"
    r"|休診|当日(?:予約|対応|受診)|即日対応|駐車場|(?:徒歩|駅から)\d+分"
    r"|\b(?:call us|call today|ring us|give us a call|get in touch|contact us"
    r"|book (?:an?|your|online|now|today)|same[- ]day appointments?|walk[- ]ins?|opening hours"
    r"|specialist register|registered with|best before|suitable for (?:vegetarians|vegans)"
    r"|dispatched|ships? within"
    r"|free consultation|free parking|we offer|we accept)\b",
    re.I,
)
# A call or a mood, in the place of a predicate.
_CALL = re.compile(
    r"(?:ましょう|ませんか|(?:イキイキ|いきいき|キラキラ|きらきら|ツヤツヤ|つやつや|ハツラツ|はつらつ)(?:と)?"
    r"|輝[くきかけこ][^。、]{0,8}|応援(?:します|しています)?)[!！♪☆。]{0,3}\Z"
)

_ADVICE = re.compile(r"ましょう[!！。]{0,3}\Z")


def find_unsearchable(text: str, concepts: Sequence[Concept], lexicon: Lexicon) -> Unsearchable | None:
    """Why PubMed cannot answer the claim; ``None`` for one that it may.

    A claim that tells of an effect as well is searched for. A slogan speaks in images and names nothing, or
    one complaint at most; or it calls on the reader, and names one thing at most.
    """
    read = unify_spelling(text).strip()
    kinds = _SAYS_ONLY if _EFFECT.search(read) else (*_SAYS_ONLY, *_PATTERNS)
    told = next((reason for reason, pattern in kinds if pattern.search(read)), None)
    if told is not None:
        return told
    if _OFFER.search(read) and not _EFFECT.search(read):
        return Unsearchable.OFFER
    named = [concept for concept in concepts if not (concept.inherited or is_vague(concept))]
    complaint = len(named) == 1 and named[0].slot is PicoSlot.CONDITION
    if (not named or complaint) and lexicon.names_image(read):
        return Unsearchable.SLOGAN
    called = len(named) <= 1 and not _EFFECT.search(read) and _CALL.search(read)
    # 水分をとりましょう under 熱中症 is advice that can be looked up.
    advises = named and _ADVICE.search(read) and any(concept.inherited for concept in concepts)
    return Unsearchable.SLOGAN if called and not advises else None
