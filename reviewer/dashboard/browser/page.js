// What the page is at this moment: its line to the server, what is open on it, and what it tells.
const app = () => document.querySelector('[data-testid="stApp"]');
const isConnected = () => app()?.dataset.testConnectionState === 'CONNECTED';
const isIdle = () => isConnected() && app().dataset.testScriptState === 'notRunning';
const list = (selector, within = document) => [...within.querySelectorAll(selector)];
const isShown = element => element.getClientRects().length > 0;
const openDialog = () => list('[data-testid="stDialog"] [role="dialog"]').find(isShown);
const OPEN = '[data-testid="stPopoverBody"], [role="listbox"]';
const isCovered = () => Boolean(openDialog()) || list(OPEN).some(isShown);
const EDITED = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';
const isEdited = element => Boolean(element?.closest?.(EDITED));

// The name of the widget that an element belongs to.
function nameOf(element) {
  const holder = element?.closest?.('[class*="st-key-"]');
  const css = holder && [...holder.classList].find(name => name.startsWith('st-key-'));
  return css ? css.slice('st-key-'.length) : '';
}
const findButton = name => document.querySelector(`.st-key-${CSS.escape(name)} button`);

// Keys that were on their way as a refusal was told leave it standing for this long.
const READ_SECONDS = 1.5;

// The sentence at the top of the window; it is read aloud, and a refusal sounds as well.
function tell(kind, sentence, seconds = 0) {
  let place = document.getElementById('konkyo-told');
  if (!place) {
    place = document.createElement('div');
    place.id = 'konkyo-told';
    place.className = 'konkyo';
    place.setAttribute('role', 'status');
    document.body.append(place);
  }
  if (place.textContent !== sentence) place.textContent = sentence;
  place.dataset.kind = sentence ? kind : '';
  place.dataset.since = String(performance.now());
  place.dataset.until = seconds ? String(performance.now() + 1_000 * seconds) : '';
}
function tellNoMore(kind) {
  const place = document.getElementById('konkyo-told');
  if (!place?.dataset.kind || (kind && place.dataset.kind !== kind)) return;
  if (kind || (place.dataset.until && performance.now() > Number(place.dataset.until))) tell('', '');
}
// Who presses on has read what was not taken.
function tellRefusedNoMore() {
  const since = Number(document.getElementById('konkyo-told')?.dataset.since);
  if (performance.now() - since > 1_000 * READ_SECONDS) tellNoMore('refused');
}
function sound() {
  const context = (room.sound ??= new AudioContext());
  const tone = context.createOscillator(), volume = context.createGain();
  volume.gain.value = 0.05;
  tone.frequency.value = 220;
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.12);
}
function refuse(sentence) {
  sound();
  tell('refused', sentence, 12);
}

// Streamlit's own words for a lost line are English and name it, and their dialog takes the focus: ours stand
// in their place.
function hideLostDialog() {
  for (const dialog of list('[data-testid="stDialog"]'))
    if (dialog.textContent.startsWith('Connection error')) dialog.style.display = 'none';
}
function followLine() {
  const state = app()?.dataset.testConnectionState;
  // An ended sign-in closes the connection too, and says so by itself.
  const signedOut = document.getElementById('konkyo-signed-out') !== null;
  const isLost = Boolean(room.seen) && state !== undefined && state !== 'CONNECTED' && !signedOut;
  hideLostDialog();
  if (isLost) room.lostAt ??= performance.now();
  if (isLost && performance.now() - room.lostAt > 500) tell('outage', room.data.words.outage);
  if (!isLost && room.lostAt) {
    room.lostAt = null;
    tellNoMore('outage');
  }
}
