/** Colours of the page, light and dark. Each pair is text on its ground; a test computes that every pair has WCAG AA contrast. */
interface Tone {
  readonly text: string
  readonly ground: string
}

interface Scheme {
  readonly page: Tone
  readonly panel: Tone
  readonly soft: Tone
  readonly softOnPanel: Tone
  readonly link: Tone
  readonly line: string
  readonly states: Readonly<Record<string, Tone>>
  /** Lines and bars of charts, in order; each stands out from the page by 3:1. */
  readonly series: readonly string[]
}

const light: Scheme = {
  page: { text: '#1a2230', ground: '#ffffff' },
  panel: { text: '#1a2230', ground: '#f5f7fa' },
  soft: { text: '#515c6e', ground: '#ffffff' },
  softOnPanel: { text: '#515c6e', ground: '#f5f7fa' },
  link: { text: '#0b57b0', ground: '#ffffff' },
  line: '#d3d9e2',
  states: {
    'satisfied': { text: '#0c5f35', ground: '#dff3e7' },
    'violated': { text: '#ffffff', ground: '#b42318' },
    'indeterminate': { text: '#6b4200', ground: '#ffe3ad' },
    'not-run': { text: '#465063', ground: '#e6eaf0' },
    'waived': { text: '#54329b', ground: '#ece5fb' },
    'stale': { text: '#7a2f66', ground: '#fae3f2' },
    'not-applicable': { text: '#3c5365', ground: '#e3edf3' },
    'denied': { text: '#33506f', ground: '#dbe7f3' },
  },
  series: ['#0b57b0', '#a8480f', '#11733f', '#7a3fb0', '#00707a', '#96305f', '#5f6b00', '#4a5568'],
}

const dark: Scheme = {
  page: { text: '#e7ecf3', ground: '#11161d' },
  panel: { text: '#e7ecf3', ground: '#19202a' },
  soft: { text: '#a8b3c4', ground: '#11161d' },
  softOnPanel: { text: '#a8b3c4', ground: '#19202a' },
  link: { text: '#86b7f5', ground: '#11161d' },
  line: '#343e4d',
  states: {
    'satisfied': { text: '#8ee0b0', ground: '#12351f' },
    'violated': { text: '#ffffff', ground: '#c0362c' },
    'indeterminate': { text: '#ffd78a', ground: '#4a3306' },
    'not-run': { text: '#bcc6d5', ground: '#2a3340' },
    'waived': { text: '#cfbcff', ground: '#33235c' },
    'stale': { text: '#f3b6e2', ground: '#4a1d3f' },
    'not-applicable': { text: '#b4cada', ground: '#22323f' },
    'denied': { text: '#a9c7e8', ground: '#1e3147' },
  },
  series: ['#86b7f5', '#f0a36b', '#77d49e', '#c9a6f5', '#6fd0da', '#f08cb6', '#c9d36b', '#b4bfce'],
}

export const schemes = { light, dark } as const

/** Every text with the ground it stands on. */
export function pairsOf(scheme: Scheme): Readonly<Record<string, Tone>> {
  const { page, panel, soft, softOnPanel, link, states } = scheme
  return { page, panel, soft, softOnPanel, link, ...states }
}

function variables(scheme: Scheme): string {
  const states = Object.entries(scheme.states).map(([name, { text, ground }]) => `--${name}:${text};--${name}-ground:${ground}`)
  const { page, panel, soft, link, line } = scheme
  const series = scheme.series.map((colour, index) => `--series-${index}:${colour}`)
  return [`--ink:${page.text};--ground:${page.ground};--panel:${panel.ground};--soft:${soft.text};--link:${link.text};--line:${line}`, ...states, ...series].join(';')
}

/** How many colours lines and bars have before they begin again. */
export const seriesColours = light.series.length

/** Custom properties for the style sheet: dark where the reader prefers it, light on paper always. */
export function paletteCss(): string {
  return `:root{color-scheme:light dark;${variables(light)}}@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}`
}
