// What is typed stays in this window until the server has it: through Escape, a reload, and an outage.
const FIELDS = '.stTextArea textarea, .stTextInput input:not([type="password"])';
const DRAFT_SECONDS = 1.5;

function placeOf(field) {
  const query = new URLSearchParams(location.search);
  const place = ['claim', 'version', 'room'].map(name => query.get(name) ?? '').join(':');
  return `konkyo|${room.data.user}|${place}|${nameOf(field)}`;
}
function commentField() {
  return document.querySelector('.st-key-comment textarea');
}
const canWrite = field => Boolean(field) && !field.disabled;
function setText(field, text) {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
function keepTyped(event) {
  if (!room.data || !event.target.matches?.(FIELDS)) return;
  const { target: { value: text } } = event, place = placeOf(event.target), name = nameOf(event.target);
  sessionStorage.setItem(place, text);
  const draft = room.data.drafts[name];
  if (draft) room.drafts.set(name, { ...draft, place, text, at: performance.now() });
}
// A field that is drawn anew gets back what was typed into it, and tells the server.
function restoreTyped() {
  for (const field of list(FIELDS)) if (field !== document.activeElement) restoreField(field);
}
function restoreField(field) {
  const place = placeOf(field), seen = `${place} ${room.seen}`;
  if (field.disabled || field.dataset.seen === seen) return;
  field.dataset.seen = seen;
  const typed = sessionStorage.getItem(place);
  if (typed === null || typed === field.value || room.restored.get(place) === typed) return;
  room.restored.set(place, typed);
  setText(field, typed);
  setTimeout(() => field.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
}
// A password that is left by the button which shows it is not sent by its own blur: it is when that is left.
function sendLeftPassword(event) {
  const whole = event.target.closest?.('.stTextInput'), field = whole?.querySelector('input');
  if (!field || event.target === field || whole.contains(event.relatedTarget)) return;
  field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
function forgetTyped(names) {
  const start = `konkyo|${room.data.user}|`;
  for (const name of names) room.drafts.delete(name);
  for (const place of Object.keys(sessionStorage))
    if (place.startsWith(start) && names.includes(place.split('|').pop())) sessionStorage.removeItem(place);
}
// What is written goes to the server while it is being typed: the field need not be left, nor stay there.
async function sendDraft() {
  if (room.drafting || !isConnected()) return;
  const isDue = ([, draft]) => performance.now() - draft.at > 1_000 * DRAFT_SECONDS;
  const [name, draft] = [...room.drafts].find(isDue) ?? [];
  if (!draft) return;
  const { claim, field, given, place, text } = draft;
  room.drafts.delete(name);
  room.drafting = true;
  try {
    const address = `/drafts/${claim}?given=${given}&field=${field}`;
    const answer = await fetch(address, { method: 'PUT', body: text, keepalive: true });
    if (answer.ok && sessionStorage.getItem(place) === text) sessionStorage.removeItem(place);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // what fetch throws where the server is not reached
    if (!room.drafts.has(name)) room.drafts.set(name, { ...draft, at: performance.now() });
  } finally {
    room.drafting = false;
  }
}
