import { startLanguage, startTheme } from "./settings.js";

startTheme();
startLanguage(() => {});
