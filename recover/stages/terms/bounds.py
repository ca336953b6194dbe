"""Where a Chinese term begins that an English name in brackets follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec

from recover.glossary.concept import squashed
from recover.glossary.english import words as english_words
from recover.glossary.matcher import is_cased
from recover.lexicon.characters import is_han

_CLOSED = """
的 地 得 了 着 和 与 及 以及 或 或者 并 且 而 而且 但 但是 即 也 都 就 又 还 还有 亦 均 已 已经 没有 很 更 最
较 仍 却 对于 关于 在 于 从 由 向 往 到 至 将 把 让 使 令 给 为 为了 因 因为 由于 按 按照 依据 根据 通过 随
随着 以 用 除 除了 是 为一种 称为 称之为 叫 叫做 叫作 名为 即为 属于 作为 成为 当作 其 该 此 这 那 这些 那些
某 各 每 它 他 她 它们 他们 我们 我国 其中 之 之一 所 者 等等 如 例如 比如 诸如 像 包括 包含 含 含有 有 具有
无论 虽然 如果 若 则 所以 因此 一种 一个 一类 一些 个 两种 三种 四种 多种 各种 几种 某些 许多 所有 全部 上述
下列 以下 目前 近年 近年来 首先 其次 最后 然后 之后 以后 之前 另外 此外 尤其 特别 特别是 时 患 患有 当 会 应
也就是 及其 或其 乃至 甚至 只 仅 可以 能够 需 要 需要 进而 从而 主要是 尤其是 几 多个 几个 简称 又称 亦称 俗称
统称 所谓 著名 有关 针对 基于 依靠 借助 伴 伴有 与其 被称为 目的 结论 本文 文中 一项 本研究 采用 利用 运用
采取 选用 选取 引入 引进 给予 予以 进行 开展 提供 提出 探讨 考察 讨论 介绍 综述 描述 总结 阐明 揭示 发现 证实
证明 认为 表明 得到 取得 引起 导致 造成 引发 出现 变为 转化为 分化为 纳入 收集 收治 面临 位于 分为 来自 来源于
起源于 源于 源自 负责 实现 满足 解决 考虑 确定 涉及 围绕 服用 成立 称其为 命名为 定义为 译为 记为 罹患 确诊
确诊为 诊断为 表现为 达到 起 患者的 本 我 你 吧 呢 嘛 地对 时的 是否 可能 被称作 并称为 里 随后 继而 进一步
逐渐 大多 往往 通常 尚 曾 再次 见于 相当于 高于 低于 优于 取决于 来源 不同于 存在于 随即 分别 先后 至少 约为
即使 尤为 多为 常为 均为 仍为 归因于 亦即 亦称为 又称为 简称为 制成 反映 缺少 继之 有助于 致力于 借由 连同
包含有 尽管 直至 以至 后者 前者 二者 两者 三者
"""

# Particles, prepositions, conjunctions, pronouns, adverbs, copulas, quantities, verbs of reporting: no term
# begins with them.
CLOSED = frozenset(_CLOSED.split())

# Words that do begin some terms: with them goes how an English word begins that says the same.
OPENERS = {
    "研究": "research|stud", "观察": "observ", "分析": "analy", "比较": "compar",
    "评价": "evaluat|assess|apprais", "评估": "evaluat|assess", "设计": "design", "检测": "detect|test|assay",
    "测定": "determin|assay|measur", "测量": "measur", "检查": "examin|inspect", "诱发": "evoked|induc|provo",
    "诱导": "induc", "形成": "form", "分泌": "secret", "释放": "releas", "合成": "synth", "表达": "express",
    "上调": "upregul|up-regul", "下调": "downregul|down-regul", "促进": "promot|facilit|stimul", "改善": "improv",
    "增强": "enhanc|augment", "减弱": "attenuat", "降低": "reduc|decreas|lower", "提高": "improv|increas",
    "升高": "increas|elevat", "增加": "increas", "减少": "reduc|decreas", "缓解": "reli|remis",
    "减轻": "alleviat", "延缓": "delay", "抑制": "inhibit|suppress|repress", "阻断": "block", "阻止": "prevent",
    "预防": "prevent|prophyla", "防止": "prevent", "治疗": "treat|therap", "诊断": "diagnos", "研发": "develop",
    "开发": "develop", "参与": "particip", "调控": "regul|control", "调节": "regul|modul|accommod",
    "影响": "influen|impact|effect", "激活": "activat", "替代": "replac|substitut|altern",
    "取代": "replac|substitut", "修复": "repair|restor|remedia", "保护": "protect", "支持": "support",
    "编码": "cod", "完成": "complet", "鉴定": "identif", "表征": "character", "模拟": "simulat|mimic|analog",
    "预测": "predict", "估计": "estimat", "计算": "comput|calculat", "求解": "solv", "推导": "deriv|deduc",
    "简化": "simplif", "改进": "improv|modif", "优化": "optimi", "发展": "develop", "推广": "extend|general",
    "代表": "represent", "口服": "oral", "注射": "inject", "静脉注射": "intraven", "鞘内注射": "intrathec",
    "定义": "defin", "添加": "add", "加入": "add", "移植": "transplant|graft|implant",
    "接种": "inocul|vaccin|seed", "培养": "cultur|cultiv", "实施": "implement", "行": "line|row|walk",
    "选择": "select|choice", "合并": "combin|merg|pool", "早期": "early|earli", "晚期": "late|advanc|end",
    "慢性": "chronic", "急性": "acut", "典型": "typical|classic", "非典型": "atypical", "新型": "new|novel",
    "重要": "import|major|key", "临床": "clinic", "中国": "chin", "美国": "americ|u.s|united states|nation|us ",
    "国际": "internat|global", "日本": "japan", "英国": "brit|uk|united k", "长期": "long", "短期": "short",
    "成人": "adult", "成年": "adult", "小鼠": "mouse|mice|murine", "大鼠": "rat",
    "人": "human|anthrop|man|person|people", "儿童": "child|pediat|paediat|juven", "动物": "animal|zo",
    "外源性": "exogen", "内源性": "endogen", "自体": "auto", "异体": "allo", "同种异体": "allo",
    "局部": "local|focal|region|top", "全身": "system|whole|general", "传统的": "tradition|convention",
    "不同": "differ|hetero|vari", "多": "multi|poly|plur|pleio|many|more", "自": "auto|self|[a-z]*phag|spontan",
    "前": "anter|pre|fore|front|prior|pro|before", "后": "poster|post|hind|dors|after|back|late",
    "上": "upper|super|supra|epi|over", "下": "lower|sub|hypo|infer|under",
    "内": "intra|inner|endo|inter|within|intern", "外": "extra|exo|outer|ecto|extern|periph|foreign|in vitro",
    "间": "inter|mesen|meso|dien|meta|stroma|between", "中": "mid|centr|meso|medi|moder|inter|neutr|intra",
    "经": "trans|per|via|through|meridian", "未": "un|non|not|in|without", "不": "un|non|in|ir|dis|dys|not",
    "第": "first|second|third|th ", "再": "re", "类": "[a-z]*oid|like|class|type|analog|quasi",
    "种": "spec|seed|race", "称": "symmetr", "高": "high|hyper|tall", "低": "low|hypo", "约": "approx",
    "两": "two|bi|ambi|amphi|both|di", "左": "left|sinistr|levo", "右": "right|dextr",
    "双": "double|bi|dual|di|twin|pair", "先天性": "congenit|inborn", "获得性": "acquir",
    "原发性": "primar|idiopath", "继发性": "second", "散发性": "sporad", "家族性": "famil",
    "遗传性": "heredit|inherit|genet", "严重": "sever", "重度": "sever", "轻度": "mild", "中度": "moder",
    "另": "other", "新": "new|novel|neo", "强": "strong|intens|potent", "弱": "weak", "单": "single|mono|uni",
    "本氏": "[a-z]", "体外": "in vitro|extracorp|ex vivo|external", "体内": "in vivo|endogen|intern",
    "胎儿": "fet|foet", "新生": "new|neo", "健康": "health|normal", "正常": "normal|health|eu",
    "切割": "cleav|cut", "清除": "clear|scaveng|elimin|remov", "分化": "differen",
    "定向": "direct|orient|committ", "联合": "combin|joint|co|conjoin", "损伤": "injur|damag|lesion",
    "破坏": "destr|disrupt|impair", "维持": "maint|sustain", "刺激": "stimul", "阻碍": "obstruct|imped",
    "干扰": "interfer", "敲除": "knock", "转染": "transfect", "过表达": "overexpr", "运输": "transport|carrier",
    "携带": "carr|bear", "加速": "accelerat", "加重": "aggravat|exacerbat", "启动": "promot|initiat|start",
    "靶向": "target", "活化": "activat", "募集": "recruit", "调查": "survey|investig", "统计": "statist",
    "测试": "test", "验证": "valid|verif", "评定": "assess|evaluat|rat", "服": "tak", "静脉": "ven",
    "实验": "experiment", "试验": "trial|test|experiment", "早": "earl", "成熟": "matur", "未成熟": "immatur",
    "有效": "effect|effic", "联用": "combin", "能": "[a-z]*potent|energ|abil|able|compet|funct",
    "可": "[a-z]*able|[a-z]*ible|solub", "对": "para|anti|contra|pair", "等": "iso|equi",
    "一": "mono|one|first|single|nitric|primary", "过": "over|per|hyper|super|allerg",
    "主要": "major|main|princip|primar", "患者": "patient", "相关": "associat|relat|correl|relevan",
    "被": "tegment|tunic|coat", "常用": "common", "常见": "common", "结合": "bind|bound|conjug|combin|associat",
    "获得": "acquir", "表现": "manifest|express|presentation",
    "发生": "genes|[a-z]*gen|develop|onset|incid|occurr", "介导": "mediat", "背景": "background",
    "方法": "method", "同时": "simultan|concurr", "部分": "partial|part", "应用": "appl", "探索": "explor",
    "建立": "establish", "经典": "classic|canonical", "传统": "tradition|convent", "构建": "construct|build",
    "制备": "prepar", "报道": "report", "回顾": "retrospect", "显示": "display|visuali", "大量": "mass|large",
    "并发": "complic|concurr|comorb", "存在": "exist|presen", "作者": "author", "结果": "outcome|result",
    "接受": "accept", "使用": "use|usage", "产生": "generat|produc|[a-z]*gen", "提示": "prompt|cue|hint",
    "回忆": "recall", "沉积": "deposit|precipitat", "负载": "load", "包裹": "encapsul|wrap|coat",
    "植入": "implant", "注入": "inject|infus|instil", "输注": "infus|transfus", "招募": "recruit",
    "吞噬": "phago|engulf", "摄取": "uptak|intak|ingest", "转运": "transport|transfer",
    "缺乏": "deficien|lack|absen", "缺失": "delet|loss|deficien|absen", "突变": "mut", "累积": "accumul|cumul",
    "积聚": "accumul", "聚集": "aggregat|cluster", "再生": "regenerat|recycl", "存活": "surviv",
    "增殖": "prolifer", "迁移": "migrat|transfer", "凋亡": "apopto", "触发": "trigger", "终止": "terminat",
    "恢复": "recover|restor|rehab", "丧失": "loss|los", "支配": "innerv|domin", "投射": "project",
    "连接": "connect|junction|link|ligat", "整合": "integr", "融合": "fus", "分离": "isolat|separat|dissoc",
    "提取": "extract", "纯化": "purif", "扩增": "amplif|expan", "冻存": "cryo|freez", "标记": "label|mark|tag",
    "染色": "stain|chrom", "编辑": "edit", "递送": "deliver", "交联": "cross", "降解": "degrad|degener",
    "辅助": "assist|adjuv|auxil|access|aid", "监测": "monitor|surveil", "筛选": "screen|select", "随访": "follow",
    "采集": "collect|harvest|acquis", "改造": "engineer|modif|remodel", "修饰": "modif|decorat",
    "拮抗": "antagon", "竞争": "compet", "依赖": "depend", "限制": "limit|restrict|constrain", "加用": "add",
    "静脉输注": "intraven", "富含": "rich", "伴随": "accompan|concomit", "继发": "second", "直接": "direct",
    "间接": "indirect", "广泛": "extens|broad|wide|general", "单独": "alone|single|mono", "主动": "activ",
    "被动": "passiv", "一般": "general|common", "共同": "co|common|joint|shar", "显著": "significan|mark",
    "明显": "mark|obvious|overt", "转化": "transform|transl|conver", "缺血": "isch|infarct", "感染": "infect",
    "暴露": "expos", "诱": "induc", "称作": "called", "重建": "reconstruct|rebuild", "定位": "locali|position",
    "分布": "distribut", "参考": "refer", "分型": "typ|classif", "测序": "sequenc",
}  # fmt: skip


def bounds(word: str, en: str) -> bool:
    """Whether a term called ``en`` in English cannot hold ``word``, so that it begins after it."""
    if not any(map(is_han, word)):
        return not _is_said(word, en)
    return word in CLOSED or (word in OPENERS and not belongs(word, en))


@lru_cache(maxsize=4096)
def belongs(word: str, en: str) -> bool:
    """Whether ``word``, which may bound a term, is told by the English to be a part of this one."""
    if not any(map(is_han, word)):
        return word.strip() != "" and _is_said(word, en)
    stems = OPENERS.get(word)
    return stems is not None and bool(re.search(rf"(?:^|[^a-z])(?:{stems})", en.lower()))


def _is_said(letters: str, en: str) -> bool:
    """Whether letters and numbers of the Chinese stand in the English too; a space or a hyphen says nothing."""
    said = squashed(letters)
    return said in squashed(en) or (said in SPELT and SPELT[said] in en.lower())


# Letters and numbers that the two languages write differently.
SPELT = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "1": "i", "2": "ii", "3": "iii", "4": "iv",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "ω": "omega",
}  # fmt: skip


# What stands in brackets after a term: its English name, its abbreviation, or something else altogether.

# One bracket may stand in another: (poly(lactic-co-glycolic acid), PLGA).
PAIR = re.compile(r"[(（]((?:[^()（）]|[(（][^()（）]{1,60}[)）]){2,120})[)）]")
# After a space an inner bracket holds a part of its own: (mesenchymal stem cells (MSCs)).
INNER = re.compile(r"\s+[(（]([^()（）]+)[)）]")
PARTS = re.compile(r"\s*(?:[;；，、]|,(?!\d))\s*")
LEAD = re.compile(
    r"^(?:英文名?称?|英文全称|英文缩写|英语|简称|缩写为?|简写为?|又称|亦称|abbreviated as|abbr\.?)"
    r"\s*(?:为|是)?[:：]?\s*"
)
ABBREVIATION = re.compile(r"[A-Za-zα-ωΑ-Ω][A-Za-z0-9α-ω+/\-‐‑–]{1,14}")
PHRASE = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][A-Za-z0-9α-ωΑ-Ω\s,'’/+.()\-‐‑–]*[A-Za-z0-9α-ωΑ-Ω)]")

# An English word no term begins or ends with, or holds: what stands in the bracket is then a remark.
_REMARKS = (
    "et al fig figs figure table ref refs see e.g eg i.e ie inc ltd co corp usa uk germany china japan vs is are was"
    " were n p year years edition version www com no vol"
)
REMARKS = frozenset(_REMARKS.split())
# Units turn a bracket into a measure: 0.01 mol/L, 20 mg.
MEASURE = re.compile(
    r"\d\s*(?:[mμnk]?[gLlm]|mol|mmHg|Hz|°|d|h|min|s|Gy|IU|U)\b|[=<>＜＞≤≥≈%％‰±]|\b(?:1[6-9]|20)\d\d\b"
)


# A shortened word is no full name: E. coli, subg. Tinus.
ABBREVIATED = re.compile(r"(?:^|\s)[A-Za-z]{1,5}\.")


class Gloss(msgspec.Struct, frozen=True):
    """The English of a bracket; either may be empty, never both."""

    en: str
    abbreviation: str


def read_gloss(inside: str) -> Gloss | None:
    """The name and abbreviation that a bracket gives; None where it says something else."""
    parts = [LEAD.sub("", part) for part in PARTS.split(INNER.sub(r", \1", inside.strip())) if part]
    if MEASURE.search(inside) or REMARKS.intersection(part.lower() for part in parts):
        return None
    phrases = [tidy(part) for part in parts if is_phrase(part)]
    short = [part for part in parts if is_abbreviation(part)]
    if len(phrases) > 1 or len(short) > 1 or len(phrases) + len(short) < len(parts) or not parts:
        return None
    return Gloss(phrases[0] if phrases else "", short[0] if short else "")


def is_abbreviation(part: str) -> bool:
    """Whether a word is an abbreviation, a gene or a symbol rather than a name written out."""
    return bool(ABBREVIATION.fullmatch(part)) and is_cased(part) and not re.match(r"[a-z]{5}", part)


def is_phrase(part: str) -> bool:
    """Whether ``part`` may be an English term: some words, one of them written out, none of them a remark's."""
    words = [word.strip(".,").lower() for word in part.split()]
    if part.count("(") != part.count(")"):
        return False
    if not PHRASE.fullmatch(part) or is_abbreviation(part) or len(words) > 12 or any(map(is_han, part)):
        return False
    spelt_out = r"[a-z]{3,}" if len(words) > 1 else r"[a-z]{4,}"
    return not REMARKS.intersection(words) and not ABBREVIATED.search(part) and bool(re.search(spelt_out, part))


