import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { answer, client } from './client.ts'
import type { paths } from './schema.d.ts'

const UNTOLD_MS = 10_000

/** The paths that can be read. */
export type ReadPath = {
  [Path in keyof paths]: paths[Path] extends { get: { responses: { 200: unknown } } } ? Path : never
}[keyof paths]

/** The answer of `GET path`. */
export type ReadAnswer<Path extends ReadPath> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

type ReadParameters<Path extends ReadPath> = paths[Path] extends { get: { parameters: infer All } }
  ? Omit<All, 'header' | 'cookie'>
  : never
/** `{path, query}` as the call wants them; may be left out where nothing is required. */
type Parameters<Path extends ReadPath> =
  Record<never, never> extends ReadParameters<Path>
    ? [parameters?: ReadParameters<Path>]
    : [parameters: ReadParameters<Path>]

/** The paths that are lists, and what they list. */
export type ListPath = {
  [Path in ReadPath]: ReadAnswer<Path> extends { data: unknown[]; nextCursor: unknown } ? Path : never
}[ReadPath]
type ListEntry<Path extends ListPath> = ReadAnswer<Path> extends { data: (infer Entry)[] } ? Entry : never

/**
 * `GET path` as a query. Its key is `[path, {path, query}]`, so that what is known of one workflow can be refreshed.
 *
 * @example getQuery('/api/v1/workflows/{workflowId}', { path: { workflowId } })
 */
export function getQuery<Path extends ReadPath>(path: Path, ...[parameters]: Parameters<Path>) {
  return queryOptions({
    queryKey: [path, parameters ?? {}] as const,
    queryFn: ({ signal }) => read(path, parameters, signal) as Promise<ReadAnswer<Path>>,
  })
}

/** `GET path` of a cursor list as a query of pages; `cursor` need not be given. */
export function listQuery<Path extends ListPath>(path: Path, ...[parameters]: Parameters<Path>) {
  return infiniteQueryOptions({
    queryKey: [path, parameters ?? {}, 'pages'] as const,
    queryFn: ({ signal, pageParam }) =>
      read(path, withCursor(parameters, pageParam), signal) as Promise<
        ReadAnswer<Path> & { data: ListEntry<Path>[]; nextCursor: string | null }
      >,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Reads `path` and keeps it fresh. */
export function useApi<Path extends ReadPath>(path: Path, ...parameters: Parameters<Path>) {
  return useQuery(getQuery(path, ...parameters))
}

/** As `useApi`, for what a page cannot be drawn without: `data` is there, the route shows waiting and errors. */
export function useLoaded<Path extends ReadPath>(path: Path, ...parameters: Parameters<Path>) {
  return useSuspenseQuery(getQuery(path, ...parameters)).data
}

/** Reads a cursor list: `rows` of all pages so far, and the rest for `<LoadMore list={…} />`. */
export function useApiList<Path extends ListPath>(path: Path, ...parameters: Parameters<Path>) {
  // The stream of changes tells of workflows; people, keys and records are read again now and then.
  const refetchInterval = path.includes('{workflowId}') ? false : UNTOLD_MS
  const list = useInfiniteQuery({ ...listQuery(path, ...parameters), refetchInterval })
  return { ...list, rows: list.data?.pages.flatMap((page) => page.data) }
}

/** Has everything read again that was read from `path`; with `pathParameters` only where they are the same. */
export function refresh(
  queryClient: QueryClient,
  path: ReadPath,
  pathParameters: Record<string, string> = {},
): Promise<void> {
  return queryClient.invalidateQueries({
    queryKey: [path],
    predicate: ({ queryKey }) => {
      const known = (queryKey[1] as { path?: Record<string, string> } | undefined)?.path ?? {}
      return Object.entries(pathParameters).every(([name, value]) => known[name] === value)
    },
  })
}

function withCursor(parameters: unknown, cursor: string | null): unknown {
  const { path, query } = (parameters ?? {}) as { path?: object; query?: object }
  return { path, query: { ...query, ...(cursor !== null && { cursor }) } }
}

/** The types of the call are the callers' concern: here the path is any. */
function read(path: ReadPath, params: unknown, signal: AbortSignal): Promise<unknown> {
  const get = client.GET as (path: string, init: object) => Promise<{ data?: unknown }>
  return answer(get(path, { params: params ?? {}, signal }))
}
