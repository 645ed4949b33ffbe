import type { ServerResponse } from 'node:http'
import type { Change, ChangeKind } from '@workflow-webhooks/contract'
import type { Changes, Hints } from '../base/changes.ts'
import { AppError } from '../base/errors.ts'
import { type Actor, worksIn } from '../profile/actor.ts'
import type { Owner } from '../webhook/owners.ts'
import { type ChangeStream, type ChangeStreamTimes, openChangeStream } from './change-stream.ts'

/** The streams of this node. */
export type ChangeStreams = {
  /**
   * Opens one; where the same credential has one already, that ends with the event `replaced`.
   *
   * @throws AppError too_many_streams
   */
  open(response: ServerResponse, reader: Reader): void
  /** Ends all that are open; they may come again. */
  endAll(): void
}

export type Reader = {
  actor: Actor
  /** The session or API key, by anything that tells it from others. */
  credential: string
  /** Of the answer. */
  headers: Record<string, number | string | string[] | undefined>
  /** Who the caller is by now. */
  identify: () => Promise<Actor | null>
}

export type ChangeStreamSettings = ChangeStreamTimes & {
  maxStreams: number
  maxStreamsPerActor: number
  maxStreamsPerProfile: number
  random: () => number
}

export const changeStreamSettings: ChangeStreamSettings = {
  heartbeatMs: 15_000,
  recheckMs: 30_000,
  endMs: 5_000,
  maxStreams: 1_000,
  maxStreamsPerActor: 20,
  maxStreamsPerProfile: 100,
  random: Math.random,
}

/** Tells a client not to connect again: somebody else with its credential has. */
const REPLACED = 'event: replaced\ndata: {}\n\n'

/** Tells the readers of streams what has changed, each only of what it may see. While there are none, it hears nothing. */
export function createChangeStreams(options: {
  changes: Pick<Changes, 'listen'>
  findOwners: (ids: Iterable<string>) => Promise<ReadonlyMap<string, Owner>>
  settings: ChangeStreamSettings
  onError: (error: unknown) => void
}): ChangeStreams {
  const { changes, findOwners, settings, onError } = options
  const streams = new Map<string, ChangeStream>()
  let stopListening = (): void => {}

  return { open, endAll }

  function open(response: ServerResponse, { actor, credential, headers, identify }: Reader): void {
    if (response.destroyed) return // who asked has gone while it was found out who it is
    streams.get(credential)?.end(REPLACED)
    requireRoom(actor)
    if (streams.size === 0) stopListening = changes.listen({ hear: tell, miss: endAll })
    const onEnd = (): void => {
      streams.delete(credential)
      if (streams.size === 0) stopListening()
    }
    const { random } = settings
    const options = { actor, headers, identify, times: settings, random, onEnd, onError }
    streams.set(credential, openChangeStream(response, options))
  }

  function requireRoom({ actorId, profileId }: Actor): void {
    if (streams.size >= settings.maxStreams) throw tooManyStreams(`${settings.maxStreams}`)
    let ofActor = 0
    let ofProfile = 0
    for (const { actor } of streams.values()) {
      if (actor.actorId === actorId) ofActor++
      if (actor.profileId === profileId) ofProfile++
    }
    // A profile can make as many keys as it likes.
    if (profileId !== null && ofProfile >= settings.maxStreamsPerProfile)
      throw tooManyStreams(`${ofProfile} of the profile`)
    if (ofActor >= settings.maxStreamsPerActor) throw tooManyStreams(`${ofActor} of yours`)
  }

  /** Streams that end are opened again, and then all is read anew: so nobody misses what cannot be told. */
  function endAll(): void {
    for (const stream of streams.values()) stream.end()
  }

  async function tell(hints: Hints): Promise<void> {
    try {
      const messages = toMessages(
        hints,
        await findOwners(new Set([...hints.values()].flatMap((ids) => [...ids]))),
      )
      for (const stream of streams.values()) {
        const text = textFor(stream.actor, messages)
        if (text !== '') stream.send(text)
      }
    } catch (error) {
      onError(error)
      endAll()
    }
  }
}

function tooManyStreams(present: string): AppError {
  return new AppError('too_many_streams', `There are ${present}.`)
}

type Message = { profileId: string; text: string; textOfItems: string }

/** One message a workflow, whatever it was of its own or of its webhooks that changed. */
function toMessages(hints: Hints, owners: ReadonlyMap<string, Owner>): Message[] {
  const changed = new Map<Owner['workflowId'], { profileId: string; kinds: Set<ChangeKind> }>()
  for (const [kind, ids] of hints)
    for (const id of ids) {
      const owner = owners.get(id)
      if (!owner) continue
      const one = changed.get(owner.workflowId)
      if (one) one.kinds.add(kind)
      else changed.set(owner.workflowId, { profileId: owner.profileId, kinds: new Set([kind]) })
    }
  return [...changed].map(([workflowId, { profileId, kinds }]) => ({
    profileId,
    text: toText({ workflowId, changed: [...kinds] }),
    textOfItems: kinds.has('items') ? toText({ workflowId, changed: ['items'] }) : '',
  }))
}

function toText(change: Change): string {
  return `data: ${JSON.stringify(change)}\n\n`
}

/** The role `pipeline` reads items and nothing else. */
function textFor(actor: Actor, messages: Message[]): string {
  return messages
    .filter(({ profileId }) => worksIn(actor, profileId))
    .map(({ text, textOfItems }) => (actor.role === 'pipeline' ? textOfItems : text))
    .join('')
}