def tidy(phrase: str) -> str:
    """A phrase with single spaces."""
    return re.sub(r"\s+", " ", phrase).strip(" .,")


def explains(abbreviation: str, phrase: str) -> bool:
    """Whether the letters of an abbreviation come in a phrase in order, the first one first."""
    letters = [char for char in abbreviation.removesuffix("s").lower() if char.isalpha()]
    rest = iter(phrase.lower())
    return bool(letters) and phrase[:1].lower() == letters[0] and all(char in rest for char in letters)


def abbreviations_given(text: str) -> frozenset[str]:
    """The abbreviations that a text itself explains, by putting them in brackets."""
    parts = (part for match in PAIR.finditer(text) for part in PARTS.split(INNER.sub(r", \1", match.group(1).strip())))
    return frozenset(part.removesuffix("s") for part in parts if is_abbreviation(part))


# Longer than any term in 9,500 medical ones but a few definitions, counting that letters take more room than Han.
LONGEST = 36
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_LETTER = r"A-Za-z0-9α-ωΑ-ΩⅠ-Ⅻ"
# Many journals set a space between Chinese and letters; between two Chinese characters it parts two things.
BOUNDARY_INNER = re.compile(
    rf"(?:[{_HAN}{_LETTER}+/,·\-‐‑–']|(?<=[{_LETTER}]) (?=[{_HAN}{_LETTER}])|(?<=[{_HAN}]) (?=[{_LETTER}]))*$"
)


