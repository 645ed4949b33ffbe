/** The product's mark, beside its name. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width={32} height={32} rx={7} fill="var(--mantine-primary-color-filled)" />
      <path
        d="M7 10h5l4 12 4-12h5"
        fill="none"
        stroke="#fff"
        strokeWidth={2.6}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx={16} cy={22} r={2.6} fill="#fff" />
    </svg>
  )
}
