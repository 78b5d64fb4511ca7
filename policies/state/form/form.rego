# METADATA
# title: 'The state is whole and Terraforms own'
# custom:
#   requirements: [NFR-009, FR-010]
#   severity: high
#   message: 'a state is to have version 4, a lineage and a serial, so that a copy of it can be told from another, but {found}'
#   solution: 'Restore the newest kept version that is whole: docs/platform/disaster-recovery.md.'
package state.form

subjects := {"state"}

deny contains {"subject": "state", "found": sprintf("its version is %v", [version])} if {
	version := object.get(input, "version", "not said")
	version != 4
}

deny contains {"subject": "state", "found": sprintf("its lineage is %q", [lineage])} if {
	lineage := object.get(input, "lineage", "")
	not regex.match(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, lineage)
}

deny contains {"subject": "state", "found": sprintf("its serial is %v", [serial])} if {
	serial := object.get(input, "serial", "not said")
	not counted(serial)
}

counted(serial) if {
	is_number(serial)
	serial >= 1
}
