"""References written for these tests: invented papers, and a few famous ones."""

VANCOUVER = [
    (
        ("Watson JD, Crick FH. Molecular structure of nucleic acids; a structure for DNA. Nature 1953; 171: 737-738."),
        ("Watson", "Molecular structure of nucleic acids; a structure for DNA", "Nature", 1953, "171", "", "737-738"),
    ),
    (
        (
            "Lander ES, Linton LM, Birren B, et al. Initial sequencing and analysis of the human genome. "
            "Nature. 2001 Feb 15;409(6822):860-921. doi: 10.1038/35057062. PMID: 11237011."
        ),
        ("Lander", "Initial sequencing and analysis of the human genome", "Nature", 2001, "409", "6822", "860-921"),
    ),
    # No stop between title and journal.
    (
        "Nowak PA, de Vries T. Seasonal drift of burrowing worms in northern soils J Exp Biol 1999; 202:11-9.",
        ("Nowak", "Seasonal drift of burrowing worms in northern soils", "J Exp Biol", 1999, "202", "", "11-9"),
    ),
    (
        'van Dijk MA, O\'Hara K: "Does the tide lift every boat? " Eur Respir J 1998; 1 (suppl D): S6-12.',
        ("van Dijk", "Does the tide lift every boat?", "Eur Respir J", 1998, "1", "suppl D", "S6-12"),
    ),
    (
        "Geary P Jr, King SB III. A study of nothing in particular. Brain Res. 2018;1693(Pt A):121-126.",
        ("Geary", "A study of nothing in particular", "Brain Res", 2018, "1693", "Pt A", "121-126"),
    ),
    (
        "Diabetes Prevention Program Research Group. A trial of rest. Hypertension. 2002;40(5):679-86.",
        ("Diabetes Prevention Program Research Group", "A trial of rest", "Hypertension", 2002, "40", "5", "679-86"),
    ),
    (
        "Geraud G, Spier EL. Long-term use of sleep. Headache. 2002;42 Suppl 2:S93-9.",
        ("Geraud", "Long-term use of sleep", "Headache", 2002, "42", "Suppl 2", "S93-9"),
    ),
    (
        "Okano H. Cells and more cells. Cell Stem Cell. 2020;183(3):636-649.e18.",
        ("Okano", "Cells and more cells", "Cell Stem Cell", 2020, "183", "3", "636-649.e18"),
    ),
    (
        "Smith, J. A., & Jones, B. (2015). Reading scans: A survey. Pattern Recognition, 48(3), 100–115.",
        ("Smith", "Reading scans: A survey", "Pattern Recognition", 2015, "48", "3", "100-115"),
    ),
    (
        (
            'J. D. Watson and F. H. C. Crick, "Molecular structure of nucleic acids," Nature, vol. 171, no. 4356, '
            "pp. 737-738, Apr. 1953."
        ),
        ("Watson", "Molecular structure of nucleic acids", "Nature", 1953, "171", "4356", "737-738"),
    ),
    (
        "Hersh B, Lind A. On the length of rivers. Nature 171, 737–738 (1953).",
        ("Hersh", "On the length of rivers", "Nature", 1953, "171", "", "737-738"),
    ),
]

GBT = [
    (
        "张伟, 李娜, 王强, 等. 河口湿地鸟类的季节变化[J]. 生态学报, 2012, 55(34): 3219-3224.",
        ("张伟", "河口湿地鸟类的季节变化", "生态学报", 2012, "55", "34", "3219-3224", "article-journal"),
    ),
    (
        "张伟，李娜，王强，等．河口湿地：鸟类的季节变化［J／OL］．生态学报，2012（3）：19－24［2013-10-25］．http://www.example.org/a．",
        ("张伟", "河口湿地：鸟类的季节变化", "生态学报", 2012, "", "3", "19-24", "article-journal"),
    ),
    (
        "李明,刘芳.冻土的热传导[J].地理学报,2018,9(1):69-74.",
        ("李明", "冻土的热传导", "地理学报", 2018, "9", "1", "69-74", "article-journal"),
    ),
    (
        "PEEL P Z Jr. Random signals &#38; noise[M]. 4th ed. New York: Hill, 2001.",
        ("Peel", "Random signals & noise", "", 2001, "", "", "", "book"),
    ),
    (
        "库恩. 科学革命的结构[M]. 金吾伦, 胡新和, 译. 2版. 北京: 北京大学出版社, 2012: 35-36.",
        ("库恩", "科学革命的结构", "", 2012, "", "", "35-36", "book"),
    ),
    (
        "程山. 长江洪水的成因[M]//许江, 赵海. 流域洪涝灾害. 北京: 科学出版社, 1999: 32-36.",
        ("程山", "长江洪水的成因", "流域洪涝灾害", 1999, "", "", "32-36", "chapter"),
    ),
    (
        "赵云. 手卫生干预[C]//第三十次学术年会. 2022: 2.",
        ("赵云", "手卫生干预", "第三十次学术年会", 2022, "", "", "2", "paper-conference"),
    ),
    ("张祥. 随机扰动的应用[D]. 北京: 北京大学, 1998.", ("张祥", "随机扰动的应用", "", 1998, "", "", "", "thesis")),
    (
        "田勤. 基因库与伦理[N]. 科技日报, 2000-11-12(7).",
        ("田勤", "基因库与伦理", "科技日报", 2000, "", "", "7", "article-newspaper"),
    ),
    ("邓刚. 全智能节电器: CN202827616U[P]. 2006-12-13.", ("邓刚", "全智能节电器", "", 2006, "", "", "", "patent")),
    (
        "国家能源局. 水温监测系统技术规范: NB/T 10386—2020[S]. 2020.",
        ("国家能源局", "水温监测系统技术规范", "", 2020, "", "", "", "standard"),
    ),
    (
        "World Health Organization. Factors regulating nothing[R]. Geneva: WHO, 1970.",
        ("World Health Organization", "Factors regulating nothing", "", 1970, "", "", "", "report"),
    ),
    (
        "萧雨. 出版业的快车道[EB/OL]. (2001-12-19)[2002-04-15]. http://www.example.com/news/2001.html.",
        ("萧雨", "出版业的快车道", "", 2001, "", "", "", "webpage"),
    ),
    (
        "彭山. 逐月降水量数据集[DS/OL]. 水土保持研究所, 2024. https://example.org/d?guid=1&#38;t=2.",
        ("彭山", "逐月降水量数据集", "", 2024, "", "", "", "dataset"),
    ),
]
