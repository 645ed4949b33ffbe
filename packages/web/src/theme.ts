import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple, Table } from '@mantine/core'

/** The one accent. White on 6 and 7, 7 on white, and 3 on the dark ground: all 4.5 to 1 or better. */
const accent: MantineColorsTuple = [
  '#eef0ff',
  '#dde2ff',
  '#bcc5fb',
  '#a3b0fa',
  '#8494f3',
  '#6678e8',
  '#5265dc',
  '#4253c6',
  '#3747ab',
  '#2c398a',
]

/** Of a cool cast, where Mantine's has none. */
const dark: MantineColorsTuple = [
  '#d5d9df',
  '#b6bcc6',
  '#949ca8',
  '#6f7885',
  '#3a414b',
  '#2e343d',
  '#252a32',
  '#1b1f26',
  '#15181e',
  '#0f1216',
]

/** Sized as a tool: 13 and 14 px text, rows of 36 to 40 px, buttons of 32 px. */
export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      vars: (_theme, { size }) => ({
        root:
          size === undefined
            ? { '--button-height': '32px', '--button-padding-x': '12px', '--button-fz': '13px' }
            : {},
      }),
    }),
    Table: Table.extend({
      defaultProps: { verticalSpacing: 8, horizontalSpacing: 12, highlightOnHover: true },
    }),
    // Otherwise a menu has a child that is no item, which a screen reader may stumble on.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        // Its `<header>` would be a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
    },
    Tooltip: { defaultProps: { openDelay: 200, withArrow: true } },
  },
})

/**
 * The colours of states, AA on the page's ground, as `--state-delivered` and so on. Never without a shape or a word:
 * `StatusText` puts them together.
 */
const stateColors = {
  delivered: { light: '#17713a', dark: '#4cc38a' },
  retrying: { light: '#8a5a00', dark: '#e2b04a' },
  failed: { light: '#c2232f', dark: '#ff8b83' },
  off: { light: '#5d6570', dark: '#9aa3ae' },
} as const

export type StateColor = keyof typeof stateColors

/** The colours that are not Mantine's, and those of its that lack contrast. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...stateVariables('light'),
    '--mantine-color-text': '#171b21',
    '--mantine-color-dimmed': '#5a626d',
    '--mantine-color-placeholder': '#687079',
    '--mantine-color-error': '#c2232f',
    '--mantine-color-default-border': '#dde1e6',
    '--field-border': '#868f9b',
  },
  dark: {
    ...stateVariables('dark'),
    '--mantine-color-dimmed': '#a1a8b3',
    '--mantine-color-placeholder': '#949ba6',
    '--mantine-color-error': '#ff8b83',
    '--mantine-color-anchor': '#a3b0fa',
    '--field-border': '#78818e',
  },
})

function stateVariables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stateColors).map(([name, colors]) => [`--state-${name}`, colors[scheme]]),
  )
}
