import { XmlDocument, type XmlElement } from 'libxml2-wasm'
import { visible } from '../text.ts'

/** An element with its attributes and what is in it. */
export interface Element {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly inside?: readonly (Element | string)[]
}

/** An XML document, indented. Characters that XML cannot hold are made visible. */
export function xmlOf(root: Element): string {
  using document = XmlDocument.create()
  fill(document.createRoot(root.name), root)
  return document.toString({ format: true })
}

function fill(element: XmlElement, { attributes = {}, inside = [] }: Element): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttr(name, visible(value))
  for (const one of inside) {
    if (typeof one === 'string') element.addText(visible(one))
    else fill(element.addElement(one.name), one)
  }
}
