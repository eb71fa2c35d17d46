// The behaviours that every staff and partner page has. Each module looks for its own data attributes.
import "./leaving.js"; // before confirm.js, which asks what it wants to know
import "./answering.js";
import "./confirm.js";
import "./dialogs.js";
import "./forms.js";
import "./keyboard.js";
import "./menus.js";
import "./palette.js";
import "./requests.js";
import "./resting.js";
import "./sheet.js";
import "./tabs.js";
import "./theme-choice.js";
import "./toasts.js";
import "./wording.js";
