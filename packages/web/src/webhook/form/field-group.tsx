import { Input } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './webhook-form.module.css'

type Props = { label: string; description: string; error?: ReactNode; children: ReactNode }

/** Fields that belong together, named as one. */
export function FieldGroup({ label, description, error, children }: Props) {
  const id = useId()
  return (
    <Input.Wrapper id={id} labelElement="div" label={label} description={description} error={error}>
      {/* biome-ignore lint/a11y/useSemanticElements: the name of a fieldset cannot be laid out as those of fields are */}
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-description`}
        className={classes.group}
      >
        {children}
      </div>
    </Input.Wrapper>
  )
}
