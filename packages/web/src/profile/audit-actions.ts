/** What each action of the audit log was, as it stands behind who did it. */
const actions: Readonly<Record<string, string>> = {
  'profile.created': 'created the profile',
  'profile.changed': 'renamed the profile',
  'profile.access_granted': 'turned webhook access on',
  'profile.access_withdrawn': 'turned webhook access off',
  'api_key.created': 'created an API key',
  'api_key.revoked': 'revoked an API key',
  'member.invited': 'invited a member',
  'member.invitation_revoked': 'revoked an invitation',
  'member.joined': 'joined',
  'member.role_changed': 'changed a member’s role',
  'member.removed': 'removed a member',
  'member.password_changed': 'changed the password',
  'member.signed_in': 'signed in',
  'member.signed_out_everywhere': 'signed out everywhere',
  'workflow.created': 'created a workflow',
  'workflow.changed': 'changed a workflow',
  'webhook.created': 'created a webhook',
  'webhook.changed': 'changed a webhook',
  'webhook.enabled': 'enabled deliveries of a webhook',
  'webhook.disabled': 'disabled deliveries of a webhook',
  'webhook.paused': 'paused a webhook that kept failing',
  'webhook.deleted': 'deleted a webhook',
  'webhook.tested': 'sent a test event',
  'notice_settings.changed': 'changed where notices go',
  'notice_settings.removed': 'turned off notices outside the app',
  'notice_settings.tested': 'sent a test notice',
  'replay.started': 'started a replay',
  'replay.canceled': 'canceled a replay',
  'webhook.secret_revealed': 'revealed a shared secret',
  'webhook.secret_rotated': 'rotated a shared secret',
}

/** An action in words; one that is newer than this page as the API names it. */
export function describeAction(action: string): string {
  return actions[action] ?? action
}
