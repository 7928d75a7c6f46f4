// Who is typing goes on typing, whatever becomes of the field: in an outage, drawn anew, closed with its dialog.
// Until Escape, Tab, a click elsewhere, or Enter where it sends, letters are words and never keys of the room.
const WRITTEN = ['TextArea textarea', 'TextInput input', 'NumberInput input', 'Selectbox input', 'MultiSelect input']
  .map(name => `.st${name}`).join(', ');
const standIn = () => document.getElementById('konkyo-typing');
const isLive = field => field.isConnected && !field.disabled && isShown(field);

function noteTyping({ target: field }) {
  if (room.data && field === document.activeElement && field.matches(WRITTEN))
    room.typing = { field, place: placeOf(field), isKept: field.matches(FIELDS) };
  noteTyped(field);
}
// What stands in the field and where its caret is, as long as it is the one that is typed in.
function noteTyped(field) {
  const { typing } = room;
  // A field that was just disabled may still have the focus, and its caret at the start.
  if (!typing || field.disabled || (field !== typing.field && field !== standIn())) return;
  const { value, selectionStart, selectionEnd } = field;
  Object.assign(typing, { value, caret: [selectionStart, selectionEnd] });
  if (field === standIn() && typing.isKept) sessionStorage.setItem(typing.place, value);
}
function endTyping() {
  standIn()?.remove();
  room.typing = null;
  tellNoMore('typing');
}
function endTypingElsewhere({ type, target }) {
  const { typing } = room;
  if (!typing || target === typing.field || target === standIn()) return;
  // Streamlit's dialog of a lost line takes the focus, and so may what follows a field that went away.
  const isMoved = isLive(typing.field) && (isConnected() || !target.closest?.('[data-testid="stDialog"]'));
  if (type !== 'focusin' || isMoved) endTyping();
}
function onTypedKey(event) {
  const { field } = room.typing;
  const isSending = event.key === 'Enter' && (event.ctrlKey || event.metaKey || field.matches('input'));
  if (event.key !== 'Escape' && event.key !== 'Tab' && !isSending) return event.target === field || catchKey(event);
  const isStanding = Boolean(standIn());
  endTyping();
  // Ctrl and Enter end the comment and the claim with it.
  if (isSending && field === commentField() && isConnected()) return endComment(event, field);
  if (event.key === 'Tab' && !event.shiftKey && field === commentField()) return leaveComment(event);
  if (event.key !== 'Escape') return;
  if (isStanding) event.stopImmediatePropagation();
  if (!isCovered()) field.blur();
}
// Behind the comment comes what ends the claim, before the step back: Enter presses whatever has the focus.
function leaveComment(event) {
  const button = findButton(nameOfEnter(room.data.screen));
  if (!button || button.disabled) return;
  event.preventDefault();
  button.focus();
}
function endComment(event, field) {
  const name = nameOfEnter(room.data.screen);
  if (!name) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  enqueue({ name, key: 'enter', at: event.timeStamp });
  field.blur();
}
// A key that fell beside the field, on what took the focus from it: it is written where the caret was.
function catchKey(event) {
  followTyping();
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!isLetter && event.key !== 'Backspace' && event.key !== 'Enter') return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { value, caret } = room.typing, [start, end] = caret[0] === null ? [value.length, value.length] : caret;
  const isErased = event.key === 'Backspace', from = isErased && start === end ? Math.max(0, start - 1) : start;
  const letter = isErased ? '' : isLetter ? event.key : '\n', place = standIn() ?? room.typing.field;
  setText(place, value.slice(0, from) + letter + value.slice(end));
  if (caret[0] !== null) place.setSelectionRange(from + letter.length, from + letter.length);
  noteTyped(place);
}
function followTyping() {
  const { typing } = room, focused = document.activeElement;
  if (!typing || (room.isComposing && isEdited(focused))) return;
  if (isLive(typing.field) && focused === typing.field) return;
  // What moved the caret last may not have been told yet.
  if (!standIn() && typing.field.value === typing.value) noteTyped(typing.field);
  const field = [typing.field, ...list(WRITTEN)].find(one => isLive(one) && placeOf(one) === typing.place);
  if (field) return typeOn(field, typing);
  if (!standIn()) putStandIn(typing);
  if (focused !== standIn()) standIn().focus();
  if (isConnected()) tell('typing', room.data.words.typing);
}
// The field is there again, or another in its place: text, caret and focus go back into it.
function typeOn(field, { value, caret }) {
  standIn()?.remove();
  tellNoMore('typing');
  field.focus();
  if (field.value !== value) setText(field, value);
  if (caret[0] !== null) field.setSelectionRange(...caret);
  noteTyped(field);
}
function putStandIn({ field, value, caret }) {
  const place = field.cloneNode();
  for (const name of ['class', 'style', 'disabled']) place.removeAttribute(name);
  place.id = 'konkyo-typing';
  (openDialog() ?? document.body).append(place);
  place.value = value;
  place.focus();
  if (caret[0] !== null) place.setSelectionRange(...caret);
  // The focus told where the caret was before it was set, and the next key may fall before that is told.
  noteTyped(place);
}
// An outage disables every field: they stay open, since what is typed is kept in the window.
function followFields(changes) {
  if (!isConnected()) hideLostDialog();
  for (const { type, target } of changes)
    if (type === 'attributes' && target.disabled && !isConnected() && target.matches(WRITTEN)) target.disabled = false;
  followTyping();
}
// A field that is disabled, be it for an instant, ends the composition in it: it is disabled when that is over.
function holdOpen(field) {
  if (!field.matches?.(WRITTEN)) return;
  const own = Element.prototype, isIt = name => name.toLowerCase() === 'disabled';
  let isAsked = field.disabled;
  field.setAttribute = (name, value) => isIt(name) ? void (isAsked = true) : own.setAttribute.call(field, name, value);
  field.removeAttribute = name => isIt(name) ? void (isAsked = false) : own.removeAttribute.call(field, name);
  Object.defineProperty(field, 'disabled', { configurable: true, get: () => false, set: asked => { isAsked = asked; } });
  room.letGo = () => {
    for (const name of ['setAttribute', 'removeAttribute', 'disabled']) delete field[name];
    field.disabled = isAsked;
    room.letGo = null;
  };
}
function listenToTyping() {
  const compose = isComposing => ({ target: field }) => {
    room.isComposing = isComposing;
    room.letGo?.();
    if (isComposing) holdOpen(field);
  };
  window.addEventListener('compositionstart', compose(true), true);
  window.addEventListener('compositionend', compose(false), true);
  for (const type of ['focusin', 'input']) window.addEventListener(type, noteTyping, true);
  for (const type of ['pointerdown', 'focusin', 'popstate']) window.addEventListener(type, endTypingElsewhere, true);
  // The caret's own event comes late, and a field that is disabled before it does no longer tells where it was.
  for (const type of ['selectionchange', 'keyup', 'pointerup'])
    document.addEventListener(type, () => noteTyped(document.activeElement), true);
  const changes = { attributeFilter: ['disabled'], childList: true, subtree: true };
  new MutationObserver(followFields).observe(document.body, changes);
}
