import { render } from "preact";
import { BoardView } from "./board-view.tsx";
import { followBoard, type LiveBoard, NO_BOARD } from "./live-board.ts";

const CLOCK_EVERY_MS = 5_000;

let live: LiveBoard = NO_BOARD;
const paint = (): void => render(<BoardView live={live} nowMs={Date.now()} />, document.body);

function tick(): void {
  paint();
  setTimeout(tick, CLOCK_EVERY_MS);
}

document.body.replaceChildren();
tick();
followBoard((next) => {
  live = next;
  paint();
});
