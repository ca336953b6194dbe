// The interface's words in both languages, and their place on the page.

const WORDS = {
  en: {
    queue: "Queue", undo: "Undo", redo: "Redo", page: "Page", contrast: "Contrast", dark: "Dark", keys: "Keys",
    tools: "Tools", zoomIn: "Larger", zoomOut: "Smaller", pictures: "Page pictures", texts: "Text", desk: "Decision",
    doubt: "Doubt", crop: "The place on the page", correction: "Correction", replace: "Replace", right: "Right as it is",
    next: "Next doubt", block: "Block", role: "What it is", up: "Up", down: "Down", edit: "Edit", split: "Split here",
    merge: "Join next", addTerm: "Term…", conflicts: "Conflicts with the new reading", close: "Close", chinese: "Chinese",
    english: "English", short: "Abbreviation", keep: "Into my glossary too", add: "Add", document: "Document",
    pagesWord: "Pages", doubtful: "Doubtful of 1,000", doubts: "Doubts", done: "Done",
    progress: "{left} doubts left · {checked} checked · {corrected} corrected", none: "No doubts left",
    confidence: "{score} likely wrong · reader {confidence}", unmeasured: "not measured", empty: "nothing",
    paragraph: "Paragraph", heading: "Heading {level}", furniture: "Page furniture", caption: "Caption of {label}",
    front: "Front matter: {role}", reference: "Reference {number}", figure: "Figure", table: "Table", cell: "Table cell",
    places: "Stands in {count} places of this document", elsewhere: "Changed in another window; brought up to date",
    offline: "The server does not answer; what you type is kept in this browser until it does", reader: "reader",
    k_next: "next doubt", k_previous: "previous doubt", k_right: "right as it is, and on", k_pick: "take the offer, and on",
    k_type: "type a correction", k_edit: "edit the block", k_undo: "undo", k_redo: "redo", k_move: "move the block",
    k_heading: "heading of level 1 to 6", k_paragraph: "paragraph", k_furniture: "page furniture", k_merge: "join the next block",
    k_split: "split at the place", k_term: "term from the selection", k_zoom: "zoom", k_help: "this map", k_escape: "back to the text",
    k_pane: "next pane", searchAll: "Search",
    findTitle: "Find and replace", alikeTitle: "The same elsewhere", findWhat: "Find", replaceBy: "Replace by", cased: "Capitals count",
    allOfThem: "All of them", found: "{count} places", foundMore: "the first {count} places", replaceCount: "Replace in {count} places",
    alikeAbout: "“{was}” stands between the same characters in {count} more places. Make it “{now}” there too?",
    termAdded: "Added to this document: {term}", space: "space", k_find: "find and replace", raised: "Raised", lowered: "Lowered",
    italic: "Italic", boldType: "Bold", note: "Note", formula: "Formula", chooseFirst: "Select the characters in the text first",
    noPlace: "This place is shown nowhere in the text",
  },
  zh: {
    queue: "队列", undo: "撤销", redo: "重做", page: "页", contrast: "对比度", dark: "深色", keys: "按键",
    tools: "工具", zoomIn: "放大", zoomOut: "缩小", pictures: "页面图像", texts: "文本", desk: "判定",
    doubt: "存疑", crop: "页面上的位置", correction: "更正为", replace: "替换", right: "无误",
    next: "下一处存疑", block: "文本块", role: "类型", up: "上移", down: "下移", edit: "编辑", split: "在此拆分",
    merge: "并入下一块", addTerm: "术语…", conflicts: "与新识别结果冲突", close: "关闭", chinese: "中文",
    english: "英文", short: "缩写", keep: "同时加入我的术语表", add: "添加", document: "文档",
    pagesWord: "页数", doubtful: "每千字存疑", doubts: "存疑", done: "已处理",
    progress: "剩余 {left} 处存疑 · 已核 {checked} 字 · 已改 {corrected} 处", none: "没有存疑之处",
    confidence: "出错可能 {score} · 识别置信度 {confidence}", unmeasured: "未测", empty: "无",
    paragraph: "段落", heading: "{level} 级标题", furniture: "页眉页脚", caption: "{label}的题注",
    front: "文首：{role}", reference: "参考文献 {number}", figure: "图", table: "表", cell: "单元格",
    places: "在本文中出现 {count} 处", elsewhere: "另一窗口有改动，已更新",
    offline: "服务器没有响应；输入的内容暂存在浏览器中", reader: "识别",
    k_next: "下一处存疑", k_previous: "上一处存疑", k_right: "无误，继续", k_pick: "采用候选，继续",
    k_type: "输入更正", k_edit: "编辑文本块", k_undo: "撤销", k_redo: "重做", k_move: "移动文本块",
    k_heading: "一至六级标题", k_paragraph: "段落", k_furniture: "页眉页脚", k_merge: "并入下一块",
    k_split: "在此处拆分", k_term: "由所选文字添加术语", k_zoom: "缩放", k_help: "本按键表", k_escape: "回到文本",
    k_pane: "下一窗格", searchAll: "检索",
    findTitle: "查找与替换", alikeTitle: "其他相同之处", findWhat: "查找", replaceBy: "替换为", cased: "区分大小写",
    allOfThem: "全选", found: "{count} 处", foundMore: "前 {count} 处", replaceCount: "替换 {count} 处",
    alikeAbout: "另有 {count} 处的“{was}”前后文字相同，是否一并改为“{now}”？",
    termAdded: "已加入本文档：{term}", space: "空格", k_find: "查找与替换", raised: "上标", lowered: "下标",
    italic: "斜体", boldType: "粗体", note: "注释", formula: "公式", chooseFirst: "请先在文本中选择字符",
    noPlace: "文本中没有此处",
  },
};

let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export function word(name, values = {}) {
  const text = WORDS[language][name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

// Words of one page only.
export function addWords(more) {
  for (const [name, words] of Object.entries(more)) Object.assign(WORDS[name], words);
}

export function currentLanguage() {
  return language;
}

export function turnLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  showWords();
}

export function showWords() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  const button = document.getElementById("language");
  button.textContent = language === "zh" ? "English" : "中文";
  button.lang = language === "zh" ? "en" : "zh";
}
