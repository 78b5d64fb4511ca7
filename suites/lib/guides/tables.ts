/** The rows of the first Markdown table whose heads begin with these, each as its cells by head; without the marks of code. Empty when there is no such table. */
export function tableOf(markdown: string, heads: readonly string[]): Record<string, string>[] {
  const lines = markdown.split('\n')
  const start = lines.findIndex((line) => heads.every((head, index) => cellsOf(line)[index] === head))
  if (start < 0) return []
  const names = cellsOf(lines[start] ?? '')
  const rows = lines.slice(start + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end < 0 ? undefined : end).map((line) => {
    const cells = cellsOf(line)
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

function cellsOf(line: string): string[] {
  return line.startsWith('|') ? line.split('|').slice(1, -1).map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')) : []
}
