// What opens over the page: its first field takes the words typed towards it, and no key judges behind it.
// A dialog without the caret in a field takes no keys: those that fell while it stood are told in one sentence.
function refuseCovered(...keys) {
  room.untaken.push(...keys.filter(key => key.length === 1 && key.trim()).map(halve));
  if (room.untaken.length) refuse(room.data.words.covered.replace('{keys}', room.untaken.join(' ')));
}
function followCovered() {
  if (room.untaken.length && !isCovered()) forgetCovered();
}
function forgetCovered() {
  if (room.untaken.length) tellNoMore('refused');
  room.untaken = [];
}
// Between the key that opens a dialog and the dialog: what is typed is meant for its first field.
function holdTyped(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key === 'Backspace') room.opening.typed = room.opening.typed.slice(0, -1);
  else if (event.key.length === 1) room.opening.typed += event.key;
}
// Nothing opened that takes the words: they are told.
function loseOpening(opening) {
  if (isCovered() && room.opening === opening) refuseCovered(...opening.typed);
  else if (opening.typed) refuse(room.data.words.dropped.replace('{keys}', opening.typed));
  endOpening(opening);
}
function endOpening(opening) {
  if (room.opening === opening) room.opening = null;
  if (room.closing === opening) room.closing = null;
}
// Escape takes back what is about to open. Words typed towards it are put into its field before it is closed.
function cancelOpening(event) {
  const { opening } = room;
  event.preventDefault();
  event.stopImmediatePropagation();
  room.opening = null;
  if (!room.closing && (opening.typed || opening.since)) return void (room.closing = opening);
  room.queue = room.queue.filter(item => item.opening !== opening);
  loseOpening(opening);
}
function followOpening() {
  const opening = room.closing ?? room.opening, dialog = openDialog(), now = performance.now();
  if (!dialog && opening?.since && now - opening.since > 1_000 * OPENING_SECONDS) loseOpening(opening);
  if (dialog !== room.dialog) Object.assign(room, { dialog, isMet: false, filled: null, filledAt: now });
  if (!dialog || room.isMet) return;
  const field = list('textarea, input[type="text"]', dialog).find(found => !found.disabled && isShown(found));
  // A field is drawn empty first and gets the text that it starts with a moment later.
  if (field && field.value !== room.filled) Object.assign(room, { filled: field.value, filledAt: now });
  const isFilled = isIdle() && now - room.filledAt >= 1_000 * (field ? FILLING_SECONDS : FIELDLESS_SECONDS);
  if (!isFilled && room.closing?.typed !== '') return;
  room.isMet = true;
  if (room.closing) return closeMet(field, room.closing);
  if (!field) return opening && loseOpening(opening);
  restoreField(field);
  enterField(field, opening?.typed);
  room.opening = null;
}
function closeMet(field, closing) {
  if (!field) loseOpening(closing);
  else if (closing.typed) {
    restoreField(field);
    setText(field, field.value + closing.typed);
  }
  room.closing = { ...closing, typed: '', closedAt: performance.now() };
  room.dialog.querySelector('button[aria-label="Close"]').click();
}
function followClosing() {
  const { closing } = room;
  if (!closing?.closedAt) return;
  const isLate = performance.now() - closing.closedAt > 1_000 * OPENING_SECONDS;
  if (isLate || (!openDialog() && isIdle())) room.closing = null;
}
function openComment(opening) {
  const isEscaped = room.closing === opening;
  endOpening(opening);
  focusComment(opening.typed);
  if (!isEscaped) return;
  endTyping();
  commentField()?.blur();
}
