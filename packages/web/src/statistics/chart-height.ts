/** In pixels. Apart from the charts, which are loaded later than the room for them is held. */
export const CHART_HEIGHT = 220
