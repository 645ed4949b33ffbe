import type { Filter, NoticeType, ReplaySelection, ReplayState, Topic } from '@workflow-webhooks/contract'
import type { ColumnType, Generated } from 'kysely'

type Json<T> = ColumnType<T, string, string>

/** The tables that are queried by Kysely: configuration, and what is read of the log. */
export type Schema = {
  profile: { profile_id: string; name: string; webhook_access: boolean; created_at: Date }
  api_key: {
    api_key_id: string
    profile_id: string | null
    name: string
    role: string
    key_hash: Buffer
    created_at: Date
    revoked_at: Date | null
  }
  auth_user: {
    id: string
    name: string
    email: string
    email_verified: boolean
    image: string | null
    created_at: Date
    updated_at: Date
  }
  auth_session: {
    id: string
    user_id: string
    token: string
    expires_at: Date
    ip_address: string | null
    user_agent: string | null
    created_at: Date
    updated_at: Date
  }
  auth_account: {
    id: string
    user_id: string
    account_id: string
    provider_id: string
    password: string | null
    created_at: Date
    updated_at: Date
  }
  member: { member_id: string; profile_id: string | null; role: string; created_at: Date }
  invitation: {
    invitation_id: string
    profile_id: string | null
    role: string
    email: string | null
    token_hash: Buffer
    created_at: Date
    expires_at: Date
  }
  audit_entry: {
    audit_entry_id: string
    profile_id: string | null
    actor: string
    action: string
    target: string
    at: Date
  }
  idempotent_answer: {
    caller: string
    route: string
    key: string
    request_hash: Buffer
    status: number
    answer: Buffer
    created_at: Date
  }
  workflow: {
    workflow_id: string
    profile_id: string
    name: string
    states: string[]
    initial_state: string
    resolved_state: string
    preview_images: boolean
    configuration_version: number
    created_at: Date
    updated_at: Date
  }
  item: {
    item_id: string
    workflow_id: string
    alert_id: string
    state: string
    sequence: number
    created_event_id: string
    latest_event_id: string
    created_at: Date
    updated_at: Date
  }
  event: {
    event_id: string
    workflow_id: string
    item_id: string
    sequence: number
    trigger: string
    topics: Topic[]
    new_state: string
    previous_state: string | null
    occurred_at: Date
    configuration_version: number
    alert: string
    preview_image: Json<unknown> | null
  }
  webhook: {
    webhook_id: string
    workflow_id: string
    version: number
    url: string
    topics: Topic[]
    filters: Json<Filter> | null
    description: string | null
    enabled: boolean
    headers: Buffer
    header_names: string[]
    secret: Buffer
    previous_secret: Buffer | null
    previous_secret_until: Date | null
    pause_after: string | null
    paused_at: Date | null
    paused_reason: string | null
    created_at: Date
    updated_at: Date
    deleted_at: Date | null
  }
  webhook_version: {
    webhook_id: string
    version: number
    url: string
    header_names: string[]
    topics: Topic[]
    filters: Json<Filter> | null
    enabled: boolean
    deleted: boolean
    created_at: Date
  }
  configuration: {
    workflow_id: string
    version: number
    webhook_access: boolean
    webhooks: Json<Record<string, number>>
    created_at: Date
  }
  delivery: {
    delivery_id: string
    webhook_id: string
    event_id: string
    item_id: string
    sequence: number
    topics: Topic[]
    body_head: string
    body_tail: string
    kind: 'live' | 'replay' | 'test'
    replay_of: string | null
    status: 'pending' | 'succeeded' | 'failed' | 'canceled'
    reason: string | null
    attempt_count: number
    created_at: Date
    settled_at: Date | null
  }
  unsuccessful_delivery: { webhook_id: string; status: 'failed' | 'canceled'; delivery_id: string }
  attempt: {
    delivery_id: string
    attempt: number
    webhook_version: number
    started_at: Date
    duration_ms: number | null
    outcome: string
    status_code: number | null
    error_code: string | null
    error_message: string | null
    detail: string | null
    response_body: Buffer | null
    late: boolean
    bodies_removed: Generated<boolean>
  }
  pending: {
    webhook_id: string
    position: ColumnType<number, never, never>
    delivery_id: string
    event_id: string
    item_id: string
    is_replay: boolean
    is_test: boolean
    attempt: number
    failures: number
    due_at: Date | null
    begun_at: Date | null
    begun_version: number | null
    is_blocked: boolean
    cancel_reason: string | null
  }
  replay: {
    replay_id: string
    webhook_id: string
    selection: Json<ReplaySelection>
    state: ReplayState
    reason: string | null
    total: number
    reached: Generated<number>
    succeeded: Generated<number>
    failed: Generated<number>
    canceled: Generated<number>
    skipped: Generated<number>
    created_at: Date
    ended_at: Date | null
  }
  replay_event: {
    replay_id: string
    place: number
    event_id: string
    delivery_id: string | null
  }
  webhook_condition: { webhook_id: string; failing_since: Date | null; recovered_at: Date | null }
  notice: {
    notice_id: string
    profile_id: string
    workflow_id: string
    webhook_id: string
    type: NoticeType
    at: Date
    body: string
  }
  notice_settings: {
    profile_id: string
    url: string | null
    secret: Buffer | null
    emails: string[]
    updated_at: Date
  }
  notice_message: {
    notice_id: string
    channel: 'webhook' | 'email'
    address: string
    profile_id: string
    attempt: Generated<number>
    failures: Generated<number>
    due_at: Date
  }
  notice_count: {
    profile_id: string
    day: Date
    tests: Generated<number>
    emails: Generated<number>
    tested_at: Date | null
  }
  delivery_statistics: { webhook_id: string; period: Date; epoch: number; span: number; counts: Buffer }
  retention: {
    is_only: Generated<boolean>
    deliveries_removed_until: Date | null
    events_looked_through: Generated<string>
  }
  lane: {
    webhook_id: string
    is_open: boolean
    webhook_version: number
    owner: string | null
    epoch: number
    lease_until: Date | null
    cancel_reason: string | null
    compared_to: string | null
  }
}