# Of a term in quotation marks before the bracket nothing is in doubt.
QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』]{2,})[”’」』]$")
SPECIES = re.compile(r"[A-Z][a-z]+ [a-z]{3,}")
COMMUNITIES = ("群落", "植物", "种群", "菌株", "林", "样品")
# The characters that foreign names are written with; none of them ends the name of a drug.
TRANSCRIBED = re.compile(
    "(?:.*[家者授士])?[阿埃艾奥巴贝比波博布查茨达德迪蒂丁多厄恩尔法菲费弗夫福富格哈海汉赫亨华惠霍基吉加杰卡凯科克肯库拉莱兰劳勒雷里丽利列林"
    "鲁路伦罗洛马玛迈曼梅美门米密莫穆纳奈内尼诺欧帕佩皮普奇乔琼日瑞萨塞森沙莎圣史斯司索塔泰坦汤特托瓦万威韦维温沃乌西希夏"
    "谢辛休雅耶伊因泽扎詹朱兹泡耐]{2,9}"
)


class Beginning(msgspec.Struct, frozen=True):
    """A place where the term may begin, and how far that is believed."""

    start: int
    score: float


def run_before(text: str, end: int) -> int:
    """How far left from ``end`` a term could reach: the punctuation before, or the longest term's length."""
    window = text[max(0, end - LONGEST) : end]
    match = BOUNDARY_INNER.search(window)
    return end - len(match.group()) if match else end


