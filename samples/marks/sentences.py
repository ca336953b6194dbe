"""Made-up sentences full of raised and lowered characters, and plain ones with none, in the samples' marked text.

Rules were made on the templates that are ``seen`` and ``wider``. The others are looked at only when the rules stand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Literal

Half = Literal["seen", "wider", "unseen"]

_MARKED: dict[Half, tuple[str, ...]] = {
    "seen": (
        "每只大鼠经尾静脉注射{d}×10^{{{n}}}个细胞，对照组注射等量生理盐水，{d}周后取材。",
        "细胞密度调整为{d}×10^{{{n}}}/mL，接种于{m}孔板，每孔{m}0 μL，培养{d}4 h。",
        "取^{{131}}I标记的抗体{d}.{d} MBq，静脉给药后{m} h显像，病灶与本底之比为{d}.{m}。",
        "溶液中Ca^{{2+}}与Mg^{{2+}}的浓度分别为{d}.{m}和{m}.{d} mmol/L，Cl^{{-}}为{m}{d} mmol/L。",
        "加入H_{{2}}O_{{2}} {m} μmol/L处理{d} h，再置于含5% CO_{{2}}的培养箱中恢复{m} h。",
        "携带SOD1^{{G93A}}突变的小鼠在{m}{d}日龄时出现后肢无力，野生型同窝鼠未见异常。",
        "相关系数r^{{2}}=0.{m}{d}，P<10^{{-{n}}}，差异有统计学意义，n_{{1}}={m}，n_{{2}}={d}{d}。",
        "体质量指数为{m}.{d} kg/m^{{2}}，肿瘤体积为{d}{m}.{d} mm^{{3}}，随访{m}个月。",
        "以K_{{2}}HPO_{{4}}与NaH_{{2}}PO_{{4}}配制缓冲液，pH值为{d}.{d}，渗透压为{m}{d}0 mOsm。",
        "Samples held {d}.{d} × 10^{{{n}}} cells per well in 5% CO_{{2}} at {m} °C for {d} hours.",
        "The rate constant was {d}.{d} × 10^{{-{n}}} s^{{-1}} and the area was {m} cm^{{2}} in all groups.",
        "转移至Fe^{{3+}}浓度为{d} μmol/L的培养基，Na^{{+}}、K^{{+}}浓度不变，观察{m} min。",
        "模型的Q_{{10}}值为{d}.{m}，V_{{max}}为{m}.{d}，K_{{m}}为{d}.{d}，均高于对照。",
        "辐射剂量率为{d}×10^{{-{n}}} Gy·min^{{-1}}，累计{m} Gy，间隔{d} d。",
    ),
    "wider": (
        "病毒滴度为{d}.{d}×10^{{{n}}} TCID_{{50}}/mL，按感染复数{d}加入细胞，{m} h后收取上清液。",
        "净光合速率为{m}.{d} μmol·m^{{-2}}·s^{{-1}}，胞间CO_{{2}}浓度为{m}0 μmol·mol^{{-1}}，差异不大。",
        "动脉血HCO_{{3}}^{{-}}为{m}.{d} mmol/L，血K^{{+}}为{d}.{d} mmol/L，pH {d}.{m}，乳酸{d}.{d} mmol/L。",
        "以CDCl_{{3}}为溶剂测得^{{1}}H NMR谱与^{{13}}C NMR谱，化学位移为{d}.{m}和{m}.{d}，与文献一致。",
        "LD_{{50}}为{m}{d} mg/kg，IC_{{50}}为{d}.{d} μmol/L，EC_{{50}}为{d}.{m} μmol/L，均低于旧法。",
        "李春生^{{1}}，周以宁^{{2}}，赵可^{{1,3}}，孙大成^{{2*}}：某省农业科学院植物保护研究所。",
        "拟合得y=ax^{{2}}+bx+c，决定系数R^{{2}}为0.{m}{d}，标准误S_{{x}}为{d}.{d}，自由度为{m}。",
        "The dose was {d}.{d} mg·kg^{{-1}}·d^{{-1}} and T_{{1}} relaxation took {m} ms at B_{{0}} = {d} T.",
        "Energies of {m} kJ mol^{{-1}} for TiO_{{2}} and {d}.{d} × 10^{{-{n}}} Pa for N_{{2}} gas were found.",
        "β_{{2}}受体激动剂与α_{{1}}受体阻滞剂合用{d}周后，FEV_{{1}}上升{m}%，未见不良反应。",
        "维生素B_{{12}}缺乏者{m}例，补充维生素D_{{3}} {d}00 IU后，HbA_{{1c}}降至{d}.{d}%。",
        "Cu^{{2+}}、Pb^{{2+}}和Cd^{{2+}}的去除率为{m}.{d}%~{m}.{d}%，初始质量浓度均为{m} mg·L^{{-1}}。",
        "Nrf2^{{-/-}}小鼠与Nrf2^{{+/+}}小鼠各{m}只，给药{d}周后处死，取肝组织作切片。",
        "热导率为{d}.{m} W·m^{{-1}}·K^{{-1}}，密度为{d}.{m}×10^{{3}} kg·m^{{-3}}，均匀无裂缝。",
        "最大流速v_{{max}}达{d}.{d} m·s^{{-1}}，水深h_{{1}}为{d}.{m} m，流量为{m} m^{{3}}·s^{{-1}}。",
        "浓H_{{2}}SO_{{4}}与HNO_{{3}}按{d}:{d}混合，缓慢加入KMnO_{{4}} {d} g，在{m} ℃下搅拌{d} h。",
    ),
    "unseen": (
        "悬液按{d}.{d}×10^{{{n}}}个/kg的剂量分{d}次回输，输注速度为{m}滴/min，无发热反应。",
        "用^{{99m}}Tc标记后放射化学纯度为{m}.{d}%，^{{18}}F-FDG摄取值为{d}.{d}，高于健侧。",
        "NH_{{4}}^{{+}}和NO_{{3}}^{{-}}的含量分别下降{m}%与{d}.{d}%，SO_{{4}}^{{2-}}没有变化。",
        "测得PaCO_{{2}}为{m} mmHg，PaO_{{2}}为{d}{m} mmHg，SpO_{{2}}为{m}%，血压平稳。",
        "土壤容重为{d}.{m} g/cm^{{3}}，蒸散量为{m}.{d} W·m^{{-2}}，坡度为{m}°，样方{d} m^{{2}}。",
        "CD4^{{+}}T细胞与CD8^{{+}}T细胞之比为{d}.{m}，CD34^{{+}}细胞占{d}.{d}%，活率{m}%。",
        "以Al_{{2}}O_{{3}}和SiO_{{2}}为载体，在{m}0 ℃焙烧{d} h，比表面积为{d}{m} m^{{2}}/g。",
        "Fus^{{-/-}}与Tardbp^{{fl/fl}}小鼠交配{d}代，取{m}只子代，体重为{m}.{d} g。",
        "取f_{{0}}={m} Hz，t_{{1/2}}={d}.{d} h，C_{{max}}={m}{d} ng/mL，x_{{i}}为第i次观测值。",
        "The half-life of ^{{177}}Lu is {d}.{d} d and the flux reached {d} × 10^{{{n}}} m^{{-2}} s^{{-1}} there.",
        "Values of χ^{{2}} = {d}.{m} and R^{{2}} = 0.{m} were found with N_{{0}} = {m}{d} at pH {d}.{d}.",
        "菌落总数不超过{d}×10^{{{n}}} CFU/g，Zn^{{2+}}残留为{d}.{d} mg/kg，合格率{m}%。",
        "初速度v_{{0}}为{d}.{d} m/s，加速度为{m}.{d} m/s^{{2}}，摩擦因数μ_{{1}}取0.{m}。",
        "电阻率为{d}.{d}×10^{{-{n}}} Ω·m，电子浓度为{d}×10^{{1{n}}} cm^{{-3}}，温度{m}0 K。",
    ),
}

_PLAIN: dict[Half, tuple[str, ...]] = {
    "seen": (
        "本次调查共发放问卷{m}{d}份，回收有效问卷{m}0份，有效率为{m}.{d}%，受访者平均{m}岁。",
        "该村在19{m}年修成水渠{d}条，灌溉面积增加到{d}{m}0亩，亩产由{m}斤提高到{d}00斤。",
        "数据库版本由{d}.{d}升级为{d}.{m}，接口名改为get_user_by_id，端口为80{m}，超时{d} s。",
        "合同第{m}条规定，甲方应当在{d}日内支付违约金{m}{d}00元，逾期按每日{d}‰计算利息。",
        "The committee met {m} times in 19{m} and its members, quoting “fair play”, agreed on {d} points.",
        "Table {d} shows that {m} of {d}00 pupils passed; the mean mark was {m}.{d} (range {d}-{m}).",
        "(1)按照地形图的比例尺1∶{m}000量取距离；(2)将量得的长度乘以{d}，记入表{d}；(3)复核。",
        "采用IL-6、TNF-α、p53、CD{m}等指标，按{d}:{d}分组，经SPSS {m}.0软件处理，取P<0.05。",
    ),
    "wider": (
        "From the top of the hill one could see the roofs of {m} houses, half of which stood empty in 19{m}.",
        "Staff of the office wrote off {d}{m} of the claims; the effect of it was felt for {m} years after.",
        "病理分期Ⅰ期{m}例，Ⅱ期{d}例，Ⅲ期{m}例；限制酶HaeⅢ与EcoRⅠ各{d} U，{m} ℃酶切过夜。",
        "标准GB/T {m}{d}-20{m}与ISO 90{m}均有规定，HTTP/{d}.{d}协议的端口为{m}{d}，重试{d}次。",
        "“新文化”运动后的{m}年间，‘白话’渐行，见该刊第{d}卷第{m}期；参看本书第{m}页注{d}。",
        "甲、乙、丙3人(分别为{m}、{m}、{m}岁)于{d}月{m}日到庭，各执一词，法院未予采信。",
        "经纬度为北纬{m}°{m}′，东经1{m}°{m}′，坡向{m}°，海拔{d}{m} m，年均温{m}.{d} ℃，无霜期{m}{d} d。",
        "int x1 = a[{d}] + b[{m}]; if (x1 > {m}) puts(buf); // {d} lines of code, see main.c, line {m}",
        "The author's 'first' and \"second\" drafts (ff. {d}-{m}) differ in {m} places, mostly of spelling.",
        "两组t={d}.{m}，q={d}.{m}，F={m}.{d}，P=0.0{m}；OR={d}.{m}，95% CI: {d}.{d}-{m}.{d}，有统计学意义。",
    ),
    "unseen": (
        "光绪{m}年刊本凡{d}卷，半叶{m}行，行{m}字，卷首有序{d}篇，书末附校记{m}条，今藏省图书馆。",
        "程序在第{m}行调用max_value()，返回值为0x{m}F，内存占用{m}.{d} MB，耗时{d}.{m} ms。",
        "依照《办法》第{m}条第{d}款，罚款{d}000元以上{m}000元以下；“情节严重的”，吊销执照。",
        "列车G{m}{d}次{d}:{m}自北京南站开出，全程{m}{d} km，票价{d}{m}.5元，正点率{m}.{d}%。",
        "It's said that Mr. O'Neill's 'plain' style (pp. {m}-{d}{m}) owes much to the years 18{m}-18{m}.",
        "Version {d}.{m} of the tool runs on x86 and ARM64; see README.md, Section {d}.{d}, item {m}.",
        "试样编号为A{m}-{d}、B{m}-{d}，长{m}.{d} mm，宽{d}.{d} mm，加载速度{d} mm/min，共{m}件。",
        "他说：“{m}年前我们只有{d}间教室、{m}名学生。”如今学校占地{m}{d}亩，教师{m}{d}人。",
    ),
}


def marked_sentences(half: Half, count: int, seed: int) -> tuple[str, ...]:
    """Sentences with raised and lowered characters."""
    return tuple(_filled(_MARKED[half], count, seed))


def plain_sentences(half: Half, count: int, seed: int) -> tuple[str, ...]:
    """Sentences that have none."""
    return tuple(_filled(_PLAIN[half], count, seed))


def _filled(templates: tuple[str, ...], count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 sentences, no secrets
    for at in range(count):
        template = templates[at % len(templates)]
        yield template.format_map(_Numbers(chance))


class _Numbers(dict[str, int]):
    """A new number each time: one figure (``d``), two (``m``), an exponent (``n``)."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def __missing__(self, key: str) -> int:
        low, high = {"d": (1, 9), "m": (10, 99), "n": (3, 9)}[key]
        return self._chance.randint(low, high)
