// One actor's life (create, start, send, 401, send, 200, done) against a bare XState actor that hears as many events.
import { bareLife, retryLife } from '../lives.mjs';
import { race, report } from '../measure.mjs';

const ours = retryLife();
const bare = bareLife();

const said = [];
const end = ours((event) => said.push(event.type));
if (end.status !== 'done' || end.output.type !== 'accepted' || said.filter((type) => type === 'send').length !== 2) {
  throw new Error(`The life went elsewhere: ${end.status}, ${JSON.stringify(end.value)}, ${said.join(' ')}`);
}
if (bare().status !== 'done') throw new Error('The bare life does not end.');

let heard = 0;
const listen = () => {
  heard += 1;
};
const rows = race({
  'an actor’s life': () => ours(listen).status.length,
  'a bare actor’s life': () => bare(listen).status.length,
});
if (heard === 0) throw new Error('Nobody said anything.');
report({ unit: 'ns', rows });
