/** The parts of OSCAL 1.2.2 that we write, and no more; schema.test.ts holds what is written against the whole schema. Arrays are never empty: leave them out. */
export type Filled<T> = readonly [T, ...T[]]

export interface Property { readonly name: string, readonly ns?: string, readonly value: string, readonly remarks?: string }
export interface Link { readonly 'href': string, readonly 'rel': string, readonly 'resource-fragment'?: string }

interface Described { readonly title?: string, readonly description: string, readonly props?: Filled<Property>, readonly links?: Filled<Link>, readonly remarks?: string }
interface Named extends Described { readonly uuid: string, readonly title: string }

export interface Metadata {
  readonly 'title': string
  readonly 'last-modified': string
  readonly 'version': string
  readonly 'oscal-version': string
  readonly 'props': Filled<Property>
  readonly 'links'?: Filled<Link>
  readonly 'remarks': string
}

export interface Resource {
  readonly uuid: string
  readonly title: string
  readonly description?: string
  readonly rlinks: Filled<{ readonly 'href': string, readonly 'media-type': string, readonly 'hashes': Filled<{ readonly algorithm: 'SHA-256', readonly value: string }> }>
}

interface Document { readonly 'uuid': string, readonly 'metadata': Metadata, readonly 'back-matter'?: { readonly resources: Filled<Resource> } }

export interface Part { readonly id?: string, readonly name: string, readonly title?: string, readonly prose: string }

export interface Control {
  readonly id: string
  readonly class: string
  readonly title: string
  readonly props: Filled<Property>
  readonly links?: Filled<Link>
  readonly parts: Filled<Part>
  readonly controls?: Filled<Control>
}

export interface Catalog extends Document {
  readonly groups?: Filled<{ readonly id: string, readonly class: string, readonly title: string, readonly controls: Filled<Control> }>
}

interface SelectedControl { readonly 'control-id': string, readonly 'statement-ids'?: Filled<string> }
export interface ReviewedControls {
  readonly 'control-selections': Filled<{
    readonly 'include-all'?: Readonly<Record<string, never>>
    readonly 'include-controls'?: Filled<SelectedControl>
    readonly 'exclude-controls'?: Filled<SelectedControl>
    readonly 'remarks'?: string
  }>
  readonly 'links': Filled<Link>
}

export interface Component extends Named { readonly type: string, readonly status: { readonly state: string, readonly remarks?: string } }
export interface AssessmentAssets {
  readonly 'components': Filled<Component>
  readonly 'assessment-platforms': Filled<{ readonly 'uuid': string, readonly 'title': string, readonly 'links': Filled<Link>, readonly 'uses-components': Filled<{ readonly 'component-uuid': string }> }>
}

export interface Subject { readonly 'subject-uuid': string, readonly 'type': 'component' }
export interface AssessmentSubject { readonly 'type': 'component', readonly 'include-subjects': Filled<Subject> }
export interface Origin { readonly 'actors': Filled<{ readonly 'type': 'tool', readonly 'actor-uuid': string }>, readonly 'related-tasks'?: Filled<{ readonly 'task-uuid': string }> }

export interface Activity extends Named { readonly 'props': Filled<Property>, readonly 'steps'?: Filled<Named>, readonly 'related-controls': ReviewedControls }
export interface Task extends Named {
  readonly 'type': 'action'
  readonly 'associated-activities': Filled<{ readonly 'activity-uuid': string, readonly 'subjects': Filled<AssessmentSubject> }>
}

export interface AssessmentPlan extends Document {
  readonly 'import-ssp': { readonly href: string, readonly remarks: string }
  readonly 'local-definitions': { readonly components: Filled<Component>, readonly activities?: Filled<Activity> }
  readonly 'terms-and-conditions': { readonly parts: Filled<Part> }
  readonly 'reviewed-controls': ReviewedControls
  readonly 'assessment-subjects': Filled<AssessmentSubject>
  readonly 'assessment-assets': AssessmentAssets
  readonly 'tasks'?: Filled<Task>
}

export type Method = 'EXAMINE' | 'TEST'
export interface RelevantEvidence extends Described { readonly href: string }
export interface Observation extends Named {
  readonly 'props': Filled<Property>
  readonly 'methods': Filled<Method>
  readonly 'types': Filled<'control-objective'>
  readonly 'origins': Filled<Origin>
  readonly 'subjects': Filled<Subject>
  readonly 'relevant-evidence'?: Filled<RelevantEvidence>
  readonly 'collected': string
  readonly 'expires'?: string
}

export interface RelatedObservation { readonly 'observation-uuid': string }
export interface Finding extends Named {
  readonly 'props': Filled<Property>
  readonly 'origins': Filled<Origin>
  readonly 'target': {
    readonly 'type': 'statement-id'
    readonly 'target-id': string
    readonly 'status': { readonly state: 'satisfied' | 'not-satisfied', readonly reason: 'pass' | 'fail' | 'other', readonly remarks: string }
  }
  readonly 'related-observations'?: Filled<RelatedObservation>
}

export interface LogEntry { readonly 'uuid': string, readonly 'title': string, readonly 'start': string, readonly 'end'?: string, readonly 'related-tasks': Filled<{ readonly 'task-uuid': string }> }

export interface AssessmentResults extends Document {
  readonly 'import-ap': { readonly href: string }
  readonly 'results': Filled<Named & {
    readonly 'start': string
    readonly 'end': string
    readonly 'reviewed-controls': ReviewedControls
    readonly 'assessment-log'?: { readonly entries: Filled<LogEntry> }
    readonly 'observations'?: Filled<Observation>
    readonly 'findings'?: Filled<Finding>
  }>
}

export interface Risk extends Named { readonly statement: string, readonly status: 'deviation-approved', readonly origins: Filled<Origin>, readonly deadline?: string }
export interface PoamItem extends Named {
  readonly 'props': Filled<Property>
  readonly 'origins': Filled<Pick<Origin, 'actors'>>
  readonly 'related-findings'?: Filled<{ readonly 'finding-uuid': string }>
  readonly 'related-observations'?: Filled<RelatedObservation>
  readonly 'related-risks'?: Filled<{ readonly 'risk-uuid': string }>
}

export interface Poam extends Document {
  readonly 'system-id': { readonly 'id': string, readonly 'identifier-type': string }
  readonly 'local-definitions': { readonly 'components': Filled<Component>, readonly 'assessment-assets': AssessmentAssets }
  readonly 'observations'?: Filled<Observation>
  readonly 'risks'?: Filled<Risk>
  readonly 'findings'?: Filled<Finding>
  readonly 'poam-items': Filled<PoamItem>
}