def beginnings(text: str, end: int, en: str, cut: Callable[[str], Sequence[str]]) -> Iterator[int]:
    """The word starts from right to left that a term ending at ``end`` may have, up to a word that bounds it."""
    at = end
    for word in reversed(cut(text[run_before(text, end) : end])):
        if bounds(word, en) and at != end:
            return
        at -= len(word)
        if word.strip(" -,/"):
            yield at


def plausible(zh: str, en: str) -> float:
    """From 0 to 1, how well a Chinese and an English term agree in length.

    Most English words take one and a half to three and a half characters; a long chemical or Latin one as many
    as it has syllables. Numbers in the English must stand in the Chinese too.
    """
    size = sum(map(is_han, zh)) + 2 * len(re.findall(r"[A-Za-z0-9α-ω]+", zh))
    words = [word for word in english_words(en) if word not in LITTLE]
    if not size or not words or not _numbers(en) <= _numbers(zh):
        return 0.0
    syllables = sum(map(_syllables, words))
    if len(words) == 1:
        return 1.0 if 2 <= size <= max(4, syllables + 2) else 0.0
    most = max(3.4 * len(words), syllables)
    return max(0.0, 1.0 - max(0.0, 1.4 * len(words) - size, size - most) / len(words))


LITTLE = frozenset(("of", "the", "and", "in", "a", "for", "by", "with", "to", "on"))
NUMERALS = str.maketrans("一二三四五六七八九ⅠⅡⅢⅣⅤ", "12345678912345")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d", text.translate(NUMERALS)))


