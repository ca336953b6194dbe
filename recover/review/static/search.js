// The search page works without a script; this adds theme and language.

import { startLanguage, startTheme } from "./settings.js";

startTheme();
startLanguage(() => {});
