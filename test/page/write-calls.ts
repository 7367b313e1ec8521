import Database from 'libsql';
import { LiveCalls } from '../../src/server/sources/demo/live.js';

// A process of its own that writes calls as the daemon would, into the log of a database that a server reads. It starts
// when it is told to, and tells its parent every id as it is written. Words: the file, calls a second, seconds.

const [path, perSecond, seconds] = process.argv.slice(2) as [string, string, string];
const db = new Database(path);
db.pragma('busy_timeout = 5000');
const live = new LiveCalls(db, { seed: 2, generatedAt: new Date() });
const wanted = Number(perSecond) * Number(seconds);

process.once('message', () => {
  const startMs = performance.now();
  let written = 0;
  const timer = setInterval(
    () => {
      // A tick that came late makes up for those it missed.
      const due = Math.min(wanted, Math.floor(((performance.now() - startMs) / 1000) * Number(perSecond)));
      for (; written < due; written++) process.send!(live.addCall(new Date()));
      if (written < wanted) return;
      clearInterval(timer);
      db.close();
      process.disconnect();
    },
    1000 / Number(perSecond),
  );
});
process.send!('ready');
