/** What is wrong with an e-mail that is typed; whether it is one is the API's to say. */
export function emailProblem(email: string): string | null {
  return /^\S+@\S+$/.test(email.trim()) ? null : 'Enter an e-mail, such as ada@example.com.'
}
