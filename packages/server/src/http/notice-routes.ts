import {
  editNoticeSettingsSchema,
  emptyBodySchema,
  listOf,
  listQuerySchema,
  noticeSchema,
  noticeSettingsSchema,
  testedNoticesSchema,
} from '@workflow-webhooks/contract'
import { z } from 'zod'
import { listProfileNotices, listWorkflowNotices } from '../notice/notices.ts'
import {
  changeNoticeSettings,
  readNoticeSettings,
  removeNoticeSettings,
  vetNoticeSettings,
} from '../notice/settings.ts'
import { sendTestNotice } from '../notice/test-notice.ts'
import { audit } from '../profile/audit.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { profilePath, workflowPath } from './path-parameters.ts'
import { type RouteContext, send, type ZodApp } from './route-context.ts'

const tags = ['Notices']
const noticeListSchema = listOf(noticeSchema).meta({ id: 'NoticeList' })

/** What members are told of webhooks that fail, and where. */
export function addNoticeRoutes(app: ZodApp, context: RouteContext): void {
  const { clock, database, messenger, publicUrl, webhookSettings, answerOnce, transact } = context
  const { kysely } = database

  app.get(
    '/workflows/:workflowId/notices',
    {
      schema: {
        tags,
        summary: 'List what members were told of the webhooks of a workflow, newest first',
        params: workflowPath,
        querystring: listQuerySchema.strict(),
        response: { 200: noticeListSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(kysely, request.actor, request.params.workflowId)
      return listWorkflowNotices(kysely, workflow, request.query)
    },
  )

  app.get(
    '/profiles/:profileId/notices',
    {
      schema: {
        tags,
        summary: 'List what members were told of the webhooks of a profile, newest first',
        params: profilePath,
        querystring: listQuerySchema.strict(),
        response: { 200: noticeListSchema },
      },
    },
    (request) => listProfileNotices(kysely, request.actor, request.params.profileId, request.query),
  )

  app.get(
    '/profiles/:profileId/notice-settings',
    {
      schema: {
        tags,
        summary: 'Read where notices go beside the app',
        params: profilePath,
        response: { 200: noticeSettingsSchema },
      },
    },
    (request) => readNoticeSettings(kysely, request.actor, request.params.profileId, messenger.canMail),
  )

  app.put(
    '/profiles/:profileId/notice-settings',
    {
      schema: {
        tags,
        summary: 'Say where notices go beside the app',
        description:
          'To an operational webhook, signed as deliveries are, and by e-mail. Replaces what was set; a secret that is new is shown in this answer only.',
        params: profilePath,
        body: editNoticeSettingsSchema,
        response: { 200: noticeSettingsSchema },
      },
    },
    async (request, reply) => {
      const { actor, body } = request
      const { profileId } = request.params
      await vetNoticeSettings(kysely, actor, profileId, body, webhookSettings, messenger.canMail)
      const answer = await transact(undefined, 200, async (tx, now) => ({
        answer: await changeNoticeSettings(
          tx,
          actor,
          profileId,
          body,
          webhookSettings,
          messenger.canMail,
          now,
        ),
      }))
      return send(reply, answer)
    },
  )

  app.delete(
    '/profiles/:profileId/notice-settings',
    {
      schema: {
        tags,
        summary: 'Have notices go nowhere but into the app',
        params: profilePath,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const answer = await transact(undefined, 204, async (tx, now) => ({
        answer: await removeNoticeSettings(tx, request.actor, request.params.profileId, now),
      }))
      return send(reply, answer)
    },
  )

  app.post(
    '/profiles/:profileId/notice-settings/test',
    {
      config: { facts: { isLimited: true } },
      schema: {
        tags,
        summary: 'Send a test notice',
        description:
          'To the operational webhook and all e-mail addresses, once; tells what became of each. One a minute, and 20 a day, for each profile.',
        params: profilePath,
        body: emptyBodySchema.optional(),
        response: { 200: testedNoticesSchema },
      },
    },
    async (request, reply) => {
      const { actor } = request
      const { profileId } = request.params
      const answer = await answerOnce(request, async (keep) => {
        const tested = await sendTestNotice(kysely, actor, profileId, messenger, publicUrl(), clock.now())
        return transact(keep, 200, async (tx, now) => {
          await audit(tx, actor, { profileId, action: 'notice_settings.tested', target: profileId }, now)
          return { answer: tested }
        })
      })
      return send(reply, answer)
    },
  )
}