def _syllables(word: str) -> int:
    return len(re.findall(r"[aeiouy]+", word)) or 1


class Surroundings(msgspec.Struct, frozen=True):
    """What a document and a glossary say: how often a wording stands alone, its known English, its words."""

    alone: Callable[[str], int]
    english_of: Callable[[str], Sequence[str]]
    cut: Callable[[str], Sequence[str]]


# Of the score below, what a beginning must reach to be believed: set on abstracts of all fields so that hardly
# a wrong pair is left.
BELIEVED = 1.5


def beginning_of(text: str, end: int, gloss: Gloss, around: Surroundings) -> int | None:
    """Where the term that ends at ``end`` and is glossed so in English begins; None where that is doubtful."""
    en = gloss.en
    quoted = QUOTED.search(text[max(0, end - LONGEST) : end + 1])
    if quoted:
        return end - len(quoted.group(1))
    candidates = [*beginnings(text, end, f"{en} {gloss.abbreviation}", around.cut)]
    scored = [
        Beginning(start, _score(text, (start, end), longer, en, around))
        for start, longer in zip(candidates, (*candidates[1:], None), strict=False)
    ]
    best = max(scored, key=lambda beginning: (beginning.score, -beginning.start), default=Beginning(end, 0.0))
    # An English name that says by what has words that stand before 的: 通过指数级富集的配体系统进化.
    is_part = text[: best.start].endswith("的") and " by " in en
    is_doubtful = best.score < BELIEVED or is_part or not _is_term(text[best.start : end], en)
    return None if is_doubtful else best.start


