"""Made-up contents of tables: names, measures, sentences, in Chinese and English, of several fields."""

from __future__ import annotations

from random import Random

import msgspec


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field's words: what rows are about, what columns measure, and halves that sentences are made of."""

    names: tuple[str, ...]
    measures: tuple[str, ...]
    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    groups: tuple[str, ...]
    comma: str = "，"
    stop: str = "。"
    # The measures in English, as heads in two languages have them.
    english: tuple[str, ...] = ()


FIELDS = (
    Field(
        names=(
            "砂岩",
            "页岩",
            "花岗岩",
            "石灰岩",
            "板岩",
            "片麻岩",
            "玄武岩",
            "泥岩",
            "砾岩",
            "大理岩",
            "黏土",
            "粉砂",
        ),
        measures=("密度", "孔隙率/%", "抗压强度/MPa", "弹性模量", "含水率", "渗透系数", "层厚/m", "取样深度"),
        subjects=("岩样", "裂隙面", "坡脚的填土", "地下水位", "隧道拱顶", "钻孔壁", "承台下的软土"),
        predicates=(
            "在雨季之后明显下降",
            "与开挖的进度有关",
            "需要每隔2 h观测一次",
            "没有达到设计的要求",
            "在第3层最为发育",
            "用注浆的办法加固",
        ),
        groups=("上部", "中部", "下部", "东侧", "西侧"),
        english=(
            "Density",
            "Porosity/%",
            "Compressive strength/MPa",
            "Elastic modulus",
            "Water content",
            "Permeability",
            "Thickness/m",
            "Sampling depth",
        ),
    ),
    Field(
        names=("小麦", "玉米", "大豆", "高粱", "谷子", "棉花", "油菜", "甘薯", "花生", "芝麻", "豌豆", "荞麦"),
        measures=("株高/cm", "亩产量", "出苗率/%", "千粒重/g", "成熟期", "施肥量", "灌水次数", "倒伏面积"),
        subjects=("播种以后的田块", "晚熟的品种", "坡地上的幼苗", "越冬前的分蘖", "连作三年的地", "机收的损失"),
        predicates=(
            "比往年提前5~7天",
            "以覆膜的处理最好",
            "受春旱的影响较大",
            "每公顷增收约310 kg",
            "应当注意排水防渍",
            "差别不大，可以推广",
        ),
        groups=("早稻区", "晚稻区", "旱地", "水浇地", "对照区"),
        english=(
            "Plant height/cm",
            "Yield",
            "Emergence rate/%",
            "1000-grain weight/g",
            "Maturity",
            "Fertilizer",
            "Irrigations",
            "Lodged area",
        ),
    ),
    Field(
        names=(
            "编译器",
            "调度器",
            "缓存",
            "日志",
            "索引",
            "网关",
            "解析器",
            "队列",
            "锁服务",
            "配置库",
            "快照",
            "监控",
        ),
        measures=("延迟/ms", "吞吐量", "内存/MB", "命中率/%", "代码行数", "故障次数", "版本", "接口数"),
        subjects=("写入的请求", "主节点", "后台的线程", "客户端的重试", "过期的数据", "每次发布", "日志的压缩"),
        predicates=(
            "按key的哈希值分配到8个分区",
            "在高峰时排队等待",
            "由心跳判断是否存活",
            "可以在线回滚到上一版",
            "每300 s合并一次",
            "占去大部分的CPU时间",
        ),
        groups=("前端", "后端", "存储层", "网络层", "离线任务"),
        english=(
            "Latency/ms",
            "Throughput",
            "Memory/MB",
            "Hit rate/%",
            "Lines of code",
            "Faults",
            "Version",
            "Interfaces",
        ),
    ),
    Field(
        names=("Oak", "Birch", "Willow", "Cedar", "Maple", "Poplar", "Alder", "Spruce", "Hazel", "Larch"),
        measures=("Height", "Girth (cm)", "Age", "Density", "Growth rate", "Samples", "Plots", "Survival (%)"),
        subjects=(
            "The young stand",
            "Every second plot",
            "The mixed forest",
            "Soil under the canopy",
            "Natural regrowth",
        ),
        predicates=(
            "was thinned in the third year",
            "recovers slowly after drought",
            "was measured again in autumn",
            "shows no effect of shading",
            "depends on the depth of the soil",
        ),
        groups=("Upland", "Lowland", "Coast", "Valley"),
        comma=", ",
        stop=".",
    ),
)


def number(rng: Random) -> str:
    """A figure as tables have them."""
    value = rng.choice((rng.uniform(0, 9), rng.uniform(10, 99), rng.uniform(100, 999)))
    forms = (
        f"{value:.1f}",
        f"{value:.2f}",
        f"{int(value)}",
        f"{value:.1f}±{rng.uniform(0.1, 9):.1f}",
        f"{int(value)}({rng.uniform(1, 99):.1f})",
        f"{int(value)}-{int(value) + rng.randint(2, 40)}",
        f"<{rng.choice((0.05, 0.01))}",
    )
    return rng.choice(forms[:3]) if rng.random() < 0.6 else rng.choice(forms)


def sentence(rng: Random, field: Field, parts: int) -> str:
    """A made-up sentence of so many halves."""
    halves = []
    for _ in range(parts):
        gap = " " if field.comma == ", " else ""
        halves.append(f"{rng.choice(field.subjects)}{gap}{rng.choice(field.predicates)}")
    return field.comma.join(halves) + field.stop


def phrase(rng: Random, field: Field) -> str:
    """A few words without a stop, as a wrapped cell holds them."""
    return sentence(rng, field, rng.choice((1, 1, 2)))[: -len(field.stop)]
