/** A small client of the API for tests: one call, one checked answer. */
export type Api = {
  /** @throws Error with the problem document unless the answer is a 2xx. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T>
  /** The answer as it is. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

export function createApi(url: string, key: string): Api {
  const request: Api['request'] = (method, path, body, headers = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return {
    request,
    async call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
      const response = await request(method, path, body, headers)
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
  }
}

export const ALL_TOPICS = [
  'workflow.item.created',
  'workflow.item.state.changed',
  'workflow.item.resolved',
  'workflow.item.reopened',
]

/** Makes a profile with webhook access and a workflow with one webhook a URL. */
export async function configure(
  api: Pick<Api, 'call'>,
  urls: string[],
): Promise<{ profileId: string; workflowId: string; webhookIds: string[] }> {
  const { profileId } = await api.call<{ profileId: string }>('POST', '/profiles', {
    name: 'Acme',
    webhookAccess: true,
  })
  const { workflowId } = await api.call<{ workflowId: string }>('POST', `/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    states: ['New', 'In review', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const webhookIds: string[] = []
  for (const url of urls) {
    const path = `/workflows/${workflowId}/webhooks`
    const { webhookId } = await api.call<{ webhookId: string }>('POST', path, { url, topics: ALL_TOPICS })
    webhookIds.push(webhookId)
  }
  return { profileId, workflowId, webhookIds }
}
