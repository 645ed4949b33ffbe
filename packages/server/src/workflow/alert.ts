import type { Alert, AlertChanges } from '@workflow-webhooks/contract'

/**
 * Fills in what may be left out of an alert: a platform's display name, the link to the item's page, and, where the
 * subject is itself a URL, the link to the content (of an account: to the account).
 */
export function completeAlert(alert: Alert, itemUrl: string): Alert {
  const inferred = alert.type === 'account' ? 'account' : 'content'
  return {
    ...alert,
    platformDisplayName: alert.platformDisplayName ?? displayName(alert.platform),
    links: {
      outtake: itemUrl,
      ...(isHttpUrl(alert.subject) && { [inferred]: alert.subject }),
      ...alert.links,
    },
  }
}

/** An alert with the fields that have changed since; a link that was inferred from the old subject goes with it. */
export function changeAlert(alert: Alert, changes: AlertChanges, itemUrl: string): Alert {
  const links = { ...alert.links }
  if (changes.subject !== undefined) {
    if (links.content === alert.subject) delete links.content
    if (links.account === alert.subject) delete links.account
  }
  return completeAlert({ ...alert, ...changes, links: { ...links, ...changes.links } } as Alert, itemUrl)
}

function displayName(platform: string): string {
  return platform
    .split(/[_-]+/)
    .filter((word) => word !== '')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join(' ')
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && text.length <= 2048 && !/\s/.test(text) && URL.canParse(text)
}

/** An alert as events store it: its preview image apart, since not every workflow sends it. */
export type StoredAlert = { alert: string; preview_image: Alert['previewImage'] | null }

/** Puts a stored alert together. */
export function readAlert({ alert, preview_image: previewImage }: StoredAlert): Alert {
  return { ...JSON.parse(alert), ...(previewImage && { previewImage }) }
}
