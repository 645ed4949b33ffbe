import { Radio, Stack } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { roleMeanings } from './roles.ts'

type Props = { roles: readonly (keyof typeof roleMeanings)[]; field: GetInputPropsReturnType }

/** A role, each with what it may do. */
export function RoleChoice({ roles, field }: Props) {
  return (
    <Radio.Group label="Role" {...field}>
      <Stack gap={8} mt={4}>
        {roles.map((role) => (
          <Radio key={role} value={role} label={role} description={roleMeanings[role]} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
