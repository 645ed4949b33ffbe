import {
  auditEntrySchema,
  createdInvitationSchema,
  editMemberSchema,
  invitationSchema,
  inviteMemberSchema,
  inviteOperatorSchema,
  listOf,
  listQuerySchema,
  memberSchema,
} from '@workflow-webhooks/contract'
import { z } from 'zod'
import { listAuditEntries } from '../profile/audit.ts'
import { invite, listInvitations, revokeInvitation } from '../profile/invitations.ts'
import { changeMember, listMembers, removeMember } from '../profile/members.ts'
import {
  invitationPath,
  memberPath,
  operatorInvitationPath,
  operatorPath,
  profilePath,
} from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['People']
const memberListSchema = listOf(memberSchema).meta({ id: 'MemberList' })
const invitationListSchema = listOf(invitationSchema).meta({ id: 'InvitationList' })
const auditEntryListSchema = listOf(auditEntrySchema).meta({ id: 'AuditEntryList' })
const querystring = listQuerySchema.strict()

/** Members of profiles, operators, invitations, and the audit log. */
export function addMemberRoutes(app: ZodApp, context: RouteContext): void {
  const { database, clock, publicUrl, answerChange } = context
  const { kysely } = database
  const linkOf = (token: string): string => `${publicUrl()}/invitation#${token}`

  app.get(
    '/profiles/:profileId/members',
    {
      schema: {
        tags,
        summary: 'List the members of a profile, newest first',
        params: profilePath,
        querystring,
        response: { 200: memberListSchema },
      },
    },
    (request) => listMembers(kysely, request.actor, request.params.profileId, request.query),
  )

  app.patch(
    '/profiles/:profileId/members/:memberId',
    {
      schema: {
        tags,
        summary: 'Change a member’s role',
        params: memberPath,
        body: editMemberSchema,
        response: { 200: memberSchema },
      },
    },
    (request, reply) => {
      const { profileId, memberId } = request.params
      return answerChange(request, reply, 200, async (tx, now) => ({
        answer: await changeMember(tx, request.actor, profileId, memberId, request.body.role, now),
      }))
    },
  )

  app.delete(
    '/profiles/:profileId/members/:memberId',
    {
      schema: {
        tags,
        summary: 'Remove a member',
        description: 'The password and all sessions end.',
        params: memberPath,
        response: { 204: z.undefined() },
      },
    },
    (request, reply) => {
      const { profileId, memberId } = request.params
      return answerChange(request, reply, 204, async (tx, now) => ({
        answer: await removeMember(tx, request.actor, profileId, memberId, now),
      }))
    },
  )

  app.post(
    '/profiles/:profileId/invitations',
    {
      schema: {
        tags,
        summary: 'Invite a person into a profile',
        description: 'The link is in this answer only; it works once and for a week. An earlier one ends.',
        params: profilePath,
        body: inviteMemberSchema,
        response: { 201: createdInvitationSchema },
      },
    },
    (request, reply) => {
      const invitee = { profileId: request.params.profileId, ...request.body }
      return answerChange(request, reply, 201, async (tx, now) => ({
        answer: await invite(tx, request.actor, invitee, linkOf, now),
      }))
    },
  )

  app.get(
    '/profiles/:profileId/invitations',
    {
      schema: {
        tags,
        summary: 'List the invitations that are open, newest first',
        params: profilePath,
        querystring,
        response: { 200: invitationListSchema },
      },
    },
    (request) => listInvitations(kysely, request.actor, request.params.profileId, request.query, clock.now()),
  )

  app.delete(
    '/profiles/:profileId/invitations/:invitationId',
    {
      schema: {
        tags,
        summary: 'Take an invitation back',
        params: invitationPath,
        response: { 204: z.undefined() },
      },
    },
    (request, reply) => {
      const { profileId, invitationId } = request.params
      return answerChange(request, reply, 204, async (tx, now) => ({
        answer: await revokeInvitation(tx, request.actor, profileId, invitationId, now),
      }))
    },
  )

  app.get(
    '/operators',
    {
      schema: {
        tags,
        summary: 'List the operators, newest first',
        querystring,
        response: { 200: memberListSchema },
      },
    },
    (request) => listMembers(kysely, request.actor, null, request.query),
  )

  app.delete(
    '/operators/:memberId',
    {
      schema: { tags, summary: 'Remove an operator', params: operatorPath, response: { 204: z.undefined() } },
    },
    (request, reply) =>
      answerChange(request, reply, 204, async (tx, now) => ({
        answer: await removeMember(tx, request.actor, null, request.params.memberId, now),
      })),
  )

  app.post(
    '/operator-invitations',
    {
      schema: {
        tags,
        summary: 'Invite an operator',
        description: 'The link is in this answer only; it works once and for a week. An earlier one ends.',
        body: inviteOperatorSchema,
        response: { 201: createdInvitationSchema },
      },
    },
    (request, reply) => {
      const invitee = { profileId: null, role: 'operator', email: request.body.email } as const
      return answerChange(request, reply, 201, async (tx, now) => ({
        answer: await invite(tx, request.actor, invitee, linkOf, now),
      }))
    },
  )

  app.get(
    '/operator-invitations',
    {
      schema: {
        tags,
        summary: 'List the invitations of operators that are open, newest first',
        querystring,
        response: { 200: invitationListSchema },
      },
    },
    (request) => listInvitations(kysely, request.actor, null, request.query, clock.now()),
  )

  app.delete(
    '/operator-invitations/:invitationId',
    {
      schema: {
        tags,
        summary: 'Take an operator’s invitation back',
        params: operatorInvitationPath,
        response: { 204: z.undefined() },
      },
    },
    (request, reply) =>
      answerChange(request, reply, 204, async (tx, now) => ({
        answer: await revokeInvitation(tx, request.actor, null, request.params.invitationId, now),
      })),
  )

  app.get(
    '/profiles/:profileId/audit-entries',
    {
      schema: {
        tags,
        summary: 'Who did what in a profile, newest first',
        params: profilePath,
        querystring,
        response: { 200: auditEntryListSchema },
      },
    },
    (request) => listAuditEntries(kysely, request.actor, request.params.profileId, request.query),
  )

  app.get(
    '/audit-entries',
    {
      schema: {
        tags,
        summary: 'Who did what, newest first',
        querystring,
        response: { 200: auditEntryListSchema },
      },
    },
    (request) => listAuditEntries(kysely, request.actor, null, request.query),
  )
}
