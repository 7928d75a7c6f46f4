// The keys that fell: each is bound to what was on the screen, and they are sent one at a time, in order.
const RESEND_SECONDS = 3, MOST_SENT = 5, OPENING_SECONDS = 8, FILLING_SECONDS = 0.15, FIELDLESS_SECONDS = 1;
const LEAVES = /^(way_.+|save_next|to_queue|grade_next|claim_\d+)$/;
const SENT = /^(judge_.+|grade_.|basis|undo|take_over|give_repeats|quote|flag_words|decide|save_next|citation_(back|forth)|focus_on_.+|way_.+|to_queue)$/;
const JUDGES = /^judge_.$/, HABIT_MS = 1_000;
const MOVES = /^(citation_(back|forth)|focus_on_.+)$/;
const OPENS = /^(to_comment|to_flag|to_search|to_edit|criteria|keys|by_hand)$/;

// The field of the comment comes a moment after the rest of a page that is opened: keys wait for it, so that
// none is sent without what stands in it, and no letter meant for it judges.
const takesComment = screen => Boolean(screen) && !['reads', 'declares'].includes(screen.part);
const isWhole = () =>
  !takesComment(room.data?.screen) || canWrite(commentField()) || performance.now() - room.openedAt > 1_000 * OPENING_SECONDS;

const leaves = item => LEAVES.test(item.name);
// What follows is meant for what will be on the screen then: another claim, the citation that is taken back,
// the grade and comment that were taken over, or where the next claim is that waits.
const changesScreen = item => leaves(item) || ['undo', 'take_over', 'give_repeats'].includes(item.name);
const isAwaited = () => room.queue.some(changesScreen) || Boolean(room.sent && changesScreen(room.sent.item));

// Bind a key to the claim, the citation, the part and the comment that stand there now.
function bind(item) {
  const screen = (item.screen = room.data?.screen ?? null);
  item.isBound = true;
  if (!screen) return;
  const last = screen.pmids.length - 1, at = screen.pmids.indexOf(room.pointer);
  if (item.name === 'citation_forth') room.pointer = screen.pmids[Math.min(last, at + 1)] ?? '';
  if (item.name === 'citation_back') room.pointer = screen.pmids[Math.max(0, at - 1)] ?? '';
  if (item.name.startsWith('focus_on_')) room.pointer = item.name.slice('focus_on_'.length);
  if (screen.part === 'decides' && /^grade_/.test(item.name)) room.choice = item.name.slice(-1);
  Object.assign(item, { pmid: room.pointer, choice: room.choice, comment: commentField()?.value ?? '' });
  if (screen.part === 'grades') followJudgement(item, screen.pmids);
}
// After a judgement the next citation that is not judged yet is read, from the top again after the last.
function followJudgement(item, pmids) {
  if (item.name === 'judge_rest') item.pmids = pmids.filter(pmid => !room.judged.has(pmid));
  if (JUDGES.test(item.name)) {
    const at = pmids.indexOf(item.pmid) + 1;
    room.judged.add(item.pmid);
    room.pointer = [...pmids.slice(at), ...pmids.slice(0, at)].find(pmid => !room.judged.has(pmid)) ?? item.pmid;
    item.goesTo = room.pointer;
  }
  for (const pmid of item.pmids ?? []) room.judged.add(pmid);
}
// Who is used to a step after each judgement types one: it is made already.
function isHabit({ name, key, at }) {
  const former = room.last;
  room.last = { name, at };
  return name === 'citation_forth' && key && JUDGES.test(former?.name) && at - former.at < HABIT_MS;
}
// Each key is bound after those that fell before it.
function bindInOrder() {
  if (!isWhole() || (room.sent && changesScreen(room.sent.item))) return;
  for (const item of room.queue) {
    if (!item.isBound) bind(item);
    if (changesScreen(item)) return;
  }
}
function enqueue(item) {
  if (isHabit(item)) return tell('saved', room.data.words.habit, 2);
  room.queue.push(item);
  bindInOrder();
  if (OPENS.test(item.name)) room.opening = item.opening = { typed: '', since: null };
  if (!isConnected()) tell('outage', room.data.words.outage);
  advance();
}
// Take back what waits, and say which keys it was.
function drop(kept = []) {
  const dropped = room.queue.filter(item => !kept.includes(item));
  room.queue = kept;
  if (!dropped.length) return;
  for (const { opening } of dropped) if (opening) endOpening(opening);
  const keys = dropped.map(({ key, label, opening }) => (key || label || '•') + (opening?.typed ?? '')).join(' ');
  refuse(room.data.words.dropped.replace('{keys}', keys));
}
// Whether the key still means what it meant when it fell.
function fits(item) {
  const then = item.screen, now = room.data.screen;
  if (!then || !now) return then === now;
  const acts = /^(grade_|take_over|give_repeats|decide|save_next)/.test(item.name);
  return then.claim === now.claim && (!acts || then.part === now.part);
}
function advance() {
  if (room.sent || !room.queue.length || !room.data || room.drafting || room.closing?.since) return;
  if (!isIdle() || isCovered() || !isWhole()) return;
  bindInOrder();
  const [item, next] = room.queue;
  if (!fits(item)) return drop();
  room.queue.shift();
  if (item.name === 'to_comment') return openComment(item.opening);
  if (MOVES.test(item.name) && next?.isBound && SENT.test(next.name)) return advance();
  if (item.screen && SENT.test(item.name)) return sendPress(item);
  return click(item);
}
function sendPress(item) {
  const { claim, revision, edition, part, before, after, following, version, offer } = item.screen;
  const seq = Number(sessionStorage.getItem('konkyo-seq') ?? 0) + 1;
  sessionStorage.setItem('konkyo-seq', String(seq));
  const targets = { way_j: after, save_next: after, way_number: following, way_k: before, to_queue: version, take_over: offer };
  const target = targets[item.name] ?? null;
  const { name, pmid, comment, choice, goesTo = '', pmids = [], span = null } = item;
  const press = { tab: room.tab, seq, name, claim, revision, edition, part, pmid, goesTo, pmids, span, comment, choice, target };
  room.sent = { item, press, at: performance.now(), times: 1 };
  room.send(press);
}
// A button of which nothing but a click is known: it is clicked if it still is what it was.
function click(item) {
  const button = item.button ?? findButton(item.name);
  const isSame = button?.isConnected && (!item.button || button.innerText === item.label);
  if (!isSame || button.disabled) return dropChanged(item);
  if (item.opening) item.opening.since = performance.now();
  room.passing = button;
  button.click();
  room.passing = null;
}
function dropChanged(item) {
  const isAlone = !room.queue.length && !item.opening?.typed;
  room.queue.unshift(item);
  drop();
  if (isAlone) refuse(room.data.words.changed);
}
function receive(done) {
  const { item } = room.sent;
  room.sent = null;
  if (!done.refused) return;
  sound();
  const [next] = room.queue;
  drop(!leaves(item) && next && leaves(next) ? [next] : []);
}
function sendAgain() {
  const sent = room.sent;
  if (!sent || !isIdle() || performance.now() - sent.at < 1_000 * RESEND_SECONDS) return;
  if (sent.times >= MOST_SENT) {
    room.queue.unshift(sent.item);
    room.sent = null;
    return drop();
  }
  Object.assign(sent, { at: performance.now(), times: sent.times + 1 });
  room.send({ ...sent.press, again: true });
}