def _is_term(zh: str, en: str) -> bool:
    """Whether a pair is no person's name, and the Chinese no species' name with what grows of it."""
    is_proper = all(word[:1].isupper() for word in en.split())
    if is_proper and ("·" in zh or TRANSCRIBED.fullmatch(zh)):
        return False
    is_species = bool(SPECIES.fullmatch(en)) and (zh.startswith("植物") or zh.endswith(COMMUNITIES))
    return not is_species and not zh.startswith("氏") and "--" not in zh


def _score(text: str, place: tuple[int, int], longer: int | None, en: str, around: Surroundings) -> float:
    start, end = place
    zh = text[start:end]
    known = [other.lower() for other in around.english_of(zh)]
    if en.lower() in known or en.lower().removesuffix("s") in known:
        return 4.0
    length = plausible(zh, en)
    if length < 0.7 or len(zh) < 2:
        return 0.0
    # The English of a shorter term ends the English here: the term goes on to the left.
    too_short = -1.0 if any(en.lower().removesuffix("s").endswith(other) for other in known) else 0.0
    opens = 0.7 if longer is None else -0.5 if belongs(text[longer:start].strip(), en) else 0.0
    return length + too_short + opens + _letters(zh, en) + min(0.8, 0.4 * around.alone(zh))


def _letters(zh: str, en: str) -> float:
    """A term that begins with the letter its English begins with: β淀粉样蛋白, β-amyloid; else it is a part."""
    opening = re.match(r"[A-Za-z0-9α-ω]+", zh)
    return 0.9 if opening and en.lower().startswith(opening.group().lower()) else 0.0


def standing_alone(text: str) -> Callable[[str], int]:
    """Counts how often a wording stands in ``text`` with nothing before it that could belong to it."""

    def count(wording: str) -> int:
        return sum(_is_free(text[max(0, m.start() - 2) : m.start()]) for m in re.finditer(re.escape(wording), text))

    return count


def _is_free(before: str) -> bool:
    return not before or not is_han(before[-1]) or before[-1:] in CLOSED or before in CLOSED or before in OPENERS
