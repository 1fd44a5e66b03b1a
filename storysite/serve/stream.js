// One stream of updates for all tabs of a preview: a browser opens no more than six connections to a server, and a
// stream keeps one for as long as it lasts. It ends by itself with the last tab.
"use strict";
const tabs = new Set();
let last = null;

const listen = () => {
  const stream = new EventSource("events");
  stream.addEventListener("message", ({ data }) => {
    last = JSON.parse(data);
    for (const tab of tabs) tab.postMessage(last);
  });
  stream.addEventListener("error", () => { // a browser tries again by itself, unless it was told there is no stream
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
};

/** What a tab is told that came later: how things stand, without what changed before. */
const standing = ({ session, build, update }) => (
  { session, build, standing: true, update: { ...update, changed: [], copied: [], styles: {} } });

self.addEventListener("connect", ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.addEventListener("message", () => tabs.delete(tab)); // the one thing that a tab says is that it is gone
  tab.start();
  if (last) tab.postMessage(standing(last));
});

listen();
