import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'hm-elements/hm-calls.js';
import 'hm-elements/hm-projects.js';
import type { HmScope } from 'hm-elements/hm-scope.js';
import 'hm-elements/hm-scope.js';

const TIMES = ['24h', '7d', '30d'];

/** The filter is React's own state: it goes down as a property, and what a user asks for comes up as an event. */
function App() {
  const [filter, setFilter] = useState<HmScope['filter']>({ last: '30d' });
  return (
    <>
      <h1>hm-elements in React</h1>
      <label>
        Time{' '}
        <select value={filter.last} onChange={({ target }) => setFilter({ ...filter, last: target.value })}>
          {TIMES.map((time) => (
            <option key={time}>{time}</option>
          ))}
        </select>
      </label>
      <p>
        Shown: <output>{filter.project?.join(', ') ?? 'all projects'}</output>
      </p>
      <hm-scope
        daemon={import.meta.env.VITE_DAEMON}
        filter={filter}
        onhm-filter={(event) => setFilter({ ...filter, ...event.change })}
      >
        <hm-projects sort="calls" />
        <hm-calls />
      </hm-scope>
    </>
  );
}

createRoot(document.getElementById('root')!).render(<App />);
