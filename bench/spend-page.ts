import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import { SpendChart } from '../src/controllers/spend-chart.js';
import type { BarsPaint } from '../src/controllers/spend-drawing.js';
import { makeModel, type SpendRead } from '../src/view/spend-model.js';
import { drawSpend } from '../src/view/spend-picture.js';
import { makeRead, makeSums } from '../test/view/spend-answers.js';

// Runs in the browser: redraws of spend after one more call, and of the same numbers by Chart.js alone.

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

const DAYS = 90;
const KEYS = ['anthropic', 'openai', 'gemini', 'xai', 'groq'];
const COLOURS = ['#d87822', '#004442', '#5b6bcc', '#a2487d', '#705909'];
const WIDTH_PX = 720;
const HEIGHT_PX = 282;

const PAINT: BarsPaint = {
  ...{ bg: '#ffffff', ink: '#1b1a18', muted: '#635f58', line: '#e1ded8', unpriced: '#7b3fa3', imputed: '#0f6a6f' },
  stacks: COLOURS.map((fill) => ({ fill, edge: null })),
  font: '11px sans-serif',
};

/** Every bar has all parts, some have calls without a price, and the last grows by a call each time. */
function makeAnswer(calls: number): SpendRead {
  return makeRead({
    start: '2026-08-27',
    series: KEYS.map((key, at) => ({
      key,
      sums: Array.from({ length: DAYS }, (_, day) =>
        makeSums({
          calls: 100 + (day === DAYS - 1 ? calls : 0),
          unpricedCalls: day % 7 === 0 ? 1 : 0,
          costMillicents: 500_000 + 90_000 * ((day * (at + 3)) % 11) + (day === DAYS - 1 ? calls * 1_000 : 0),
          imputedMillicents: 100_000,
        }),
      ),
    })),
    before: KEYS.map(() => makeSums({ calls: 90, costMillicents: 40_000_000 })),
  });
}

function addCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const place = document.createElement('div');
  place.append(canvas);
  document.body.append(place);
  return canvas;
}

type Redraw = (read: SpendRead) => void;

function makeOurs(first: SpendRead): Redraw {
  const draw = (read: SpendRead) => drawSpend(makeModel(read, 'cost', false), WIDTH_PX);
  const chart = new SpendChart(addCanvas(), draw(first), PAINT, WIDTH_PX);
  return (read) => chart.draw(draw(read), PAINT, WIDTH_PX);
}

function makePlain(first: SpendRead): Redraw {
  const toDatasets = ({ series: { series } }: SpendRead) =>
    series.map(({ points }, at) => ({
      data: points.map(({ costMillicents }) => costMillicents),
      backgroundColor: COLOURS[at]!,
    }));
  const labels = Array.from({ length: DAYS }, (_, day) => String(day));
  const chart = new Chart(addCanvas(), {
    type: 'bar',
    data: { labels, datasets: toDatasets(first) },
    options: { animation: false, responsive: false, scales: { x: { stacked: true }, y: { stacked: true } } },
  });
  chart.resize(WIDTH_PX, HEIGHT_PX);
  return (read) => {
    chart.data = { labels, datasets: toDatasets(read) };
    chart.update('none');
  };
}

/** Milliseconds of each redraw, ours and Chart.js's in turn. */
function benchRedraws(rounds: number): { oursMs: number[]; theirsMs: number[] } {
  const first = makeAnswer(0);
  const [ours, plain] = [makeOurs(first), makePlain(first)];
  const time = (redraw: Redraw, calls: number): number => {
    const read = makeAnswer(calls);
    const startMs = performance.now();
    redraw(read);
    return performance.now() - startMs;
  };
  const pair = { oursMs: [] as number[], theirsMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) pair.oursMs.push(time(ours, round));
    pair.theirsMs.push(time(plain, round));
    if (round % 2 === 1) pair.oursMs.push(time(ours, round));
  }
  return pair;
}

Object.assign(window, { benchRedraws });
