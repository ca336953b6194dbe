// The search page works without a script; this adds theme and language.

import { startLanguage, startTheme } from "./settings.js";
import { addWords } from "./words.js";

addWords({
  en: {
    answers: "Answers", question: "Question", textIn: "Text in", bothLanguages: "both languages", part: "Part", anyPart: "any",
    find: "Find", also: "also", papersFound: "Papers", inDoubt: "read otherwise, in doubt", proofread: "Proofread this document",
    spread: "No passage holds all of it; these papers hold it in several.",
    part_abstract: "abstract", part_introduction: "introduction", part_methods: "methods", part_results: "results",
    part_discussion: "discussion", part_conclusion: "conclusion", part_declarations: "declarations",
    part_references: "references", part_appendix: "appendix",
  },
  zh: {
    answers: "结果", question: "检索", textIn: "语种", bothLanguages: "中英文", part: "部分", anyPart: "不限",
    find: "查找", also: "同时检索", papersFound: "文献", inDoubt: "识别存疑，可能另作他字", proofread: "校对此文档",
    spread: "没有一段同时含有全部检索词；以下文献分处多段。",
    part_abstract: "摘要", part_introduction: "引言", part_methods: "方法", part_results: "结果",
    part_discussion: "讨论", part_conclusion: "结论", part_declarations: "声明",
    part_references: "参考文献", part_appendix: "附录",
  },
});
startTheme();
startLanguage(() => {});
