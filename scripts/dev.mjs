import { startDevServer } from '@web/dev-server';

// `npm run dev -- --port 3001 --demo`: the options are those of the command itself; the server's own start message would
// name a network address that nothing listens on.
const server = await startDevServer({ argv: [], logStartMessage: false });
for (const note of server.config.notes) console.log(note);
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
