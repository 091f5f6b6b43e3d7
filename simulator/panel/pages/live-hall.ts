import { useEffect, useState } from "preact/hooks";
import {
  browserPorts,
  type EventStream,
  follow,
  type Live,
  type LivePorts,
  nothingYet,
} from "../../../controller/web/design/design.ts";
import type { PanelHall } from "../panel-contract.ts";
import { HallPicture } from "./hall-picture.ts";
import { takeZone } from "./take-zone.ts";

/** The simulator tells the hall whole once, then counter by counter; to the page each of these is a whole hall. */
const openWhole = (url: string): EventStream => {
  const stream = browserPorts.open(url);
  const picture = new HallPicture();
  return {
    on(event, listen) {
      if (event !== "hall") return stream.on(event, listen);
      stream.on("hall", (text) => {
        takeZone(JSON.parse(text) as PanelHall, document.documentElement);
        listen(picture.whole(text));
      });
      stream.on("view", (text) => listen(picture.changed(text)));
    },
    onFailure: (listen) => stream.onFailure(listen),
    close: () => stream.close(),
  };
};

const PORTS: LivePorts = { clock: browserPorts.clock, open: openWhole };

export function useHall(): Live<{ hall: PanelHall }> {
  const [live, setLive] = useState<Live<{ hall: PanelHall }>>(nothingYet);
  useEffect(() => {
    const following = follow<{ hall: PanelHall }>("/panel/events", ["hall"], PORTS, setLive);
    return () => following.close();
  }, []);
  return live;
}
