import {
  apiKeySchema,
  createApiKeySchema,
  createdApiKeySchema,
  createProfileSchema,
  editProfileSchema,
  listOf,
  listQuerySchema,
  profileSchema,
} from '@workflow-webhooks/contract'
import { z } from 'zod'
import { requireProfile } from '../profile/actor.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '../profile/api-keys.ts'
import { changeProfile, createProfile, listProfiles, readProfile } from '../profile/profiles.ts'
import { changeWebhookAccess } from '../webhook/access.ts'
import { apiKeyPath, profilePath } from './path-parameters.ts'
import { type RouteContext, send, type ZodApp } from './route-context.ts'

const tags = ['Profiles']
const profileListSchema = listOf(profileSchema).meta({ id: 'ProfileList' })
const apiKeyListSchema = listOf(apiKeySchema).meta({ id: 'ApiKeyList' })

/** Profiles and their API keys. */
export function addProfileRoutes(app: ZodApp, context: RouteContext): void {
  const { database, authenticator, transact, answerChange } = context

  app.post(
    '/profiles',
    {
      schema: {
        tags,
        summary: 'Make a profile',
        body: createProfileSchema,
        response: { 201: profileSchema },
      },
    },
    (request, reply) =>
      answerChange(request, reply, 201, async (tx, now) => ({
        answer: await createProfile(tx, request.actor, request.body, now),
      })),
  )

  app.get(
    '/profiles',
    {
      schema: {
        tags,
        summary: 'List all profiles, newest first',
        querystring: listQuerySchema.strict(),
        response: { 200: profileListSchema },
      },
    },
    (request) => listProfiles(database.kysely, request.query),
  )

  app.get(
    '/profiles/:profileId',
    { schema: { tags, summary: 'Read a profile', params: profilePath, response: { 200: profileSchema } } },
    (request) => {
      requireProfile(request.actor, request.params.profileId)
      return readProfile(database.kysely, request.params.profileId)
    },
  )

  app.patch(
    '/profiles/:profileId',
    {
      schema: {
        tags,
        summary: 'Rename a profile, grant or withdraw webhook access',
        params: profilePath,
        body: editProfileSchema,
        response: { 200: profileSchema },
      },
    },
    (request, reply) => {
      const { profileId } = request.params
      return answerChange(request, reply, 200, async (tx, now) => {
        const changed = await changeProfile(tx, request.actor, profileId, request.body, now)
        const followed = changed.hasAccessChanged
          ? await changeWebhookAccess(tx, profileId, changed.answer.webhookAccess, now)
          : {}
        return { answer: changed.answer, ...followed }
      })
    },
  )

  app.post(
    '/profiles/:profileId/api-keys',
    {
      schema: {
        tags,
        summary: 'Make an API key',
        description: 'The key is shown in this answer only.',
        params: profilePath,
        body: createApiKeySchema,
        response: { 201: createdApiKeySchema },
      },
    },
    (request, reply) =>
      answerChange(request, reply, 201, async (tx, now) => ({
        answer: await createApiKey(tx, request.actor, request.params.profileId, request.body, now),
      })),
  )

  app.get(
    '/profiles/:profileId/api-keys',
    {
      schema: {
        tags,
        summary: 'List the API keys that are not revoked, newest first',
        params: profilePath,
        querystring: listQuerySchema.strict(),
        response: { 200: apiKeyListSchema },
      },
    },
    (request) => {
      requireProfile(request.actor, request.params.profileId)
      return listApiKeys(database.kysely, request.params.profileId, request.query)
    },
  )

  app.delete(
    '/profiles/:profileId/api-keys/:apiKeyId',
    {
      schema: {
        tags,
        summary: 'Revoke an API key',
        params: apiKeyPath,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { profileId, apiKeyId } = request.params
      const answer = await transact(undefined, 204, async (tx, now) => ({
        answer: await revokeApiKey(tx, request.actor, profileId, apiKeyId, now),
      }))
      // Before the answer, after which nobody may come in by the key.
      authenticator.forget()
      return send(reply, answer)
    },
  )
}
