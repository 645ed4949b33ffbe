import { z } from 'zod'
import { body, oneOf } from '../fields.ts'
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '../limits.ts'
import { memberRoles, roles } from '../role.ts'
import { answeredInstant, emailAddress, name, text } from '../text.ts'

export const memberSchema = z
  .object({
    memberId: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    createdAt: answeredInstant(),
  })
  .meta({ id: 'Member', description: 'A person who signs in: a member of one profile, or an operator.' })

export const editMemberSchema = body({ role: oneOf(memberRoles) }).meta({ id: 'EditMember' })

export const inviteMemberSchema = body({ email: emailAddress(), role: oneOf(memberRoles) }).meta({
  id: 'InviteMember',
  example: { email: 'ada@example.com', role: 'admin' },
})

export const inviteOperatorSchema = body({ email: emailAddress() }).meta({ id: 'InviteOperator' })

export const invitationSchema = z
  .object({
    invitationId: z.string(),
    email: z.string(),
    role: z.enum(roles),
    createdAt: answeredInstant(),
    expiresAt: answeredInstant(),
  })
  .meta({ id: 'Invitation' })

export const createdInvitationSchema = z
  .object({
    ...invitationSchema.shape,
    url: z.string().meta({ description: 'The link to pass on: it works once. Shown in this answer only.' }),
  })
  .meta({ id: 'CreatedInvitation' })

/** The part of an invitation's link behind the `#`. */
const invitationToken = () =>
  text({ minCharacters: 1, maxCharacters: 128 }).meta({
    description: 'What stands behind the # of the link.',
  })

/** A password that is chosen. */
const newPassword = () =>
  text({ minCharacters: MIN_PASSWORD_CHARACTERS, maxCharacters: MAX_PASSWORD_CHARACTERS }).meta({
    description: `${MIN_PASSWORD_CHARACTERS} to ${MAX_PASSWORD_CHARACTERS} characters.`,
    format: 'password',
  })

/** A password that is tried: whatever it is, the answer is the same. */
const triedPassword = () => text({ maxCharacters: 1_000 }).meta({ format: 'password' })

export const lookUpInvitationSchema = body({ token: invitationToken() }).meta({ id: 'LookUpInvitation' })

export const openInvitationSchema = z
  .object({ role: z.enum(roles), profileName: z.string().optional(), email: z.string().optional() })
  .meta({ id: 'OpenInvitation' })

export const acceptInvitationSchema = body({
  token: invitationToken(),
  name: name(),
  email: emailAddress()
    .meta({ description: 'Only where the invitation has none: that of the first operator.' })
    .exactOptional(),
  password: newPassword(),
}).meta({ id: 'AcceptInvitation' })

export const signInSchema = body({ email: text({ maxCharacters: 1_000 }), password: triedPassword() }).meta({
  id: 'SignIn',
})

export const changePasswordSchema = body({
  currentPassword: triedPassword(),
  newPassword: newPassword(),
}).meta({
  id: 'ChangePassword',
})

export const meSchema = z
  .object({
    actorId: z.string(),
    role: z.enum(roles),
    profileId: z
      .string()
      .optional()
      .meta({ description: 'Absent for an operator, who works in all profiles.' }),
    profileName: z.string().optional(),
    name: z.string().optional().meta({ description: 'Of the person or the API key.' }),
    email: z.string().optional().meta({ description: 'Absent for an API key.' }),
  })
  .meta({ id: 'Me', description: 'Who makes the call.' })

export type Member = z.infer<typeof memberSchema>
export type EditMember = z.infer<typeof editMemberSchema>
export type InviteMember = z.infer<typeof inviteMemberSchema>
export type Invitation = z.infer<typeof invitationSchema>
export type CreatedInvitation = z.infer<typeof createdInvitationSchema>
export type OpenInvitation = z.infer<typeof openInvitationSchema>
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>
export type SignIn = z.infer<typeof signInSchema>
export type ChangePassword = z.infer<typeof changePasswordSchema>
export type Me = z.infer<typeof meSchema>
