// Listens to keys and clicks, and does what the moment asks for ten times a second.
function begin() {
  const tab = sessionStorage.getItem('konkyo-tab') ?? crypto.randomUUID?.() ?? String(Math.random());
  sessionStorage.setItem('konkyo-tab', tab);
  const typed = { restored: new Map(), drafts: new Map(), forgotten: 0 };
  return { tab, data: null, send: null, queue: [], untaken: [], sent: null, pointer: '', judged: new Set(), choice: '', seen: 0, openedAt: 0, ...typed };
}
const halve = key => key.normalize('NFKC').toLowerCase();

function onKey(event) {
  if (!room.data || event.isComposing || event.keyCode === 229) return;
  keepFromStreamlit(event);
  if (room.typing && !room.opening) return onTypedKey(event);
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const isFilling = room.opening && openDialog() && !room.isMet;
  if ((isEdited(event.target) || isEdited(document.activeElement)) && !isFilling) return;
  if (room.opening) return event.key === 'Escape' ? cancelOpening(event) : holdTyped(event);
  if (isCovered() && !room.closing) return refuseCovered(event.key);
  const name = findName(halve(event.key), event.target, event.shiftKey);
  if (!name) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.repeat) return;
  tellRefusedNoMore();
  // After a key of the room Enter ends the claim: it presses no button that Tab had reached before.
  if (event.key !== 'Enter') event.target.closest?.('button, a, summary')?.blur();
  if (name === 'to_comment' && !isAwaited() && isWhole()) return focusComment();
  enqueue({ name, key: halve(event.key), at: event.timeStamp });
}
// Streamlit runs the page anew at an r, which closes what is open: no letter beside a field reaches it.
function keepFromStreamlit(event) {
  if (event.key.length === 1 && event.key !== ' ' && !isEdited(event.target)) event.stopPropagation();
}
function findName(key, target, isShifted) {
  const { screen, keys } = room.data;
  if (key === 'enter') return target.closest?.('button, a, summary') ? '' : nameOfEnter(screen);
  const own = screen || isAwaited() ? (isShifted && keys.shifted[key]) || keys.claim[key] : '';
  if (own) return own;
  const name = room.data.keys.page[key] ?? '';
  return name && findButton(name) ? name : '';
}
// What Enter does beside the fields: it ends the work at the claim.
function nameOfEnter(screen) {
  if (!screen) return isAwaited() ? 'save_next' : '';
  return { decides: 'decide', declares: '' }[screen.part] ?? 'save_next';
}
// The caret stands behind what the field holds, and what was typed before it could be reached follows that.
function enterField(field, typed = '') {
  field.focus();
  if (typed) setText(field, field.value + typed);
  field.setSelectionRange(field.value.length, field.value.length);
}
function focusComment(typed = '') {
  const field = commentField();
  if (!canWrite(field)) return typed && refuse(room.data.words.dropped.replace('{keys}', typed));
  enterField(field, typed);
}
// Clicks take their place among the keys; the second click of a double click is none.
function onClick(event) {
  const button = event.target.closest?.('.stButton button, .stFormSubmitButton button');
  if (!button || button === room.passing || !room.data || button.disabled) return;
  tellRefusedNoMore();
  const name = nameOf(button);
  const isSent = room.data.screen && SENT.test(name), isRest = isIdle() && !room.queue.length && !room.sent;
  if (!isSent && name !== 'to_comment' && isRest && !(room.opening && isCovered()) && event.detail < 2) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // Who points goes on by Enter, which would press the button again.
  if (event.detail) button.blur();
  if (event.detail < 2 || MOVES.test(name)) placeClick(button, event.timeStamp);
}
function placeClick(button, at) {
  const name = nameOf(button);
  if (name === 'to_comment') return focusComment();
  if (isCovered()) return clickWhenIdle(button);
  const isSent = room.data.screen && SENT.test(name);
  enqueue({ name, label: button.innerText, button: isSent ? null : button, at });
}
function clickWhenIdle(button) {
  room.held = { button, label: button.innerText };
}
function followHeld() {
  if (!room.held || !isIdle() || room.opening) return;
  const { button, label } = room.held;
  room.held = null;
  endTyping();
  if (!button.isConnected || button.innerText !== label) return refuse(room.data.words.changed);
  room.passing = button;
  button.click();
  room.passing = null;
}
// The server's answer: what is on the screen from now on.
function draw(data, send) {
  const former = room.data;
  Object.assign(room, { data, send });
  if (former?.session !== data.session) {
    room.forgotten = 0;
    room.restored.clear();
  }
  room.seen += 1;
  const forgotten = data.forgotten.filter(([number]) => number > room.forgotten);
  if (forgotten.length) forgetTyped(forgotten.map(([, name]) => name));
  room.forgotten = data.forgotten.at(-1)?.[0] ?? room.forgotten;
  const done = data.done, isOther = former?.screen?.claim !== data.screen?.claim;
  if (isOther) room.openedAt = performance.now();
  if (room.sent && done?.tab === room.tab && done.seq >= room.sent.press.seq) receive(done);
  const isFree = !room.sent && !room.queue.some(item => item.isBound);
  if (isFree || isOther) {
    room.pointer = data.screen?.focus ?? '';
    room.judged = new Set(data.screen?.judged);
    room.choice = data.screen?.choice ?? '';
  }
  takeEarly();
  advance();
}
function takeEarly() {
  const early = window.konkyoEarly ?? [];
  window.konkyoEarly = null;
  for (const event of early)
    event.type === 'click' ? placeClick(event.target.closest('button'), event.timeStamp) : onKey(event);
}
function markPointer() {
  let style = document.getElementById('konkyo-pointer');
  if (!style) {
    style = document.createElement('style');
    style.id = 'konkyo-pointer';
    document.head.append(style);
  }
  const row = room.pointer && `.st-key-listed_${CSS.escape(room.pointer)}`;
  const rule = row ? `${row} { outline: 2px solid light-dark(#1f5f8b, #8cc4ec); background: light-dark(#e6eff6, #22303c); }` : '';
  if (style.textContent !== rule) style.textContent = rule;
}
function follow() {
  if (!room.data) return;
  followLine();
  tellNoMore();
  followClosing();
  followOpening();
  followTyping();
  followCovered();
  followHeld();
  restoreTyped();
  sendAgain();
  advance();
  markPointer();
  void sendDraft();
}
function warnOfWaiting(event) {
  if (room.sent || room.queue.length) event.preventDefault();
}

const room = (window.konkyo ??= begin());
if (!room.isListening) {
  room.isListening = true;
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('click', onClick, true);
  window.addEventListener('input', keepTyped, true);
  window.addEventListener('focusout', sendLeftPassword, true);
  listenToTyping();
  window.addEventListener('beforeunload', warnOfWaiting);
  document.addEventListener('selectionchange', followSelection);
  setInterval(follow, 100);
}
export default function ({ data, setTriggerValue }) {
  draw(data, press => setTriggerValue('press', press));
}
