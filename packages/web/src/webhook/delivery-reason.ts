const reasons: Readonly<Record<string, string>> = {
  retries_exhausted: 'all retries failed too',
  test_failed: 'a test event has one attempt',
  secret_unreadable: 'the shared secret cannot be decrypted; rotate it',
  webhook_disabled: 'the webhook was disabled',
  webhook_deleted: 'the webhook was deleted',
  access_withdrawn: 'the profile’s webhook access was withdrawn',
  no_longer_matches: 'the new topics or filters no longer match it',
}

/** Why a delivery failed or was canceled, in words that follow a colon. */
export function deliveryReason(reason: string): string {
  return reasons[reason] ?? reason.replaceAll('_', ' ')
}
