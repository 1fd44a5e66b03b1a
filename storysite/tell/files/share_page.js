// Each button copies the text above it. Without a clipboard, as in an old browser, the text is marked for Ctrl-C.
"use strict";
const spoken = document.getElementById("status");
let clearing = 0;

function say(words) {
  spoken.textContent = "";
  clearTimeout(clearing);
  setTimeout(() => { spoken.textContent = words; }, 50); // a screen reader says what changed, the same words twice too
  clearing = setTimeout(() => { spoken.textContent = ""; }, 6000);
}

async function copy(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    }
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const area = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const what = button.textContent.replace(/^Copy t/, "T");
    const copied = await copy(area);
    if (copied) {
      button.focus();
    }
    say(copied ? `${what} is copied.` : `${what} is marked: press Ctrl-C, or Command-C, to copy it.`);
  });
}
