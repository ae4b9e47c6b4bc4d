"use strict";
// Says in time that the session ends, and prolongs it when asked to. It never asks the server by itself, so that an
// unattended page does not stay signed in. Without it, the page says until when the session lasts.
(() => {
  const notice = document.querySelector("[data-session]");
  const said = document.querySelector("[data-session-said]");
  const left = notice.querySelector("[data-session-left]");
  const form = notice.querySelector("[data-session-stay]");
  const words = notice.dataset;
  const warnBefore = Number(words.warn) * 1000;
  const windows = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let last = "last" in words;
  let end = Date.now() + Number(words.seconds) * 1000;

  function say(text) {
    if (said.textContent !== text) said.textContent = text;
  }

  function look() {
    const milliseconds = end - Date.now();
    if (milliseconds > warnBefore) {
      notice.hidden = true;
      return;
    }
    const minutes = Math.ceil(milliseconds / 60000);
    const over = milliseconds <= 0;
    const text = over ? words.over
      : minutes > 1 ? words.minutesMany.replace("{minutes}", minutes) : words.minutesOne;
    notice.hidden = false;
    left.textContent = text;
    form.hidden = over || last;
    notice.querySelector("[data-session-final]").hidden = over || !last;
    if (over || minutes === 5 || minutes === 1) say(text);
  }

  function prolong(seconds, isLast) {
    end = Date.now() + seconds * 1000;
    last = isLast;
    say("");
    look();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const inside = notice.contains(document.activeElement);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
      });
      const told = await answer.json();
      prolong(told.seconds, told.last);
      say(words.stayed);
      if (windows) windows.postMessage(told);
      if (inside && notice.hidden) document.getElementById("main").focus();
    } catch {
      left.textContent = words.failed;
      say(words.failed);
    }
  });

  if (windows) {
    windows.addEventListener("message", ({ data }) => prolong(data.seconds, data.last));
    windows.postMessage({ seconds: Number(words.seconds), last });
  }
  look();
  window.setInterval(look, 1000);
})();
